"""What each word of a sentence, and each sentence around it, adds to its score by words.

That score (the signal "words" of `signals`) is the mean of two log odds: by the encoder, which is
linear around a given statement (`encoder_local`), and by terms, which are linear (`term_shares`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assess.score.pieces import MAX_CHARACTERS
from assess.score.signals import MOST
from assess.score.term_shares import Span, TermShares, word_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from assess.score.model import SentenceModel


class WordShares(NamedTuple):
    """Parts of one sentence's scores: ``score == base + words.sum(0) + sentences.sum(0)``."""

    score: NDArray[np.float64]
    """Shape (labels,): the mean of the two log odds, before they are cut."""
    clipped: NDArray[np.bool_]
    """Shape (labels,): whether one of the two is beyond `MOST`, and was cut to it."""
    base: NDArray[np.float64]
    """Shape (labels,): what comes from no word: constants, and a sentence without any."""
    spans: list[Span]
    """Of the words."""
    words: NDArray[np.float64]
    """Shape (words, labels)."""
    sentences: NDArray[np.float64]
    """Shape (sentences of the statement, labels); zero for the sentence itself."""


@dataclass(frozen=True, slots=True)
class _Scores:
    """Log odds of the sentences; shape (sentences, labels)."""

    encoder: NDArray[np.float32]
    terms: NDArray[np.float32]


class WordReader:
    """The words of one statement; made once for all its sentences."""

    def __init__(self, model: SentenceModel, sentences: Sequence[str], matrix: csr_matrix) -> None:
        """``matrix``: `Features.matrix` of the sentences."""
        self._model, self._sentences = model, sentences
        self._scores = _Scores(
            model.encoder.logits(sentences), matrix @ model.weights + model.intercepts
        )
        self._local = model.encoder.local(sentences)
        self._terms = TermShares(model.features, model.weights, sentences, matrix)

    def shares(self, index: int) -> WordShares:
        """Of the score of the sentence with this index.

        Raises:
            IndexError: there is no such sentence.
        """
        import numpy as np

        by_encoder = self._local.contributions(index)
        sentence = self._sentences[index]
        spans = word_spans(sentence)
        owners = _owners(self._model.encoder.pieces.spans(sentence), spans)
        words = np.zeros((len(spans) + 1, len(by_encoder.base)))  # the last is no word
        np.add.at(words, owners, by_encoder.pieces)
        words[:-1] += self._terms.words(index, spans)
        base = by_encoder.base + words[-1] + self._model.intercepts
        sentences = by_encoder.sentences + self._terms.sentences(index)
        scores = np.stack([self._scores.encoder[index], self._scores.terms[index]])
        return WordShares(
            scores.mean(axis=0, dtype=np.float64),
            (np.abs(scores) > MOST).any(axis=0),
            base / 2,
            spans,
            words[:-1] / 2,
            sentences / 2,
        )


def _owners(pieces: Sequence[tuple[int, int]], words: Sequence[Span]) -> NDArray[np.int64]:
    """The word that each piece is of; the number of words, as that of none, for what is in none.

    A sentence in which the encoder finds nothing has one piece, which covers all of it.
    """
    import numpy as np

    ends = [word.end for word in words]
    starts = [*(word.start for word in words), MAX_CHARACTERS]
    found = np.searchsorted(ends, [start for start, _ in pieces], side="right")
    limits = [min(end, MAX_CHARACTERS) for _, end in pieces]
    return np.where(np.array(starts)[found] < limits, found, len(words))
