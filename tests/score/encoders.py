"""Tiny random encoders for tests, and what they should give by plain loops in double precision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assess.score.encoder import Encoders
from assess.score.encoder_network import Network, Widths, shapes_for
from assess.score.pieces import Pieces

PIECES = Pieces(
    [*"abcdefghijklmnop.,0123456789", *(f"##{one}" for one in "abcdefghijklmnop0123456789")]
)
WIDTHS = Widths(4, 6, 5)
SENTENCES = (
    "Abba cab.",
    "A bad egg, 20 fed.",
    "",
    "Head of a lion, ZZZ.",
    "a",
    "Leah did a bid on 1904 kegs.",
    "Mango jam and a fig?",
)

Matrix = NDArray[np.float64]


def network(seed: int = 0, widths: Widths = WIDTHS) -> Network:
    """Random weights, of which float16 loses nothing."""
    rng = np.random.default_rng(seed)
    shapes = shapes_for(len(PIECES.vocabulary), widths)
    return Network(
        **{
            name: rng.normal(0, 0.5, shape).astype(np.float16).astype(np.float32)
            for name, shape in shapes.items()
        }
    )


def encoder(seed: int = 0, widths: Widths = WIDTHS) -> Encoders:
    """Of one network."""
    return Encoders(PIECES, {"a": network(seed, widths)})


def encoders() -> Encoders:
    return Encoders(
        PIECES,
        {"a": network(1), "b": network(2, Widths(3, 4, 5))},
        {"a": ["0123456789ab"], "b": []},
        {"made": "for tests"},
    )


def inputs(one: Encoders, sentences: tuple[str, ...]) -> list[Matrix]:
    """The vectors of the pieces of each sentence; shape (pieces, d)."""
    found = []
    for sentence in sentences:
        numbers, shapes = one.pieces.ids(sentence)
        rows = one.networks["a"].embeddings[numbers] + one.networks["a"].shapes[shapes]
        found.append(rows.astype(np.float64))
    return found


def expected(net: Network, statement: list[Matrix]) -> Matrix:
    """Log odds, from the vectors of pieces; shape (sentences, labels)."""
    hidden = [_sentence(net, rows) for rows in statement]
    mean = np.mean(hidden, axis=0)
    found = []
    for at, own in enumerate(hidden):
        near = [
            hidden[other] if 0 <= other < len(hidden) else np.zeros_like(own)
            for other in range(at - 2, at + 3)
        ]
        around = np.concatenate(near) @ net.around + mean @ net.mean + net.around_bias
        found.append(np.concatenate([own, np.maximum(around, 0)]) @ net.out + net.out_bias)
    return np.array(found)


def _sentence(net: Network, x: Matrix) -> Matrix:
    a = np.maximum(_three(x) @ net.conv1 + net.conv1_bias, 0)
    b = np.maximum(_three(a) @ net.conv2 + net.conv2_bias, 0) + a
    z = np.concatenate([a.max(axis=0), b.max(axis=0), x.sum(axis=0) / np.sqrt(len(x))])
    return np.asarray(np.maximum(z @ net.dense + net.dense_bias, 0))


def _three(rows: Matrix) -> Matrix:
    zero = np.zeros((1, rows.shape[1]))
    return np.concatenate(
        [np.concatenate([zero, rows[:-1]]), rows, np.concatenate([rows[1:], zero])], axis=1
    )
