"""Judgements kept without texts become statements where the texts are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assess.errors import InputError
from assess.resources import models_folder
from assess.score.judgements import JUDGEMENTS_FILE, digest, read_judgements
from assess.score.rubric import load_rubric

RUBRIC = load_rubric()
TEXT = "We audited nine mills. All was well."


def line(**changes: Any) -> str:
    row = {
        "id": "s1",
        "file": "statements/mixed.jsonl",
        "sha256": digest(TEXT),
        "judged": {"audits": True, "substance": 3},
        "evidence": {"audits": [[0, 22]]},
    }
    return json.dumps(row | changes)


def data(tmp_path: Path, text: str = TEXT) -> Path:
    (tmp_path / "statements").mkdir()
    mixed = tmp_path / "statements" / "mixed.jsonl"
    mixed.write_text(json.dumps({"id": "s1", "text": text}) + "\n")
    return tmp_path


def judgements(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / JUDGEMENTS_FILE
    path.write_text("\n".join(lines))
    return path


def test_text_values_and_quotes_come_together(tmp_path: Path) -> None:
    [found] = read_judgements(data(tmp_path), RUBRIC, judgements(tmp_path, line()))
    assert found.text == TEXT
    assert found.truth == {"audits": True, "substance": 3}
    assert found.evidence == {"audits": ["We audited nine mills."]}


def test_a_plain_text_is_known_by_its_name(tmp_path: Path) -> None:
    path = judgements(tmp_path, line(id="one", file="statements/one.txt"))
    (data(tmp_path) / "statements" / "one.txt").write_text(TEXT)
    assert [one.id for one in read_judgements(tmp_path, RUBRIC, path)] == ["one"]


def test_other_or_missing_texts_are_left_out(tmp_path: Path) -> None:
    path = judgements(tmp_path, line(), line(id="s2"), line(file="statements/none.txt"))
    assert read_judgements(data(tmp_path, "Another text."), RUBRIC, path) == []


DEEP = '{"a":' * 100_000


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{", "not valid JSON"),
        (DEEP, "not valid JSON"),
        ("[]", "not a JSON object"),
        ("{}", "'id'"),
        (line(id=["s1"]), "'id'"),
        (line(id=""), "'id'"),
        (line(sha256=1), "'sha256'"),
        (line(file=1), "'file'"),
        (line(file=None), "'file'"),
        (line(file=["a"]), "'file'"),
        (line(file="x" * 300), "below the data folder"),
        (line(file="x/" * 3_000), "below the data folder"),
        (line(file="../../etc/passwd"), "below the data folder"),
        (line(file="statements/../../x"), "below the data folder"),
        (line(file="..\\x"), "below the data folder"),
        (line(file="/etc/passwd"), "below the data folder"),
        (line(file="C:/x"), "below the data folder"),
        (line(file="a\0b"), "below the data folder"),
        (line(file="\ud800"), "below the data folder"),
        (line(judged=[]), "'judged'"),
        (line(judged=None), "'judged'"),
        (line(judged={"substance": 9}), "'substance' cannot be"),
        (line(evidence=[]), "'evidence'"),
        (line(evidence={"audits": 1}), "'audits'"),
        (line(evidence={"audits": [["a", 2]]}), "'audits'"),
        (line(evidence={"audits": [[1, 2, 3]]}), "'audits'"),
        (line(evidence={"audits": [[0, float("inf")]]}), "'audits'"),
        (line(evidence={"audits": [[-3, 2]]}), "'audits'"),
        (line(evidence={"audits": [[5, 2]]}), "'audits'"),
        (line(evidence={"audits": [[0, 999]]}), "beyond the text's 36 characters"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, bad: str, says: str) -> None:
    path = judgements(data(tmp_path), line(), bad)
    with pytest.raises(InputError, match=rf"judgements\.jsonl, line 2.*{says}"):
        read_judgements(tmp_path, RUBRIC, path)


@pytest.mark.parametrize("value", ["met", 1, None, [True]])
def test_a_value_that_the_criterion_cannot_have(tmp_path: Path, value: object) -> None:
    path = judgements(data(tmp_path), line(judged={"audits": value}))
    with pytest.raises(InputError, match=r"judgements\.jsonl, statement s1: 'audits' is"):
        read_judgements(tmp_path, RUBRIC, path)


@pytest.mark.parametrize("bad", ["{", DEEP, "[]", '{"id": [], "text": ""}', '{"id": "s1"}'])
def test_a_damaged_line_of_texts_is_named(tmp_path: Path, bad: str) -> None:
    path = judgements(data(tmp_path), line())
    with (tmp_path / "statements" / "mixed.jsonl").open("a") as texts:
        texts.write(bad)
    with pytest.raises(InputError, match=r"mixed\.jsonl, line 2: not a statement with id"):
        read_judgements(tmp_path, RUBRIC, path)


def test_the_shipped_ones_hold_values_and_places_only() -> None:
    criteria = load_rubric().by_id()
    rows = [json.loads(row) for row in (models_folder() / JUDGEMENTS_FILE).open("rb")]
    assert len(rows) > 300
    for row in rows:
        assert set(row) == {"id", "file", "sha256", "judged", "evidence"}
        known = criteria.keys() | {"substance", "minimal_compliance", "statement_kind"}
        assert row["judged"].keys() <= known
        assert row["evidence"].keys() <= known
        spans = [span for found in row["evidence"].values() for span in found]
        assert all(0 <= start < end for start, end in spans)
