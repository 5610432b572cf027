"""Commands to be killed, each with the commands that come before it."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from assess.resources import corpus_folder

Command = tuple[str, ...]
DB: Final = ("--db", "k.db")
# Findings that are confirmed in a sitting.
_REVIEWS: Final = 4
_UNREADABLE: Final = 3
# Of the corpus' first documents, who is to be forgotten.
_ORGANISATION: Final = "COBBLEGATE HAULAGE LIMITED"
_PERSON: Final = "Isolde Marchbanks"
# Of so few documents, that there are several batches, and that two processes share them.
_BATCH, _MIN_PARALLEL = 4, 8


def _no_keys(_folder: Path) -> bytes:
    return b""


def _rest_of_reviews(folder: Path) -> bytes:
    """A key for each finding that is not yet reviewed of those that are to be."""
    with closing(sqlite3.connect(folder / "k.db")) as db:
        done: int = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
    return b"y" * (_REVIEWS - done) + b"q"


@dataclass(frozen=True, slots=True)
class Stage:
    """Commands that are killed somewhere, and then all run again."""

    name: str
    after: str
    """The stage whose outcome they start from, or empty."""
    commands: tuple[Command, ...]
    keys: Callable[[Path], bytes] = _no_keys

    def work(self) -> int:
        """Run all commands in the current folder; the last exit code that is not 0, or 0."""
        from assess.cli import main

        code = 0
        with several_batches():
            for command in self.commands:
                with patch.object(sys, "argv", ["assess", *command]):
                    try:
                        main()
                    except SystemExit as done:
                        code = int(done.code or 0) or code
        return code


STAGES: Final[dict[str, Stage]] = {
    stage.name: stage
    for stage in (
        Stage("registry", "", (("scrape", "registry", "registry.csv", *DB),)),
        Stage("files", "registry", (("scrape", "files", "documents", *DB),)),
        Stage("warc", "files", (("scrape", "warc", "some.warc", *DB),)),
        Stage("extract", "warc", (("extract", "--jobs", "1", *DB),)),
        Stage("extract-2", "warc", (("extract", "--jobs", "2", *DB),)),
        Stage("score", "extract", (("score", "--jobs", "1", *DB),)),
        Stage("score-2", "extract", (("score", "--jobs", "2", *DB),)),
        Stage(
            "compare",
            "score",
            (
                ("compare", "reuse", *DB),
                ("compare", "years", *DB),
                ("compare", "declared", *DB),
                ("compare", "sectors", *DB),
                ("compare", "coverage", *DB),
            ),
        ),
        Stage(
            "report",
            "compare",
            (
                ("report", "sectors", "-o", "s.html", *DB),
                ("report", "sectors", "-o", "s.xlsx", *DB),
                ("report", "sectors", "-o", "tables", "--format", "csv", *DB),
                ("report", "national", "-o", "n.html", *DB),
                ("report", "organisation", "--all", "-o", "dossiers", *DB),
            ),
        ),
        Stage(
            "export",
            "compare",
            (
                ("export", "csv", "-o", "e-csv", *DB),
                ("export", "xlsx", "-o", "e.xlsx", *DB),
                ("export", "parquet", "-o", "e-parquet", *DB),
                ("export", "jsonl", "-o", "e.jsonl", *DB),
                ("export", "texts", "-o", "e-texts", *DB),
            ),
        ),
        Stage(
            "review", "score", (("review", "--reviewer", "A Reader", *DB),), keys=_rest_of_reviews
        ),
        Stage("merge", "score", (("merge", "k.db", "--db", "m.db"),)),
        Stage(
            "forget",
            "compare",
            (
                ("forget", "--organisation", _ORGANISATION, "--yes", *DB),
                ("forget", "--person", _PERSON, "--yes", *DB),
            ),
        ),
        Stage(
            "run",
            "",
            (
                (
                    *("run", "--registry", "registry.csv", "--files", "documents"),
                    *("--report", "r.html", "--jobs", "1", *DB),
                ),
            ),
        ),
    )
}


@contextmanager
def several_batches() -> Iterator[None]:
    """Small batches, so that there are moments between them."""
    from assess import batch

    with (
        patch.object(batch, "BATCH", _BATCH),
        patch.object(batch, "MIN_READERS", _MIN_PARALLEL),
        patch.object(batch, "MIN_SCORERS", _MIN_PARALLEL),
    ):
        yield


def inputs(folder: Path, documents: int) -> None:
    """Files that the stages read: the corpus' registry, some of its documents, and a crawl."""
    (folder / "documents").mkdir(parents=True)
    shutil.copy(corpus_folder() / "registry.csv", folder)
    for path in sorted((corpus_folder() / "documents").iterdir())[:documents]:
        shutil.copy(path, folder / "documents")
    for number in range(_UNREADABLE):  # each leaves an issue
        (folder / "documents" / f"broken {number}.pdf").write_bytes(b"%PDF-1.7 " + bytes([number]))
    (folder / "some.warc").write_bytes(b"".join(_warc(range(6))))


def _warc(numbers: Sequence[int]) -> Iterator[bytes]:
    for number in numbers:
        page = (
            "<title>Modern slavery statement</title><h1>Modern slavery statement</h1><p>This is the"
            f" statement of company {number}, pursuant to section 54 of the Modern Slavery Act"
            " 2015.</p>" + f"<p>We assess the risk of slavery in {number} countries.</p>" * 8
        )
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
            f"WARC-Target-URI: http://company-{number}.example/modern-slavery-statement\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n"
        )
        yield head.encode() + b"\r\n" + block + b"\r\n\r\n"
