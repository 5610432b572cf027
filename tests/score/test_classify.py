"""`assess classify`: columns, order, and broken tables."""

from __future__ import annotations

import csv
import resource
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assess.errors import InputError
from assess.score import classify
from assess.score.aims import read_sentences
from assess.score.classify import classify_table
from assess.score.features import Row
from assess.score.labels import LABELS
from assess.score.model import SentenceModel, load_model


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_adds_columns_and_keeps_the_rest(tmp_path: Path) -> None:
    table = write(
        tmp_path / "in.csv",
        'statement_id,sentence,mine\na,"Approved by the board of directors, 1 May",7\na,Hello,8\n',
    )
    output = tmp_path / "out.csv"
    assert classify_table(table, output, load_model()) == (2, ())
    with output.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["mine"] for row in rows] == ["7", "8"]
    assert rows[0]["approval"] == "1"
    assert all(0 <= float(row[f"{label}_p"]) <= 1 for row in rows for label in LABELS)
    assert {row[label] for row in rows for label in LABELS} <= {"0", "1"}


def test_empty_table_gives_an_empty_table(tmp_path: Path) -> None:
    table = write(tmp_path / "in.csv", "statement_id,sentence\n")
    output = tmp_path / "out.csv"
    assert classify_table(table, output, load_model()) == (0, ())
    assert len(output.read_text(encoding="utf-8").splitlines()) == 1


ROWS = ("a,Hello", "a,Board", "b,Our risks", "c,We train", "c,staff")


@pytest.mark.parametrize(
    ("rows", "batches"),
    [
        (ROWS, [["a", "a"], ["b", "c", "c"]]),
        # Of a statement whose rows stand apart, any row may be the last.
        ((*ROWS, "a,the end"), [["a", "a", "b", "c", "c", "a"]]),
    ],
)
def test_some_statements_at_a_time_give_what_all_at_once_give(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: tuple[str, ...],
    batches: list[list[str]],
) -> None:
    table = write(tmp_path / "in.csv", "\n".join(("statement_id,sentence", *rows, "")))
    outputs = [(tmp_path / f"{name}.csv", tmp_path / f"{name}.jsonl") for name in "ab"]
    classify_table(table, outputs[0][0], load_model(), outputs[0][1], all_labels=True)
    asked: list[list[str]] = []
    whole = SentenceModel.probabilities

    def probabilities(model: SentenceModel, some: Sequence[Row]) -> Any:
        asked.append([row.statement_id for row in some])
        return whole(model, some)

    monkeypatch.setattr(classify, "CHUNK", 2)
    monkeypatch.setattr(SentenceModel, "probabilities", probabilities)
    classify_table(table, outputs[1][0], load_model(), outputs[1][1], all_labels=True)
    assert asked == batches
    assert [path.read_bytes() for path in outputs[0]] == [path.read_bytes() for path in outputs[1]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks the column statement_id, sentence"),
        ("id;text\n1;2\n", "first line has 'id;text'. Columns are separated by commas"),
        ("statement_id,sentence\na\n", "line 2: has fewer cells than the 2 columns"),
        ("statement_id,sentence\na,b,c\n", "line 2: has more cells"),
        ('statement_id,sentence\na,"b\n', "after line 1: not a readable CSV.*quotation mark"),
        ("statement_id,sentence,sentence\na,b,c\n", "column 'sentence' twice"),
    ],
)
def test_broken_table(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        classify_table(write(tmp_path / "in.csv", text), tmp_path / "out.csv", load_model())
    assert not (tmp_path / "out.csv").exists()


def test_not_utf8(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_bytes(b"statement_id,sentence\na,caf\xe9\n")
    with pytest.raises(InputError, match="line 2: not UTF-8"):
        classify_table(table, tmp_path / "out.csv", load_model())


def test_unwritable_output(tmp_path: Path) -> None:
    table = write(tmp_path / "in.csv", "statement_id,sentence\na,b\n")
    with pytest.raises(InputError, match="cannot be written"):
        classify_table(table, tmp_path / "none" / "out.csv", load_model())


def test_what_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    table = write(tmp_path / "in.csv", "statement_id,sentence\na,b\n")
    for output, explanations in (("none/o.csv", "e.jsonl"), ("o.csv", "none/e.jsonl")):
        with pytest.raises(InputError, match=r"none/.* cannot be written"):
            # No model is asked: there is none.
            classify_table(table, tmp_path / output, None, tmp_path / explanations)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_labels_in_the_table_are_not_lost_unsaid(tmp_path: Path) -> None:
    table = write(tmp_path / "in.csv", "statement_id,approval,sentence,risk_p\na,1,Hello,x\n")
    before = table.read_bytes()
    (tmp_path / "link.csv").symlink_to(table)
    for output in (table, tmp_path / "link.csv"):
        with pytest.raises(InputError, match="columns approval, risk_p would be lost"):
            classify_table(table, output, load_model())
    assert table.read_bytes() == before
    found = classify_table(table, tmp_path / "out.csv", load_model())
    assert found.replaced == ("approval", "risk_p")


def test_a_bare_carriage_return_stays_in_its_cell(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_bytes(b'statement_id,sentence\nS1,"a\rThe board approved it"\nS1,We audit.\n')
    classify_table(table, tmp_path / "out.csv", load_model())
    again = read_sentences(tmp_path / "out.csv")
    assert [row.sentence for row in again.rows] == ["a\rThe board approved it", "We audit."]


def test_explanations_are_kept_where_the_table_fails(tmp_path: Path) -> None:
    rows = "".join("a,Foo bar baz.\n" for _ in range(500))
    table = write(tmp_path / "in.csv", f"statement_id,sentence\n{rows}")
    paths = [write(tmp_path / name, "old") for name in ("o.csv", "e.jsonl")]
    classify_table(table, tmp_path / "all.csv", load_model())
    size = (tmp_path / "all.csv").stat().st_size
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # Only what is written last has no room.
    resource.setrlimit(resource.RLIMIT_FSIZE, (size - 100, most))
    try:
        with pytest.raises(InputError, match=r"o\.csv: cannot be written"):
            classify_table(table, paths[0], load_model(), paths[1])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        signal.signal(signal.SIGXFSZ, before)
    assert [path.read_text(encoding="utf-8") for path in paths] == ["old", "old"]
