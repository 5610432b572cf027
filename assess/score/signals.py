"""What the classifier's second stage weighs of a sentence: scores of itself, of those around it and
of its statement, its cues, and its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from assess.score.cues import CUES, HEADING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Log odds beyond which a score says no more.
MOST: Final = 12.0
# The score of a sentence that is not there.
NONE: Final = -8.0
# Sentences from an end, or from a heading, beyond which the distance says no more.
FAR: Final = 20
_PLACES: Final = (
    "share of the statement before it",
    "sentences before it",
    "sentences after it",
    "sentences in the statement (log)",
    "sentences since a heading",
)
_OFFSETS: Final = {"1 before": -1, "1 after": 1, "2 before": -2, "2 after": 2}


def signal_names(labels: Sequence[str]) -> list[str]:
    """The name of each signal, in the order of `signals`."""
    scored = (
        "words",
        "words by the encoder",
        "words by terms",
        *(f"words of the sentence {place}" for place in _OFFSETS),
        "best of the statement",
        "lead over the others",
        "such sentences in the statement",
        "words of the heading",
    )
    names = [f"{name}: {label}" for name in scored for label in labels]
    return [*names, *(f"cue: {cue}" for cue in CUES), *(f"place: {place}" for place in _PLACES)]


def signals(
    encoder: NDArray[np.float32], terms: NDArray[np.float32], cues: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The signals of the sentences of one statement, in reading order.

    Args:
        encoder: log odds of each label by the encoder; shape (n, labels).
        terms: log odds by words and letter groups; shape (n, labels).
        cues: shape (n, len(CUES)).

    Returns:
        Shape (n, signals).
    """
    import numpy as np

    count, labels = encoder.shape
    if not count:
        return np.zeros((0, len(signal_names([""] * labels))), dtype=np.float32)
    encoder, terms = encoder.clip(-MOST, MOST), terms.clip(-MOST, MOST)
    own: NDArray[np.float32] = (encoder + terms) * np.float32(0.5)
    above = _headings_above(cues[:, HEADING] > 0)
    parts: list[NDArray[Any]] = [
        own,
        encoder,
        terms,
        *(_shifted(own, offset) for offset in _OFFSETS.values()),
        *_of_statement(own),
        np.where((above >= 0)[:, None], own[above], NONE),
        cues,
        _places(count, above),
    ]
    return np.hstack(parts).astype(np.float32)


def _shifted(scores: NDArray[np.float32], offset: int) -> NDArray[np.float32]:
    import numpy as np

    found = np.full_like(scores, NONE)
    if offset < 0:
        found[-offset:] = scores[:offset]
    else:
        found[:-offset] = scores[offset:]
    return found


def _of_statement(own: NDArray[np.float32]) -> list[NDArray[Any]]:
    """The best score of the statement; how far a sentence is before or behind the best other; and
    how many sentences of the label are to be expected (log)."""
    import numpy as np

    ordered = np.sort(own, axis=0)
    best = ordered[-1]
    second = ordered[-2] if len(own) > 1 else np.full_like(best, NONE)
    lead = np.where(own == best, own - second, own - best)
    expected = np.log1p((1 / (1 + np.exp(-own.astype(np.float64)))).sum(axis=0))
    shape = own.shape
    return [
        np.broadcast_to(best, shape),
        lead,
        np.broadcast_to(expected.astype(np.float32), shape),
    ]


def _headings_above(is_heading: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each sentence the index of the nearest heading above it, or -1."""
    import numpy as np

    marks = np.where(is_heading, np.arange(len(is_heading)), -1)
    return np.concatenate(([-1], np.maximum.accumulate(marks)[:-1]))


def _places(count: int, above: NDArray[np.int64]) -> NDArray[np.float32]:
    import numpy as np

    index = np.arange(count)
    since = np.where(above >= 0, np.minimum(index - above, FAR), FAR)
    places = (
        index / count,
        np.minimum(index, FAR),
        np.minimum(count - 1 - index, FAR),
        np.full(count, np.log(count)),
        since,
    )
    return np.stack(places, axis=1).astype(np.float32)
