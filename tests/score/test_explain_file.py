"""`assess classify --explain`: a line for each label, in a file of its own."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.score.labels import LABELS
from assess.score.model import save_model
from tests.score.model_factory import STATEMENT, small_model

KEYS = {
    "statement_id",
    "row",
    "label",
    "probability",
    "threshold",
    "log_odds",
    "base",
    "signals",
    "other_signals",
    "words",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a classifier in `models`, and a table of two statements, one in two places."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    save_model(small_model(), tmp_path / "models", {})
    write_table(["a", "a", "b", "b", "a", "b"], STATEMENT)
    return tmp_path


def write_table(statements: list[str], sentences: tuple[str, ...]) -> None:
    with Path("in.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["statement_id", "sentence"])
        writer.writerows(zip(statements, sentences, strict=True))


def classify(*arguments: str) -> Result:
    return CliRunner().invoke(
        app, ["classify", "in.csv", "-o", "out.csv", "--models", "models", *arguments]
    )


def read_lines(path: str = "why.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def read_output() -> list[dict[str, str]]:
    with Path("out.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_a_line_for_each_label_called(folder: Path) -> None:
    assert classify("--explain", "why.jsonl").exit_code == 0
    rows, lines = read_output(), read_lines()
    called = {
        (at, label) for at, row in enumerate(rows, 1) for label in LABELS if row[label] == "1"
    }
    assert called and len(lines) == len(called)
    assert {(line["row"], line["label"]) for line in lines} == called
    statements = [line["statement_id"] for line in lines]
    assert statements == sorted(statements)


def test_numbers_are_those_of_the_table_and_add_up(folder: Path) -> None:
    assert classify("--explain", "why.jsonl", "--explain-all").exit_code == 0
    rows, lines = read_output(), read_lines()
    assert len(lines) == len(rows) * len(LABELS)
    for line in lines:
        assert set(line) == KEYS
        row = rows[line["row"] - 1]
        assert line["statement_id"] == row["statement_id"]
        told = float(row[f"{line['label']}_p"])
        assert line["probability"] == pytest.approx(told, abs=1e-6)
        assert (line["probability"] >= line["threshold"]) == (row[line["label"]] == "1")
        signals = sum(signal["weight"] for signal in line["signals"])
        assert line["base"] + signals + line["other_signals"] == pytest.approx(
            line["log_odds"], abs=1e-5
        )
        told = line["words"]
        words = sum(part["weight"] for part in [*told["words"], *told["sentences"]])
        assert told["base"] + words + told["other_sentences"] == pytest.approx(
            told["score"], abs=1e-4
        )
        sentence = row["sentence"]
        assert [word["text"] for word in told["words"]] == sentence.split()
        assert all(sentence[word["start"] : word["end"]] == word["text"] for word in told["words"])


def test_the_table_is_the_same_without(folder: Path) -> None:
    classify()
    alone = Path("out.csv").read_bytes()
    classify("--explain", "why.jsonl")
    assert Path("out.csv").read_bytes() == alone
    assert not list(folder.glob(".*"))


def test_an_empty_table_gives_an_empty_file(folder: Path) -> None:
    write_table([], ())
    assert classify("--explain", "why.jsonl").exit_code == 0
    assert read_lines() == []


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("in.csv", "is the table to read"),
        ("./out.csv", "is the table to write"),
        ("link.csv", "is the table to read"),
        ("none/why.jsonl", "cannot be written"),
        ("models", "is not a plain file"),
        (" ", "a path is empty"),
    ],
)
def test_bad_places(folder: Path, path: str, says: str) -> None:
    Path("link.csv").symlink_to("in.csv")
    before = Path("in.csv").read_bytes()
    done = classify("--explain", path)
    assert done.exit_code != 0
    assert says in f"{done.output} {done.exception}"
    assert not Path("out.csv").exists()
    assert Path("in.csv").read_bytes() == before


def test_all_needs_a_file(folder: Path) -> None:
    done = classify("--explain-all")
    assert done.exit_code == 2
    assert "needs --explain PATH" in done.output
