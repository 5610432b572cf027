"""Stand-ins for other processes, without the seconds that starting them takes."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from assess.engine import Engine, Lost

Work = Callable[[Sequence[Any]], Sequence[Any]]


def in_others(_engine: Engine, work: Work, items: Iterable[Any]) -> Iterator[Any]:
    """As `in_order` does in processes: all that is sent and comes back is copied."""
    for item in items:
        for result in _copied(work)([_copied(item)]):
            yield _copied(result)


def in_killed_ones(_engine: Engine, _work: Work, items: Iterable[Any]) -> Iterator[Any]:
    """Every item kills its worker each time."""
    for item in items:
        yield Lost(item)


def _copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))
