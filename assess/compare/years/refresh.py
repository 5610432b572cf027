"""Computes what changed from each statement to the next, where texts have changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from assess.compare.lost import note_lost, tell_lost
from assess.compare.years.comparer import VERSION, Case, Comparer, Rows
from assess.compare.years.pairs import Pair, year_pairs
from assess.engine import LOCAL, Engine, Lost, batches, in_order
from assess.running import staged
from assess.store.fingerprint import fingerprint, stable_id
from assess.store.results import read_text
from assess.store.workspace import Workspace

# Pairs written at a time: a killed run loses a few seconds of work.
BATCH: Final = 64
# Starting two comparers takes as long as comparing these.
MIN_COMPARERS: Final = 400

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class YearsReport:
    """What a refresh did."""

    pairs: int
    computed: int
    lost: int = 0
    """Whose worker was killed each time; each left an issue and stays to be computed."""


@staged("compare years")
def refresh_years(
    workspace: Workspace,
    progress: Progress = lambda _done, _of: None,
    engine: Engine = LOCAL,
) -> YearsReport:
    """Bring all pairs of consecutive statements up to date.

    What is out of date is taken away first. Pairs are written in batches, each in one transaction:
    a killed run goes on where it stopped.

    Raises:
        EngineError: the cluster cannot be used.
    """
    db = workspace.db
    made_from = {sha256: tuple(rest) for sha256, *rest in db.execute(_MADE_FROM)}
    wanted = {
        stable_id(pair.earlier, pair.later): (
            pair,
            fingerprint([VERSION, pair, made_from[pair.earlier], made_from[pair.later]]),
        )
        for pair in year_pairs(db)
    }
    known = dict(db.execute("SELECT id, inputs FROM year_pairs").fetchall())
    gone = [number for number in known if number not in wanted]
    new = [number for number, (_, inputs) in wanted.items() if known.get(number) != inputs]
    if not new and not gone:
        return YearsReport(len(wanted), 0)
    with db.atomic():
        # First, for an organisation's statements may pass from one pair to another.
        _forget(db, (*gone, *new))
    cases = (_case(workspace, *wanted[one]) for one in new)
    found = _compared(workspace, cases, engine.worth(len(new), MIN_COMPARERS))
    computed = 0
    for batch in batches(found, BATCH):
        with db.atomic():
            _write(db, batch)
        computed += len(batch)
        progress(computed, len(new))
    lost = len(new) - computed
    tell_lost(lost, "pairs of statements")
    return YearsReport(len(wanted), computed, lost)


def _compared(workspace: Workspace, cases: Iterable[Case], engine: Engine) -> Iterator[Rows]:
    """In their order; of a pair that could not be compared an issue is noted."""
    for found in in_order(engine, Comparer(), cases):
        if isinstance(found, Lost):
            note_lost(workspace, found.item.pair.later)
        else:
            yield found


def _case(workspace: Workspace, pair: Pair, inputs: str) -> Case:
    goals = tuple(workspace.db.execute(_GOALS, [pair.earlier]).fetchall())
    earlier, later = read_text(workspace, pair.earlier), read_text(workspace, pair.later)
    return Case(pair, inputs, earlier, later, goals)


# Words and flags: recognised scans change a text under the same extractor. Reviews: persons correct
# what was found of goals.
_MADE_FROM: Final = """
    SELECT document_sha256, texts.extractor, words, flags, rubric, model, reviews
    FROM current_assessments JOIN texts USING (document_sha256)"""

# What was planned in the words of the judgement: goals for the time to come.
_GOALS: Final = """
    SELECT DISTINCT evidence.start, evidence."end" FROM evidence
    JOIN findings ON findings.id = finding_id
    JOIN current_assessments ON current_assessments.id = assessment_id
    WHERE document_sha256 = ? AND criterion IN ('future_goals', 'timebound_goals')
        AND findings.value = 'true' AND evidence.status = 'planned'
    ORDER BY 1, 2"""


def _forget(db: Database, pairs: Iterable[int]) -> None:
    ids = json.dumps(list(pairs))
    db.execute("DELETE FROM year_pairs WHERE id IN (SELECT value FROM json_each(?))", [ids])


def _write(db: Database, batch: Sequence[Rows]) -> None:
    for table in batch[0]:
        db.table(table).insert_all(row for one in batch for row in one[table])
