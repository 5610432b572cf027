"""The shipped rubrics' own example sentences: positive ones are evidence, negative ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.score.assessment import rule_book
from assess.score.examples import Example, examples, is_evidence
from assess.score.rubric import Rubric, load_rubric
from assess.score.rubric_files import SHIPPED_DEFAULT, shipped_rubrics

RUBRICS = {name: load_rubric(Path(name)) for name in shipped_rubrics()}
CASES = [
    pytest.param(rubric, case, id=f"{name}-{case.criterion.id}-{case.positive}-{number}")
    for name, rubric in RUBRICS.items()
    for number, case in enumerate(examples(rubric))
    if name == SHIPPED_DEFAULT or case.criterion.id not in RUBRICS[SHIPPED_DEFAULT].by_id()
]


@pytest.mark.parametrize(("rubric", "case"), CASES)
def test_example(rubric: Rubric, case: Example) -> None:
    assert is_evidence(rule_book(rubric), case.criterion, case.sentence) is case.positive


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_every_criterion_with_rules_has_both_kinds(rubric: Rubric) -> None:
    for criterion in rubric.criteria:
        if criterion.rules:
            assert criterion.examples.positive, criterion.id
            assert criterion.examples.negative, criterion.id
