"""The measures of evidence status, on made-up tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import InputError
from assess.evaluate.status import EXPERT, EXPERT_STATEMENTS, SILVER, evaluate_statuses, score


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_score() -> None:
    found = score("planned", ["planned", "planned", "vague"], ["planned", "vague", "planned"])
    assert (found.positives, found.called) == (2, 2)
    assert found.precision == found.recall == found.f1 == 0.5
    assert score("negated", ["vague"], ["vague"]).f1 == 0.0


def test_nothing_there_is_said(tmp_path: Path) -> None:
    found = evaluate_statuses(tmp_path, None)
    assert not found.tables
    assert [str(SILVER) in found.notes[0], str(EXPERT) in found.notes[1]] == [True, True]


def test_silver_rows_of_the_train_split(tmp_path: Path) -> None:
    write(
        tmp_path / SILVER,
        "statement_id,sentence,status,split",
        "a,We audited nine mills.,implemented,train",
        "a,In the coming year we will:,,train",
        "a,Map the mills,planned,train",
        "b,We do not audit.,negated,dev",
    )
    [table] = evaluate_statuses(tmp_path, None).tables
    assert (table.sentences, table.statements) == (2, 1)
    by_status = {one.status: one for one in table.cues}
    assert by_status["planned"].recall == 1.0
    assert table.both == table.cues  # too few to learn from


def test_unknown_status(tmp_path: Path) -> None:
    write(tmp_path / SILVER, "statement_id,sentence,status,split", "a,We audit.,done,train")
    with pytest.raises(InputError, match="unknown status 'done'"):
        evaluate_statuses(tmp_path, None)


def test_expert_sentences_stand_in_their_statements(tmp_path: Path) -> None:
    write(
        tmp_path / EXPERT,
        "statement_id,sentence,future,negative",
        "a,Map the mills,1,0",
        "a,We do not audit the mills.,0,1",
        "b,Map the mills,0,0",
    )
    alone = evaluate_statuses(tmp_path, None).tables[0].cues[0]
    assert (alone.positives, alone.called) == (1, 0)
    write(
        tmp_path / EXPERT_STATEMENTS,
        "statement_id,sentence",
        "a,In the coming year we will:",
        "a,Map the mills",
    )
    planned, negated = evaluate_statuses(tmp_path, None).tables[0].cues
    assert (planned.called, planned.f1) == (1, 1.0)
    assert negated.f1 == 1.0
