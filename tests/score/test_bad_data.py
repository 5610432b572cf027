"""Tables, judged statements and output folders that cannot be used: one line says why."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assess.errors import InputError
from assess.evaluate.agreement import evaluate_criteria
from assess.evaluate.sentences import evaluate_sentences
from assess.score.aims import read_sentences
from assess.score.gold import read_gold, readers_agreement
from assess.score.labels import LABELS, Label
from assess.score.model import load_model, save_model
from assess.score.training import train
from assess.score.training_set import FOLDS, OPTIONAL, WEIGHTS
from tests.score.factory import criterion, rubric_of

HEADER = ",".join(("statement_id", "sentence", *LABELS))
STATEMENT = {"id": "a", "split": "dev", "text": "We audit suppliers."}


def table(path: Path, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


def row(statement: str, *labels: object) -> str:
    return ",".join((statement, "Some words", *map(str, labels or [0] * len(LABELS))))


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        call()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("cell", ["yes", "", "nan", "inf", "2", "-1"])
def test_label_that_is_no_share(tmp_path: Path, cell: str) -> None:
    path = table(tmp_path / "t.csv", row("a"), row("a", *[0] * 8, cell))
    says = refusal(lambda: read_sentences(path, LABELS).ones("effectiveness"))
    assert says.startswith(f"{path}, line 3, column 'effectiveness'")


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_table_that_is_no_file(tmp_path: Path, kind: str) -> None:
    path = {"device": Path("/dev/zero"), "folder": tmp_path}.get(kind, tmp_path / "pipe")
    if kind == "pipe":
        os.mkfifo(path)
    assert "not a file" in refusal(lambda: read_sentences(path))


def gold(folder: Path, data: bytes, name: str = "gold.jsonl") -> Path:
    path = folder / "criteria" / name
    path.parent.mkdir()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": "caf\xe9"}', "UTF-8"),
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "object"),
        (b"{}", "'id'"),
        (json.dumps({**STATEMENT, "text": 5}).encode(), "'text'"),
        (json.dumps({**STATEMENT, "text": " "}).encode(), "'text'"),
        (json.dumps({"id": "a", "text": "b"}).encode(), "'split'"),
        (json.dumps({**STATEMENT, "substance": "high"}).encode(), "'substance'"),
        (json.dumps({**STATEMENT, "minimal_compliance": []}).encode(), "'minimal_compliance'"),
        (json.dumps({**STATEMENT, "evidence": ["We audit."]}).encode(), "for each criterion"),
        (json.dumps({**STATEMENT, "evidence": {"audits": "We audit."}}).encode(), "'audits'"),
        (json.dumps({**STATEMENT, "evidence": {"audits": [5]}}).encode(), "list of quotes"),
    ],
)
def test_broken_judged_statement(tmp_path: Path, line: bytes, says: str) -> None:
    path = gold(tmp_path, json.dumps(STATEMENT).encode() + b"\n" + line + b"\n")
    found = refusal(lambda: read_gold(tmp_path))
    assert found.startswith(f"{path}, line 2: ")
    assert says in found


def test_no_judged_statement(tmp_path: Path) -> None:
    gold(tmp_path, b"")
    assert "no statement" in refusal(lambda: read_gold(tmp_path))


@pytest.mark.parametrize("value", ["2", True, 4, None])
def test_value_that_the_criterion_cannot_have(tmp_path: Path, value: object) -> None:
    gold(tmp_path, json.dumps({**STATEMENT, "depth": value}).encode())
    rubric = rubric_of(tmp_path, criterion("depth", "depth"))
    says = refusal(lambda: evaluate_criteria(tmp_path, rubric, load_model()))
    assert "statement a: 'depth'" in says


@pytest.mark.parametrize("data", [b"{", b"\xff", b"[1]", b'{"a": 1}', b'{"a": {"agreement": "x"}}'])
def test_broken_agreement(tmp_path: Path, data: bytes) -> None:
    path = gold(tmp_path, data, "agreement.json")
    assert refusal(lambda: readers_agreement(tmp_path)).startswith(str(path))


def test_evaluating_no_sentences(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv")
    says = refusal(lambda: evaluate_sentences(tmp_path, load_model(), Path("t.csv")))
    assert says.startswith(f"{path}: holds no sentence")


def training_data(folder: Path, statements: int, labels: Mapping[Label, int] | None = None) -> Path:
    """Each label given in every second statement, if not told otherwise."""
    for name in set(WEIGHTS) - set(OPTIONAL):
        rows = []
        for index in range(statements):
            given = {**dict.fromkeys(LABELS, index % 2), **(labels or {})}
            rows.append(row(str(index), *given.values()))
        table(folder / "aims" / name, *rows)
    return folder


@pytest.mark.parametrize(
    ("make", "says"),
    [
        ({"statements": 0}, "uk_silver.csv: holds no sentence"),
        ({"statements": FOLDS // 3}, f"3 statements; {FOLDS} at least"),
        ({"statements": 10, "labels": {"risk": 0}}, "label 'risk'"),
        ({"statements": 10, "labels": {"risk": 1}}, "label 'risk'"),
    ],
)
def test_too_little_to_train_on(tmp_path: Path, make: dict[str, Any], says: str) -> None:
    data = training_data(tmp_path, **make)
    assert says in refusal(lambda: train(data, tmp_path / "models"))


@pytest.mark.parametrize("output", ["file.txt", "file.txt/models", "/proc/assess-models"])
def test_output_is_checked_before_the_training(
    tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file.txt").write_text("kept", encoding="utf-8")
    monkeypatch.setattr("assess.score.training.train_sentences", None)
    data = training_data(tmp_path, 10)
    says = refusal(lambda: train(data, tmp_path / output))
    assert says.startswith(f"{tmp_path / output}: cannot be written")
    assert (tmp_path / "file.txt").read_text(encoding="utf-8") == "kept"


def test_model_saved_where_a_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.touch()
    assert "cannot be written" in refusal(lambda: save_model(load_model(), path, {}))
