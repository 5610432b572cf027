"""The shipped classifier: plain data, checked, and the same however it is called."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assess.errors import InputError, ModelError
from assess.resources import models_folder
from assess.score import criteria_model
from assess.score.features import BLOCKS, Row
from assess.score.labels import LABELS
from assess.score.left_out import LeftOut
from assess.score.model import (
    OPTIONAL_FILES,
    REQUIRED_FILES,
    TERMS_FILE,
    WEIGHTS_FILE,
    SentenceModel,
    load_model,
    model_key,
    save_model,
)
from assess.score.status_model import STATUS_FILE, StatusModel
from tests.score.model_factory import small_model

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
    np.testing.assert_array_equal(alone, together)


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
    for name in (*REQUIRED_FILES, *OPTIONAL_FILES):
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


LEFT_OUT = {
    "0" * 16: LeftOut(np.full((2, 9), 0.5, np.float32), np.ones((2, 9), bool)),
    "1" * 16: LeftOut(np.zeros((1, 9), np.float32), np.zeros((1, 9), bool)),
}
LEARNED = frozenset({1, 2**32 - 1})
STATUS = StatusModel({"soon": (1.0, 0.0)}, (0.0, 0.0), (0.5, 0.5))


def small(**changes: Any) -> SentenceModel:
    """A whole model on a few words."""
    model = small_model()
    width = model.weights.shape[0]
    criteria = criteria_model.CriteriaModel(
        ("risk",),
        np.zeros((width, 1), np.float32),
        np.zeros(1, np.float32),
        np.zeros((criteria_model.STATEMENT_FEATURES + 1, 1), np.float32),
        np.ones(1, np.float32),
    )
    parts: dict[str, Any] = {
        "status": STATUS,
        "criteria": criteria,
        "left_out": LEFT_OUT,
        "learned": LEARNED,
    }
    return replace(model, **{**parts, **changes})


def test_same_after_writing_and_reading(tmp_path: Path) -> None:
    key = save_model(small(), tmp_path, {})
    again = load_model(tmp_path)
    assert (again.key, again.status, again.learned) == (key, STATUS, LEARNED)
    assert again.criteria is not None
    assert save_model(again, tmp_path / "again", {}) == key
    assert {path.name for path in tmp_path.glob("*.*")} == {
        *REQUIRED_FILES, *OPTIONAL_FILES
    }  # fmt: skip


@pytest.mark.parametrize("name", OPTIONAL_FILES)
def test_a_missing_or_foreign_part_is_an_error(tmp_path: Path, name: str) -> None:
    save_model(small(), tmp_path, {})
    path = tmp_path / name
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(ModelError, match=f"{name}: missing"):
        load_model(tmp_path)
    path.write_bytes(content + b" ")
    with pytest.raises(ModelError, match=f"{name}: not the part"):
        load_model(tmp_path)


def test_a_part_of_an_earlier_model_is_an_error(tmp_path: Path) -> None:
    save_model(small(), tmp_path / "earlier", {})
    save_model(small(status=None, criteria=None, left_out={}), tmp_path, {})
    shutil.copy(tmp_path / "earlier" / STATUS_FILE, tmp_path)
    with pytest.raises(ModelError, match="not the part"):
        load_model(tmp_path)


def test_parts_that_are_no_more_go(tmp_path: Path) -> None:
    save_model(small(), tmp_path, {})
    save_model(small(status=None, criteria=None, left_out={}), tmp_path, {})
    assert load_model(tmp_path).status is None
    assert not any((tmp_path / name).exists() for name in OPTIONAL_FILES)


@pytest.mark.parametrize("stop", range(10))
def test_killed_between_two_files(
    tmp_path: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier model, the new one, or an error; never one without its learned parts."""
    earlier = save_model(small(), tmp_path, {})
    weights = small().weights + 1
    new = small(weights=weights, status=None)
    rename, renamed = Path.replace, []

    def failing(path: Path, target: Path) -> Path:
        renamed.append(target)
        if len(renamed) > stop:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    if stop < 8:
        with pytest.raises(InputError, match="No space left"):
            save_model(new, tmp_path, {})
    else:
        save_model(new, tmp_path, {})
    assert not list(tmp_path.glob(".*.new"))
    try:
        key = load_model(tmp_path).key
    except ModelError:
        assert 0 < stop < 8
    else:
        assert (key == earlier) is (stop == 0)


