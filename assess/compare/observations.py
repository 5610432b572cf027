"""What is compared between groups: each statement's outcomes and scores, read once.

Rows stand in the order of their natural keys, so that nothing depends on the order of input.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from assess.compare.counts import (
    LETTERS,
    UNKNOWN_VALUE,
    CriterionRow,
    criteria,
    read_values,
    results,
)
from assess.compare.inputs import fingerprint
from assess.compare.minimal.typology import TYPES
from assess.compare.sectors import LEVELS
from assess.store.workspace import Workspace

SCORES: Final = ("compliance", "substance", "minimal_index")
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Measured:
    """Something whose share is counted: a criterion, the flag or the type, reaching a level."""

    measure: str
    level: str
    title: str


FLAG: Final = Measured("minimal_flag", "true", "Minimal compliance")


@dataclass(frozen=True, slots=True)
class Row:
    """A registered statement, or a document without a registry row."""

    key: str
    """The summary's address, or the document's hash."""
    statement_id: int | None
    year: int | None
    end_date: str
    state: str
    """As in `assess.compare.counts`: assessed, cannot_assess, no_document, policy, other."""
    document: str


@dataclass(frozen=True)
class Observations:
    """All that a workspace holds to compare, judged by one rubric."""

    rubric: str | None
    measures: tuple[Measured, ...]
    rows: tuple[Row, ...]
    """Registered ones first."""
    outcomes: NDArray[np.int8]
    """Rows x measures: 1, 0, or `UNKNOWN` (also not applicable, and of rows not assessed)."""
    scores: NDArray[np.float64]
    """Rows x `SCORES`: 0 to 100, the index 0 to 1; nan where unknown."""
    documents: NDArray[np.int64]
    """A number for each row's document: rows that share one are not independent."""
    owners: tuple[tuple[int, int], ...]
    """(place of the row, organisation id); organisations that are one are one id."""
    organisations: dict[int, str]
    """id -> identity, which does not depend on the order of input."""

    @property
    def inputs(self) -> str:
        """A key of all of it."""
        owners = [(place, self.organisations[owner]) for place, owner in self.owners]
        rows = [(row.key, row.year, row.end_date, row.state, row.document) for row in self.rows]
        arrays = (self.outcomes.tobytes(), self.scores.tobytes())
        return fingerprint((self.rubric, self.measures, rows, owners, *arrays))


# What was found of minimal compliance last goes before what one text alone could tell.
_ROWS: Final = """
    SELECT coalesce(summary_url, results.document_sha256), results.unit, results.statement_id,
        results.year, coalesce(end_date, ''), state, coalesce(results.document_sha256, ''),
        results.assessment_id, compliance, substance,
        CASE WHEN minimal.id IS NULL THEN results.minimal_index ELSE minimal.minimal_index END,
        CASE WHEN minimal.id IS NULL THEN results.minimal_flag ELSE minimal.minimal_flag END,
        type
    FROM compare_results AS results
    LEFT JOIN statements ON statements.id = results.statement_id
    LEFT JOIN minimal_results AS minimal ON minimal.document_sha256 = results.document_sha256
        AND minimal.statement_id IS results.statement_id
    ORDER BY results.statement_id IS NULL, 1"""

_OWNERS: Final = """
    SELECT DISTINCT unit, coalesce(same_as, organisation_id)
    FROM compare_results JOIN statement_organisations USING (statement_id)
    JOIN organisations ON organisations.id = organisation_id"""


def observe(workspace: Workspace) -> Observations:
    """Read everything that is to be compared, of all years."""
    with results(workspace) as rubric:
        db = workspace.db
        found = db.execute(_ROWS).fetchall()
        places = {str(row[1]): place for place, row in enumerate(found)}
        identities = dict(db.execute("SELECT id, identity FROM organisations"))
        judged = tuple(criteria(db, rubric))
        types = TYPES if any(row[-1] for row in found) else ()
        measures = (*_measures(judged), FLAG, *(Measured("type", one, one) for one in types))
        owners = [(places[unit], owner) for unit, owner in db.execute(_OWNERS)]
        return Observations(
            rubric=rubric,
            measures=measures,
            rows=tuple(Row(key, *rest[1:6]) for key, *rest in found),
            outcomes=_outcomes(found, _values(db, rubric, found, len(judged)), judged, measures),
            scores=_scores(found),
            documents=_documents(found),
            owners=tuple(sorted(owners, key=lambda pair: (pair[0], identities[pair[1]]))),
            organisations={owner: identities[owner] for _, owner in owners},
        )


def _values(
    db: Database, rubric: str | None, found: Sequence[Sequence[Any]], criteria: int
) -> list[str]:
    known, nothing = read_values(db, rubric), UNKNOWN_VALUE * criteria
    return [known.get(row[7], nothing) if row[5] == "assessed" else nothing for row in found]


def _measures(judged: Sequence[CriterionRow]) -> list[Measured]:
    return [
        Measured(criterion.id, level, criterion.title)
        for criterion in judged
        for level, _ in LEVELS[criterion.kind]
    ]


def _outcomes(
    found: Sequence[Sequence[Any]],
    values: Sequence[str],
    judged: Sequence[CriterionRow],
    measures: Sequence[Measured],
) -> NDArray[np.int8]:
    """``values`` are those of each row's criteria, as `read_values` has them."""
    outcomes = np.full((len(found), len(measures)), UNKNOWN, dtype=np.int8)
    letters = np.frombuffer("".join(values).encode("ascii"), dtype=np.uint8)
    letters = letters.reshape(len(found), len(judged))
    columns = {(one.measure, one.level): place for place, one in enumerate(measures)}
    for place, criterion in enumerate(judged):
        for level, reached in LEVELS[criterion.kind]:
            told = _told(reached)[letters[:, place]]
            outcomes[:, columns[criterion.id, level]] = told
    for place, (*_, state, _, _, _, _, _, flag, type_) in enumerate(found):
        if state == "assessed" and flag is not None:
            outcomes[place, columns[FLAG.measure, FLAG.level]] = flag
        if state == "assessed" and type_ is not None:
            for name in TYPES:
                outcomes[place, columns["type", name]] = name == type_
    return outcomes


def _told(reached: Collection[str]) -> NDArray[np.int8]:
    """By letter whether its value is one of these; of values that tell nothing `UNKNOWN`."""
    told = np.full(256, UNKNOWN, dtype=np.int8)
    for value, letter in LETTERS.items():
        if value != "na":
            told[ord(letter)] = value in reached
    return told


def _scores(found: Sequence[Sequence[Any]]) -> NDArray[np.float64]:
    """None is nan."""
    known = [row[8:11] if row[5] == "assessed" else (None,) * len(SCORES) for row in found]
    return np.array(known, dtype=float).reshape(len(found), len(SCORES))


def _documents(found: Sequence[Sequence[Any]]) -> NDArray[np.int64]:
    names = [row[6] or row[0] for row in found]
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1].astype(np.int64)
