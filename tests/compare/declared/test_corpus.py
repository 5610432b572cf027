"""The planted contradictions of the corpus are found, and nobody else is accused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from tests.copies import copied

# The planted case: declared, and denied by the text.
PLANTED = {
    ("BRACKENWHISTLE LOGISTICS LIMITED", 2024, field, answer)
    for field, answer in (
        ("StatementIncludesTraining", "Yes"),
        ("StatementIncludesGoals", "Yes"),
        ("Training", "Your whole organisation"),
        ("Training", "Procurement staff"),
        ("Training", "Your suppliers"),
        ("SocialAudits", "Audit conducted by your staff"),
        ("SocialAudits", "Third party audit arranged by your organisation"),
        ("SocialAudits", "Unannounced audit"),
    )
}
# The statement of denials: it says itself that it has no training, risk assessment or policy, and
# the registry row says that it has.
DENIALS = {
    ("FERRYWICK COACHES LIMITED", 2022, field, "Yes")
    for field in (
        "StatementIncludesTraining",
        "StatementIncludesRisksAssessment",
        "StatementIncludesPolicies",
    )
}
QUERY = """
    SELECT label, year, field, answer FROM declaration_checks
    JOIN statement_names USING (statement_id) JOIN statements ON statements.id = statement_id
    WHERE result = ?"""


@pytest.fixture(scope="module")
def corpus(run_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The corpus collected, read, judged and compared."""
    db = copied(run_db, tmp_path_factory.mktemp("corpus") / "run")
    done = CliRunner().invoke(app, ["compare", "declared", "--db", str(db)])
    assert done.exit_code == 0, done.output
    connection = sqlite3.connect(db)
    yield connection
    connection.close()


def test_planted_contradictions_are_found_and_nothing_else(corpus: sqlite3.Connection) -> None:
    assert set(corpus.execute(QUERY, ["contradicted"])) == PLANTED | DENIALS


def test_planted_policies_are_not_found(corpus: sqlite3.Connection) -> None:
    missing = {
        answer
        for label, year, field, answer in corpus.execute(QUERY, ["not_found"])
        if (label, year, field) == ("BRACKENWHISTLE LOGISTICS LIMITED", 2024, "Policies")
    }
    assert "Prohibits child labour" in missing
    assert len(missing) == 10


def test_every_quote_is_the_kept_text(corpus: sqlite3.Connection) -> None:
    wrong = corpus.execute(
        """SELECT count(*) FROM declaration_checks JOIN texts USING (document_sha256)
        WHERE quote IS NOT NULL AND quote <> substr(content, start + 1, "end" - start)"""
    ).fetchone()
    assert wrong == (0,)


def test_signatories_and_dates_of_the_corpus_are_confirmed(corpus: sqlite3.Connection) -> None:
    for field in ("ApprovingPerson", "DateApproved"):
        confirmed = sum(row[2] == field for row in corpus.execute(QUERY, ["confirmed"]))
        assert confirmed >= 45, field


def test_a_second_run_changes_nothing(corpus: sqlite3.Connection, tmp_path: Path) -> None:
    rows = "SELECT * FROM declaration_checks ORDER BY statement_id, field, answer"
    before = corpus.execute(rows).fetchall()
    copy = tmp_path / "copy.db"
    with sqlite3.connect(copy) as target:
        corpus.backup(target)
    done = CliRunner().invoke(app, ["compare", "declared", "--db", str(copy), "--json"])
    assert done.exit_code == 0
    with sqlite3.connect(copy) as target:
        assert target.execute(rows).fetchall() == before
