"""kill -9 at chosen moments; ``make bench-kill`` does it two hundred times over all commands."""

from __future__ import annotations

import resource
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.copies import copied
from tests.killing.compared import Stages
from tests.killing.content import content, faults
from tests.killing.process import Moment, run


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(tmp_path_factory.mktemp("kill") / "stages", documents=4)


@pytest.mark.parametrize(
    ("stage", "moment"),
    [
        ("registry", Moment("group", event=400)),
        ("files", Moment("main", event=60)),
        ("files", Moment("group", event=90)),
    ],
)
def test_a_killed_command_goes_on_as_if_nothing_was(
    stages: Stages, stage: str, moment: Moment
) -> None:
    assert stages.killed(stage, moment) == (True, [])


def test_faults_and_differences_are_seen(corpus_db: Path, tmp_path: Path) -> None:
    database = copied(corpus_db, tmp_path / "copy")
    before = content(database)
    assert not faults(database) and content(corpus_db) == before
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE evidence SET quote = 'x' || quote WHERE id = 1")
        db.execute("DELETE FROM organisations WHERE id = 1")
        (kept,) = db.execute("SELECT kept_as FROM documents LIMIT 1").fetchone()
    (database.with_name("corpus.documents") / kept).write_text("changed")
    found = "\n".join(faults(database))
    assert "quote of evidence 1 " in found and "foreign key" in found and kept in found
    changed = {name for name, rows in content(database).items() if rows != before[name]}
    # What belonged to the organisation leads to another, or to none.
    assert {"evidence", "organisations", "organisation_names"} <= changed
    assert "texts" not in changed


# Bytes of a file; what keeps the index of a database's log in memory needs 32 kB.
_LIMIT = 40_000


def _limited(*arguments: str) -> Callable[[], int]:
    """A command on a disk with no room."""

    def work() -> int:
        from assess.cli import main

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT, _LIMIT))
        with patch.object(sys, "argv", ["assess", *arguments]):
            try:
                main()
            except SystemExit as done:
                return int(done.code or 0)
        return 0

    return work


@pytest.mark.parametrize(
    ("command", "where"),
    [
        (("export", "csv", "-o", "out"), "out: cannot be written"),
        (("export", "xlsx", "-o", "out.xlsx"), "out.xlsx: cannot be written"),
        (("export", "parquet", "-o", "out"), "out: cannot be written"),
        (("export", "jsonl", "-o", "out.jsonl"), "out.jsonl: cannot be written"),
        (("report", "sectors", "--no-compare", "-o", "s.xlsx"), "s.xlsx: cannot be written"),
        (("report", "organisation", "--all", "-o", "all"), "cannot be written"),
    ],
)
def test_a_full_disk_is_told_and_leaves_nothing_half(
    corpus_db: Path, tmp_path: Path, command: tuple[str, ...], where: str
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    done = run(_limited(*command, "--db", str(corpus_db)), folder, tmp_path / "said.log")
    assert done.code == 2
    assert where in done.said and "(File too large); raise the limit" in done.said
    assert done.said.count("\n") == 1, done.said
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert not list((tmp_path / "said.tmp").iterdir())
