"""The pieces that the encoder keeps of the language model's vocabulary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assess.score.pieces import FIRST, Pieces
from tools.distil.settings import MIN_PIECES
from tools.distil.statements import Statement


def all_pieces(model: Path) -> list[str]:
    """The language model's pieces, in the order of their numbers."""
    numbers = json.loads((model / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return sorted(numbers, key=numbers.__getitem__)


def kept(pieces: Sequence[str], statements: Sequence[Statement]) -> list[int]:
    """The places of the pieces that occur often enough in statements."""
    whole, counts = Pieces(pieces), Counter[int]()
    for statement in statements:
        for sentence in statement.sentences:
            counts.update(whole.ids(sentence)[0])
    often = (number - FIRST for number, count in counts.items() if count >= MIN_PIECES)
    return sorted(place for place in often if place >= 0)
