"""Computes what changed from each statement to the next, where texts have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from sqlite_utils import Database

from assess.compare.inputs import fingerprint
from assess.compare.years.align import Aligned, Alignment, align
from assess.compare.years.promises import Kept, look_for, promises
from assess.records import Sentence
from assess.store.results import read_text
from assess.store.workspace import Workspace

VERSION: Final = 2
"""Raised when the same texts give other results."""
# One organisation's statements follow one another, so that few texts are split twice.
_TEXTS_KEPT: Final = 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class YearsReport:
    """What a refresh did."""

    pairs: int
    computed: int


@dataclass(frozen=True, slots=True)
class _Link:
    """One organisation whose consecutive statements are a pair."""

    organisation: int
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class _Pair:
    earlier: str
    later: str
    """SHA-256 of the documents."""
    later_end: str | None
    """Of the period of the later statement, as the registry gives it."""
    next_year: bool
    """Whether they are of registry years in a row, for every organisation."""
    links: tuple[_Link, ...]
    inputs: str


def refresh_years(
    workspace: Workspace, progress: Progress = lambda _done, _of: None
) -> YearsReport:
    """Bring all pairs of consecutive statements up to date, in one transaction."""
    db = workspace.db
    wanted = _pairs(db)
    known = {
        (earlier, later): (number, inputs)
        for number, earlier, later, inputs in db.execute(
            "SELECT id, earlier_sha256, later_sha256, inputs FROM year_pairs"
        )
    }
    keys = {(pair.earlier, pair.later) for pair in wanted}
    new = [
        pair for pair in wanted if known.get((pair.earlier, pair.later), (0, ""))[1] != pair.inputs
    ]
    gone = [known[key][0] for key in known if key not in keys]
    if not new and not gone:
        return YearsReport(len(wanted), 0)
    read = lru_cache(_TEXTS_KEPT)(lambda sha256: _read(workspace, sha256))
    with db.atomic():
        for number in gone:
            db.execute("DELETE FROM year_pairs WHERE id = ?", [number])
        for done, pair in enumerate(new):
            _write(db, pair, read(pair.earlier), read(pair.later))
            progress(done + 1, len(new))
    return YearsReport(len(wanted), len(new))


@dataclass(frozen=True, slots=True)
class _Read:
    content: str
    sentences: Sequence[Sentence]


def _read(workspace: Workspace, sha256: str) -> _Read:
    from assess.batch import judged_sentences

    stored, extractor = read_text(workspace, sha256)
    return _Read(stored.content, judged_sentences(stored, extractor))


# What was planned in the words of the judgement: goals for the time to come.
_PLANS: Final = """
    SELECT DISTINCT evidence.start, evidence."end" FROM evidence
    JOIN findings ON findings.id = finding_id
    JOIN current_assessments ON current_assessments.id = assessment_id
    WHERE document_sha256 = ? AND criterion IN ('future_goals', 'timebound_goals')
        AND findings.value = 'true' AND evidence.status = 'planned'
    ORDER BY 1, 2"""


def _write(db: Database, pair: _Pair, earlier: _Read, later: _Read) -> None:
    alignment = align(earlier.sentences, later.sentences)
    spans = db.execute(_PLANS, [pair.earlier]).fetchall()
    kept = look_for(
        promises(earlier.content, spans),
        earlier.sentences,
        later.sentences,
        date.fromisoformat(pair.later_end) if pair.later_end else None,
        next_year=pair.next_year,
    )
    db.execute(
        "DELETE FROM year_pairs WHERE earlier_sha256 = ? AND later_sha256 = ?",
        [pair.earlier, pair.later],
    )
    number = _id(pair.earlier, pair.later)
    db.table("year_pairs").insert({"id": number, **_pair_row(pair, alignment)})
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
            "id": _id(pair.earlier, pair.later, one.promise.start),
            "pair_id": number,
            **_promise_row(one, later.content),
        }
        for one in kept
    )


def _id(*key: object) -> int:
    """The same for the same key, whatever was computed before; of 52 bits, exact in JSON."""
    return int(fingerprint(key)[:13], 16)


def _pair_row(pair: _Pair, alignment: Alignment) -> dict[str, object]:
    return {
        "earlier_sha256": pair.earlier,
        "later_sha256": pair.later,
        "inputs": pair.inputs,
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


# In a year with several documents of one organisation nothing tells which follows which.
_SERIES: Final = """
    SELECT organisation_id, year, min(end_date), min(statement_id), document_sha256
    FROM organisation_statements
    WHERE status = 'assessed' AND statement_kind = 'statement'
    GROUP BY organisation_id, year HAVING count(DISTINCT document_sha256) = 1
    ORDER BY organisation_id, year"""

_MADE_FROM: Final = """
    SELECT document_sha256, extractor, rubric, model FROM current_assessments"""


def _pairs(db: Database) -> list[_Pair]:
    """Pairs of documents in a fixed order; organisations of a group share one."""
    made_from = {sha256: tuple(rest) for sha256, *rest in db.execute(_MADE_FROM)}
    links: dict[tuple[str, str], list[_Link]] = defaultdict(list)
    ends: dict[tuple[str, str], str | None] = {}
    apart: set[tuple[str, str]] = set()
    for earlier, later in _consecutive(db.execute(_SERIES)):
        organisation, year, _, before, first = earlier
        _, next_year, end, after, second = later
        links[first, second].append(_Link(organisation, before, after))
        # Of a group's members the one whose period ends first: the others have more time.
        ends[first, second] = min(filter(None, (ends.get((first, second)), end)), default=None)
        if next_year - year > 1:
            apart.add((first, second))
    return [
        _Pair(
            *key,
            ends[key],
            key not in apart,
            tuple(links[key]),
            fingerprint(
                [
                    VERSION,
                    made_from[key[0]],
                    made_from[key[1]],
                    ends[key],
                    key in apart,
                    sorted(map(repr, links[key])),
                ]
            ),
        )
        for key in sorted(links)
    ]


_Row = tuple[int, int, str | None, int, str]


def _consecutive(rows: Iterable[_Row]) -> Iterator[tuple[_Row, _Row]]:
    for earlier, later in pairwise(rows):
        if earlier[0] == later[0]:
            yield earlier, later
