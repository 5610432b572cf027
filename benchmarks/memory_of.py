"""The memory of a process and of all that it starts, watched from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final, Self

_EVERY: Final = 0.5


class Memory(Thread):
    """Watches a process and those it starts; what they share counts once."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        """Bytes."""
        self._process = process
        self._ended = Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_proportional, _with_children(self._process))))


def _with_children(process: int) -> Iterator[int]:
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            for child in listed.read_text("ascii").split():
                yield from _with_children(int(child))


def _proportional(process: int) -> int:
    """Bytes that a process holds, of shared pages its share; 0 if it has ended."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        if found := re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE):
            return int(found[1]) * 1024
    return 0
