"""Comparisons after a change are those from nothing, and after taking it back those of before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from assess.compare.everything import refresh_everything
from assess.compare.minimal import refresh
from assess.compare.minimal.refresh import refresh_minimal
from assess.score.rubric import load_rubric
from assess.store import Workspace, open_workspace
from tests.copies import copied

TABLES: Final = (
    *("organisation_groups", "text_pairs", "text_clusters", "shared_sentences", "sentence_uses"),
    *("text_reuse", "reuse_texts", "reuse_runs", "reuse_sentences", "year_pairs", "promises"),
    *("year_sentences", "declaration_checks", "declaration_inputs", "minimal_results"),
    *("minimal_parts", "minimal_inputs", "divergence"),
)


@pytest.fixture
def workspace(corpus_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(copied(corpus_db, tmp_path / "own")) as opened:
        yield opened


def tables(workspace: Workspace) -> dict[str, list[Any]]:
    return {
        name: sorted(workspace.db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        for name in TABLES
    }


def test_documents_taken_from_their_statements_and_given_back(workspace: Workspace) -> None:
    rubric, before = load_rubric(), tables(workspace)
    taken = workspace.db.execute(
        "SELECT statement_id, document_sha256 FROM statement_documents WHERE state = 'accepted'"
        " ORDER BY 1, 2 LIMIT 6"
    ).fetchall()
    for state in ("rejected", "accepted"):
        workspace.db.conn.executemany(
            "UPDATE statement_documents SET state = ? WHERE statement_id = ?"
            " AND document_sha256 = ?",
            [(state, *one) for one in taken],
        )
        refresh_everything(workspace, rubric)
        found = tables(workspace)
        if state == "rejected":
            with workspace.db.atomic():
                for table in ("comparisons", *reversed(TABLES)):
                    workspace.db.execute(f"DELETE FROM {table}")
            refresh_everything(workspace, rubric)
            for name, rows in tables(workspace).items():
                assert found[name] == rows, name
            assert found["minimal_results"] != before["minimal_results"]
    for name, rows in found.items():
        assert rows == before[name], name


def test_an_index_is_told_anew_where_something_beside_it_changed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rubric = load_rubric()
    written: list[str] = []
    write = refresh._write

    def noted(*given: Any) -> None:
        written.append(given[1].sha256)
        write(*given)

    monkeypatch.setattr(refresh, "_write", noted)
    assert not refresh_minimal(workspace, rubric).changed
    (sha256,) = workspace.db.execute(
        "SELECT document_sha256 FROM minimal_results WHERE statement_id IS NOT NULL"
    ).fetchone()
    for change in (
        "text_reuse SET own_share = 0.123 WHERE document_sha256 = ?",
        "assessments SET reviews = '1' WHERE document_sha256 = ?",
        "texts SET words = words + 1 WHERE document_sha256 = ?",
        "findings SET value = 'partial' WHERE criterion = 'homepage_link'"
        " AND assessment_id = (SELECT id FROM assessments WHERE document_sha256 = ?)",
    ):
        workspace.db.execute(f"UPDATE {change}", [sha256])
        assert refresh_minimal(workspace, rubric).changed
    assert set(written) == {sha256}
    assert len(written) == 4
