"""The encoder: small networks that read the sentences of a statement and give log odds of labels.

Distilled from a fine-tuned language model (`tools/distil`); at run time numpy is all they need.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assess.errors import ModelError
from assess.score.encoder_local import Contributions, LocalMean, local
from assess.score.encoder_network import Network
from assess.score.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Encoders:
    """Some networks that read the same pieces."""

    pieces: Pieces
    networks: Mapping[str, Network]
    """By name; at least one."""
    seen: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By network: the hashes of the statements it was trained on (`statement_hash`)."""
    notes: Mapping[str, object] = field(default_factory=dict)

    def logits(
        self, sentences: Sequence[str], without: Collection[str] = ()
    ) -> NDArray[np.float32]:
        """Log odds of each label for the sentences of one statement, in reading order.

        Shape (sentences, labels): the mean over the networks, but for those named in ``without``.
        The same sentences give the same bits.

        Raises:
            ModelError: no network is left.
        """
        tokens = self.pieces.tokens(sentences)
        found, *others = [network.logits(tokens) for network in self.chosen(without)]
        for other in others:
            found += other
        found /= 1 + len(others)
        return found

    def local(self, sentences: Sequence[str], without: Collection[str] = ()) -> LocalMean:
        """The networks around one statement, to explain some of what `logits` gives.

        Raises:
            ModelError: no network is left.
        """
        tokens = self.pieces.tokens(sentences)
        return LocalMean([local(network, tokens) for network in self.chosen(without)])

    def contributions(
        self, sentences: Sequence[str], index: int, without: Collection[str] = ()
    ) -> Contributions:
        """What makes up the log odds, by `logits`, of the sentence with this index.

        Raises:
            IndexError: there is no such sentence.
            ModelError: no network is left.
        """
        return self.local(sentences, without).contributions(index)

    def chosen(self, without: Collection[str]) -> list[Network]:
        """The networks not named, in the order of their names.

        Raises:
            ModelError: none is left.
        """
        found = [self.networks[name] for name in sorted(self.networks) if name not in without]
        if not found:
            told = ", ".join(sorted(self.networks)) or "none"
            raise ModelError(f"no network of the encoder is left to ask (it has: {told})")
        return found
