"""The network of the encoder: nine log odds for each sentence of a statement.

Two convolutions over the pieces of a sentence, the second added to the first; the highest value of
each of their channels, and the sum of the pieces; a dense layer; then, over the sentences of the
statement, a convolution that sees two before and two behind, and their mean. ReLU throughout, so
that it is linear around each input (`assess.score.encoder_local`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.score.one_thread import one_thread
from assess.score.pieces import FIRST, SHAPES, Shape, Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OUTPUTS: Final = 9
# Sentences that the layer over sentences sees before and behind each.
REACH: Final = 2
# Rows computed at once: what fits a processor's cache. A statement alone decides where they end.
BLOCK_PIECES: Final = 1_024
BLOCK_SENTENCES: Final = 512


class Widths(NamedTuple):
    """Numbers in a piece's embedding, of channels, and in a sentence's embedding."""

    embedding: int
    channels: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Network:
    """Weights, with d, c and h for `Widths`; a layer's input is its rows."""

    embeddings: NDArray[np.float32]
    """Shape (pieces + `FIRST`, d)."""
    shapes: NDArray[np.float32]
    """Shape (shapes of words, d)."""
    conv1: NDArray[np.float32]
    """Shape (3d, c): the piece before, the piece, the piece behind."""
    conv1_bias: NDArray[np.float32]
    conv2: NDArray[np.float32]
    """Shape (3c, c)."""
    conv2_bias: NDArray[np.float32]
    dense: NDArray[np.float32]
    """Shape (2c + d, h): highest of the first, highest of the second, sum of the pieces."""
    dense_bias: NDArray[np.float32]
    around: NDArray[np.float32]
    """Shape (5h, h): from two sentences before to two behind."""
    mean: NDArray[np.float32]
    """Shape (h, h): the mean of the statement's sentences."""
    around_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    """Shape (2h, `OUTPUTS`): the sentence, what is around it."""
    out_bias: NDArray[np.float32]

    @property
    def widths(self) -> Widths:
        """What the weights are made for."""
        return Widths(self.embeddings.shape[1], len(self.conv1_bias), len(self.dense_bias))

    def logits(self, tokens: Tokens) -> NDArray[np.float32]:
        """Log odds of each label for each sentence of one statement; shape (sentences, labels)."""
        import numpy as np

        if not len(tokens.lengths):
            return np.zeros((0, OUTPUTS), dtype=np.float32)
        with one_thread():
            hidden = np.concatenate([self.sentences(block) for block in blocks_of(tokens)])
            found: NDArray[np.float32] = hidden @ self.out[: hidden.shape[1]]
            found += self.surroundings(hidden) @ self.out[hidden.shape[1] :]
        found += self.out_bias
        return found

    def sentences(self, block: Tokens) -> NDArray[np.float32]:
        """The embedding of each sentence by itself; shape (sentences, h)."""
        import numpy as np

        starts, gaps = bounds(block)
        x = self.embedded(block)
        a = convolved(x, self.conv1)
        a += self.conv1_bias
        np.maximum(a, 0, out=a)
        a[gaps] = 0
        b = convolved(padded(a, 1), self.conv2)
        b += self.conv2_bias
        np.maximum(b, 0, out=b)
        b += a
        b[gaps] = 0
        pooled = [np.maximum.reduceat(a, starts), np.maximum.reduceat(b, starts)]
        z = np.concatenate([*pooled, summed(x[1:-1], block)], axis=1)
        hidden: NDArray[np.float32] = z @ self.dense
        hidden += self.dense_bias
        return np.maximum(hidden, 0, out=hidden)

    def embedded(self, block: Tokens) -> NDArray[np.float32]:
        """The embedding of each piece, zeros for gaps and at both ends; shape (codes + 2, d)."""
        import numpy as np

        x = np.zeros((len(block.codes) + 2, self.embeddings.shape[1]), dtype=np.float32)
        np.take(self.embeddings, block.codes // SHAPES, axis=0, out=x[1:-1], mode="clip")
        x[1:-1] += self.shapes[block.codes % SHAPES]
        x[1 + bounds(block)[1]] = 0
        return x

    def surroundings(self, hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        """What is around each sentence, from the embeddings of all; shape (sentences, h)."""
        import numpy as np

        average = hidden.mean(axis=0, dtype=np.float64).astype(np.float32)
        constant = average @ self.mean + self.around_bias
        rows = padded(hidden, REACH)
        found = np.empty_like(hidden)
        for first in range(0, len(hidden), BLOCK_SENTENCES):
            end = first + BLOCK_SENTENCES
            found[first:end] = convolved(rows[first : end + 2 * REACH], self.around)
        found += constant
        return np.maximum(found, 0, out=found)


def names() -> list[str]:
    """Of the arrays of a network."""
    return [field.name for field in fields(Network)]


def shapes_for(pieces: int, widths: Widths) -> dict[str, tuple[int, ...]]:
    """The shape of each array of a network for a vocabulary of so many pieces."""
    d, c, h = widths
    return {
        "embeddings": (pieces + FIRST, d),
        "shapes": (len(Shape), d),
        "conv1": (3 * d, c),
        "conv1_bias": (c,),
        "conv2": (3 * c, c),
        "conv2_bias": (c,),
        "dense": (2 * c + d, h),
        "dense_bias": (h,),
        "around": ((2 * REACH + 1) * h, h),
        "mean": (h, h),
        "around_bias": (h,),
        "out": (2 * h, OUTPUTS),
        "out_bias": (OUTPUTS,),
    }


def blocks_of(tokens: Tokens) -> Iterator[Tokens]:
    """The sentences, in order, some at a time: at most `BLOCK_PIECES` codes."""
    import numpy as np

    ends = np.cumsum(tokens.lengths + 1)
    first = start = 0
    while first < len(ends):
        last = max(first + 1, int(np.searchsorted(ends, start + BLOCK_PIECES, side="right")))
        end = int(ends[last - 1])
        yield Tokens(tokens.codes[start:end], tokens.lengths[first:last])
        first, start = last, end


def bounds(tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each sentence starts among the codes, and where the gap behind it is."""
    import numpy as np

    gaps = np.cumsum(tokens.lengths + 1) - 1
    return gaps - tokens.lengths, gaps


def padded(rows: NDArray[np.float32], by: int) -> NDArray[np.float32]:
    """The rows with so many zero rows before and behind."""
    import numpy as np

    found = np.zeros((len(rows) + 2 * by, rows.shape[1]), dtype=np.float32)
    found[by:-by] = rows
    return found


def convolved(rows: NDArray[np.float32], kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each run of w rows, as one of w * m numbers, by a kernel of shape (w * m, k).

    Shape (n - w + 1, k) for rows of shape (n, m).
    """
    inputs = rows.shape[1]
    width = len(kernel) // inputs
    number = len(rows) - width + 1
    # Product by product: no copy of the runs is made, and BLAS takes no rows that overlap.
    found: NDArray[np.float32] = rows[:number] @ kernel[:inputs]
    for offset in range(1, width):
        part = kernel[offset * inputs : (offset + 1) * inputs]
        found += rows[offset : offset + number] @ part
    return found


def summed(rows: NDArray[np.float32], tokens: Tokens) -> NDArray[np.float32]:
    """The sum over each sentence's pieces by the root of their number; shape (sentences, m)."""
    import numpy as np

    found: NDArray[np.float32] = np.add.reduceat(rows, bounds(tokens)[0])
    found /= np.sqrt(tokens.lengths.astype(np.float32))[:, None]
    return found