@pytest.mark.parametrize("name", [STATUS_FILE, criteria_model.TERMS_FILE, TERMS_FILE])
def test_a_link_that_leads_nowhere_is_not_absent(tmp_path: Path, name: str) -> None:
    save_model(small(), tmp_path, {})
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to(name)
    with pytest.raises(ModelError, match=f"{name}: cannot be read"):
        load_model(tmp_path)
    with pytest.raises(ModelError, match=f"{name}: cannot be read"):
        model_key(tmp_path)


def changed(folder: Path, arrays: dict[str, Any] | bytes, **terms: Any) -> Path:
    """A model with some arrays or terms changed, and true checksums."""
    save_model(small(status=None, criteria=None, left_out={}), folder, {})
    path = folder / WEIGHTS_FILE
    if isinstance(arrays, dict):
        with np.load(path) as held:
            arrays = {**held, **arrays}
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)
        arrays = buffer.getvalue()
    path.write_bytes(arrays)
    told = json.loads((folder / TERMS_FILE).read_text("utf-8"))
    told |= {"weights_sha256": hashlib.sha256(arrays).hexdigest(), **terms}
    (folder / TERMS_FILE).write_text(json.dumps(told), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"weights": np.zeros((3, 9), np.float16)}, "'weights'.*not made for"),
        ({"weights": np.zeros(9, np.float16)}, "'weights'.*not made for"),
        ({"intercepts": np.zeros(8, np.float32)}, "'intercepts'.*not made for"),
        ({"intercepts": np.full(9, np.nan, np.float32)}, "'intercepts' holds"),
        ({"thresholds": np.array(["a"] * 9)}, "'thresholds' is <U1"),
        ({"thresholds": np.full(9, 1.5, np.float32)}, "'thresholds' holds one that is not from"),
        ({"idf_words": np.zeros(1, np.float32)}, "'idf_words'.*not made for"),
        ({"idf_letters": np.zeros((2, 2), np.float32)}, "'idf_letters'.*not made for"),
        (b"PK\x03\x04", "not a readable"),
        (b"", "not a readable"),
    ],
)
def test_refuses_odd_arrays(tmp_path: Path, arrays: dict[str, Any] | bytes, says: str) -> None:
    with pytest.raises(ModelError, match=rf"sentences\.npz: .*{says}"):
        load_model(changed(tmp_path, arrays))


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"vocabularies": None}, "'vocabularies'"),
        ({"vocabularies": []}, "'vocabularies'"),
        ({"vocabularies": {}}, "'vocabularies'"),
        ({"vocabularies": dict.fromkeys(BLOCKS, "ab")}, "'vocabularies'"),
        ({"vocabularies": {name: [1, 2] for name in BLOCKS}}, "'vocabularies'"),
        ({"vocabularies": {name: [] for name in BLOCKS}}, "'vocabularies'"),
        ({"vocabularies": {name: ["a", "a"] for name in BLOCKS}}, "'vocabularies'"),
        ({"labels": ["approval"]}, "'labels'"),
        ({"parts": None}, "'parts'"),
        ({"parts": {"other.json": "0"}}, "not the part made with"),
    ],
)
def test_refuses_odd_terms(tmp_path: Path, terms: dict[str, Any], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        load_model(changed(tmp_path, {}, **terms))


def test_refuses_nested_json(copy: Path) -> None:
    (copy / TERMS_FILE).write_bytes(b"[" * 1_000_000)
    with pytest.raises(ModelError, match="not valid JSON"):
        load_model(copy)


def test_rows_of_a_statement_may_stand_apart() -> None:
    model = load_model()
    one = [Row("a", sentence) for sentence in TEXT]
    other = [Row("b", sentence) for sentence in reversed(TEXT)]
    mixed = [row for pair in zip(one, other, strict=True) for row in pair]
    np.testing.assert_array_equal(model.probabilities(mixed)[::2], model.probabilities(one))
