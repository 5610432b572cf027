"""Why the classifier gives a sentence the probability of a label that it does; exactly.

Two levels. What the trees weigh (`signals`: scores, cues, place) makes up the log odds: Shapley
values of the trees, calibrated as they are. And what the words of the sentence, and the sentences
around it, add to the first of these signals, its score by words (`word_shares`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.score.features import Row
from assess.score.labels import LABELS, Label
from assess.score.signals import signal_names
from assess.score.word_shares import WordReader, WordShares

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assess.score.model import SentenceModel

# Signals, and other sentences, that are told one by one.
MOST_TOLD: Final = 10


class Signal(NamedTuple):
    """What the trees weighed."""

    name: str
    value: float
    weight: float
    """What it adds to the log odds."""


class Word(NamedTuple):
    """What stands between blanks."""

    text: str
    start: int
    """Where it starts and ends in the sentence, in characters."""
    end: int
    weight: float
    """What it adds to the score by words."""


class Around(NamedTuple):
    """Another sentence of the statement."""

    place: int
    """-1 is the sentence before, 1 the one behind."""
    weight: float
    """What all of it adds to the score by words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The score by words (log odds): base + words + sentences + other_sentences, up to 1e-4."""

    score: float
    clipped: bool
    """Whether the score was cut where it became a signal: one of its two halves is beyond +-12."""
    base: float
    words: tuple[Word, ...]
    """All that was read, in their order."""
    sentences: tuple[Around, ...]
    """At most `MOST_TOLD`, those that weigh most first."""
    other_sentences: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The log odds of one label: base + signals + other_signals."""

    label: Label
    probability: float
    threshold: float
    """The probability from which the sentence is called to be of the label."""
    log_odds: float
    base: float
    """The log odds where nothing is known of a sentence."""
    signals: tuple[Signal, ...]
    """At most `MOST_TOLD`, those that weigh most first."""
    other_signals: float
    words: Words


def explain(
    model: SentenceModel, sentences: Sequence[str], index: int, label: Label
) -> Explanation:
    """Why one sentence of a statement (all its sentences, in order) has a label, or has not.

    Raises:
        IndexError: there is no such sentence.
    """
    return Explainer(model, sentences).explain(index, [label])[0]


class Explainer:
    """Explains the sentences of one statement; made once for all of them."""

    def __init__(self, model: SentenceModel, sentences: Sequence[str]) -> None:
        """``sentences``: all of the statement, in reading order; one at least."""
        rows = [Row("", sentence) for sentence in sentences]
        matrix = model.features.matrix(rows)
        self._model, self._sentences = model, sentences
        self._signals = model.signals(rows, matrix)
        self._reader = WordReader(model, sentences, matrix)
        self._names: Final = signal_names(LABELS)

    def explain(self, index: int, labels: Iterable[Label] = LABELS) -> list[Explanation]:
        """Why the sentence with this index has these labels, or has not.

        Raises:
            IndexError: there is no such sentence.
        """
        words = self._reader.shares(index)
        signals, trees = self._signals[index], self._model.trees
        shares, raw = trees.shares(signals), trees.scores(signals[None])[0]
        found = []
        for label in labels:
            column = LABELS.index(label)
            slope, offset = map(float, self._model.calibration[:, column])
            log_odds = slope * float(raw[column]) + offset
            weights = slope * shares[column]
            leading = _leading(weights)
            found.append(
                Explanation(
                    label,
                    _probability(log_odds),
                    float(self._model.thresholds[column]),
                    log_odds,
                    slope * float(trees.expected[column]) + offset,
                    tuple(
                        Signal(self._names[at], float(signals[at]), float(weights[at]))
                        for at in leading
                    ),
                    _rest(weights, leading),
                    _words(words, index, column, self._sentences[index]),
                )
            )
        return found


def _words(shares: WordShares, index: int, column: int, sentence: str) -> Words:
    around = shares.sentences[:, column]
    leading = _leading(around)
    weights = shares.words[:, column].tolist()
    return Words(
        float(shares.score[column]),
        bool(shares.clipped[column]),
        float(shares.base[column]),
        tuple(
            Word(sentence[start:end], start, end, weight)
            for (start, end), weight in zip(shares.spans, weights, strict=True)
        ),
        tuple(Around(at - index, float(around[at])) for at in leading),
        _rest(around, leading),
    )


def _leading(weights: NDArray[np.float64]) -> list[int]:
    """Which weigh most, for or against, and anything at all; the first of equals first."""
    import numpy as np

    order = np.argsort(-np.abs(weights), kind="stable")[:MOST_TOLD]
    return [int(at) for at in order if weights[at]]


def _rest(weights: NDArray[np.float64], leading: Sequence[int]) -> float:
    """The sum of all others."""
    import numpy as np

    return float(np.delete(weights, leading).sum())


def _probability(log_odds: float) -> float:
    """In the precision in which the classifier gives it."""
    import numpy as np
    from scipy.special import expit

    return float(np.float32(expit(log_odds)))
