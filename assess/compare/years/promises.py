"""Promises of one statement, looked for in the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final, Literal

from assess.compare.years.due import due_date, is_long_term
from assess.compare.years.stems import content_stems
from assess.records import Sentence
from assess.score.status import whole_status

Outcome = Literal["reported", "not_done", "repeated", "unclear", "not_found", "not_due"]

FOUND: Final = 0.6
"""Share of a promise's words, weighted by their rarity, that a later sentence must have to be
about it."""
NEAR: Final = 0.35
"""Below this no sentence is near it; in between a person has to look."""
ELSEWHERE: Final = 0.4
"""If the later text has so much of the promise's words, spread over it, a person has to look:
what was done is seldom told in the words in which it was promised."""
MIN_STEMS: Final = 2
"""Words of content in a promise; with fewer nothing particular is promised."""

# Small enough to decide only between equals.
_TIE: Final = 1e-3

# Where one sentence promises several things: at semicolons, and before a further verb.
_VERBS: Final = (
    "add|appoint|ask|assess|audit|begin|board|build|call|carry|check|collect|complete|"
    "conduct|consult|create|deliver|design|develop|engage|enhance|ensure|establish|expand|"
    "explore|extend|hold|identify|implement|improve|include|increase|interview|introduce|"
    "invite|join|launch|map|meet|move|name|open|pay|place|produce|provide|publish|put|"
    "raise|reach|reduce|refresh|repay|report|require|review|roll|run|send|set|settle|sign|"
    "start|strengthen|survey|talk|tell|test|trace|train|translate|update|visit|work|write"
)
_CUT = re.compile(
    rf";\s+|,\s+(?:and\s+)?(?=(?:to\s+|will\s+)?(?:{_VERBS})\b)"
    rf"|\s+and\s+(?=(?:to\s+|will\s+)(?:{_VERBS})\b)"
    rf"|\s+and\s+(?=(?:{_VERBS})\s+(?:all|every|each|our|the|a|an|at|on|in|to|with)\b)"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something particular that was announced."""

    quote: str
    start: int
    end: int
    """In the earlier text."""
    due: date | None
    """The latest day that it names; None where it names none."""
    long_term: bool = False
    """Whether it names no day, but a time that ends after the next statement's year."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the next statement says of a promise."""

    promise: Promise
    outcome: Outcome
    found: Sentence | None
    """The sentence nearest to it, where one is about it or near it."""
    likeness: float
    """Share of the promise's words in that sentence, weighted by their rarity, 0 to 1."""


def promises(content: str, spans: Sequence[tuple[int, int]]) -> list[Promise]:
    """The promises in sentences (by offsets) that were judged to announce something particular."""
    found = [
        Promise(content[start:end], start, end, due, due is None and is_long_term(whole))
        for first, last in sorted(set(spans))
        for whole in [content[first:last]]
        for due in [due_date(whole)]
        for start, end in _items(content, first, last)
    ]
    return [one for one in found if len(content_stems(one.quote)) >= MIN_STEMS]


def look_for(
    wanted: Sequence[Promise],
    earlier: Sequence[Sentence],
    later: Sequence[Sentence],
    later_end: date | None,
    *,
    next_year: bool = True,
) -> list[Kept]:
    """Look for each promise in the next statement, of the period that ended on ``later_end``.

    Without ``next_year`` there may be statements between the two that are not at hand.
    """
    rarity = _Rarity([*earlier, *later])
    sentences = [(one, content_stems(one.text)) for one in later if not one.is_heading]
    everything = frozenset(word for _, stems in sentences for word in stems)
    found = []
    for promise in wanted:
        stems = content_stems(promise.quote)
        best, likeness = None, 0.0
        closest = 0.0
        for sentence, of_one in sentences:
            share = rarity.share(stems, of_one)
            # Of sentences with the same words of the promise, that which says least beside.
            close = share + _TIE * rarity.share(of_one, stems)
            if close > closest:
                best, likeness, closest = sentence, share, close
        outcome = _outcome(promise, best, likeness, later_end, rarity.share(stems, everything))
        if outcome == "not_found" and (not next_year or (promise.due and not later_end)):
            outcome = "unclear"  # a statement between may tell of it, or it may not be due yet
        about = best if likeness >= NEAR else None
        found.append(Kept(promise, outcome, about, round(likeness, 3)))
    return found


def _outcome(
    promise: Promise,
    best: Sentence | None,
    likeness: float,
    later_end: date | None,
    anywhere: float,
) -> Outcome:
    if best is not None and likeness >= FOUND:
        status = whole_status(best.text, best.heading).status
        if status == "implemented":
            return "reported"
        if status == "negated":
            return "not_done"
        return "repeated" if status == "planned" else "unclear"
    if promise.long_term or (promise.due and later_end and promise.due > later_end):
        return "not_due"
    if likeness >= NEAR or anywhere >= ELSEWHERE:
        return "unclear"
    return "not_found"


class _Rarity:
    """How rare words are in the sentences of both statements."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._often = Counter(word for one in sentences for word in content_stems(one.text))
        self._sentences = max(1, len(sentences))

    def share(self, wanted: frozenset[str], among: frozenset[str]) -> float:
        """The share of the wanted words that are there, by weight; 0 to 1."""
        whole = sum(map(self._weight, sorted(wanted)))
        return sum(map(self._weight, sorted(wanted & among))) / whole if whole else 0.0

    def _weight(self, word: str) -> float:
        return log(1 + self._sentences / max(1, self._often[word]))


def _items(content: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence that promise one thing each."""
    start = first
    for cut in _CUT.finditer(content, first, last):
        if len(content_stems(content[start : cut.start()])) >= MIN_STEMS:
            yield start, cut.start()
            start = cut.end()
    yield start, last
