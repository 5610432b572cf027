"""The rubrics in docs/rubrics.md are valid and run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.score.rubric import Criterion, Rubric, Rule
from assess.score.validate import validate_rubric

PAGE = (Path(__file__).parents[2] / "docs" / "rubrics.md").read_text("utf-8")
WHOLE = re.findall(r"```yaml\n((?:id|extends): .*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", WHOLE, ids=["from scratch", "building on another"])
def test_rubric_of_the_page(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    found = validate_rubric(path)
    assert found.faults == ()
    if told := re.search(r"mine@1\+\.\.\., (.*) run", PAGE):
        numbers = f"{found.criteria} criteria, {found.phrases} phrases, {found.examples} examples"
        assert "extends" in text or told[1] == numbers


def test_every_key_is_described() -> None:
    described = set(re.findall(r"[\w]+", " ".join(re.findall(r"^\| ([\w, ]+) \|", PAGE, re.M))))
    keys = set(Criterion.model_fields) | set(Rule.model_fields) | set(Rubric.model_fields)
    assert keys - {"digest"} <= described
