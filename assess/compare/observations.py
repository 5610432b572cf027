"""What is compared between groups: each statement's outcomes and scores, read once.

Rows stand in the order of their natural keys, so that nothing depends on the order of input.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

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


STATES: Final = ("assessed", "cannot_assess", "no_document", "policy", "other")
"""As in `assess.compare.counts`."""
ASSESSED: Final = STATES.index("assessed")


@dataclass(frozen=True)
class Observations:
    """All that a workspace holds to compare, judged by one rubric; a row for each registered
    statement, then for each document without a registry row."""

    rubric: str | None
    measures: tuple[Measured, ...]
    statements: NDArray[np.int64]
    """Ids; `UNKNOWN` for a document without a registry row."""
    years: NDArray[np.int64]
    """Registry years; 0 where there is none."""
    ages: NDArray[np.int64]
    """The higher the newer: by year, end of the period, and address or hash."""
    states: NDArray[np.int8]
    """Places in `STATES`."""
    outcomes: NDArray[np.int8]
    """Rows x measures: 1, 0, or `UNKNOWN` (also not applicable, and of rows not assessed)."""
    scores: NDArray[np.float64]
    """Rows x `SCORES`: 0 to 100, the index 0 to 1; nan where unknown."""
    documents: NDArray[np.int64]
    """A number for each row's document: rows that share one are not independent."""
    owners: NDArray[np.int64]
    """Shape (pairs, 2): place of the row, organisation id; organisations that are one are one."""
    inputs: str
    """A key of all of it."""

    @property
    def assessed(self) -> NDArray[np.bool_]:
        """Of each row, whether it was judged as a statement."""
        found: NDArray[np.bool_] = self.states == ASSESSED
        return found


# What was found of minimal compliance last goes before what one text alone could tell.
_OBSERVED: Final = """
    CREATE TEMP TABLE observed AS
    SELECT row_number() OVER (ORDER BY statement_id IS NULL, key) - 1 AS place,
        row_number() OVER (ORDER BY coalesce(year, 0), end_date, key) AS age,
        dense_rank() OVER (ORDER BY coalesce(nullif(document, ''), key)) - 1 AS number, *
    FROM (
        SELECT coalesce(summary_url, results.document_sha256) AS key, results.unit,
            results.statement_id, results.year, coalesce(end_date, '') AS end_date, state,
            coalesce(results.document_sha256, '') AS document, results.assessment_id,
            compliance, substance,
            CASE WHEN minimal.id IS NULL THEN results.minimal_index ELSE minimal.minimal_index END
                AS minimal_index,
            CASE WHEN minimal.id IS NULL THEN results.minimal_flag ELSE minimal.minimal_flag END
                AS minimal_flag, type
        FROM compare_results AS results
        LEFT JOIN statements ON statements.id = results.statement_id
        LEFT JOIN minimal_results AS minimal ON minimal.document_sha256 = results.document_sha256
            AND minimal.statement_id IS results.statement_id)"""

_ROWS: Final = """
    SELECT place, coalesce(statement_id, -1), coalesce(year, 0), age, state, number, compliance,
        substance, minimal_index, minimal_flag, type FROM observed"""

# Natural keys only, so that nothing depends on the order in which files were read.
_KEYS: Final = "SELECT key, year, end_date, state, document FROM observed ORDER BY place"

_ASSESSED: Final = "SELECT place, assessment_id FROM observed WHERE state = 'assessed'"

_OWNERS: Final = """
    SELECT DISTINCT place, whole.id, whole.identity
    FROM observed JOIN statement_organisations USING (statement_id)
    JOIN organisations ON organisations.id = organisation_id
    JOIN organisations AS whole ON whole.id = coalesce(organisations.same_as, organisations.id)
    ORDER BY place, whole.identity"""


def observe(workspace: Workspace) -> Observations:
    """Read everything that is to be compared, of all years."""
    db = workspace.db
    with results(workspace) as rubric:
        db.execute("DROP TABLE IF EXISTS temp.observed")
        db.execute(_OBSERVED)
        values = read_values(db, rubric)
    try:
        return _read(db, rubric, values)
    finally:
        db.execute("DROP TABLE temp.observed")


def _read(db: Database, rubric: str | None, values: Mapping[int, str]) -> Observations:
    judged = tuple(criteria(db, rubric))
    (number, typed) = db.execute("SELECT count(*), count(type) FROM observed").fetchone()
    measures = (
        *_measures(judged),
        FLAG,
        *(Measured("type", one, one) for one in (TYPES if typed else ())),
    )
    statements, years, ages, documents = np.zeros((4, number), dtype=np.int64)
    states = np.zeros(number, dtype=np.int8)
    scores = np.full((number, len(SCORES)), np.nan)
    letters = np.full((number, len(judged)), ord(UNKNOWN_VALUE), dtype=np.uint8)
    for place, assessment in db.execute(_ASSESSED):
        if found := values.get(assessment):
            letters[place] = np.frombuffer(found.encode("ascii"), dtype=np.uint8)
    outcomes = _outcomes(letters, judged, measures)
    columns = {(one.measure, one.level): place for place, one in enumerate(measures)}
    for place, statement, year, age, state, document, *told, flag, type_ in db.execute(_ROWS):
        statements[place], years[place], ages[place] = statement, year, age
        documents[place], states[place] = document, STATES.index(state)
        if states[place] == ASSESSED:
            scores[place] = [np.nan if score is None else score for score in told]
            if flag is not None:
                outcomes[place, columns[FLAG.measure, FLAG.level]] = flag
            if type_ is not None:
                outcomes[place, [columns["type", name] for name in TYPES]] = [
                    name == type_ for name in TYPES
                ]
    owners = array("q")
    digests = (hashlib.sha256(values.tobytes()).hexdigest() for values in (outcomes, scores))
    parts = chain((rubric, measures, *digests), db.execute(_KEYS), _owners(db, owners))
    inputs = fingerprint(parts)
    pairs = np.frombuffer(owners, dtype=np.int64).reshape(-1, 2)
    return Observations(
        rubric,
        measures,
        statements,
        years,
        ages,
        states,
        outcomes,
        scores,
        documents,
        pairs,
        inputs,
    )


def _owners(db: Database, owners: array[int]) -> Iterator[tuple[int, str]]:
    """Place and identity of each pair; place and id go to ``owners``."""
    for place, owner, identity in db.execute(_OWNERS):
        owners.extend((place, owner))
        yield place, identity


def _measures(judged: Sequence[CriterionRow]) -> list[Measured]:
    return [
        Measured(criterion.id, level, criterion.title)
        for criterion in judged
        for level, _ in LEVELS[criterion.kind]
    ]


def _outcomes(
    letters: NDArray[np.uint8], judged: Sequence[CriterionRow], measures: Sequence[Measured]
) -> NDArray[np.int8]:
    """``letters``: rows x criteria, as `read_values` has them."""
    outcomes = np.full((len(letters), len(measures)), UNKNOWN, dtype=np.int8)
    columns = {(one.measure, one.level): place for place, one in enumerate(measures)}
    for place, criterion in enumerate(judged):
        for level, reached in LEVELS[criterion.kind]:
            outcomes[:, columns[criterion.id, level]] = _told(reached)[letters[:, place]]
    return outcomes


def _told(reached: Collection[str]) -> NDArray[np.int8]:
    """By letter whether its value is one of these; of values that tell nothing `UNKNOWN`."""
    told = np.full(256, UNKNOWN, dtype=np.int8)
    for value, letter in LETTERS.items():
        if value != "na":
            told[ord(letter)] = value in reached
    return told
