"""Rows of a query as a sequence that is read anew each time it is looked at.

What a report lists may have as many rows as the database: none is in memory but the one at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar, overload

from sqlite_utils import Database

T_co = TypeVar("T_co", covariant=True)


class Rows(Sequence[T_co]):
    """What ``make`` gives for each row of ``sql``, in its order.

    The database must not be changed meanwhile: its length is counted once.
    """

    def __init__(
        self,
        db: Database,
        sql: str,
        make: Callable[..., T_co],
        parameters: Mapping[str, object] | None = None,
    ) -> None:
        """``make`` is called with the columns of a row."""
        self._db: Final = db
        self._sql: Final = sql
        self._make: Final = make
        self._parameters: Final = dict(parameters or {})

    @cached_property
    def _length(self) -> int:
        sql = f"SELECT count(*) FROM ({self._sql})"  # noqa: S608 - our own statements
        return int(self._db.execute(sql, self._parameters).fetchone()[0])

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T_co]:
        return self._read(self._sql)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return tuple(self._some(start, stop))[::step]
        place = index + len(self) if index < 0 else index
        for found in self._some(place, place + 1) if place >= 0 else ():
            return found
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"

    def _some(self, start: int, stop: int) -> Iterator[T_co]:
        return self._read(f"{self._sql} LIMIT {max(0, stop - start)} OFFSET {start}")

    def _read(self, sql: str) -> Iterator[T_co]:
        return (self._make(*row) for row in self._db.execute(sql, self._parameters))


class Mapped(Sequence[T_co]):
    """What a function gives for each item of a sequence, made when it is looked at."""

    def __init__(self, make: Callable[[Any], T_co], *sources: Sequence[Any]) -> None:
        """``sources`` follow one another."""
        self._make: Final = make
        self._sources: Final = sources

    def __len__(self) -> int:
        return sum(map(len, self._sources))

    def __iter__(self) -> Iterator[T_co]:
        for source in self._sources:
            yield from map(self._make, source)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        if isinstance(index, int):
            place = range(len(self))[index]
            return self[place : place + 1][0]
        start, stop, step = index.indices(len(self))
        found: list[T_co] = []
        before = 0
        for source in self._sources:
            part = source[max(0, start - before) : max(0, stop - before)]
            found += map(self._make, part)
            before += len(source)
        return tuple(found[::step])
