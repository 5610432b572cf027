"""An organisation that was forgotten is in no file any more, and does not come back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.errors import InputError, WorkspaceError
from assess.forget import traces
from assess.forget.apply import in_transaction
from assess.forget.organisation import Gone, Wanted, forget_organisation
from assess.resources import corpus_folder
from assess.scrape.files import import_files
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from tests.copies import copied
from tests.forget.raw import holding

NAME, NUMBER = "Quillfeather Mills", "ZZ104417"


@pytest.fixture
def database(corpus_db: Path, tmp_path: Path) -> Path:
    return copied(corpus_db, tmp_path / "own")


@pytest.fixture
def workspace(database: Path) -> Iterator[Workspace]:
    with open_workspace(database) as opened:
        yield opened


def forget(workspace: Workspace, name: str = NAME, number: str = "") -> Gone:
    return in_transaction(
        workspace, lambda: forget_organisation(workspace, Wanted(name, number)), keep=True
    )


def counts(database: Path) -> dict[str, int]:
    tables = ("organisations", "statements", "documents", "texts", "findings", "text_pairs")
    with closing(sqlite3.connect(database)) as db:
        return {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}


def command(database: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["forget", *arguments, "--db", str(database)])
    return done.exit_code, done.output


def test_by_default_it_only_counts(database: Path) -> None:
    before = counts(database)
    code, told = command(database, "--organisation", NAME)
    assert code == 0 and "statements: 3 rows" in told and "nothing was changed" in told
    assert counts(database) == before and holding(database, "quillfeather")


def test_nothing_of_it_is_in_any_file_and_all_others_are(database: Path) -> None:
    before = counts(database)
    assert len(holding(database, "quillfeather")) > 1
    assert command(database, "--company-number", NUMBER, "--yes")[0] == 0
    assert holding(database, "quillfeather", NUMBER) == []
    after = counts(database)
    assert [before[t] - after[t] for t in ("organisations", "statements", "documents")] == [1, 3, 3]
    assert after["text_pairs"] == 0  # comparisons are computed anew
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM texts_fts('quillfeather')").fetchone() == (0,)


def test_it_does_not_come_back(workspace: Workspace, database: Path) -> None:
    forget(workspace)
    again = import_registry(workspace, corpus_folder() / "registry.csv")
    assert (again.new, again.updated) == (0, 0)
    taken = import_files(workspace, [corpus_folder() / "documents"])
    assert (taken.new, taken.skipped) == (0, 3)
    told = workspace.db.execute("SELECT subject, message FROM issues WHERE code = 'forgotten'")
    messages = [" ".join(row) for row in told]
    assert len(messages) == 4 and any("3 organisations" in one for one in messages)
    assert "quillfeather" not in " ".join(messages).lower()


def test_a_changed_file_is_taken_in_as_any_other(workspace: Workspace, tmp_path: Path) -> None:
    """Only its very bytes are remembered; and no row is left by which it could be found again."""
    forget(workspace)
    name = "QUILLFEATHER MILLS LIMITED 2023.html"
    data = (corpus_folder() / "documents" / name).read_bytes() + b"\n"
    (tmp_path / name).write_bytes(data)
    assert import_files(workspace, [tmp_path / name]).new == 1
    match_documents(workspace)
    matched = "SELECT count(*) FROM statement_documents WHERE document_sha256 = ?"
    sha256 = hashlib.sha256(data).hexdigest()
    assert workspace.db.execute(matched, [sha256]).fetchone() == (0,)
    with pytest.raises(InputError, match="no organisation of the name"):
        forget(workspace)


def test_others_of_a_group_keep_the_statement(workspace: Workspace) -> None:
    gone = forget(workspace, "Garrowstone Building Limited")
    assert gone.shared_statements == 2 and gone.files == 0 and gone.rows["statements"] == 0
    left = workspace.db.execute("SELECT count(*) FROM organisations WHERE name LIKE 'GARROW%'")
    assert left.fetchone() == (2,)
    assert import_registry(workspace, corpus_folder() / "registry.csv").new == 0
    owners = workspace.db.execute("SELECT name FROM organisations WHERE name LIKE 'GARROW% BUILD%'")
    assert owners.fetchall() == []


def test_visits_lists_and_notes_of_it_go_too(workspace: Workspace, database: Path) -> None:
    db, site = workspace.db, "https://www.quillfeather.example"
    kept = workspace.keep_bytes(b"<h1>Home of Quillfeather</h1>", "ab" * 32, ".html")
    db.execute("INSERT INTO collections VALUES (1, 'sites', 'missing', 1, 'now', 'now')")
    for place, (url, name) in enumerate(
        [(f"{site}/", "Quillfeather Mills Ltd"), ("https://other.example/", "Other")], 1
    ):
        db.execute(
            "INSERT INTO targets VALUES (?, 'sites', ?, ?, 'failed', 'empty', '', 'now', 1)",
            [place, url, name],
        )
        db.execute(
            "INSERT INTO attempts VALUES (?, ?, ?, 'now', 1, 200, '{}', '[]', 3, ?, ?, 'got', NULL,"
            " '', 'network')",
            [place, f"{url}about", f"{url}about", "ab" * 32, kept if place == 1 else "other"],
        )
        db.execute("INSERT INTO robots VALUES (?, 'now', 200, 'rules', '', '')", [url.rstrip("/")])
    db.execute("INSERT INTO listed_groups VALUES (1, 'FTSE', 'Quillfeather Mills Limited', '')")
    db.execute(
        "INSERT INTO issues (stage, subject, code, message, noted_at)"
        " VALUES ('files', 'QUILLFEATHER MILLS x.pdf', 'bad', '', '')"
    )
    gone = forget(workspace)
    assert gone.rows["targets"] == gone.rows["attempts"] == gone.rows["robots"] == 1
    assert db.execute("SELECT organisation FROM targets").fetchall() == [("Other",)]
    assert holding(database, "quillfeather") == []


def test_of_several_with_one_name_the_number_is_asked_for(workspace: Workspace) -> None:
    workspace.db.execute(
        "INSERT INTO organisation_names SELECT id, 'Quillfeather Mills', 'quillfeather mills'"
        " FROM organisations WHERE name = 'UMBERLODE TELECOM PLC'"
    )
    with pytest.raises(InputError, match=r"ZZ104417, ZZ820300.*--company-number"):
        forget(workspace)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (("No Such Company", ""), "no organisation of the name"),
        (("Limited", ""), "is no name|no organisation"),
        (("", "99999999"), "no organisation of the company number 99999999"),
        (("", "what"), "is no company number"),
    ],
)
def test_whom_nobody_knows_is_told(
    workspace: Workspace, wanted: tuple[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        forget(workspace, *wanted)


def test_a_killed_run_is_finished_by_the_next(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_workspace: Workspace) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("assess.forget.apply.finish", killed)
        with open_workspace(database) as workspace, pytest.raises(KeyboardInterrupt):
            forget(workspace)
    assert holding(database, "quillfeather")  # the originals are still there
    code, told = command(database, "--organisation", NAME, "--yes")
    assert code == 0 and "finished what an earlier run had begun" in told
    assert holding(database, "quillfeather") == []
    assert "forgotten before" in command(database, "--organisation", NAME, "--yes")[1]


def test_who_reads_meanwhile_is_told_of(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.store.workspace.BUSY_TIMEOUT_SECONDS", 0.1)
    with open_workspace(database) as workspace, closing(sqlite3.connect(database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM texts").fetchone()
        with pytest.raises(WorkspaceError, match="another program has the database open"):
            forget(workspace)
        reader.rollback()
        assert traces.unfinished(workspace)
        traces.finish(workspace)
    assert holding(database, "quillfeather") == []


def test_copies_beside_the_database_are_named(database: Path) -> None:
    database.with_name("corpus.db.before-x.bak").write_bytes(b"old")
    told = json.loads(command(database, "--organisation", NAME, "--json")[1])
    assert told["copies_not_touched"] == ["corpus.db.before-x.bak"] and told["done"] is False


@pytest.mark.parametrize(
    "arguments", [[], ["--organisation", "A", "--person", "B C"], ["--person", " "]]
)
def test_one_thing_at_a_time(database: Path, arguments: list[str]) -> None:
    assert command(database, *arguments)[0] == 2


def test_a_doubtful_document_of_it_alone_goes_too(workspace: Workspace) -> None:
    statements = [
        row[0]
        for row in workspace.db.execute(
            "SELECT DISTINCT statement_id FROM statement_organisations"
            " JOIN organisation_names USING (organisation_id) WHERE name LIKE 'quillfeather%'"
        )
    ]
    own, shared = (
        row[0]
        for row in workspace.db.execute(
            "SELECT document_sha256 FROM statement_documents WHERE state = 'accepted'"
            " GROUP BY 1 HAVING count(*) = 1 AND min(statement_id) NOT IN"
            " (SELECT value FROM json_each(?)) ORDER BY 1 LIMIT 2",
            [json.dumps(statements)],
        )
    )
    with workspace.db.atomic():
        workspace.db.execute("DELETE FROM statement_documents WHERE document_sha256 = ?", [own])
        for sha256 in (own, shared):
            workspace.db.execute(
                "INSERT INTO statement_documents VALUES (?, ?, 'name_close', 0.5, 'review', '')",
                [statements[0], sha256],
            )
    forget(workspace)
    left = {row[0] for row in workspace.db.execute("SELECT sha256 FROM documents")}
    assert own not in left and shared in left


def test_runs_do_not_tell_whom(database: Path) -> None:
    command(database, "--organisation", "Quilfeather Myll")
    command(database, "--organisation", NAME)
    with closing(sqlite3.connect(database)) as db:
        told = db.execute("SELECT arguments, outcome, message FROM runs ORDER BY id").fetchall()
    dry = '["(left out)", "--dry-run"]'
    assert told[-2:] == [(dry, "failed", "(left out)"), (dry, "done", None)]
    assert holding(database, "myll") == []
