"""What was said of statements left out: told from the table itself, and read with distrust."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assess.errors import ModelError
from assess.score.features import Row
from assess.score.left_out import LeftOut, digest, from_bytes, to_bytes

PATH = Path("left_out.npz")


def table(rows: int) -> LeftOut:
    shares = np.linspace(0, 1, rows * 9, dtype=np.float32).reshape(rows, 9)
    return LeftOut(shares, shares > 0.4)


def test_same_after_writing_and_reading() -> None:
    tables = {"b": table(3), "a": table(2), "c": table(0)}
    content = to_bytes(tables)
    again = from_bytes(content, PATH)
    assert to_bytes(again) == content
    for name, one in tables.items():
        np.testing.assert_array_equal(again[name].probabilities, one.probabilities)
        np.testing.assert_array_equal(again[name].called, one.called)


def test_a_table_is_told_by_all_of_it() -> None:
    rows = [Row("a", "One."), Row("b", "Two.")]
    told = {digest(rows), digest(rows[:1]), digest(rows[::-1]), digest([Row("a", "One.")] * 2)}
    assert len(told) == 4
    assert digest(list(rows)) == digest(tuple(rows))


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
    ],
)
def test_refuses_what_does_not_fit(changed: dict[str, Any]) -> None:
    with np.load(io.BytesIO(to_bytes({"a": table(2)}))) as held:
        arrays: dict[str, Any] = {**held, **changed}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    with pytest.raises(ModelError, match="do not fit"):
        from_bytes(buffer.getvalue(), PATH)
