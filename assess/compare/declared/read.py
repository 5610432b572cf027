"""The checks of declarations as the workspace holds them, by statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assess.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One declared answer and what became of it."""

    field: str
    answer: str
    result: str
    quote: str | None
    start: int | None
    end: int | None
    """In the kept text."""
    search: str


@dataclass(frozen=True, slots=True)
class StatementChecks:
    """All checks of one statement, by field and answer."""

    statement_id: int
    organisation: str
    """``NAME``, or ``NAME and 3 more``."""
    year: int
    summary_url: str
    document: str
    """SHA-256 of the document that was read."""
    checks: tuple[CheckRow, ...]

    def of(self, result: str) -> tuple[CheckRow, ...]:
        """The checks with this result."""
        return tuple(check for check in self.checks if check.result == result)


# Columns of the statement, before those of the check.
_HEAD = 5
_OF_ORGANISATION = """
    (:organisation IS NULL OR checks.statement_id IN (
        SELECT statement_id FROM statement_organisations
        JOIN organisation_names USING (organisation_id)
        WHERE instr(lower(organisation_names.name), lower(:organisation))))"""
_NUMBER = f"""
    SELECT count(DISTINCT statement_id) FROM declaration_checks AS checks
    WHERE {_OF_ORGANISATION}"""  # noqa: S608 - our own words
_ROWS = f"""
    SELECT statements.id, names.label, statements.year, statements.summary_url,
        checks.document_sha256, field, answer, result, quote, start, "end", search
    FROM declaration_checks AS checks
    JOIN statements ON statements.id = checks.statement_id
    JOIN statement_names AS names ON names.statement_id = checks.statement_id
    WHERE {_OF_ORGANISATION}
    ORDER BY names.label, statements.year, statements.summary_url, checks.rowid"""  # noqa: S608


def number_checked(workspace: Workspace, organisation: str | None = None) -> int:
    """How many statements `checked_statements` has."""
    (number,) = workspace.db.execute(_NUMBER, {"organisation": organisation}).fetchone()
    return int(number)


def checked_statements(
    workspace: Workspace, organisation: str | None = None
) -> Iterator[StatementChecks]:
    """Statements with their checks, by organisation and year.

    ``organisation`` keeps those of organisations whose name holds it, in whatever case.
    """
    rows = workspace.db.execute(_ROWS, {"organisation": organisation})
    for _, of_statement in groupby(rows, key=lambda row: row[0]):
        cells = list(of_statement)
        statement_id, organisation, year, url, document = cells[0][:_HEAD]
        checks = tuple(CheckRow(*row[_HEAD:]) for row in cells)
        yield StatementChecks(statement_id, organisation, year, url, document, checks)
