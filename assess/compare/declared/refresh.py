"""Declarations checked against texts, kept in the workspace; only what changed is done anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import groupby
from typing import Any, Final

from sqlite_utils import Database

from assess.compare.declared.answers import data_key, load_answers
from assess.compare.declared.checker import Case, Checked, Checker, Statement
from assess.compare.declared.checks import Declaration, Findings, Judged
from assess.compare.declared.judge import Check
from assess.compare.declared.search import Found
from assess.compare.inputs import fingerprint
from assess.compare.lost import note_lost, tell_lost
from assess.engine import LOCAL, Engine, Lost, batches, in_order
from assess.progress import track
from assess.running import staged
from assess.score.model import model_key
from assess.store.results import read_text
from assess.store.workspace import Workspace

# Counted up when the code gives other results for the same inputs.
VERSION = 3
# Statements written at a time: a killed run loses a few seconds of work.
BATCH = 64
# Starting two checkers takes as long as checking these.
MIN_CHECKERS: Final = 150


@dataclass(frozen=True, slots=True)
class DeclaredReport:
    """What a refresh did, in statements."""

    checked: int
    unchanged: int
    left_out: int
    """Whose document was taken away, or is no longer judged as a statement."""
    lost: int = 0
    """Whose worker was killed each time; their documents left an issue and stay to be checked."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement with its document; ``inputs`` is what its checks follow from."""

    statement_id: int
    sha256: str
    assessment_id: int
    columns: Sequence[Any]
    """Of the registry's row: those of `_OWN_COLUMNS`, the last update, all others as JSON."""
    inputs: str

    @property
    def declaration(self) -> Declaration:
        """What is declared."""
        answers = load_answers()
        *own, updated, cells = self.columns
        told = json.loads(cells) | dict(zip(_OWN_COLUMNS, own, strict=True))
        declared = tuple(
            (field, label)
            for field in answers.fields
            if told.get(field)
            for label in answers.labels(field, told[field])
        )
        approved, start, end = own[1:]
        return Declaration(declared, *map(_day, (start, end, approved, updated)))


@staged("compare declared")
def refresh_declared(workspace: Workspace, engine: Engine = LOCAL) -> DeclaredReport:
    """Check the declarations of every statement whose document was judged as one, or as a policy.

    A statement is checked again where its registry row, text or assessment changed. Statements are
    written in batches, each in one transaction: a killed run goes on where it stopped.

    Raises:
        EngineError: the cluster cannot be used.
    """
    db = workspace.db
    known = dict(db.execute("SELECT statement_id, inputs FROM declaration_inputs").fetchall())
    rows = list(_rows(db))
    pending = [row for row in rows if known.get(row.statement_id) != row.inputs]
    gone = sorted(known.keys() - {row.statement_id for row in rows})
    with db.atomic():
        _forget(db, gone)
    checked = 0
    found = _checked(workspace, pending, engine.worth(len(pending), MIN_CHECKERS))
    for batch in batches(track(found, len(pending), "compare"), BATCH):
        with db.atomic():
            _write(db, batch)
        checked += len(batch)
    unchanged = len(rows) - len(pending)
    lost = len(pending) - checked
    tell_lost(lost, "statements")
    return DeclaredReport(checked, unchanged, len(gone), lost)


# Of a text and its judgement all that they follow from. Length and flags: recognised scans change a
# text under the same extractor.
_ROWS = """
    SELECT results.statement_id, results.document_sha256, results.assessment_id,
        statements.approving_person, statements.date_approved, statements.start_date,
        statements.end_date, statements.last_updated,
        (SELECT json_group_object(field, value) FROM (
            SELECT field, value FROM declarations
            WHERE declarations.statement_id = results.statement_id ORDER BY field)),
        texts.extractor, length(texts.content), texts.flags, assessments.rubric, assessments.model,
        assessments.reviews
    FROM statement_results AS results
    JOIN statements ON statements.id = results.statement_id
    JOIN texts ON texts.document_sha256 = results.document_sha256
    JOIN assessments ON assessments.id = results.assessment_id
    WHERE results.status = 'assessed' AND results.statement_kind IN ('statement', 'policy')
    ORDER BY results.document_sha256, statements.summary_url"""
