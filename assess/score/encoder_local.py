"""What each piece and sentence adds to a sentence's log odds, exactly.

All in a `Network` is linear or chooses (ReLU, highest value): around a given statement its log
odds are a base plus, for each piece, the gradient times the piece's embedding. Gradients are taken
backwards for the sentence in question; the other sentences, each told as a whole, have theirs from
a pass forwards without biases that keeps the choices of the true one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assess.score.encoder_network import (
    OUTPUTS,
    REACH,
    Network,
    blocks_of,
    bounds,
    convolved,
    padded,
    summed,
)
from assess.score.one_thread import one_thread
from assess.score.pieces import Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Contributions(NamedTuple):
    """Parts of one sentence's log odds, which are their sum; the last axis is the labels."""

    pieces: NDArray[np.float32]
    """Shape (pieces of the sentence, labels)."""
    sentences: NDArray[np.float32]
    """Shape (sentences of the statement, labels); zero for the sentence itself."""
    base: NDArray[np.float32]
    """Shape (labels,)."""

    def total(self) -> NDArray[np.float32]:
        """The log odds; shape (labels,)."""
        found: NDArray[np.float32] = (
            self.base + self.pieces.sum(axis=0) + self.sentences.sum(axis=0)
        )
        return found


class _Chosen(NamedTuple):
    """What a network chose in sentences: where its layers are open, where values are highest."""

    x: NDArray[np.float32]
    """Embeddings, with a row of zeros at both ends."""
    open1: NDArray[np.bool_]
    open2: NDArray[np.bool_]
    highest1: NDArray[np.int64]
    """Shape (sentences, channels): the row of the highest value of the first convolution."""
    highest2: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Local:
    """A network around one statement; made once for all its sentences by `local`."""

    network: Network
    tokens: Tokens
    hidden: NDArray[np.float32]
    """Shape (sentences, h): embeddings of the sentences."""
    linear: NDArray[np.float32]
    """Shape (sentences, h): what of them comes from pieces; the rest comes from biases."""

    open_around: NDArray[np.bool_]
    """Shape (sentences, h): where the layer over sentences is open."""

    def contributions(self, index: int) -> Contributions:
        """To the log odds of the sentence with this index.

        Raises:
            IndexError: there is no such sentence.
        """
        if not 0 <= index < len(self.hidden):
            raise IndexError(f"no sentence {index} among {len(self.hidden)}")
        with one_thread():
            return self._contributions(index)

    def _contributions(self, index: int) -> Contributions:
        """By the gradients by sentences' embeddings: of all through the mean, and of near ones."""
        import numpy as np

        network, h = self.network, self.hidden.shape[1]
        around: NDArray[np.float32] = network.out[h:].T * self.open_around[index]
        own: NDArray[np.float32] = around @ network.mean.T / np.float32(len(self.hidden))
        constant = self.hidden - self.linear
        base: NDArray[np.float32] = (
            network.out_bias + around @ network.around_bias + own @ constant.sum(axis=0)
        )
        sentences = self.linear @ own.T
        for near in range(max(0, index - REACH), min(len(self.hidden), index + REACH + 1)):
            gradient: NDArray[np.float32] = around @ self._kernel(near - index).T
            if near == index:
                gradient += network.out[:h].T
                own += gradient
            base += gradient @ constant[near]
            sentences[near] += gradient @ self.linear[near]
        sentences[index] = 0
        return Contributions(self._pieces(index, own), sentences, base)

    def _kernel(self, offset: int) -> NDArray[np.float32]:
        h = self.hidden.shape[1]
        return self.network.around[(offset + REACH) * h :][:h]

    def _pieces(self, index: int, gradient: NDArray[np.float32]) -> NDArray[np.float32]:
        """From the gradient by the sentence's embedding, (labels, h); shape (pieces, labels)."""
        import numpy as np

        start = int(bounds(self.tokens)[0][index])
        length = int(self.tokens.lengths[index])
        own = Tokens(self.tokens.codes[start : start + length + 1], self.tokens.lengths[[index]])
        chosen, _ = _passed(self.network, own)
        pooled = (gradient * (self.hidden[index] > 0)) @ self.network.dense.T
        by_x = _backwards(self.network, chosen, pooled)[:, :length]
        found: NDArray[np.float32] = np.einsum("lkd,kd->kl", by_x, chosen.x[1 : length + 1])
        return found


