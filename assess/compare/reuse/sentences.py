"""Sentences as they are compared, and how much of a text is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse.normal import normal_words
from assess.compare.reuse.runs import RUN, Hashes, runs_of, words_of
from assess.compare.reuse.spool import among
from assess.records import Sentence

MIN_WORDS: Final = 8
"""Of a sentence that is compared; shorter ones say the same by chance."""
MIN_OWN_WORDS: Final = 150
"""Words beside standard passages below which no share of own words is told."""
# Share of a sentence's words in standard passages from which on it is one: the rest is a date.
_STANDARD: Final = 0.7


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence of a text, with its key."""

    key: int
    """64 bits: the same for the same words, whatever the numbers, dates and own names."""
    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words of a text by where else they stand."""

    words: int
    standard: int
    """In runs of standard passages."""
    shared: int
    """In runs that texts of other organisations have (see `shared.Shared`), and in no standard
    passage."""

    @property
    def own_share(self) -> float | None:
        """Share of the words outside standard passages that are in no shared run, 0 to 1."""
        rest = self.words - self.standard
        return round(1 - self.shared / rest, 4) if rest >= MIN_OWN_WORDS else None


def kept_sentences(sentences: Sequence[Sentence], names: Sequence[str]) -> list[Kept]:
    """The sentences that are compared; ``names`` are the words of the owner's names."""
    own_name = _pattern(names)
    found = []
    for sentence in sentences:
        words = words_of(sentence.text)
        if len(words) >= MIN_WORDS and not sentence.is_heading:
            normal = _normal(" ".join(words), own_name)
            found.append(
                Kept(
                    int.from_bytes(blake2b(normal.encode(), digest_size=8).digest()),
                    sentence.start,
                    sentence.end,
                    len(words),
                )
            )
    return found


def is_standard(sentence: str, standard: Hashes) -> bool:
    """Whether it is a standard passage; ``standard`` are their runs as `normal_words` has them."""
    words = normal_words(" ".join(words_of(sentence))).split()
    return bool(words) and bool(
        _covered(among(runs_of(words), standard), len(words)).mean() >= _STANDARD
    )


def own_words(text: str, shared: Hashes, standard: Hashes) -> OwnWords:
    """Count words by where else their runs stand; ``shared`` and ``standard`` are sorted."""
    words = words_of(text)
    runs = runs_of(words)
    is_standard = _covered(among(runs, standard), len(words))
    is_shared = _covered(among(runs, shared) & ~among(runs, standard), len(words)) & ~is_standard
    return OwnWords(len(words), int(is_standard.sum()), int(is_shared.sum()))


def _covered(hits: NDArray[np.bool_], words: int) -> NDArray[np.bool_]:
    """Which words stand in a run that hit."""
    if not len(hits):
        return np.zeros(words, dtype=np.bool_)
    covered: NDArray[np.bool_] = np.convolve(hits, np.ones(RUN, dtype=np.int64)) > 0
    return covered


def _normal(words: str, own_name: re.Pattern[str] | None) -> str:
    """A sentence's words with numbers, dates and the owner's name put alike."""
    return normal_words(own_name.sub("organisation", words) if own_name else words)


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    """Finds any of the names; the longest first, so that no legal form is left over."""
    written = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, written))})\b") if written else None
