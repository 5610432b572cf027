"""Comparing one pair of statements after the other, in whatever process that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assess import __version__
from assess.compare.years.align import Aligned, Alignment, align
from assess.compare.years.announced import promises
from assess.compare.years.pairs import Pair
from assess.compare.years.promises import Kept, Later, look_for
from assess.engine import same_version
from assess.records import Sentence
from assess.store.fingerprint import stable_id
from assess.store.results import StoredText
from assess.stored import judged_of, text_of

VERSION = 5
"""Raised when the same texts give other results."""
MADE_BY = f"{__version__}, years {VERSION}"

Rows = Mapping[str, Sequence[dict[str, Any]]]
"""By table."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pair with its texts."""

    pair: Pair
    inputs: str
    """What the comparison follows from."""
    earlier: tuple[StoredText, str]
    later: tuple[StoredText, str]
    """With the extractors."""
    goals: tuple[tuple[int, int], ...]
    """Offsets of what the earlier one was judged to set as goals."""


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares pairs of texts."""

    version: str = MADE_BY

    def __call__(self, cases: Sequence[Case]) -> list[Rows]:
        """The rows of each pair."""
        same_version(self.version, MADE_BY)
        return [_rows(case) for case in cases]


@dataclass(frozen=True, slots=True)
class _Read:
    content: str
    judged: Sequence[Sentence]
    beside: Sequence[Sentence]


def _read(stored: StoredText, extractor: str) -> _Read:
    text = text_of(stored, extractor)
    judged = judged_of(text)
    places = {one.start for one in judged}
    beside = tuple(one for one in text.sentences if one.start not in places) if text.parts else ()
    return _Read(stored.content, judged, beside)


def _rows(case: Case) -> Rows:
    pair = case.pair
    earlier, later = _read(*case.earlier), _read(*case.later)
    alignment = align(earlier.judged, later.judged)
    kept = look_for(
        promises(earlier.content, earlier.judged, case.goals, pair.earlier_end),
        earlier.judged,
        Later(later.judged, later.beside, pair.later_end, pair.is_next),
    )
    number = stable_id(pair.earlier, pair.later)
    return {
        "year_pairs": [{"id": number, "inputs": case.inputs, **_pair_row(pair, alignment)}],
        "year_pair_organisations": [
            {
                "pair_id": number,
                "organisation_id": link.organisation,
                "earlier_statement_id": link.earlier,
                "later_statement_id": link.later,
            }
            for link in pair.links
        ],
        "year_sentences": [
            {"pair_id": number, "position": at, **_sentence_row(one)}
            for at, one in enumerate(alignment.sentences)
        ],
        "promises": [
            {
                "id": stable_id(pair.earlier, pair.later, one.promise.start),
                "pair_id": number,
                **_promise_row(one, later.content),
            }
            for one in kept
        ],
    }


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
