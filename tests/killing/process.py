"""A command in a process of its own that is killed at a chosen moment.

The process is forked from this one, which has loaded the program already: kills fall on what the
command does, not on its start.
"""

from __future__ import annotations

import atexit
import os
import random
import signal
import sqlite3
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

Whom = Literal["main", "group"]
# In the environment of all that a command starts, so that they can be found when it is gone.
_MARK = "ASSESS_KILLED"
_ORPHAN_SECONDS = 10.0
_WRITES = os.O_WRONLY | os.O_RDWR
_FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"})


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run is killed: before its n-th statement of SQL or change of files, or by time."""

    whom: Whom
    """Its main process alone, or its process group."""
    event: int | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        at = f"event {self.event}" if self.seconds is None else f"{self.seconds:.3f} s"
        return f"{self.whom} at {at}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int
    """Its exit code, or minus the signal."""
    seconds: float
    events: int
    """Statements and changes of files of its main process; 0 of one that was killed."""
    said: str


def run(
    work: Callable[[], int],
    folder: Path,
    log: Path,
    moment: Moment | None = None,
    *,
    keys: bytes = b"",
) -> Ended:
    """Run ``work`` in ``folder``; killed at ``moment``, or to its end.

    Args:
        log: a file for what it says, and one beside it for its temporary files.
        keys: its standard input.
    """
    temporary_of(log).mkdir(exist_ok=True)
    begun = time.monotonic()
    pid = os.fork()
    if not pid:
        _child(work, folder, log, moment, keys)
    if moment and moment.seconds is not None:
        time.sleep(moment.seconds)
        _kill(pid, moment.whom)
    _, status = os.waitpid(pid, 0)
    seconds = time.monotonic() - begun
    told = Path(f"{log}.events")
    events = int(told.read_text()) if told.exists() else 0
    told.unlink(missing_ok=True)
    return Ended(
        os.waitstatus_to_exitcode(status), seconds, events, log.read_text(errors="replace")
    )


def temporary_of(log: Path) -> Path:
    """The folder of temporary files of the run of this log."""
    return log.with_suffix(".tmp")


def orphans(log: Path, seconds: float = _ORPHAN_SECONDS) -> list[str]:
    """What the run of this log has started and still runs after so many seconds."""
    until = time.monotonic() + seconds
    while (left := _marked(str(log))) and time.monotonic() < until:
        time.sleep(0.2)
    return left


def _marked(mark: str) -> list[str]:
    wanted = f"{_MARK}={mark}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:200])
        except OSError:
            continue  # it ended meanwhile, or is another user's
    return found


def _kill(pid: int, whom: Whom) -> None:
    if whom == "group":
        with suppress(ProcessLookupError):  # not yet a group of its own: it has done nothing
            os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)


def _child(
    work: Callable[[], int], folder: Path, log: Path, moment: Moment | None, keys: bytes
) -> NoReturn:
    code = 70
    try:
        os.setsid()
        os.chdir(folder)
        _forget_parent()
        os.environ.update({"TMPDIR": str(temporary_of(log)), _MARK: str(log)})
        _redirect(log, keys)
        events = _Events(moment)
        code = work()
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        Path(f"{log}.events").write_text(str(events.number))
    except BaseException:  # noqa: BLE001 - whatever it is, the parent reads it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _forget_parent() -> None:
    """What the parent would clean up as it ends is not this process's to clean up."""
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]


def _redirect(log: Path, keys: bytes) -> None:
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    reading, writing = os.pipe()
    os.write(writing, keys)
    os.close(writing)
    os.dup2(reading, 0)
    sys.stdin = os.fdopen(0, "r", encoding="utf-8")
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))


class _Events:
    """Counts statements of SQL and changes of files, and kills before the chosen one."""

    def __init__(self, moment: Moment | None) -> None:
        self.number = 0
        self._moment = moment
        connect = sqlite3.connect

        def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **named)
            connection.set_trace_callback(lambda _statement: self._happened())
            return connection

        sqlite3.connect = traced  # type: ignore[assignment]
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FILE_EVENTS or (event == "open" and (arguments[2] or 0) & _WRITES):
            self._happened()

    def _happened(self) -> None:
        self.number += 1
        if self._moment and self.number == self._moment.event:
            _kill(os.getpid(), self._moment.whom)


def moments(number: int, base: Ended, chance: random.Random) -> Sequence[Moment]:
    """Random moments of a run like ``base``: by turns before an event and by the clock."""
    found = []
    for place in range(number):
        whom: Whom = chance.choice(("main", "group"))
        if place % 2:
            found.append(Moment(whom, seconds=chance.uniform(0.0, base.seconds)))
        else:
            found.append(Moment(whom, event=chance.randint(1, max(1, base.events))))
    return found
