"""docs/database.md is held to the schema, and its queries run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store import Workspace, open_workspace

DOCS = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", DOCS, re.MULTILINE | re.DOTALL))
INTERNAL = re.compile(r"^(sqlite_|_sqlite_migrations$|texts_fts_)")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "a.db") as opened:
        yield opened


def test_every_table_and_view_is_described_and_nothing_else(workspace: Workspace) -> None:
    db = workspace.db
    names = {name for name in [*db.table_names(), *db.view_names()] if not INTERNAL.match(name)}
    assert set(SECTIONS) == names


def test_every_column_is_described(workspace: Workspace) -> None:
    for name in workspace.db.table_names():
        if INTERNAL.match(name) or name == "texts_fts":
            continue
        described = re.findall(r"^\| (\w+) \|", SECTIONS[name], re.MULTILINE)
        columns = [column.name for column in workspace.db.table(name).columns]
        assert described == ["column", *columns], name


def test_queries_run(workspace: Workspace) -> None:
    queries = re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL)
    assert queries
    for query in queries:
        workspace.db.execute(query).fetchall()


def test_tables_are_strict_and_keys_enforced(workspace: Workspace) -> None:
    own = [n for n in workspace.db.table_names() if not INTERNAL.match(n) and n != "texts_fts"]
    assert all(workspace.db.table(name).strict for name in own)
    assert workspace.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert workspace.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
