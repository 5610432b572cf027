"""Computes the index and the type of every statement, where what they rest on has changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.minimal.signs import Beside, signs, with_signs
from assess.compare.minimal.typology import type_of
from assess.records import MinimalPart
from assess.running import staged
from assess.score.scores import minimal_of_parts
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

NAME: Final = "minimal"
VERSION: Final = 1
"""Raised when the same findings give other results."""


@dataclass(frozen=True, slots=True)
class MinimalReport:
    """What a refresh did."""

    statements: int
    changed: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One statement, or a document without a registry row."""

    sha256: str
    statement: int | None
    assessment: int
    substance: float
    parts: Sequence[MinimalPart]
    values: Mapping[str, str]
    beside: Beside = field(default_factory=Beside)


@staged("compare minimal")
def refresh_minimal(workspace: Workspace, rubric: Rubric) -> MinimalReport:
    """Bring index, parts and type of every assessed statement up to date, in one transaction.

    Reused text, pairs of years and declarations are taken as they were last computed. Statements
    that another rubric judged are left out.
    """
    rows = list(_rows(workspace.db, rubric))
    inputs = fingerprint([VERSION, rubric.key, *rows])
    if is_current(workspace.db, NAME, inputs):
        return MinimalReport(len(rows), changed=False)
    with workspace.db.atomic():
        workspace.db.table("minimal_results").delete_where()
        for number, row in enumerate(rows, 1):
            _write(workspace.db, number, row, rubric)
        set_current(workspace.db, NAME, inputs)
    return MinimalReport(len(rows), changed=True)


def _write(db: Database, number: int, row: _Row, rubric: Rubric) -> None:
    text = minimal_of_parts(rubric.scores, row.parts)
    whole = with_signs(text, signs(row.beside, rubric.scores), rubric.scores)
    found = type_of(row.values, row.substance, rubric, flagged=text.flag)
    db.table("minimal_results").insert(
        {
            "id": number,
            "document_sha256": row.sha256,
            "statement_id": row.statement,
            "type": found and found.type,
            "type_rule": found.rule if found else "the rubric has no typology",
            "minimal_index": whole.index,
            "minimal_flag": int(whole.flag),
            "reasons": json.dumps(whole.reasons, ensure_ascii=False),
        }
    )
    db.table("minimal_parts").insert_all(
        {
            "result_id": number,
            "part": part.name,
            "strength": part.strength,
            "weight": part.weight,
            "words": part.words,
        }
        for part in whole.parts
    )


# Statements with the document that stands for them, and documents that no row was found for.
_UNITS: Final = """
    SELECT results.document_sha256, results.statement_id, assessments.id,
        assessments.substance, assessments.minimal_parts,
        substr(statements.start_date, 1, 4), substr(statements.end_date, 1, 4)
    FROM statement_results AS results
    JOIN statements ON statements.id = results.statement_id
    JOIN assessments ON assessments.id = results.assessment_id
    WHERE assessments.rubric = :rubric AND assessments.status = 'assessed'
        AND assessments.statement_kind = 'statement'
    UNION ALL
    SELECT loose.sha256, NULL, assessments.id, assessments.substance, assessments.minimal_parts,
        NULL, NULL
    FROM documents_without_statement AS loose
    JOIN current_assessments AS assessments ON assessments.document_sha256 = loose.sha256
    WHERE assessments.rubric = :rubric AND assessments.status = 'assessed'
        AND assessments.statement_kind = 'statement'
    ORDER BY 1, 2"""


def _rows(db: Database, rubric: Rubric) -> Iterator[_Row]:
    units = db.execute(_UNITS, {"rubric": rubric.key}).fetchall()
    values = _values(db, rubric)
    beside = _beside(db)
    for sha256, statement, assessment, substance, parts, start, end in units:
        text_parts = tuple(MinimalPart(**part) for part in json.loads(parts))
        if not text_parts:
            continue  # judged before parts were kept; `assess score` judges it anew
        yield _Row(
            sha256,
            statement,
            assessment,
            substance,
            text_parts,
            values[assessment],
            beside(
                sha256, statement, assessment, (int(start), int(end)) if start and end else None
            ),
        )


def _values(db: Database, rubric: Rubric) -> dict[int, dict[str, str]]:
    """By assessment, the value of each criterion."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for assessment, criterion, value in db.execute(
        "SELECT assessment_id, criterion, value FROM findings"
        " JOIN current_assessments ON current_assessments.id = assessment_id WHERE rubric = ?",
        [rubric.key],
    ):
        found[assessment][criterion] = value
    return found


def _beside(db: Database) -> Callable[[str, int | None, int, tuple[int, int] | None], Beside]:
    """What is known of a statement beside others, by document, statement and assessment."""
    # Of an unknown owner the other texts may be its own of other years.
    own = dict(
        db.execute(
            "SELECT document_sha256, own_share FROM text_reuse"
            " WHERE document_sha256 IN (SELECT document_sha256 FROM document_organisations)"
        )
    )
    unchanged = {
        (sha256, statement): share
        for sha256, statement, share in db.execute(
            "SELECT document_sha256, statement_id, unchanged_share FROM unchanged_texts"
        )
    }
    quotes: dict[int, list[str]] = defaultdict(list)
    for assessment, quote in db.execute(_YEAR_QUOTES):
        quotes[assessment].append(quote)
    declared = {statement: counts for statement, *counts in db.execute(_DECLARED)}

    def of(
        sha256: str, statement: int | None, assessment: int, period: tuple[int, int] | None
    ) -> Beside:
        confirmed, other = declared.get(statement, (0, 0))
        return Beside(
            own.get(sha256),
            unchanged.get((sha256, statement)),
            period,
            tuple(quotes[assessment]),
            confirmed,
            other,
        )

    return of


_YEAR_QUOTES: Final = """
    SELECT assessment_id, quote FROM findings JOIN evidence ON finding_id = findings.id
    WHERE criterion = 'financial_year' AND value = 'met' ORDER BY evidence.id"""

_DECLARED: Final = """
    SELECT statement_id, sum(result = 'confirmed'), sum(result IN ('not_found', 'contradicted'))
    FROM declaration_checks GROUP BY statement_id"""
