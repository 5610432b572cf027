"""The learned part of criteria: it only adds, names a sentence, and its files are plain data."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pytest

from assess.errors import ModelError
from assess.extract import from_plain_text
from assess.records import Finding
from assess.resources import models_folder
from assess.score.criteria_model import (
    STATEMENT_FEATURES,
    TERMS_FILE,
    WEIGHTS_FILE,
    CriteriaModel,
    Learned,
    from_files,
    statement_features,
    to_files,
)
from assess.score.judge import WEAK, judge
from assess.score.model import load_model, model_key
from assess.score.rules import RuleBook
from tests.score.factory import criterion, rubric_of

FEATURES = 5
FOLDER = Path("models")
DEEP = b'{"a":' * 100_000
ARRAYS = ("weights", "intercepts", "statement_weights", "thresholds")
# From one good sentence on; nothing else matters.
BY_BEST = np.array([[1.0], [0.0], [0.0], [0.0]], dtype=np.float32)
QUOTE = "We buy mica from four mines in India every year."
TEXT = f"Our risks\n\n{QUOTE}\nWe will audit mica.\nWe make paint.\n"


def model(**changes: object) -> CriteriaModel:
    parts: dict[str, object] = {
        "criteria": ("risk",),
        "weights": np.zeros((FEATURES, 1), dtype=np.float32),
        "intercepts": np.zeros(1, dtype=np.float32),
        "statement_weights": BY_BEST,
        "thresholds": np.array([0.5], dtype=np.float32),
    }
    return CriteriaModel(**{**parts, **changes})  # type: ignore[arg-type]


def found(tmp_path: Path, *leanings: float) -> Finding:
    rubric = rubric_of(
        tmp_path,
        criterion(
            "risk",
            rules=[{"name": "named", "any": ["cobalt"]}, {"name": "audits", "any": ["audit"]}],
            examples={"positive": ["Cobalt."], "negative": ["No."]},
        ),
    )
    book = RuleBook(rubric)
    reading = book.read(from_plain_text(TEXT))
    learned = Learned(model(), {"risk": leanings})
    [finding] = judge(rubric, reading, book.hits(reading), learned)
    return finding


def test_names_the_best_sentence(tmp_path: Path) -> None:
    finding = found(tmp_path, -3, 2, -3, 1)
    assert finding.value is True
    [evidence] = [one for one in finding.evidence if one.status == "implemented"]
    assert (evidence.quote, evidence.method) == (QUOTE, "model:risk")
    assert TEXT[evidence.start : evidence.end] == evidence.quote
    assert finding.confidence == WEAK


def test_headings_and_plans_are_no_evidence(tmp_path: Path) -> None:
    assert found(tmp_path, 9, -3, 9, -3).value is False


def test_below_the_threshold_nothing_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, -1, -0.1, -1, -1).value is False


def test_statement_features() -> None:
    assert statement_features([0.5, 2, 1], 1) == (2, 1, 0)
    assert statement_features([], 0) == (-9, -9, 0)
    assert len(statement_features([1], 9)) == STATEMENT_FEATURES


def test_the_shipped_model_is_part_of_the_key_and_goes_with_its_features(tmp_path: Path) -> None:
    shipped = load_model()
    assert shipped.criteria is not None
    assert shipped.criteria.weights.shape[0] == shipped.weights.shape[0]
    for path in models_folder().glob("*.[jn]*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert model_key(tmp_path) == shipped.key
    sentences = json.loads((tmp_path / "sentences.json").read_text("utf-8"))
    for name in (TERMS_FILE, WEIGHTS_FILE):
        del sentences["parts"][name]
    (tmp_path / "sentences.json").write_text(json.dumps(sentences), "utf-8")
    (tmp_path / TERMS_FILE).unlink()
    (tmp_path / WEIGHTS_FILE).unlink()
    assert model_key(tmp_path) != shipped.key
    assert load_model(tmp_path).criteria is None


def test_same_after_writing_and_reading() -> None:
    files = to_files(model())
    again = from_files(files, FEATURES, FOLDER)
    assert again is not None
    assert to_files(again) == files


def test_without_its_file_there_is_none() -> None:
    assert from_files({}, FEATURES, FOLDER) is None


def damaged(**changes: object) -> dict[str, bytes]:
    files = to_files(model())
    terms = json.loads(files[TERMS_FILE]) | changes
    return {**files, TERMS_FILE: json.dumps(terms).encode()}


def packed(weights: bytes) -> dict[str, bytes]:
    """The model with other bytes for its arrays, and their true checksum."""
    files = damaged(weights_sha256=hashlib.sha256(weights).hexdigest())
    return {**files, WEIGHTS_FILE: weights}


def npy() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    return buffer.getvalue()


def npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({TERMS_FILE: b"{", WEIGHTS_FILE: b""}, "not valid JSON"),
        ({TERMS_FILE: b"[]", WEIGHTS_FILE: b""}, "not a model of format"),
        (damaged(format="other"), "not a model of format"),
        (damaged(weights_sha256="0"), "checksum differs"),
        ({TERMS_FILE: to_files(model())[TERMS_FILE]}, "criteria.npz: missing"),
        ({WEIGHTS_FILE: b""}, "without criteria.json"),
        ({TERMS_FILE: DEEP, WEIGHTS_FILE: b""}, "not valid JSON"),
        (damaged(criteria=["risk", "risk"]), "different ids"),
        (damaged(criteria="risk"), "must be a list"),
        (damaged(criteria=["risk", "training"]), "not made for the other files"),
        (to_files(model(weights=np.zeros((9, 1), dtype=np.float32))), "not made for the other"),
        (to_files(model(thresholds=np.zeros(2))), "'thresholds'.*not made for the other"),
        (to_files(model(intercepts=np.zeros((1, 1)))), "'intercepts'.*not made for the other"),
        (to_files(model(intercepts=np.array([np.nan]))), "'intercepts' holds what is no number"),
        (to_files(model(weights=np.full((FEATURES, 1), np.inf))), "'weights' holds what is no"),
        (to_files(model(statement_weights=np.full((4, 1), -np.inf))), "'statement_weights' holds"),
        (packed(b"PK\x03\x04 cut"), "not a readable .npz file"),
        (packed(b"\x93NUMPY"), "not a readable .npz file"),
        (packed(npy()), "not a readable .npz file"),
        (packed(npz(weights=np.zeros((FEATURES, 1), np.float32))), "lacks"),
        (
            packed(npz(**dict.fromkeys(ARRAYS, np.zeros((FEATURES, 1), np.int32)))),
            "'weights' is int32",
        ),
    ],
)
def test_refuses_what_does_not_fit(files: dict[str, bytes], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        from_files(files, FEATURES, FOLDER)
