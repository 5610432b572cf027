"""Every table, view and column is described; docs/database.md says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store import Workspace, open_workspace
from assess.store.descriptions import column_meaning, relations
from tools.database import PAGE, page

INTERNAL = re.compile(r"^(sqlite_|_sqlite_migrations$|texts_fts)")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "a.db") as opened:
        yield opened


def _described(workspace: Workspace) -> Iterator[tuple[str, str]]:
    db = workspace.db
    for name in [*db.table_names(), *db.view_names()]:
        if not INTERNAL.match(name):
            yield from ((name, row[1]) for row in db.execute(f"PRAGMA table_info({name})"))


def test_every_column_of_tables_and_views_has_a_meaning(workspace: Workspace) -> None:
    pairs = list(_described(workspace))
    assert len(pairs) > 500
    assert [pair for pair in pairs if not column_meaning(*pair)] == []


def test_nothing_is_described_that_is_not_there(workspace: Workspace) -> None:
    pairs = set(_described(workspace))
    told = {(name, column) for name, one in relations().items() for column in one.columns}
    assert told - pairs == set()
    assert set(relations()) - {name for name, _ in pairs} == {"texts_fts"}


def test_page_is_current() -> None:
    current = PAGE.read_text(encoding="utf-8")
    assert current == page(current), "run: python -m tools.database"


def test_views_say_what_the_table_says_that_a_column_comes_from() -> None:
    assert column_meaning("evidence_quotes", "method") == column_meaning("evidence", "method")
    assert column_meaning("evidence_quotes", "status") == column_meaning("evidence", "status")
    assert column_meaning("organisation_results", "id") == "as `statement_id`"
    assert column_meaning("sector_results", "status") == column_meaning("assessments", "status")


def test_what_is_not_described_has_no_meaning() -> None:
    assert column_meaning("photos", "id") is None
    assert column_meaning("documents", "colour") is None
