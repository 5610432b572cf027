"""Rubric files: the shipped one is whole, broken ones say where they are broken."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from assess.errors import RubricError
from assess.score.rubric import load_rubric
from assess.score.rubric_files import SHIPPED_DEFAULT
from tests.score.factory import criterion, rubric_data, write_rubric
from tools.corpus.criteria import DEPTH, INDICATORS, LEGAL

RULE = {"name": "r", "any": ["we audit"]}


def tiers(*names: str, step: int = 9) -> list[dict[str, Any]]:
    return [{"name": n, "at_least": step * at, "meaning": "-"} for at, n in enumerate(names)]


def test_shipped_rubric_has_every_criterion() -> None:
    rubric = load_rubric()
    assert {c.id for c in rubric.of_kind("legal")} == {*LEGAL, "homepage_link"}
    assert [c.id for c in rubric.of_kind("flag")] == ["no_steps_statement"]
    assert [c.id for c in rubric.of_kind("depth")] == list(DEPTH)
    assert {c.id for c in rubric.of_kind("indicator")} == set(INDICATORS)
    assert len(rubric.tiers) == 5


def test_shipped_rubric_is_fully_described() -> None:
    rubric = load_rubric()
    for c in rubric.criteria:
        texts = (c.title, c.question, c.source, c.why, c.good_practice, c.advice)
        assert all(text.strip() and "TODO" not in text for text in texts), c.id
        by_text = c.rules or c.detector or c.when or c.levels or c.holds
        assert by_text or c.judged_from == "home_page", c.id
        assert c.kind != "indicator" or c.area in DEPTH, c.id
        assert c.kind != "depth" or set(c.levels) == {1, 2, 3}, c.id


def test_no_incident_claim_is_never_a_plus() -> None:
    assert load_rubric().criterion("no_incident_claim").weight == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"criteria": []}, "criteria"),
        ({"surprise": 1}, "surprise"),
        ({"criteria": [criterion("a"), criterion("a")]}, "a"),
        ({"criteria": [criterion("a", rules=[{"name": "r", "any": ["@nowhere x"]}])]}, "@nowhere"),
        ({"criteria": [criterion("a", "depth", levels={1: "b"})]}, "unknown b"),
        ({"criteria": [criterion("a", levels={1: "a"})]}, "levels"),
        ({"criteria": [criterion("a", authority="MINE")]}, "a: authority"),
        ({"criteria": [criterion("a", detector="no_such")]}, "a: detector: no detector 'no_such'"),
        ({"criteria": [criterion("a", weight=float("inf"))]}, "a: weight"),
        ({"criteria": [criterion("a", weight=float("nan"))]}, "a: weight"),
        ({"criteria": [criterion("a", weight="1e400")]}, "a: weight"),
        ({"criteria": [criterion("a", weight=1e308)]}, "a: weight"),
        (
            {"criteria": [criterion("a", rules=[{"name": "r", "any": ["xx"], "label": "mine"}])]},
            r"a: rules\.0\.label.*'approval'",
        ),
        ({"criteria": [criterion("a", area="b")]}, "a: area: area 'b'"),
        ({"criteria": [criterion("a", area="b"), criterion("b")]}, "a: area: area 'b'"),
        ({"tiers": [{"name": "A", "at_least": 5, "meaning": "-"}] * 2}, "lowest"),
        ({"tiers": tiers("A", "A")}, "tiers: 'A' given twice; rename one"),
        ({"tiers": tiers("A", "B", step=0)}, "tiers: 2 tiers begin at 0; give each its own"),
        ({"criteria": [criterion("a", "depth", levels={})]}, "a: levels: a depth criterion needs"),
        ({"criteria": [criterion("a", weight=True)]}, "a: weight: .*not true"),
        ({"criteria": [criterion("a", rules=[{**RULE, "window": True}])]}, "window: .*not true"),
        (
            {"criteria": [criterion("a", rules=[{**RULE, "statuses": []}])]},
            r"a: rules\.0\.statuses: .*at least 1 item",
        ),
        (
            {"criteria": [criterion("a", rules=[{**RULE, "any": ["a|b..12 c"]}])]},
            r"'a\|b\.\.12': a gap stands by itself",
        ),
        ({"lists": {"": ["tea"]}}, "lists: '' cannot be named in a phrase"),
        ({"lists": {"hot drinks": ["tea"]}}, "lists: 'hot drinks' cannot be named"),
        ({"lists": {"a\u00a0b": ["tea"]}}, "cannot be named"),
        ({"id": "a b"}, "id: 'a b' is no id; use letters"),
        ({"id": "../a"}, "id: '../a' is no id"),
        ({"id": "é"}, "id: 'é' is no id"),
        ({"id": ""}, "id: '' is no id"),
    ],
)
def test_broken_rubric_says_where(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = write_rubric(tmp_path, {**rubric_data(criterion("a")), **change})
    with pytest.raises(RubricError, match=says) as caught:
        load_rubric(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_minimal_weights_must_weigh_something(tmp_path: Path) -> None:
    data = rubric_data(criterion("a"))
    for weights in ({}, dict.fromkeys(data["scores"]["minimal_weights"], 0)):
        scores = {**data["scores"], "minimal_weights": weights}
        with pytest.raises(RubricError, match="minimal_weights"):
            load_rubric(write_rubric(tmp_path, {**data, "scores": scores}))


def test_shipped_rubric_passes_the_checks_of_a_given_file(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_bytes(
        resources.files("assess.score").joinpath("rubrics", f"{SHIPPED_DEFAULT}.yaml").read_bytes()
    )
    assert load_rubric(path) == load_rubric()


@pytest.mark.parametrize(
    "doubled", ["title: Other", "lists: {}", '"title": Other', "new: {a: 1, a: 2}"]
)
def test_key_given_twice(tmp_path: Path, doubled: str) -> None:
    path = write_rubric(tmp_path, rubric_data(criterion("a")))
    lines = path.read_text(encoding="utf-8").count("\n")
    with path.open("a", encoding="utf-8") as handle:
        handle.write(f"{doubled}\n")
    with pytest.raises(RubricError, match=rf"given twice.*line {lines + 1}"):
        load_rubric(path)


def test_merge_key_may_be_overridden(tmp_path: Path) -> None:
    path = write_rubric(tmp_path, rubric_data(criterion("a")))
    text = path.read_text(encoding="utf-8").replace("criteria:\n- ", "criteria:\n- &first\n  ")
    text = text.replace("\nid: test", "\n- {<<: *first, id: b, title: B}\nid: test")
    path.write_text(text, encoding="utf-8")
    assert [c.title for c in load_rubric(path).criteria] == ["A", "B"]


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_not_a_plain_file(tmp_path: Path, kind: str) -> None:
    path = Path("/dev/zero")
    if kind == "pipe":
        path = tmp_path / "pipe"
        os.mkfifo(path)
    with pytest.raises(RubricError, match="not a file"):
        load_rubric(path)


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "- 1",
        "",
        "!!python/object/apply:os.system ['true']",
        "a: 2020-99-99",
        "a: !!timestamp x",
        "a: !!int ''",
        "a: !!bool x",
        "&a [*a]",
        "criteria: &a [*a]",
    ],
)
def test_not_a_rubric(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match=r"rubric\.yaml"):
        load_rubric(path)


def test_missing_rubric(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        load_rubric(tmp_path / "none.yaml")


def test_key_follows_the_content(tmp_path: Path) -> None:
    one = load_rubric(write_rubric(tmp_path, rubric_data(criterion("a"))))
    other = load_rubric(write_rubric(tmp_path, rubric_data(criterion("b"))))
    assert one.key != other.key


def test_list_of_lists(tmp_path: Path) -> None:
    lists = {"slavery": ["slavery"], "a": ["tea"], "b": ["cotton", "@a"]}
    rubric = load_rubric(write_rubric(tmp_path, rubric_data(criterion("a"), lists=lists)))
    assert rubric.lists["b"] == ("cotton", "tea")


@pytest.mark.parametrize("lists", [{"a": ["@none"]}, {"a": ["@b"], "b": ["@c"], "c": ["tea"]}])
def test_list_of_unknown_or_nested_lists(tmp_path: Path, lists: dict[str, list[str]]) -> None:
    path = write_rubric(tmp_path, rubric_data(criterion("a"), lists={"slavery": ["x"], **lists}))
    with pytest.raises(RubricError, match="lists"):
        load_rubric(path)
