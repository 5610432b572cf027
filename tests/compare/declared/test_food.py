"""Real food statements against their registry rows: what was read by hand must not get worse."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from assess.cli import app
from tests.extract.makers import SHARED, needs_shared

pytestmark = needs_shared
# All answers that the text contradicts, read by hand and right; anything else is an accusation.
CONTRADICTED = {
    ("ONE STOP STORES LIMITED", "ApprovingPerson"),
    ("SIGNATURE FLATBREADS (UK) LTD", "DateApproved"),
}
STATEMENTS = 144
# Their documents are those of another year, as their own dates say.
OTHER_YEAR = 38
# A little below what was found when 40 cells of two samples each were read (docs/declared.md).
SIGNATORIES, DATES = 75, 70


@pytest.fixture(scope="module")
def food(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The food statements, judged and compared."""
    db = tmp_path_factory.mktemp("food") / "food.db"
    for words in (
        ["scrape", "registry", str(SHARED / "registry/StatementSummaries2022-food-sector.csv")],
        ["scrape", "files", str(SHARED / "statements" / "food")],
        ["extract"],
        ["score"],
        ["compare", "declared"],
    ):
        done = CliRunner().invoke(app, [*words, "--db", str(db)])
        assert done.exit_code == 0, done.output
    connection = sqlite3.connect(db)
    yield connection
    connection.close()


def test_nobody_is_accused_but_those_who_were_read(food: sqlite3.Connection) -> None:
    found = food.execute(
        """SELECT label, field FROM declaration_checks JOIN statement_names USING (statement_id)
        WHERE result = 'contradicted'"""
    )
    assert set(found) <= CONTRADICTED


def test_texts_of_another_year_are_not_compared(food: sqlite3.Connection) -> None:
    counts = food.execute(
        """SELECT count(*), sum(result = 'not_checked') FROM declaration_checks
        WHERE field = 'DateApproved'"""
    ).fetchone()
    assert counts[0] == STATEMENTS
    assert OTHER_YEAR <= counts[1] <= OTHER_YEAR + 10


@pytest.mark.parametrize(
    ("field", "least"), [("ApprovingPerson", SIGNATORIES), ("DateApproved", DATES)]
)
def test_signatories_and_dates_are_found(food: sqlite3.Connection, field: str, least: int) -> None:
    (found,) = food.execute(
        "SELECT count(*) FROM declaration_checks WHERE field = ? AND result = 'confirmed'", [field]
    ).fetchone()
    assert found >= least


def test_every_quote_is_the_kept_text(food: sqlite3.Connection) -> None:
    wrong = food.execute(
        """SELECT count(*) FROM declaration_checks JOIN texts USING (document_sha256)
        WHERE quote IS NOT NULL AND quote <> substr(content, start + 1, "end" - start)"""
    ).fetchone()
    assert wrong == (0,)
