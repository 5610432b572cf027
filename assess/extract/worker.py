"""The worker's own program: ``python -m assess.extract.worker MEMORY SECONDS``."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import astuple
from typing import BinaryIO

from assess.errors import UnreadableDocument
from assess.extract.dispatch import extract
from assess.extract.isolation import HEADER, LIMIT, REPLY, SCANS, read_exactly
from assess.extract.limits import WORKER_MEMORY_BYTES, ocr_seconds
from assess.extract.ocr.scans import announce
from assess.orphans import end_with_parent
from assess.records import Text


def main() -> None:
    """Serve documents from standard input until it ends."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    limit_memory(memory)
    end_with_parent(_end_group)
    source = sys.stdin.buffer
    # Libraries may print; only replies may reach the parent.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def ask_for_time(pages: int) -> None:
        sink.write(HEADER.pack(SCANS, pages))
        sink.flush()
        _limit_time(seconds + ocr_seconds(pages))

    announce.set(ask_for_time)
    while header := read_exactly(source, HEADER.size):
        name_length, length = HEADER.unpack(header)
        name, data = read_exactly(source, name_length), read_exactly(source, length)
        if name is None or data is None:
            return
        _limit_time(seconds)
        _send(sink, _answer(data, name.decode("utf-8")))


def _end_group() -> None:
    """End what this worker has started, as a tesseract, and itself."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)


def _answer(data: bytes, name: str) -> dict[str, object]:
    try:
        return _reply(extract(data, name))
    except UnreadableDocument as error:
        return {"error": [error.reason, error.detail]}
    except MemoryError:
        return {"error": [LIMIT, "memory"], "spent": True}
    except Exception as error:  # noqa: BLE001 - the worker boundary: the document's row says it
        return {"error": ["damaged", f"its parser failed ({type(error).__name__})"], "spent": True}


def _reply(text: Text) -> dict[str, object]:
    return {
        "text": [text.content, text.language, text.extractor],
        "pages": [astuple(page) for page in text.pages],
        "sentences": text.sentences,
        "flags": text.flags,
        "parts": [astuple(part) for part in text.parts],
    }


def _send(sink: BinaryIO, reply: dict[str, object]) -> None:
    body = json.dumps(reply).encode("ascii")
    sink.write(HEADER.pack(REPLY, len(body)) + body)
    sink.flush()


def limit_memory(memory: int = WORKER_MEMORY_BYTES) -> bool:
    """Limit this process and its children for good; False where the system cannot."""
    try:
        import resource
    except ImportError:  # not on this system: the wall limit still holds
        return False
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_within(memory, hard), hard))
    except (ValueError, OSError):  # some systems name the limit but refuse to set it
        return False
    return True


def _within(wanted: int, hard: int) -> int:
    """What a limit can be set to below the one that the user's own system sets."""
    import resource

    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _limit_time(seconds: float) -> None:
    """Let the process use so many more seconds of CPU from now on."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_within(until, hard), hard))


if __name__ == "__main__":
    main()
