"""Names and words of others cannot give orders to a terminal, nor reorder what it shows."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from tests.copies import copied

# Colour, the window's title, a line written over, and marks that turn the reading direction.
ORDERS = "\x1b[31mred\x1b]0;title\x07\rover\x9b2J\u202eevil\u2066"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WRITTEN = (
    ("organisations", "name"), ("organisation_names", "name"), ("document_sources", "name"),
    ("statements", "approving_person"), ("statement_sectors", "sector"), ("issues", "message"),
)  # fmt: skip


@pytest.fixture(scope="module")
def spoiled(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = copied(corpus_db, tmp_path_factory.mktemp("terminal") / "own")
    with closing(sqlite3.connect(path)) as db:
        for table, column in WRITTEN:
            db.execute(f"UPDATE {table} SET {column} = {column} || ?", [ORDERS])
        db.execute("UPDATE statement_documents SET state = 'review' WHERE rowid % 5 = 0")
        db.commit()
    return path


@pytest.mark.parametrize(
    "command",
    [
        "scrape status", "scrape matches", "scrape changes", "missing --year 2024", "compare reuse",
        "compare years", "compare declared", "compare coverage", "compare sectors",
    ],
)  # fmt: skip
def test_no_order_reaches_it(spoiled: Path, tmp_path: Path, command: str) -> None:
    words = command.split()
    if "missing" in words:
        names = tmp_path / "names.csv"
        names.write_text(f"organisation\nQuillfeather {ORDERS.replace(chr(13), '')}\n", "utf-8")
        words.append(str(names))
    done = CliRunner().invoke(app, [*words, "--db", str(spoiled)])
    assert done.exit_code == 0 and done.output
    found = FORBIDDEN.search(done.output)
    assert found is None, repr(done.output[found.start() - 60 :][:120])
