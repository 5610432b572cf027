"""Computes the index and the type of every statement, where what they rest on has changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.minimal.signs import Beside, signs, with_signs
from assess.compare.minimal.typology import type_of
from assess.records import HOMEPAGE_LINK, MinimalPart
from assess.running import staged
from assess.score.scores import minimal_of_parts
from assess.store.fingerprint import stable_id
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
class _Unit:
    """One statement, or a document without a registry row."""

    sha256: str
    statement: int | None
    assessment: int
    substance: float
    parts: str
    """JSON."""
    beside: Beside
    """But for the quotes."""
    inputs: str
    """Fingerprint of all that its result rests on; findings follow from text, rubric, model,
    reviews, and visits of the home page."""

    @property
    def id(self) -> int:
        """The key of its result."""
        return stable_id(self.sha256, self.statement)


@staged("compare minimal")
def refresh_minimal(workspace: Workspace, rubric: Rubric) -> MinimalReport:
    """Bring index, parts and type of every assessed statement up to date, in one transaction.

    Reused text, pairs of years and declarations are taken as they were last computed. Statements
    that another rubric judged are left out. Only those are told anew whose text, judgement or
    comparisons changed.
    """
    db = workspace.db
    wanted = {unit.id: unit for unit in _units(db, rubric)}
    inputs = fingerprint([VERSION, rubric.key, *(unit.inputs for unit in wanted.values())])
    if is_current(db, NAME, inputs):
        return MinimalReport(len(wanted), changed=False)
    known = dict(db.execute(_KNOWN).fetchall())
    outdated = [
        number
        for number, was in known.items()
        if number not in wanted or wanted[number].inputs != was
    ]
    new = [unit for number, unit in wanted.items() if known.get(number) != unit.inputs]
    rows = _with_findings(db, new)
    with db.atomic():
        db.conn.executemany("DELETE FROM minimal_results WHERE id = ?", [(n,) for n in outdated])
        for unit, values, quotes in rows:
            _write(db, unit, values, replace(unit.beside, year_quotes=quotes), rubric)
        set_current(db, NAME, inputs)
    return MinimalReport(len(wanted), changed=True)


def _write(
    db: Database, unit: _Unit, values: Mapping[str, str], beside: Beside, rubric: Rubric
) -> None:
    parts = tuple(MinimalPart(**part) for part in json.loads(unit.parts))
    text = minimal_of_parts(rubric.scores, parts)
    whole = with_signs(text, signs(beside, rubric.scores), rubric.scores)
    found = type_of(values, unit.substance, rubric, flagged=text.flag)
    db.execute(
        "INSERT INTO minimal_results VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            unit.id,
            unit.sha256,
            unit.statement,
            found and found.type,
            found.rule if found else "the rubric has no typology",
            whole.index,
            int(whole.flag),
            json.dumps(whole.reasons, ensure_ascii=False),
        ],
    )
    db.conn.executemany(
        "INSERT INTO minimal_parts VALUES (?, ?, ?, ?, ?)",
        [(unit.id, part.name, part.strength, part.weight, part.words) for part in whole.parts],
    )
    db.execute("INSERT INTO minimal_inputs VALUES (?, ?)", [unit.id, unit.inputs])


_KNOWN: Final = """
    SELECT id, coalesce(inputs, '') FROM minimal_results
    LEFT JOIN minimal_inputs ON result_id = id"""

# Of a judgement all that its findings follow from. Words and flags: recognised scans change a text
# under the same extractor.
_JUDGED: Final = """
    assessments.id, assessments.substance, assessments.minimal_parts, assessments.extractor,
    assessments.model, assessments.reviews, texts.words, texts.flags, (
        SELECT value FROM findings
        WHERE assessment_id = assessments.id AND criterion = :homepage)"""

# Statements with the document that stands for them, and documents that no row was found for. What
# was judged before parts were kept is left out; `assess score` judges it anew.
_UNITS: Final = f"""
    SELECT results.document_sha256, results.statement_id,
        substr(statements.start_date, 1, 4), substr(statements.end_date, 1, 4), {_JUDGED}
    FROM statement_results AS results
    JOIN statements ON statements.id = results.statement_id
    JOIN assessments ON assessments.id = results.assessment_id
    JOIN texts ON texts.document_sha256 = results.document_sha256
    WHERE assessments.rubric = :rubric AND assessments.status = 'assessed'
        AND assessments.statement_kind = 'statement' AND assessments.minimal_parts <> '[]'
    UNION ALL
    SELECT loose.sha256, NULL, NULL, NULL, {_JUDGED}
    FROM documents_without_statement AS loose
    JOIN current_assessments AS assessments ON assessments.document_sha256 = loose.sha256
    JOIN texts ON texts.document_sha256 = loose.sha256
    WHERE assessments.rubric = :rubric AND assessments.status = 'assessed'
        AND assessments.statement_kind = 'statement' AND assessments.minimal_parts <> '[]'
    ORDER BY 1, 2"""  # noqa: S608 - our own names


def _units(db: Database, rubric: Rubric) -> Iterator[_Unit]:
    beside = _beside(db)
    made_by = (VERSION, rubric.key)
    given = {"rubric": rubric.key, "homepage": HOMEPAGE_LINK}
    for sha256, statement, start, end, *judged in db.execute(_UNITS, given).fetchall():
        assessment, substance, parts, *_ = judged
        known = beside(sha256, statement, (int(start), int(end)) if start and end else None)
        # The number of an assessment tells nothing: of one made anew it may be the same.
        inputs = fingerprint((made_by, sha256, statement, known, judged[1:]))
        yield _Unit(sha256, statement, assessment, substance, parts, known, inputs)


def _with_findings(
    db: Database, units: Sequence[_Unit]
) -> list[tuple[_Unit, Mapping[str, str], tuple[str, ...]]]:
    """Units with the value of each criterion, and the words in which they name their year."""
    judged = json.dumps(sorted({unit.assessment for unit in units}))
    values: dict[int, dict[str, str]] = defaultdict(dict)
    for assessment, criterion, value in db.execute(_VALUES, [judged]):
        values[assessment][criterion] = value
    quotes: dict[int, list[str]] = defaultdict(list)
    for assessment, quote in db.execute(_YEAR_QUOTES, [judged]):
        quotes[assessment].append(quote)
    return [(one, values[one.assessment], tuple(quotes[one.assessment])) for one in units]


def _beside(db: Database) -> Callable[[str, int | None, tuple[int, int] | None], Beside]:
    """What is known of a statement beside others, by document and statement."""
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
    declared = {statement: counts for statement, *counts in db.execute(_DECLARED)}

    def of(sha256: str, statement: int | None, period: tuple[int, int] | None) -> Beside:
        confirmed, other = declared.get(statement, (0, 0))
        return Beside(
            own_share=own.get(sha256),
            unchanged_share=unchanged.get((sha256, statement)),
            period=period,
            confirmed=confirmed,
            not_confirmed=other,
        )

    return of


_VALUES: Final = """
    SELECT assessment_id, criterion, value FROM findings
    WHERE assessment_id IN (SELECT value FROM json_each(?))"""

_YEAR_QUOTES: Final = """
    SELECT assessment_id, quote FROM findings JOIN evidence ON finding_id = findings.id
    WHERE assessment_id IN (SELECT value FROM json_each(?))
        AND criterion = 'financial_year' AND findings.value = 'met' ORDER BY evidence.id"""

_DECLARED: Final = """
    SELECT statement_id, sum(result = 'confirmed'), sum(result IN ('not_found', 'contradicted'))
    FROM declaration_checks GROUP BY statement_id"""
