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
    [found] = read_judgements(data(tmp_path), judgements(tmp_path, line()))
    assert found.text == TEXT
    assert found.truth == {"audits": True, "substance": 3}
    assert found.evidence == {"audits": ["We audited nine mills."]}


def test_a_plain_text_is_known_by_its_name(tmp_path: Path) -> None:
    path = judgements(tmp_path, line(id="one", file="statements/one.txt"))
    (data(tmp_path) / "statements" / "one.txt").write_text(TEXT)
    assert [one.id for one in read_judgements(tmp_path, path)] == ["one"]


def test_other_or_missing_texts_are_left_out(tmp_path: Path) -> None:
    path = judgements(tmp_path, line(), line(id="s2"), line(file="statements/none.txt"))
    assert read_judgements(data(tmp_path, "Another text."), path) == []


@pytest.mark.parametrize("bad", ["{", "[]", "{}", line(evidence={"audits": [["a", 2]]})])
def test_a_damaged_line_is_named(tmp_path: Path, bad: str) -> None:
    path = judgements(tmp_path, line(), bad)
    with pytest.raises(InputError, match=r"judgements\.jsonl, line 2"):
        read_judgements(tmp_path, path)


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
