"""Computes what changed from each statement to the next, where texts have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlite_utils import Database

from assess.compare.years.align import Aligned, Alignment, align
from assess.compare.years.announced import promises
from assess.compare.years.pairs import Pair, year_pairs
from assess.compare.years.promises import Kept, Later, look_for
from assess.records import Sentence
from assess.running import staged
from assess.store.fingerprint import fingerprint, stable_id
from assess.store.results import read_text
from assess.store.workspace import Workspace

VERSION: Final = 4
"""Raised when the same texts give other results."""
# One organisation's statements follow one another, so that few texts are split twice.
_TEXTS_KEPT: Final = 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class YearsReport:
    """What a refresh did."""

    pairs: int
    computed: int


@staged("compare years")
def refresh_years(
    workspace: Workspace, progress: Progress = lambda _done, _of: None
) -> YearsReport:
    """Bring all pairs of consecutive statements up to date, in one transaction."""
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
    read = lru_cache(_TEXTS_KEPT)(lambda sha256: _read(workspace, sha256))
    with db.atomic():
        for number in (*gone, *new):
            db.execute("DELETE FROM year_pairs WHERE id = ?", [number])
        for done, number in enumerate(new):
            pair, inputs = wanted[number]
            _write(db, pair, (read(pair.earlier), read(pair.later)), inputs)
            progress(done + 1, len(new))
    return YearsReport(len(wanted), len(new))


@dataclass(frozen=True, slots=True)
class _Read:
    content: str
    judged: Sequence[Sentence]
    beside: Sequence[Sentence]


def _read(workspace: Workspace, sha256: str) -> _Read:
    from assess.stored import judged_sentences, text_of

    stored, extractor = read_text(workspace, sha256)
    judged = judged_sentences(stored, extractor)
    if not stored.parts:
        return _Read(stored.content, judged, ())
    places = {one.start for one in judged}
    beside = (one for one in text_of(stored, extractor).sentences if one.start not in places)
    return _Read(stored.content, judged, tuple(beside))


# Words and flags: recognised scans change a text under the same extractor.
_MADE_FROM: Final = """
    SELECT document_sha256, texts.extractor, words, flags, rubric, model
    FROM current_assessments JOIN texts USING (document_sha256)"""

# What was planned in the words of the judgement: goals for the time to come.
_GOALS: Final = """
    SELECT DISTINCT evidence.start, evidence."end" FROM evidence
    JOIN findings ON findings.id = finding_id
    JOIN current_assessments ON current_assessments.id = assessment_id
    WHERE document_sha256 = ? AND criterion IN ('future_goals', 'timebound_goals')
        AND findings.value = 'true' AND evidence.status = 'planned'
    ORDER BY 1, 2"""


def _write(db: Database, pair: Pair, read: tuple[_Read, _Read], inputs: str) -> None:
    earlier, later = read
    alignment = align(earlier.judged, later.judged)
    goals = db.execute(_GOALS, [pair.earlier]).fetchall()
    kept = look_for(
        promises(earlier.content, earlier.judged, goals, pair.earlier_end),
        earlier.judged,
        Later(later.judged, later.beside, pair.later_end, pair.is_next),
    )
    number = stable_id(pair.earlier, pair.later)
    row = {"id": number, "inputs": inputs, **_pair_row(pair, alignment)}
    db.table("year_pairs").insert(row)
    db.table("year_pair_organisations").insert_all(
        {
            "pair_id": number,
            "organisation_id": link.organisation,
            "earlier_statement_id": link.earlier,
            "later_statement_id": link.later,
        }
        for link in pair.links
    )
    db.table("year_sentences").insert_all(
        {"pair_id": number, "position": at, **_sentence_row(one)}
        for at, one in enumerate(alignment.sentences)
    )
    db.table("promises").insert_all(
        {
            "id": stable_id(pair.earlier, pair.later, one.promise.start),
            "pair_id": number,
            **_promise_row(one, later.content),
        }
        for one in kept
    )


def _pair_row(pair: Pair, alignment: Alignment) -> dict[str, object]:
    return {
        "earlier_sha256": pair.earlier,
        "later_sha256": pair.later,
        "kept": alignment.count("kept"),
        "reworded": alignment.count("reworded"),
        "added": alignment.count("added"),
        "dropped": alignment.count("dropped"),
        "unchanged_share": alignment.unchanged_share,
    }


def _sentence_row(one: Aligned) -> dict[str, object]:
    return {
        "change": one.change,
        "likeness": one.likeness,
        "earlier_start": one.earlier and one.earlier.start,
        "earlier_end": one.earlier and one.earlier.end,
        "later_start": one.later and one.later.start,
        "later_end": one.later and one.later.end,
    }


def _promise_row(one: Kept, later: str) -> dict[str, object]:
    found = one.found
    return {
        "quote": one.promise.quote,
        "start": one.promise.start,
        "end": one.promise.end,
        "due": one.promise.due and one.promise.due.isoformat(),
        "outcome": one.outcome,
        "later_quote": found and later[found.start : found.end],
        "later_start": found and found.start,
        "later_end": found and found.end,
        "likeness": one.likeness,
    }
