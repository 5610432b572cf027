"""Extraction in a worker process with limits, so that no document can hurt the run.

One worker lives for many documents. The parent talks to it by pipes: bytes go in, JSON comes back
(never pickle: a parser that a document took over must not reach the parent). Before scanned pages
are read the worker says how many, and once for each document it is given the time they take.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from assess.errors import UnreadableDocument
from assess.extract.limits import (
    MAX_BYTES,
    TOO_LARGE,
    WORKER_DOCUMENTS,
    WORKER_MEMORY_BYTES,
    WORKER_SECONDS,
    ocr_seconds,
)
from assess.records import Page, Part, Sentence, Text

LIMIT: Final = "pdf_limit"
WORKER: Final = "assess.extract.worker"
HEADER: Final = struct.Struct("<IQ")
"""A document: lengths of its name and data in bytes, which follow. From the worker: `REPLY` and
the length of the JSON that follows, or `SCANS` and a number of pages, before its reply."""
REPLY: Final = 0
SCANS: Final = 1
# Allocation failures abort the C++ engines.
_MEMORY_SIGNALS = frozenset({signal.SIGABRT, signal.SIGILL, signal.SIGTRAP})
_KILLED: Final = "its worker was killed from outside; the system may be short of memory"
_ROOT: Final = Path(__file__).resolve().parents[2]
# A reply is at most the text, its sentences again and their offsets.
_MAX_REPLY: Final = 100_000_000


_limits: dict[str, float] = {"seconds": WORKER_SECONDS, "memory": WORKER_MEMORY_BYTES}


def set_limits(seconds: float | None, memory: int | None) -> None:
    """Let documents cost other than `WORKER_SECONDS` and `WORKER_MEMORY_BYTES` (None: these)."""
    _limits["seconds"] = seconds or WORKER_SECONDS
    _limits["memory"] = memory or WORKER_MEMORY_BYTES


def limits() -> tuple[float, int]:
    """Seconds and bytes that a document may cost."""
    return _limits["seconds"], int(_limits["memory"])


class Extractor:
    """A worker process; use it as a context manager, or `close` it. One document at a time."""

    def __init__(
        self,
        *,
        seconds: float | None = None,
        memory: int | None = None,
        documents: int = WORKER_DOCUMENTS,
    ) -> None:
        """Set limits for each document (wall and CPU seconds, bytes; by default those of
        `set_limits`) and for a worker's life."""
        self._seconds = seconds or _limits["seconds"]
        self._memory = memory or int(_limits["memory"])
        self._documents = documents
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Let the worker load what it needs, before there is a document; does not wait for it."""
        with self._lock:
            self._process = self._process or self._start()

    def extract(self, data: bytes, name: str) -> Text:
        """Read a document as `assess.extract.extract` does, in the worker.

        Raises:
            UnreadableDocument: as `extract`, and ``pdf_limit`` with ``memory`` or ``time``.
        """
        if len(data) > MAX_BYTES:
            raise UnreadableDocument("too_large", TOO_LARGE)
        with self._lock:
            reply = self._ask(data, name)
        if isinstance(reply, UnreadableDocument):
            raise reply
        return reply

    def has_limits(self, seconds: float, memory: int) -> bool:
        """Whether it was made with these."""
        return (self._seconds, self._memory) == (seconds, memory)

    def close(self) -> None:
        """End the worker."""
        process, self._process, self._served = self._process, None, 0
        if process is None:
            return
        _kill(process)
        process.communicate()

    def _ask(self, data: bytes, name: str, *, again: bool = True) -> Text | UnreadableDocument:
        """The worker's reply; ``again``: from a second worker where the first was killed."""
        if self._served >= self._documents:
            self.close()
        process = self._process = self._process or self._start()
        self._served += 1
        clock = _Clock(process, self._seconds)
        answer = code = None
        closed = False
        try:
            answer = _exchange(process, data, name, clock)
        finally:
            clock.stop()
            if answer is None:  # dead, or interrupted: what it would say next is for nobody
                _kill(process)
                code = process.wait()
                closed = self._process is not process
                self.close()
        if answer is None:
            if again and not closed and _killed(code or 0, late=clock.late):
                return self._ask(data, name, again=False)
            raise _why(code or 0, late=clock.late)
        try:
            reply, spent = _understood(json.loads(answer))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            reply, spent = UnreadableDocument("damaged", "its parser's answer makes no sense"), True
        if spent:
            self.close()
        return reply

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
        # One thread a worker: the engine that distributes the work decides how many there are.
        threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        limits = [str(self._memory), str(self._seconds)]
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", WORKER, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **threads, "PYTHONPATH": path},
            start_new_session=True,  # a group of its own, to end it with all that it started
        )


