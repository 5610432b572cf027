"""Rubrics that build on another, and files made to do harm: one line says what is wrong, soon."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.errors import RubricError
from assess.score.rubric import Rubric, load_rubric
from assess.score.rubric_files import MAX_EXTENDED, MAX_RUBRIC_BYTES, shipped_rubrics
from tests.score.factory import criterion, rubric_data

OWN = {"id": "mine", "version": "1", "title": "Mine", "notice": "-"}
# Far more than any of them takes, far less than one that runs away.
SECONDS = 10


def write(path: Path, data: Any) -> Path:
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    rules = [{"name": "one", "any": ["audits"]}, {"name": "two", "any": ["visits"]}]
    data = rubric_data(
        criterion("a", rules=rules), criterion("b", rules=rules), signals=[{"id": "s"}]
    )
    return write(tmp_path / "base.yaml", data)


def extended(base: Path, **keys: Any) -> Rubric:
    data = {"extends": base.name, **OWN, **keys}
    return load_rubric(write(base.with_name("mine.yaml"), data))


def refusal(call: Callable[[], object]) -> str:
    begun = time.perf_counter()
    with pytest.raises(RubricError) as caught:
        call()
    assert time.perf_counter() - begun < SECONDS
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 2_000
    return said


def test_what_is_not_given_is_taken_over(base: Path) -> None:
    found = extended(base)
    assert (found.id, [c.id for c in found.criteria]) == ("mine", ["a", "b"])
    assert found.criteria == load_rubric(base).criteria


def test_keys_rules_lists_and_scores_are_replaced_by_name(base: Path) -> None:
    changed = {
        "id": "b",
        "weight": 3,
        "rules": [{"name": "two", "any": ["calls"]}, {"name": "new", "any": ["@goods bought"]}],
    }
    new = criterion("c", rules=[{"name": "r", "any": ["new"]}])
    found = extended(
        base, criteria=[new, changed], lists={"goods": ["tea"]}, scores={"depth_share": 0.1}
    )
    assert [c.id for c in found.criteria] == ["a", "b", "c"]
    assert found.criterion("b").weight == 3
    assert [(r.name, r.any) for r in found.criterion("b").rules] == [
        ("one", ("audits",)), ("two", ("calls",)), ("new", ("@goods bought",)),
    ]  # fmt: skip
    assert set(found.lists) == {"slavery", "goods"}
    assert (found.scores.depth_share, found.scores.substance_full) == (0.1, 50)


def test_key_follows_the_base(base: Path) -> None:
    before = extended(base).key
    base.write_text(base.read_text("utf-8") + "# changed\n", encoding="utf-8")
    assert extended(base).key != before


def test_shipped_rubrics_are_known_by_name() -> None:
    assert shipped_rubrics() == ("uk-bill-2026", "uk-s54")
    assert load_rubric(Path("uk-s54")) is load_rubric()
    assert load_rubric(Path("uk-bill-2026")).by_id().keys() > load_rubric().by_id().keys()


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"extends": "uk-s99"}, "extends: no rubric 'uk-s99'; give a file or one of: uk-bill"),
        ({"extends": ["a"]}, "extends: .*is no name"),
        ({"extends": "none.yaml"}, "none.yaml: cannot be read"),
        ({"extends": "../base.yaml"}, "outside the rubric's own folder"),
        ({"extends": "/etc/base.yaml"}, "outside the rubric's own folder"),
        ({"extends": "x\0.yaml"}, "extends: "),
        ({"extends": "mine.yaml"}, "extends: 'mine.yaml' extends itself in the end"),
        ({"criteria": [{"id": "aa", "weight": 2}]}, "aa: id: .*base.yaml has nothing of that id"),
        ({"extends": "uk-s54", "criteria": [{"id": "risks"}]}, "risks: id: .*did you mean 'risk'"),
        ({"signals": [{"id": "t"}]}, "t: id: .*in signals to override"),
        ({"criteria": [{"id": "a"}, {"id": "a"}]}, "a: id: given twice"),
        ({"criteria": [{"weight": 2}]}, r"criteria\.2: "),
        ({"criteria": {"a": 1}}, "criteria: "),
        ({"criteria": [{"id": "a", "authority": "MINE"}]}, "a: authority"),
        ({"criteria": [{"id": "a", "rules": 5}]}, "a: rules"),
        ({"title": None}, "title: "),
    ],
)
def test_what_cannot_be_built_on(base: Path, keys: dict[str, Any], says: str) -> None:
    with pytest.raises(RubricError, match=says):
        extended(base, **keys)


def test_what_builds_on_another_names_itself(base: Path) -> None:
    path = write(base.with_name("mine.yaml"), {"extends": base.name, "id": "x"})
    with pytest.raises(RubricError, match="needs its own version, title, notice"):
        load_rubric(path)


def test_a_circle_and_a_long_chain(tmp_path: Path) -> None:
    for number in range(MAX_EXTENDED + 3):
        data = {"extends": f"r{number + 1}.yaml", **OWN}
        write(tmp_path / f"r{number}.yaml", data)
    assert "build on each other" in refusal(lambda: load_rubric(tmp_path / "r0.yaml"))
    write(tmp_path / "r2.yaml", {"extends": "r0.yaml", **OWN})
    assert "break the circle" in refusal(lambda: load_rubric(tmp_path / "r0.yaml"))


def test_a_link_out_of_the_folder(base: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = base.with_name("link.yaml")
    link.symlink_to(write(tmp_path_factory.mktemp("else") / "base.yaml", {}))
    assert "outside" in refusal(lambda: extended(link))


def bomb(levels: int = 40) -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(lines)


def merge_bomb(levels: int = 40) -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, levels)]
    return "\n".join(lines)


CRITERION = "{id: a, kind: depth, rules: [{name: r, any: [" + "xx, " * 5_000 + "]}]}"
HOSTILE: dict[str, bytes] = {
    "10 MB": b"#" * 10_000_000,
    "deep lists": b"a: " + b"[" * 1_000_000,
    "deep mappings": b"{a: " * 400_000,
    "deep blocks": b"- " * 900_000,
    "alias bomb": bomb().encode(),
    "merge bomb": merge_bomb().encode(),
    "many aliases": f"x: &x {CRITERION}\ncriteria: [{'*x, ' * 39_000}]".encode(),
    "large aliases": ("x: &x " + "y" * 500_000 + f"\nlists: {{a: [{'*x, ' * 39_000}]}}").encode(),
    "lists of lists": yaml.safe_dump(
        {"lists": {"a": ["x"] * 9_000, "b": ["@a"] * 9_000, "c": ["@a"]}}
    ).encode(),
    "alias of itself": b"criteria: &c [{id: a, rules: *c}]",
    "very many values": b"lists: {a: [" + b"x," * 990_000 + b"]}",
    "many values": b"lists: {a: [" + b"x," * 39_000 + b"]}",
    "many unknown keys": b"\n".join(b"k%d: 1" % n for n in range(39_000)),
    "many bad criteria": b"criteria: [" + b"{}," * 39_000 + b"]",
    "not UTF-8": b"id: caf\xe9",
    "UTF-16": "id: x".encode("utf-16"),
    "a zero": b"id: \0",
    "a key that is a list": b"? [a]\n: b",
    "a long key": b'"' + b"\\e[31m" * 100_000 + b'": 1',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_bytes(data)
    assert refusal(lambda: load_rubric(path)).isprintable()


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "missing"])
def test_not_a_file(tmp_path: Path, kind: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    path = {"folder": tmp_path, "device": Path("/dev/zero")}.get(kind, tmp_path / kind)
    said = refusal(lambda: load_rubric(path))
    assert "give a rubric file, or a shipped one: uk-bill" in said


@pytest.mark.parametrize(
    "expression", ["not " * 400 + "a", "(" * 90 + "a" + ")" * 90, "a\0", "a" * 2_001, "level(a)"]
)
def test_hostile_expression(tmp_path: Path, expression: str) -> None:
    path = write(tmp_path / "r.yaml", rubric_data(criterion("a", holds=expression)))
    try:
        load_rubric(path)
    except RubricError as error:
        assert ": a: holds: " in str(error)


def test_many_criteria_are_checked_soon(tmp_path: Path) -> None:
    line = "- {<<: *x, id: c%d}\n"
    first = yaml.safe_dump(rubric_data(criterion("a")))
    text = first.replace("criteria:\n- ", "criteria:\n- &x\n  ", 1)
    head, tail = text.split("\nid: test", 1)
    path = tmp_path / "many.yaml"
    path.write_text(head + "\n" + "".join(line % n for n in range(1_500)) + "id: test" + tail)
    begun = time.perf_counter()
    assert len(load_rubric(path).criteria) == 1_501
    assert time.perf_counter() - begun < SECONDS
    assert path.stat().st_size < MAX_RUBRIC_BYTES
