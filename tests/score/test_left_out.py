"""What was said of statements left out: told from the table itself, and read with distrust."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assess.errors import ModelError
from assess.score.left_out import (
    LeftOut,
    digest,
    from_bytes,
    has_learned,
    sentence_hashes,
    to_bytes,
)

PATH = Path("left_out.npz")


def table(rows: int) -> LeftOut:
    shares = np.linspace(0, 1, rows * 9, dtype=np.float32).reshape(rows, 9)
    return LeftOut(shares, shares > 0.4)


def test_same_after_writing_and_reading() -> None:
    statements = {"b": table(3), "a": table(2), "c": table(0)}
    content = to_bytes(statements, {9, 4_294_967_295, 3})
    again, learned = from_bytes(content, PATH)
    assert to_bytes(again, learned) == content and learned == {3, 9, 4_294_967_295}
    for name, one in statements.items():
        np.testing.assert_array_equal(again[name].probabilities, one.probabilities)
        np.testing.assert_array_equal(again[name].called, one.called)


def test_a_statement_is_told_by_all_of_it_but_blanks() -> None:
    told = {
        digest(["One.", "Two."]),
        digest(["One."]),
        digest(["Two.", "One."]),
        digest(["One.Two."]),
    }
    assert len(told) == 4
    assert digest([" One. ", "Two.\n"]) == digest(["One.", "Two."])


def test_a_statement_is_known_by_half_of_its_sentences() -> None:
    sentences = ["We act against slavery here.", "Contents", "Our board has approved this."]
    learned = frozenset(sentence_hashes(sentences))
    assert len(learned) == 2  # a heading tells nothing
    assert has_learned(learned, ["WE  act against slavery here. ", "All that we say is new."])
    assert not has_learned(learned, [sentences[0], "It is all new here.", "So is this one here."])
    assert not has_learned(learned, ["Contents"]) and not has_learned(learned, [])


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": np.array([9], np.int32)},
        {"rows": np.array([-1], np.int32)},
        {"rows": np.array([2, 0], np.int32)},
        {"rows": np.array([2.0])},
        {"digests": np.array([5])},
        {"probabilities": np.full((2, 9), np.nan, np.float32)},
        {"probabilities": np.full((2, 9), 1.5, np.float32)},
        {"probabilities": np.zeros((2, 8), np.float32)},
        {"called": np.zeros((2, 9), np.int8)},
        {"learned": np.array([1.5])},
        {"learned": np.zeros((1, 1), np.uint32)},
    ],
)
def test_refuses_what_does_not_fit(changed: dict[str, Any]) -> None:
    with np.load(io.BytesIO(to_bytes({"a": table(2)}, {1}))) as held:
        arrays: dict[str, Any] = {**held, **changed}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    with pytest.raises(ModelError, match="do not fit"):
        from_bytes(buffer.getvalue(), PATH)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = to_bytes({"a": table(2)}, {1})
    monkeypatch.setattr("assess.score.model_files.MAX_UNPACKED_BYTES", 100)
    with pytest.raises(ModelError, match="unpacks to over 100 bytes"):
        from_bytes(content, PATH)
