"""Promises of one statement, looked for in the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final, Literal, NamedTuple

from assess.compare.reuse.runs import words_of
from assess.compare.years.announced import Promise, status_of
from assess.compare.years.stems import content_stems
from assess.records import Sentence
from assess.score.leads import lead_lines

Outcome = Literal["reported", "not_done", "repeated", "unclear", "not_found", "not_due"]

FOUND: Final = 0.6
"""Share of a promise's words, weighted by their rarity, that a later sentence must have to be
about it."""
NEAR: Final = 0.35
"""Below this no sentence is near it; in between a person has to look."""
ELSEWHERE: Final = 0.4
"""If the later text has so much of the promise's words, spread over it, a person has to look:
what was done is seldom told in the words in which it was promised."""

SAME: Final = 0.8
"""A later sentence that has little beside so much of the promise is the promise itself, written
again; that it was done it tells only by a past tense or by other numbers."""
_DONE = re.compile(
    r"(?:\w+ed|has|have|was|were|made|held|ran|gave|took|sent|put|met|did|(?!20[1-4]\d)\d+)$"
)

# Small enough to decide only between equals.
_TIE: Final = 1e-3


class Later(NamedTuple):
    """The next statement, as promises are looked for in it."""

    sentences: Sequence[Sentence]
    """What was judged of its text."""
    beside: Sequence[Sentence] = ()
    """The rest of the document: what stands there is not taken for a report, but is not missing."""
    end: date | None = None
    """Of its period; None where the registry does not say."""
    is_next: bool = True
    """Whether it was read whole and no year is between; else nothing is said to be missing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the next statement says of a promise."""

    promise: Promise
    outcome: Outcome
    found: Sentence | None
    """The sentence nearest to it, where one is about it or near it."""
    likeness: float
    """Share of the promise's words in that sentence, weighted by their rarity, 0 to 1."""


class _Told(NamedTuple):
    """A sentence of the later text."""

    sentence: Sentence
    lead: str
    stems: frozenset[str]
    is_old: bool
    """Whether it stood in the earlier text: it tells nothing that was done since."""


def look_for(wanted: Sequence[Promise], earlier: Sequence[Sentence], later: Later) -> list[Kept]:
    """Look for each promise in the next statement."""
    if not wanted:
        return []
    rarity = _Rarity([*earlier, *later.sentences])
    told = list(_told(earlier, later.sentences))
    unread = [content_stems(one.text) for one in later.beside]
    everything = frozenset[str]().union(*(one.stems for one in told), *unread)
    found = []
    for promise in wanted:
        stems = content_stems(promise.quote)
        best, likeness = _nearest(stems, told, rarity)
        is_near = (
            likeness >= NEAR
            or rarity.share(stems, everything) >= ELSEWHERE
            or any(rarity.share(stems, one) >= NEAR for one in unread)
        )
        told_of = best if best and likeness >= FOUND else None
        if (
            told_of
            and rarity.share(told_of.stems, stems) >= SAME
            and not _tells_more(told_of, promise)
        ):
            told_of = told_of._replace(is_old=True)
        outcome = _outcome(promise, told_of, later, is_near=is_near)
        about = best.sentence if best and likeness >= NEAR else None
        found.append(Kept(promise, outcome, about, round(likeness, 3)))
    return found


def _told(earlier: Sequence[Sentence], later: Sequence[Sentence]) -> Iterator[_Told]:
    old = {tuple(words_of(one.text)) for one in earlier}
    leads = lead_lines((one.text, one.is_heading) for one in later)
    for one, lead in zip(later, leads, strict=True):
        yield _Told(one, lead, content_stems(one.text), tuple(words_of(one.text)) in old)


def _nearest(
    stems: frozenset[str], told: Sequence[_Told], rarity: _Rarity
) -> tuple[_Told | None, float]:
    """Of sentences with the same words of the promise, that which says least beside."""
    best, likeness, closest = None, 0.0, 0.0
    for one in told:
        if one.sentence.is_heading or not stems & one.stems:
            continue
        share = rarity.share(stems, one.stems)
        close = share + _TIE * rarity.share(one.stems, stems)
        if close > closest:
            best, likeness, closest = one, share, close
    return best, likeness


def _tells_more(told: _Told, promise: Promise) -> bool:
    new = set(words_of(told.sentence.text)) - set(words_of(promise.quote))
    return any(_DONE.match(word) for word in new)


def _outcome(promise: Promise, about: _Told | None, later: Later, *, is_near: bool) -> Outcome:
    if about is not None:
        status = status_of(about.sentence, about.lead)
        if status == "planned":
            return "repeated"
        if about.is_old or status not in ("implemented", "negated"):
            return "unclear"
        return "reported" if status == "implemented" else "not_done"
    if promise.long_term or (promise.due and later.end and promise.due > later.end):
        return "not_due"
    if is_near or not later.is_next or later.end is None:
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
