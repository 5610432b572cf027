"""What the terms of a statement's sentences add to their log odds, word by word.

The log odds by terms are a sum over columns (`Features.matrix`) of value times weight. Each part
goes to the words its term was read in, or to the sentence around, exactly:

- a word, or a group of letters: to the words that hold it, in proportion to how often they do;
- a pair of words: so too, half of it to each of the two;
- a word of the sentence before or behind, or further up: to that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.score.features import (
    FURTHER_WEIGHT,
    MAX_SENTENCE_CHARACTERS,
    NEIGHBOUR_WEIGHT,
    Features,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_WORD: Final = re.compile(r"\S+")


class Span(NamedTuple):
    """Where a word starts and ends in its sentence, in characters."""

    start: int
    end: int


class _Reading(NamedTuple):
    """A term read in a sentence, or half of one."""

    column: int
    word: int
    """Which of the sentence's words it was read in."""
    part: float


def word_spans(sentence: str) -> list[Span]:
    """What stands between blanks, in as much of the sentence as is read."""
    return [Span(*found.span()) for found in _WORD.finditer(sentence[:MAX_SENTENCE_CHARACTERS])]


class TermShares:
    """The terms of one statement; made once for all its sentences."""

    def __init__(
        self,
        features: Features,
        weights: NDArray[np.float32],
        sentences: Sequence[str],
        matrix: csr_matrix,
    ) -> None:
        """``weights``: (columns, labels); ``matrix``: `Features.matrix` of the sentences."""
        import numpy as np

        self._features, self._weights = features, weights
        self._sentences, self._matrix = sentences, matrix
        sizes = [len(features.known(block)) for block in ("words", "letters", "neighbours")]
        self._letters_start, self._own_end = sizes[0], sizes[0] + sizes[1]
        first, behind, up = (self._own_end + place * sizes[2] for place in range(3))
        said_before = matrix[:, first:behind]
        self._by_before: NDArray[np.float32] = said_before @ weights[first:behind]
        self._by_behind: NDArray[np.float32] = matrix[:, behind:up] @ weights[behind:up]
        # The words two or three sentences up are those before the sentence below them.
        self._by_upper: NDArray[np.float32] = said_before @ (
            weights[up:] * np.float32(FURTHER_WEIGHT / NEIGHBOUR_WEIGHT)
        )

    def words(self, index: int, spans: Sequence[Span]) -> NDArray[np.float64]:
        """By each word (`word_spans`) of a sentence; shape (words, labels)."""
        import numpy as np

        found = np.zeros((len(spans), self._weights.shape[1]))
        readings = self._readings(self._sentences[index], spans)
        if not readings:
            return found
        columns, words, parts = map(np.array, zip(*readings, strict=True))
        distinct, which = np.unique(columns, return_inverse=True)
        times = np.bincount(which, parts)
        values = self._matrix[index, : self._own_end].toarray()[0, distinct] / times
        added = values[:, None] * self._weights[distinct]
        np.add.at(found, words, added[which] * parts[:, None])
        return found

    def sentences(self, index: int) -> NDArray[np.float64]:
        """By each other sentence to the sentence with this index; shape (sentences, labels)."""
        import numpy as np

        found = np.zeros(self._by_before.shape)
        if index > 0:
            found[index - 1] = self._by_before[index]
        if index + 1 < len(found):
            found[index + 1] = self._by_behind[index]
        for below in (index - 1, index - 2):
            if below > 0:
                found[below - 1] += self._by_upper[below]
        return found

    def _readings(self, sentence: str, spans: Sequence[Span]) -> list[_Reading]:
        texts = [sentence[start:end] for start, end in spans]
        return [*self._in_words(texts), *self._in_letters(texts)]

    def _in_words(self, texts: Sequence[str]) -> list[_Reading]:
        """Words and pairs; what is between blanks can be no word, or several."""
        known = self._features.known("words")
        told = [(term, at) for at, text in enumerate(texts) for term in self._parted(text)]
        found = [_Reading(known[term], at, 1.0) for term, at in told if term in known]
        for (first, at), (second, next_at) in pairwise(told):
            column = known.get(f"{first} {second}")
            if column is not None:
                found += [_Reading(column, at, 0.5), _Reading(column, next_at, 0.5)]
        return found

    def _parted(self, text: str) -> list[str]:
        terms = self._features.terms("words", text)
        return terms[: (len(terms) + 1) // 2]  # n words, then n - 1 pairs

    def _in_letters(self, texts: Sequence[str]) -> list[_Reading]:
        known, start = self._features.known("letters"), self._letters_start
        return [
            _Reading(start + known[term], at, 1.0)
            for at, text in enumerate(texts)
            for term in self._features.terms("letters", text)
            if term in known
        ]
