"""Which sentences of one statement stand in the next: kept, reworded, added or dropped."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Final, Literal
from unicodedata import normalize

from rapidfuzz import fuzz

from assess.compare.reuse.normal import normal_words
from assess.compare.reuse.runs import words_of
from assess.records import Sentence

Change = Literal["kept", "reworded", "added", "dropped"]

REWORDED: Final = 0.62
"""Likeness from which on two sentences are one in other words: of forty read from pairs of real
statements, nearly all above are, and those below share a turn of phrase only."""
MIN_WORDS: Final = 3
"""Of a line that is compared; shorter ones are numbers, names and bullets."""
# For each sentence without its equal, so many of the other text's are compared letter by letter:
# those with which it shares most rare words. A statement of 5,000 sentences stays quick.
_CANDIDATES: Final = 12
_NUMBERS: Final = re.compile(r"\b(?:0|date)(?: (?:0|date))*\b")
# Longer sentences are tables run together; their beginning tells.
_LETTERS: Final = 1_500


@dataclass(frozen=True)
class Line:
    """A sentence as it is compared."""

    sentence: Sentence

    @cached_property
    def words(self) -> int:
        """Its number of words."""
        return len(words_of(self.sentence.text))

    @cached_property
    def normal(self) -> str:
        """Its words with numbers and dates put alike: "1,130" as "988", "2022/23" as "2023"."""
        words = words_of(normalize("NFKC", self.sentence.text))
        return _NUMBERS.sub("0", normal_words(" ".join(words)))


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence of either text, or of both; the other is None."""

    change: Change
    earlier: Sentence | None
    later: Sentence | None
    likeness: float | None
    """0 to 1, of a sentence that is in both."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts, sentence by sentence: those of the later in their order, then what was dropped."""

    sentences: tuple[Aligned, ...]
    unchanged_share: float | None
    """Share of the later text's words in sentences that were kept, 0 to 1; dates and numbers are
    not looked at. None where it has no sentence."""

    def count(self, change: Change) -> int:
        """How many sentences changed so."""
        return sum(one.change == change for one in self.sentences)


def align(earlier: Sequence[Sentence], later: Sequence[Sentence]) -> Alignment:
    """Find each sentence in the other text, wherever it stands there; headings are left out."""
    old, new = _lines(earlier), _lines(later)
    partner: dict[int, tuple[int, float]] = {at: (other, 1.0) for at, other in _equal(old, new)}
    partner |= _alike(old, new, partner)
    taken = {other for other, _ in partner.values()}
    words = sum(line.words for line in new)
    kept = sum(new[at].words for at, (_, likeness) in partner.items() if likeness == 1.0)
    return Alignment(
        (
            *(_later(old, line, partner.get(at)) for at, line in enumerate(new)),
            *(
                Aligned("dropped", line.sentence, None, None)
                for at, line in enumerate(old)
                if at not in taken
            ),
        ),
        round(kept / words, 4) if words else None,
    )


def _lines(sentences: Sequence[Sentence]) -> list[Line]:
    lines = (Line(sentence) for sentence in sentences if not sentence.is_heading)
    return [line for line in lines if line.words >= MIN_WORDS]


def _later(old: Sequence[Line], line: Line, partner: tuple[int, float] | None) -> Aligned:
    if partner is None:
        return Aligned("added", None, line.sentence, None)
    other, likeness = partner
    change: Change = "kept" if likeness == 1.0 else "reworded"
    return Aligned(change, old[other].sentence, line.sentence, round(likeness, 3))


def _equal(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Sentences of the same words, the first with the first."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for at, line in enumerate(old):
        places[line.normal].append(at)
    for at, line in enumerate(new):
        if places[line.normal]:
            yield at, places[line.normal].popleft()


def _alike(
    old: Sequence[Line], new: Sequence[Line], partner: dict[int, tuple[int, float]]
) -> dict[int, tuple[int, float]]:
    """Of the rest, the likeliest pairs first, each sentence once."""
    taken = {other for other, _ in partner.values()}
    rest = _Rest([(at, old[at]) for at in range(len(old)) if at not in taken])
    scored = [
        (-likeness, at, other)
        for at, line in enumerate(new)
        if at not in partner
        for other, likeness in rest.like(line)
    ]
    found: dict[int, tuple[int, float]] = {}
    for negative, at, other in sorted(scored):
        if at not in found and other not in taken:
            taken.add(other)
            found[at] = (other, min(-negative, 0.999))  # 1 is for equal words only
    return found


class _Rest:
    """Sentences of the earlier text that have no equal, by their words."""

    def __init__(self, lines: Sequence[tuple[int, Line]]) -> None:
        self._lines = dict(lines)
        self._with: dict[str, list[int]] = defaultdict(list)
        for at, line in lines:
            for word in sorted(set(line.normal.split())):
                self._with[word].append(at)

    def like(self, line: Line) -> Iterator[tuple[int, float]]:
        """The sentences that may be this one in other words, with their likeness."""
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(set(line.normal.split()) & self._with.keys()):
            weight = log(1 + len(self._lines) / len(self._with[word]))
            for at in self._with[word]:
                shared[at] += weight
        best = sorted(shared, key=lambda at: (-shared[at], at))[:_CANDIDATES]
        for at in best:
            likeness = fuzz.ratio(line.normal[:_LETTERS], self._lines[at].normal[:_LETTERS]) / 100
            if likeness >= REWORDED:
                yield at, likeness
