"""The shipped classifier: plain data, checked, and the same however it is called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assess.errors import ModelError
from assess.resources import models_folder
from assess.score.features import Row
from assess.score.model import LABELS, TERMS_FILE, WEIGHTS_FILE, load_model, model_key

TEXT = [
    "This statement was approved by the board of directors.",
    "We train buyers on the signs of forced labour.",
    "The weather was fine.",
]


def test_knows_an_approval() -> None:
    model = load_model()
    found = model.sense(TEXT).labels
    assert found[0]["approval"] > 0.5 > found[2]["approval"]
    assert set(found[0]) == set(LABELS)


def test_same_alone_or_in_a_batch() -> None:
    model = load_model()
    one = [Row("a", sentence) for sentence in TEXT]
    other = [Row("b", sentence) for sentence in reversed(TEXT)]
    alone = model.probabilities(one)
    together = model.probabilities([*other, *one])[len(other) :]
    np.testing.assert_allclose(alone, together, atol=1e-6)


@pytest.mark.parametrize("length", [1, 5_000, 50_000])
def test_any_length(length: int) -> None:
    found = load_model().probabilities([Row("a", "x" * length)])
    assert np.isfinite(found).all()


def test_no_sentences() -> None:
    assert load_model().probabilities([]).shape == (0, len(LABELS))


def test_key_needs_no_loading() -> None:
    assert model_key() == load_model().key


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (TERMS_FILE, WEIGHTS_FILE):
        shutil.copy(models_folder() / name, tmp_path)
    return tmp_path


def test_refuses_changed_weights(copy: Path) -> None:
    path = copy / WEIGHTS_FILE
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="checksum"):
        load_model(copy)


def test_refuses_another_format(copy: Path) -> None:
    path = copy / TERMS_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": "other"}))
    with pytest.raises(ModelError, match="format"):
        load_model(copy)


def test_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no classifier"):
        load_model(tmp_path)
