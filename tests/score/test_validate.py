"""Validating a rubric: all faults at once, each with its place and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.errors import RubricError
from assess.score.rubric_files import shipped_rubrics
from assess.score.validate import MAX_FAULTS, Validation, validate_rubric
from tests.score.factory import criterion, rubric_data, write_rubric

RULE = {"name": "r", "any": ["we audit*"]}


def validated(folder: Path, *criteria: dict[str, Any], **keys: Any) -> Validation:
    return validate_rubric(write_rubric(folder, rubric_data(*criteria, **keys)))


@pytest.mark.parametrize("name", shipped_rubrics())
def test_shipped_rubrics_are_valid(name: str) -> None:
    found = validate_rubric(Path(name))
    assert found.valid and found.faults == ()
    assert found.examples > 300


def test_examples_are_run(tmp_path: Path) -> None:
    examples = {
        "positive": ["We audited it.", "They audited it."],
        "negative": ["We audit all.", "No."],
    }
    found = validated(tmp_path, criterion("a", rules=[RULE], examples=examples))
    assert found.examples == 4
    assert [(f.criterion, f.key) for f in found.faults] == [
        ("a", "examples.positive"), ("a", "examples.negative"),
    ]  # fmt: skip
    assert "'They audited it.' is no evidence; widen a rule" in found.faults[0].line
    assert "'We audit all.' is evidence; narrow the rule" in found.faults[1].line


def test_examples_of_detectors_and_expressions_are_run(tmp_path: Path) -> None:
    approved = {"positive": ["Approved by the Board."], "negative": ["Approved by the Board."]}
    held = {"positive": ["No."], "negative": ["We audit all."]}
    found = validated(
        tmp_path,
        criterion("a", "legal", detector="approval", examples=approved),
        criterion("b", rules=[RULE]),
        criterion("c", holds="b", examples=held),
    )
    assert [(f.criterion, f.key) for f in found.faults] == [
        ("a", "examples.negative"), ("c", "examples.positive"), ("c", "examples.negative"),
    ]  # fmt: skip


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = validated(
        tmp_path,
        criterion("a"),
        criterion("b", rules=[{"name": "r", "any": ["@nowhere x", "y ..99 z"]}]),
        criterion("c", holds="nothing"),
        criterion("d", "legal", holds="c"),
        criterion("e", detector="none"),
        criterion("f", "depth", levels={1: "level(f) >= 1"}),
        criterion("g", holds="level(a)"),
        lists={"empty": [" "]},
    )
    told = {(f.criterion, f.key) for f in found.faults}
    assert told == {
        ("a", ""), ("b", "rule 'r', any"), ("c", "holds"), ("d", "holds"), ("e", "detector"),
        ("f", "levels.1"), ("g", "holds"), ("", "lists.empty"),
    }  # fmt: skip
    assert found.examples == 0


def test_faults_of_shape(tmp_path: Path) -> None:
    found = validated(tmp_path, criterion("a", weight="much"), criterion("b", surprise=1))
    assert [(f.criterion, f.key) for f in found.faults] == [("a", "weight"), ("b", "surprise")]
    assert found.rubric is None


def test_a_topic_needs_its_list(tmp_path: Path) -> None:
    rules = [{**RULE, "topic": True}]
    found = validated(tmp_path, criterion("a", rules=rules), lists={})
    assert "topic needs a list 'slavery'" in found.faults[0].line


def test_no_more_faults_than_anyone_mends(tmp_path: Path) -> None:
    found = validated(tmp_path, *(criterion(f"c{n}") for n in range(MAX_FAULTS + 9)))
    assert len(found.faults) == MAX_FAULTS


def test_a_file_that_is_no_yaml_is_a_fault_and_a_missing_one_an_error(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("a: [", encoding="utf-8")
    assert "not valid YAML" in validate_rubric(tmp_path / "r.yaml").faults[0].line
    with pytest.raises(RubricError, match="cannot be read"):
        validate_rubric(tmp_path / "none.yaml")
