"""What a model's files say that it was trained on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.errors import ModelError
from assess.score.model import FORMAT, TERMS_FILE
from assess.score.model_notes import trained_on


def write(folder: Path, notes: object) -> Path:
    (folder / TERMS_FILE).write_text(json.dumps({"format": FORMAT, "notes": notes}), "utf-8")
    return folder


def test_the_shipped_model() -> None:
    assert "uk_silver.csv" in trained_on()
    assert "uk_dev.csv" in trained_on()


@pytest.mark.parametrize(
    ("notes", "names"),
    [
        ({"trained_on": ["a.csv", 5, None, "b.csv"]}, ("a.csv", "b.csv")),
        ({"trained_on": "a.csv"}, ()),
        ({}, ()),
        (None, ()),
        ([], ()),
    ],
)
def test_notes_of_others(tmp_path: Path, notes: object, names: tuple[str, ...]) -> None:
    assert trained_on(write(tmp_path, notes)) == names


def test_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        trained_on(tmp_path)
