"""The encoder's files: the same bytes again, and no trust in what they hold."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assess.errors import ModelError
from assess.score.encoder import Encoders
from assess.score.encoder_files import (
    MAX_WIDTH,
    TERMS_FILE,
    WEIGHTS_FILE,
    read_encoders,
    statement_hash,
    to_files,
)
from tests.score.encoders import PIECES, SENTENCES, encoders, network

FOLDER = Path("models")
DEEP = b'{"a":' * 100_000


def test_same_after_writing_and_reading() -> None:
    files = to_files(encoders())
    again = read_encoders(files, FOLDER)
    assert again is not None
    assert to_files(again) == files == to_files(encoders())
    assert again.logits(SENTENCES).tobytes() == encoders().logits(SENTENCES).tobytes()
    assert again.seen == {"a": {"0123456789ab"}, "b": set()}
    assert again.notes == {"made": "for tests"}


def test_without_its_files_there_is_none() -> None:
    assert read_encoders({"sentences.json": b""}, FOLDER) is None


@pytest.mark.parametrize("name", [WEIGHTS_FILE, TERMS_FILE])
def test_one_file_without_the_other(name: str) -> None:
    files = to_files(encoders())
    del files[name]
    with pytest.raises(ModelError, match=rf"^models/{name}: missing, encoder\.\w+ goes with it; "):
        read_encoders(files, FOLDER)


def changed(**changes: object) -> dict[str, bytes]:
    files = to_files(encoders())
    terms = json.loads(files[TERMS_FILE]) | changes
    return files | {TERMS_FILE: json.dumps(terms).encode()}


WRONG: dict[str, tuple[object, ...]] = {
    "format": ("assess-encoder-0", None),
    "weights_sha256": ("0", None),
    "vocabulary": (None, [], {}, ["a", "a"], [1], [""], ["a" * 101], ["a"]),
    "networks": (
        *(None, {}, [], {"a": 1}, {"a": [1, 2]}, {"A": [1] * 3}, {"c": [4, 6, 5]}),
        *({"a": [4, 6, width]} for width in (0, True, "5", 6, MAX_WIDTH + 1)),
    ),
    "seen": (None, [], {"c": []}, {"a": 1}, {"a": [1]}, {"a": ["g"]}),
    "notes": (None, [], ""),
}


@pytest.mark.parametrize(
    "changes", [{name: wrong} for name, values in WRONG.items() for wrong in values], ids=str
)
def test_what_is_wrong_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ModelError) as raised:
        read_encoders(changed(**changes), FOLDER)
    told = str(raised.value)
    assert told.startswith("models/encoder.")
    assert told.endswith("; install or train the model again")
    assert "\n" not in told and len(told) < 300


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", DEEP])
def test_damaged_terms(content: bytes) -> None:
    with pytest.raises(ModelError, match=r"^models/encoder\.json: "):
        read_encoders(to_files(encoders()) | {TERMS_FILE: content}, FOLDER)


def with_weights(content: bytes) -> dict[str, bytes]:
    return changed(weights_sha256=hashlib.sha256(content).hexdigest()) | {WEIGHTS_FILE: content}


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_weights_that_are_no_numbers(wrong: float) -> None:
    files = to_files(encoders())
    with np.load(io.BytesIO(files[WEIGHTS_FILE])) as stored:
        arrays: dict[str, Any] = dict(stored)
    arrays["b_out"] = np.full_like(arrays["b_out"], wrong)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    with pytest.raises(ModelError, match=r"^models/encoder\.npz: 'b_out' holds what is no number"):
        read_encoders(with_weights(buffer.getvalue()), FOLDER)


def test_damaged_weights() -> None:
    with pytest.raises(ModelError, match=r"^models/encoder\.npz: not a readable"):
        read_encoders(with_weights(to_files(encoders())[WEIGHTS_FILE][:2_000]), FOLDER)


def test_weights_beyond_float16_are_not_written() -> None:
    large = network()
    large.out[0, 0] = 1e5
    with pytest.raises(ModelError, match="'a_out' holds what float16 cannot"):
        to_files(Encoders(PIECES, {"a": large}))


def test_hash_of_a_statement() -> None:
    assert statement_hash(["We  act.", " Now"]) == statement_hash(["we act.", "now "])
    assert statement_hash(["We act."]) != statement_hash(["We", "act."])
    assert statement_hash(["a", "b"]) == hashlib.sha256(b"a\nb").hexdigest()[:12]
    assert len(statement_hash(["\ud800"])) == 12