@dataclass(frozen=True, slots=True)
class LocalMean:
    """The mean of some networks around one statement."""

    locals: Sequence[Local]

    def contributions(self, index: int) -> Contributions:
        """As `Local.contributions`."""
        import numpy as np

        found = [one.contributions(index) for one in self.locals]
        return Contributions(*(np.mean(parts, axis=0) for parts in zip(*found, strict=True)))


def local(network: Network, tokens: Tokens) -> Local:
    """The network around a statement."""
    import numpy as np

    nothing = np.zeros((0, len(network.dense_bias)), dtype=np.float32)
    parts, linear_parts = [nothing], [nothing]
    with one_thread():
        for block in blocks_of(tokens):
            parts.append(network.sentences(block))
            pooled = _passed(network, block)[1]
            linear_parts.append((pooled @ network.dense) * (parts[-1] > 0))
        hidden, linear = np.concatenate(parts), np.concatenate(linear_parts)
        around = network.surroundings(hidden) if len(hidden) else nothing
    return Local(network, tokens, hidden, linear, around > 0)


def _passed(network: Network, block: Tokens) -> tuple[_Chosen, NDArray[np.float32]]:
    """The choices, and what is pooled when biases are left out; (sentences, 2c + d)."""
    import numpy as np

    starts, gaps = bounds(block)
    x = network.embedded(block)
    linear1 = convolved(x, network.conv1)
    first = linear1 + network.conv1_bias
    open1 = first > 0
    open1[gaps] = False
    first *= open1
    linear1 *= open1
    second = convolved(padded(first, 1), network.conv2) + network.conv2_bias
    open2 = second > 0
    open2[gaps] = False
    second = second * open2 + first
    linear2 = convolved(padded(linear1, 1), network.conv2) * open2 + linear1
    highest1, highest2 = (_highest(rows, starts, gaps) for rows in (first, second))
    columns = np.arange(first.shape[1])
    pooled = [linear1[highest1, columns], linear2[highest2, columns], summed(x[1:-1], block)]
    return _Chosen(x, open1, open2, highest1, highest2), np.concatenate(pooled, axis=1)


def _highest(
    rows: NDArray[np.float32], starts: NDArray[np.int64], gaps: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Of each sentence and channel: the first row of the highest value."""
    import numpy as np

    spans = zip(starts.tolist(), gaps.tolist(), strict=True)
    return np.array([start + rows[start:gap].argmax(axis=0) for start, gap in spans])


def _backwards(
    network: Network, chosen: _Chosen, pooled: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The gradient by the embeddings of one sentence and its gap; shape (labels, codes, d).

    ``pooled``: the gradient by what its pieces were pooled to; shape (labels, 2c + d).
    """
    import numpy as np

    channels, columns = chosen.open1.shape[1], np.arange(chosen.open1.shape[1])
    by_first = np.zeros((OUTPUTS, *chosen.open1.shape), dtype=np.float32)
    by_second = np.zeros_like(by_first)
    by_first[:, chosen.highest1[0], columns] = pooled[:, :channels]
    by_second[:, chosen.highest2[0], columns] = pooled[:, channels : 2 * channels]
    by_first += by_second + _convolved_back(by_second * chosen.open2, network.conv2)
    by_x = _convolved_back(by_first * chosen.open1, network.conv1)
    pieces = chosen.open1.shape[0] - 1
    by_x += (pooled[:, 2 * channels :] / np.sqrt(np.float32(pieces)))[:, None]
    return by_x


def _convolved_back(
    gradient: NDArray[np.float32], kernel: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The gradient by the rows a kernel of width 3 was applied to, all of which it kept.

    Shape (labels, rows, m) for a gradient (labels, rows, k) and a kernel (3m, k).
    """
    import numpy as np

    before, at, behind = np.split(kernel, 3)
    found: NDArray[np.float32] = gradient @ at.T
    found[:, :-1] += gradient[:, 1:] @ before.T
    found[:, 1:] += gradient[:, :-1] @ behind.T
    return found
