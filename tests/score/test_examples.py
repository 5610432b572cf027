"""The rubric's own example sentences: positive ones are evidence, negative ones are not."""

from __future__ import annotations

import pytest

from assess.extract import from_plain_text
from assess.score.assessment import rule_book
from assess.score.expressions import parse_expression
from assess.score.rubric import load_rubric


def names_of(expression: str | None) -> frozenset[str]:
    """The ids in an expression."""
    return parse_expression(expression).names if expression else frozenset()


OPENING = "This statement is about modern slavery."
RUBRIC = load_rubric()
# Whose rules make a criterion true: its own, and those of what its `holds` names.
OWNERS = {criterion.id: {criterion.id, *names_of(criterion.holds)} for criterion in RUBRIC.criteria}
CASES = [
    pytest.param(criterion.id, sentence, expected, id=f"{criterion.id}-{expected}-{number}")
    for criterion in RUBRIC.criteria
    if criterion.rules
    for expected, sentences in (
        (True, criterion.examples.positive),
        (False, criterion.examples.negative),
    )
    for number, sentence in enumerate(sentences)
]


def is_evidence(criterion: str, sentence: str) -> bool:
    book = rule_book(RUBRIC)
    reading = book.read(from_plain_text(f"{OPENING}\n{sentence}"))
    return any(hit.counts for hit in book.hits(reading) if hit.owner in OWNERS[criterion])


@pytest.mark.parametrize(("criterion", "sentence", "expected"), CASES)
def test_example(criterion: str, sentence: str, expected: bool) -> None:
    assert is_evidence(criterion, sentence) is expected


def test_every_criterion_with_rules_has_both_kinds() -> None:
    for criterion in RUBRIC.criteria:
        if criterion.rules:
            assert criterion.examples.positive, criterion.id
            assert criterion.examples.negative, criterion.id
