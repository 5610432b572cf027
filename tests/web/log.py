"""The server's own log: JSON lines in a file, readable while the server and any client run."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from publicsuffixlist import PublicSuffixList


@dataclass(frozen=True, slots=True)
class Record:
    """One request, or one connection that was dropped before a request (path and method empty)."""

    host: str
    path: str
    """As sent, with the query."""
    method: str
    started: float
    """Its head was read, by the machine's monotonic clock."""
    ended: float | None
    """Last byte written, or the client gone; None: still in flight."""
    in_flight_on_host: int
    """Requests in flight on the same host when it started, itself included."""
    user_agent: str
    headers: Mapping[str, str]
    """Of the request, names in lower case."""
    bytes_sent: int
    """Before encryption, head included."""
    tls: bool


class LogWriter:
    """The server's side. Each line is written whole by one call."""

    def __init__(self, path: Path) -> None:
        # O_APPEND: a reader may truncate the file, and the next line goes to its new end.
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._next = 0

    def begin(self, started: float, request: Mapping[str, object]) -> int:
        """A request's head was read; its number is returned.

        ``request`` holds ``host``, ``path``, ``method``, ``headers`` and ``tls``.
        """
        self._next += 1
        self._write({"begin": self._next, "started": started, **request})
        return self._next

    def end(self, number: int, ended: float, sent: int) -> None:
        """A request is over."""
        self._write({"end": number, "ended": ended, "sent": sent})

    def _write(self, line: Mapping[str, object]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


class Log:
    """The reader's side: each call reads the file as it is now."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def records(self) -> list[Record]:
        """All requests in order of their start."""
        begins: dict[int, dict[str, object]] = {}
        ends: dict[int, dict[str, object]] = {}
        for line in self.path.read_bytes().split(b"\n")[:-1]:
            entry = json.loads(line)
            if "begin" in entry:
                begins[entry["begin"]] = entry
            else:
                ends[entry["end"]] = entry
        return _records([{**begin, **ends.get(key, {})} for key, begin in begins.items()])

    def count(self, registrable: str | None = None, *, robots: bool = True) -> int:
        """How many requests were made, of one registrable domain or all, with robots.txt or not."""
        return sum(
            (registrable is None or registrable_of(record.host) == registrable)
            and (robots or record.path != "/robots.txt")
            for record in self.records()
        )

    def max_in_flight_by(self, registrable: str) -> int:
        """The most requests at one time on all hosts of a registrable domain."""
        return self.max_in_flight_each().get(registrable, 0)

    def max_in_flight_each(self) -> dict[str, int]:
        """The same for every registrable domain that was asked."""
        return {name: _most(records) for name, records in self._by_registrable().items()}

    def max_in_flight(self) -> int:
        """The most requests at one time on the whole web."""
        return _most(self.records())

    def gaps(self, registrable: str) -> list[float]:
        """Seconds from each request's end to the next one's start; negative if they overlap."""
        records = self._by_registrable().get(registrable, [])
        return [
            after.started - before.ended
            for before, after in pairwise(records)
            if before.ended is not None
        ]

    def settled(self, timeout: float = 5.0) -> bool:
        """Waits until no request is in flight, as after a client was killed; False if some stay."""
        deadline = time.monotonic() + timeout
        before = -1  # what was sent just now may not have been read yet: look twice
        while time.monotonic() < deadline:
            records = self.records()
            if len(records) == before and all(record.ended is not None for record in records):
                return True
            before = len(records)
            time.sleep(0.05)
        return False

    def clear(self) -> None:
        """Forgets all; requests in flight are not counted any more."""
        os.truncate(self.path, 0)

    def _by_registrable(self) -> dict[str, list[Record]]:
        groups = defaultdict(list)
        for record in self.records():
            groups[registrable_of(record.host)].append(record)
        return groups


@cache
def registrable_of(host: str) -> str:
    """The domain that one owner registered: ``www.a.co.uk`` gives ``a.co.uk``."""
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _records(entries: list[dict[str, object]]) -> list[Record]:
    """Records of merged lines, by start."""
    entries.sort(key=lambda entry: _number(entry["started"]))
    running: dict[str, list[float]] = defaultdict(list)
    records = []
    for entry in entries:
        host, started = str(entry["host"]), _number(entry["started"])
        ended = _number(entry["ended"]) if "ended" in entry else None
        running[host] = [end for end in running[host] if end > started]
        running[host].append(float("inf") if ended is None else ended)
        headers = entry["headers"]
        assert isinstance(headers, dict)
        records.append(
            Record(
                host=host,
                path=str(entry["path"]),
                method=str(entry["method"]),
                started=started,
                ended=ended,
                in_flight_on_host=len(running[host]),
                user_agent=headers.get("user-agent", ""),
                headers=headers,
                bytes_sent=int(_number(entry.get("sent", 0))),
                tls=bool(entry["tls"]),
            )
        )
    return records


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def _most(records: Iterable[Record]) -> int:
    """The most intervals that overlap; one that ends as another starts does not."""
    steps = [(record.started, 1) for record in records]
    steps += [(record.ended, -1) for record in records if record.ended is not None]
    most = now = 0
    for _, step in sorted(steps):
        now += step
        most = max(most, now)
    return most
