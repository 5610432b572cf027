"""Memory of a process and those it starts; what they share counts once."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final, Self

# Seconds between two looks: each costs a process of 500 MB about 5 ms.
_EVERY: Final = 0.2


class Memory(Thread):
    """Watches a process and its children while the block runs; ``peak`` is in bytes.

    Args:
        process: By default this one.
    """

    def __init__(self, process: int | None = None) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._process = os.getpid() if process is None else process
        self._ended = Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        """Look again and again until the block ends."""
        while not self._ended.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_proportional, _with_children(self._process))))


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended."""

    code: int
    peak: int
    """Bytes, of all its processes together."""
    cpu: float
    """Seconds, of all its processes together."""
    told: str
    """The last line that it wrote to standard error."""


def watched(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Ran:
    """Run a command to its end; what it prints goes nowhere.

    The peak is the larger of what was seen while it ran and what the system counted of its
    largest process, which no short peak escapes.
    """
    errors = folder / "errors.txt"
    with errors.open("wb") as handle:
        process = subprocess.Popen(  # noqa: S603 - the benchmarks' own commands
            command, stdout=subprocess.DEVNULL, stderr=handle, cwd=folder, env=dict(environment)
        )
        with Memory(process.pid) as memory:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
    lines = errors.read_text("utf-8", "replace").strip().splitlines()
    return Ran(
        process.returncode,
        max(memory.peak, used.ru_maxrss * 1024),
        used.ru_utime + used.ru_stime,
        lines[-1] if lines else "",
    )


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