class _Clock:
    """Ends a worker that is late."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.late = False
        self._process = process
        self._until = time.monotonic() + seconds
        self._extended = False
        self._timer = self._started()

    def extend(self, seconds: float) -> None:
        """Give the worker more time; it may ask once."""
        if self._extended:
            return
        self.stop()
        self._extended = True
        self._until += seconds
        self._timer = self._started()

    def stop(self) -> None:
        """Return when no signal can follow."""
        self._timer.cancel()
        self._timer.join()

    def _started(self) -> threading.Timer:
        timer = threading.Timer(max(0, self._until - time.monotonic()), self._ring)
        timer.daemon = True
        timer.start()
        return timer

    def _ring(self) -> None:
        self.late = True
        _kill(self._process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the worker and its children; call it before the worker is waited for."""
    if hasattr(os, "killpg") and process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _exchange(
    process: subprocess.Popen[bytes], data: bytes, name: str, clock: _Clock
) -> bytes | None:
    """Send a document; the reply, empty if far too long, or ``None`` where the worker died."""
    assert process.stdin is not None and process.stdout is not None
    label = name.encode("utf-8", "replace")
    try:
        process.stdin.write(HEADER.pack(len(label), len(data)) + label)
        process.stdin.write(data)
        process.stdin.flush()
        while header := read_exactly(process.stdout, HEADER.size):
            kind, length = HEADER.unpack(header)
            if kind == REPLY:
                return read_exactly(process.stdout, length) if length < _MAX_REPLY else b""
            clock.extend(ocr_seconds(length))
    except OSError:
        pass
    return None


def read_exactly(stream: IO[bytes], length: int) -> bytes | None:
    """Read ``length`` bytes; ``None`` where the stream ends before."""
    data = stream.read(length)
    return data if len(data) == length else None


def _killed(code: int, *, late: bool) -> bool:
    """Whether somebody else ended the worker: its own limits end it by other signals."""
    return not late and -code == getattr(signal, "SIGKILL", None)


def _why(code: int, *, late: bool) -> UnreadableDocument:
    if _killed(code, late=late):
        return UnreadableDocument(LIMIT, _KILLED)
    if late or -code == getattr(signal, "SIGXCPU", None):
        return UnreadableDocument(LIMIT, "time")
    if -code in _MEMORY_SIGNALS:
        return UnreadableDocument(LIMIT, "memory")
    return UnreadableDocument("damaged", "the document made its parser crash")


def _understood(reply: dict[str, Any]) -> tuple[Text | UnreadableDocument, bool]:
    """A worker's reply, and whether the worker is spent. Anything else than expected raises."""
    spent = reply.get("spent") is True
    if "error" in reply:
        reason, detail = _typed(reply["error"], (str, str))
        return UnreadableDocument(reason, detail), spent
    content, language, extractor = _typed(reply["text"], (str, str, str))
    text = Text(
        content=content,
        pages=tuple(Page(*_typed(page, _PAGE)) for page in reply["pages"]),
        sentences=tuple(Sentence(*_typed(one, _SENTENCE)) for one in reply["sentences"]),
        language=language,
        flags=tuple(_typed(reply["flags"], (str,) * len(reply["flags"]))),
        extractor=extractor,
        parts=tuple(Part(*_typed(part, _PART)) for part in reply["parts"]),
    )
    return text, spent


_NUMBER = (int, float)
_PAGE = (int, int, int, str, (int, float, type(None)))
_SENTENCE = (int, int, str, int, str, bool)
_PART = (int, int, str, str, str, _NUMBER, bool)


def _typed(row: Sequence[Any], types: Sequence[type | tuple[type, ...]]) -> Sequence[Any]:
    if len(row) != len(types) or not all(map(isinstance, row, types)):
        raise TypeError("another shape than the worker's")
    return row


_idle: list[Extractor] = []


def _forget() -> None:
    """Give a forked child workers of its own: it must not talk to its parent's."""
    _idle.clear()


def close_isolated() -> None:
    """End the workers of `extract_isolated`."""
    while _idle:
        _idle.pop().close()


atexit.register(close_isolated)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def extract_isolated(data: bytes, name: str) -> Text:
    """Read a document in a worker that this process keeps; each thread that asks has one.

    Raises:
        UnreadableDocument: as `Extractor.extract`.
    """
    try:
        extractor = _idle.pop()
    except IndexError:
        extractor = Extractor()
    if not extractor.has_limits(*limits()):
        extractor.close()
        extractor = Extractor()
    try:
        return extractor.extract(data, name)
    finally:
        _idle.append(extractor)
