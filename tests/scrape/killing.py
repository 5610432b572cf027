"""A collecting run killed at a random moment and started again, beside an undisturbed one."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.web.local import LocalWeb
from tests.web.log import registrable_of

# Requests of one attempt on this web: to http, to https, to www.
_CHAIN = 3
# What a run must write whatever happened on the way: no keys, no times.
_CONTENT = {
    "targets": "SELECT door, url, organisation, outcome, reason, detail FROM targets",
    "documents": "SELECT * FROM documents",
    "sources": "SELECT document_sha256, source, name FROM document_sources",
    "found": "SELECT url, document_sha256, how, target_documents.url, link_text FROM"
    " target_documents JOIN (SELECT id, url AS target FROM targets) ON id = target_id",
    "attempts": "SELECT url, final_url, status, hops, size, sha256, outcome, reason FROM attempts",
    "robots": "SELECT origin, status, verdict, body FROM robots",
    "home": "SELECT value, reason, link_text, link_url, place, page_url, page_sha256"
    " FROM homepage_links",
    "issues": "SELECT stage, subject, code, message FROM issues",
    "unfinished": "SELECT door, mode FROM collections WHERE finished_at IS NULL",
}


@dataclass(frozen=True)
class Run:
    """What a run, or a killed one and its continuation, left behind."""

    content: dict[str, list[tuple[object, ...]]]
    files: frozenset[str]
    requests: Counter[tuple[str, str]]
    """By host and path."""
    seconds: float


def undisturbed(local: LocalWeb, door: str, listed: Path, delay: float) -> Run:
    """Run to the end."""
    with tempfile.TemporaryDirectory() as scratch:
        local.reset()
        begun = time.monotonic()
        process = _start(local, Path(scratch), door, listed, delay)
        assert process.wait() == 0
        return _left(local, Path(scratch), time.monotonic() - begun)


def killed(local: LocalWeb, door: str, listed: Path, delay: float, after: float) -> Run:
    """Kill after so many seconds, then go on to the end."""
    with tempfile.TemporaryDirectory() as scratch:
        local.reset()
        process = _start(local, Path(scratch), door, listed, delay)
        time.sleep(after)
        process.kill()
        process.wait()
        assert _start(local, Path(scratch), door, listed, delay).wait() == 0
        return _left(local, Path(scratch), 0.0)


def differences(base: Run, other: Run) -> list[str]:
    """In what the two differ beyond the requests in flight; none is right.

    Each domain is asked one thing at a time, and what is answered is written down before the next
    is asked: in flight is one attempt of each, with its redirects.
    """
    found = [
        f"{name}: {sorted(map(str, set(base.content[name]) ^ set(other.content[name])))[:3]}"
        for name in _CONTENT
        if base.content[name] != other.content[name]
    ]
    if base.files != other.files:
        found.append(f"files: {sorted(base.files ^ other.files)[:3]}")
    again = Counter[str]()
    for (host, _), times in (other.requests - base.requests).items():
        again[registrable_of(host)] += times
    found += [f"{domain}: {n} asked again" for domain, n in again.items() if n > _CHAIN]
    found += [f"never asked: {key}" for key in base.requests - other.requests]
    return found


def moments(number: int, seconds: float, seed: int = 0) -> list[float]:
    """Random moments of a run that takes so many seconds."""
    chance = random.Random(seed)
    return [chance.uniform(0.0, seconds) for _ in range(number)]


def _start(
    local: LocalWeb, folder: Path, door: str, listed: Path, delay: float
) -> subprocess.Popen[bytes]:
    crawl = [sys.executable, "-m", "tests.scrape.crawl", str(local.description)]
    return subprocess.Popen(
        [*crawl, str(folder / "k.db"), door, str(listed), str(delay)],
        stdout=subprocess.DEVNULL,
    )


def _left(local: LocalWeb, folder: Path, seconds: float) -> Run:
    assert local.log.settled()
    with closing(sqlite3.connect(folder / "k.db")) as db:
        content = {
            name: sorted(db.execute(query).fetchall(), key=str) for name, query in _CONTENT.items()
        }
    kept = folder / "k.documents"
    files = frozenset(str(file.relative_to(kept)) for file in kept.rglob("*") if file.is_file())
    requests = Counter((record.host, record.path) for record in local.log.records())
    shutil.rmtree(kept)
    return Run(content, files, requests, seconds)
