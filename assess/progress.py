"""Progress on a terminal's standard error; silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from assess import log

if TYPE_CHECKING:
    from rich.progress import Progress, Task

T = TypeVar("T")


def track(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    """Pass items on, showing how far they are, how fast, and how long it will take."""
    if _silent():
        # Not by "yield from", which closes a cursor when its database may be closed already.
        for item in items:
            yield item
        return
    with _bar() as bar:
        task = bar.add_task(label, total=total)
        for item in items:
            yield item
            bar.advance(task)


@contextmanager
def counting(label: str) -> Generator[Callable[[int, int], None]]:
    """A function to be told how many of how many are done."""
    if _silent():
        yield lambda _done, _of: None
        return
    with _bar() as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _silent() -> bool:
    return log.is_json() or sys.stderr is None or not sys.stderr.isatty()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(rate_words(task.finished_speed or task.speed))

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True),
        transient=True,
    )


def rate_words(per_second: float | None) -> str:
    """How many a second, or a minute where it is slow, e.g. ``18/s``, ``4/min``; else empty."""
    if not per_second:
        return ""
    return f"{per_second:,.0f}/s" if per_second >= 1 else f"{per_second * 60:,.0f}/min"
