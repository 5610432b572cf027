"""The worker's own program: ``python -m assess.extract.worker MEMORY SECONDS``."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import astuple
from typing import BinaryIO

from assess.errors import UnreadableDocument
from assess.extract.dispatch import extract
from assess.extract.isolation import HEADER, LIMIT, read_exactly
from assess.records import Text


def main() -> None:
    """Serve documents from standard input until it ends."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    _limit_memory(memory)
    source = sys.stdin.buffer
    # Libraries may print; only replies may reach the parent.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while header := read_exactly(source, HEADER.size):
        name_length, length = HEADER.unpack(header)
        name, data = read_exactly(source, name_length), read_exactly(source, length)
        if name is None or data is None:
            return
        _limit_time(seconds)
        _send(sink, _answer(data, name.decode("utf-8")))


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
        "sentences": [astuple(sentence) for sentence in text.sentences],
        "flags": text.flags,
        "parts": [astuple(part) for part in text.parts],
    }


def _send(sink: BinaryIO, reply: dict[str, object]) -> None:
    body = json.dumps(reply).encode("ascii")
    sink.write(HEADER.pack(0, len(body)) + body)
    sink.flush()


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system: the wall limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Let the process use so many more seconds of CPU from now on."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main()
