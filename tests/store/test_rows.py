"""Rows of a query that are read when they are looked at."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from assess.store.rows import Mapped, Rows

SQL = "SELECT value FROM json_each('[3, 1, 2, 5, 4]') WHERE value < :most ORDER BY value"


def test_they_are_a_sequence() -> None:
    rows = Rows(Database(memory=True), SQL, int, {"most": 5})
    assert (len(rows), list(rows), list(rows)) == (4, [1, 2, 3, 4], [1, 2, 3, 4])
    assert (rows[0], rows[-1], rows[1:3], rows[::2], rows[9:]) == (1, 4, (2, 3), (1, 3), ())
    assert rows == [1, 2, 3, 4]
    assert rows != [1, 2]
    assert 3 in rows
    for place in (4, -5):
        with pytest.raises(IndexError):
            rows[place]
    assert not Rows(Database(memory=True), SQL, int, {"most": 0})


def test_no_more_rows_are_made_than_are_looked_at() -> None:
    made: list[int] = []

    def make(value: int) -> int:
        made.append(value)
        return value

    rows = Rows(Database(memory=True), SQL, make, {"most": 9})
    mapped = Mapped(lambda value: -value, rows, rows)
    assert (len(mapped), made) == (10, [])
    assert next(iter(mapped)) == -1
    assert made == [1]
    assert mapped[4:7] == (-5, -1, -2)
    assert made == [1, 5, 1, 2]
    assert (mapped[0], mapped[-1]) == (-1, -5)