_OWN_COLUMNS = ("ApprovingPerson", "DateApproved", "StatementStartDate", "StatementEndDate")


def _rows(db: Database) -> Iterator[_Row]:
    made_by = (VERSION, data_key(), model_key())
    for statement_id, sha256, assessment_id, *columns in db.execute(_ROWS):
        inputs = fingerprint((*made_by, sha256, *columns))
        yield _Row(statement_id, sha256, assessment_id, columns[: len(_OWN_COLUMNS) + 2], inputs)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _checked(workspace: Workspace, rows: Sequence[_Row], engine: Engine) -> Iterator[Checked]:
    """In their order; of a document that could not be checked an issue is noted, and no checks are
    left: they may be of another text.

    Texts and findings are read here: SQLite is not shared between processes.
    """
    for found in in_order(engine, Checker.here(), _cases(workspace, rows)):
        if isinstance(found, Lost):
            _forget(workspace.db, (one.id for one in found.item.statements))
            note_lost(workspace, found.item.stored.sha256)
        else:
            yield from found


def _cases(workspace: Workspace, rows: Sequence[_Row]) -> Iterator[Case]:
    for sha256, of_document in groupby(rows, key=lambda row: row.sha256):
        findings = cache(partial(_findings, workspace.db))
        statements = tuple(
            Statement(row.statement_id, row.inputs, row.declaration, findings(row.assessment_id))
            for row in of_document
        )
        yield Case(*read_text(workspace, sha256), statements)


def _findings(db: Database, assessment_id: int) -> Findings:
    evidence: dict[str, list[Found]] = {}
    for criterion, quote, start, end, status in db.execute(
        """SELECT criterion, quote, start, "end", evidence.status
        FROM findings JOIN evidence ON evidence.finding_id = findings.id
        WHERE assessment_id = ? ORDER BY criterion, evidence.id""",
        [assessment_id],
    ):
        counts = status == "implemented"
        evidence.setdefault(criterion, []).append(Found(quote, start, end, status, counts))
    return {
        criterion: Judged(_number(value), bool(present), tuple(evidence.get(criterion, ())))
        for criterion, value, present in db.execute(
            "SELECT criterion, value, present FROM findings WHERE assessment_id = ?",
            [assessment_id],
        )
    }


def _number(value: str) -> int:
    """A depth as it is; an indicator that holds is 1."""
    return int(value) if value.isdigit() else int(value in ("true", "met"))


def _forget(db: Database, statements: Iterable[int]) -> None:
    ids = json.dumps(list(statements))
    for table in ("declaration_checks", "declaration_inputs"):
        db.execute(
            f"DELETE FROM {table} WHERE statement_id IN (SELECT value FROM json_each(?))",  # noqa: S608
            [ids],
        )


def _write(db: Database, batch: Sequence[Checked]) -> None:
    _forget(db, (one.statement_id for one in batch))
    db.table("declaration_checks").insert_all(
        _check_row(one, check) for one in batch for check in one.checks
    )
    db.table("declaration_inputs").insert_all(
        {"statement_id": one.statement_id, "inputs": one.inputs} for one in batch
    )


def _check_row(one: Checked, check: Check) -> dict[str, Any]:
    outcome, passage = check.outcome, check.outcome.passage
    return {
        "statement_id": one.statement_id,
        "field": check.field,
        "answer": check.answer,
        "document_sha256": one.sha256,
        "result": outcome.result,
        "quote": passage.quote if passage else None,
        "start": passage.start if passage else None,
        "end": passage.end if passage else None,
        "search": outcome.search,
    }
