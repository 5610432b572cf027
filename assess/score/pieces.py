"""Sentences cut into word pieces, as the encoder reads them.

A sentence loses its accents (Unicode NFD without the marks) and is cut into runs of letters, runs
of digits, and single other characters. Each of these words, in lower case, is cut into pieces of
the vocabulary, the longest first (WordPiece: Schuster and Nakajima, "Japanese and Korean Voice
Search", 2012; https://doi.org/10.1109/ICASSP.2012.6289079); "##" marks a piece that continues a
word. How the word was written (`Shape`) goes with each of its pieces.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.score.remembered import Remembered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Numbers of pieces: what stands between sentences, what is not in the vocabulary, and the rest.
PAD: Final = 0
UNKNOWN: Final = 1
FIRST: Final = 2
MAX_PIECES: Final = 80
MAX_CHARACTERS: Final = 1_500
# What stands between blanks, remembered with its pieces: about 10 MB. Longer ones are cut anew.
MAX_WORDS: Final = 50_000
MAX_REMEMBERED: Final = 40
# A piece and its shape in one number: the piece times this, plus the shape.
SHAPES: Final = 8
_CODE_BYTES: Final = array("i").itemsize
_WORD: Final = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


class Shape(IntEnum):
    """How a word is written."""

    LOWER = 0
    UPPER = 1
    CAPITAL = 2
    DIGITS = 3
    OTHER = 4
    GAP = 5
    """No word: between sentences."""


class Tokens(NamedTuple):
    """The pieces of the sentences of one statement."""

    codes: NDArray[np.intc]
    """Shape (pieces + n,): piece times `SHAPES` plus shape; a zero after each sentence."""
    lengths: NDArray[np.int64]
    """Shape (n,): pieces of each sentence, from 1 to `MAX_PIECES`."""


class Pieces:
    """A vocabulary, and sentences cut by it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """``vocabulary``: the pieces, numbered from `FIRST` in their order."""
        self.vocabulary: Final = tuple(vocabulary)
        numbered = [(piece, number) for number, piece in enumerate(self.vocabulary, FIRST)]
        self._heads = {piece: number for piece, number in numbered if piece[:2] != "##"}
        self._tails = {piece[2:]: number for piece, number in numbered if piece[:2] == "##"}
        self._longest = max(map(len, (*self._heads, *self._tails)), default=0)
        self._remembered = Remembered(self._codes_of_chunk, MAX_WORDS, MAX_REMEMBERED)

    def ids(self, sentence: str) -> tuple[list[int], list[int]]:
        """Of each piece of a sentence: its number, and its shape. At least one piece."""
        codes = memoryview(self._codes(sentence)).cast("i").tolist()
        return [code // SHAPES for code in codes], [code % SHAPES for code in codes]

    def tokens(self, sentences: Sequence[str]) -> Tokens:
        """The pieces of the sentences of one statement."""
        import numpy as np

        codes = [self._codes(sentence) for sentence in sentences]
        gap = bytes(_CODE_BYTES)
        lengths = np.array([len(part) // _CODE_BYTES for part in codes], dtype=np.int64)
        return Tokens(np.frombuffer(gap.join((*codes, b"")), dtype=np.intc), lengths)

    def spans(self, sentence: str) -> list[tuple[int, int]]:
        """Of each piece of a sentence: where it starts and ends in it, in characters."""
        start = sentence[:MAX_CHARACTERS]
        origins = _origins(start)
        found = []
        for word in _WORD.finditer(_plain(start)):
            at = word.start()
            for _, length in self._cut(word.group()):
                found.append((origins[at][0], origins[at + length - 1][1]))
                at += length
        return found[:MAX_PIECES] or [(0, len(sentence))]

    def _codes(self, sentence: str) -> bytes:
        chunks = sentence[:MAX_CHARACTERS].split()
        codes = b"".join(map(self._remembered.__getitem__, chunks))[: MAX_PIECES * _CODE_BYTES]
        return codes or array("i", [UNKNOWN * SHAPES + Shape.OTHER]).tobytes()

    def _codes_of_chunk(self, chunk: str) -> bytes:
        codes = array("i")
        for word in _WORD.findall(_plain(chunk)):
            shape = _shape(word)
            codes.extend(number * SHAPES + shape for number, _ in self._cut(word))
        return codes.tobytes()

    def _cut(self, word: str) -> list[tuple[int, int]]:
        """Number and length in characters of each piece of a word."""
        lowered = word.lower()
        found = list(self._walk(lowered))
        return found if all(number for number, _ in found) else [(UNKNOWN, len(word))]

    def _walk(self, word: str) -> Iterator[tuple[int, int]]:
        """The longest piece at each point; number 0, and the end, where none fits."""
        at = 0
        while at < len(word):
            known = self._tails if at else self._heads
            ends = range(min(len(word), at + self._longest), at, -1)
            end = next((end for end in ends if word[at:end] in known), at)
            yield (known[word[at:end]], end - at) if end > at else (0, len(word) - at)
            at = end if end > at else len(word)


def _shape(word: str) -> Shape:
    if word.islower():
        return Shape.LOWER
    if word.isupper() and len(word) > 1:
        return Shape.UPPER
    if word[0].isupper():
        return Shape.CAPITAL
    return Shape.DIGITS if word[0].isdigit() else Shape.OTHER


def _plain(text: str) -> str:
    """A text without accents."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(lambda found: _without_accents(found.group()), text)


@lru_cache(maxsize=4096)
def _without_accents(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _origins(text: str) -> list[tuple[int, int]]:
    """Of each character of `_plain`: where what it was made from starts and ends."""
    found: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        plain = _without_accents(character)
        if not plain and found:  # an accent by itself goes with what it is on
            found[-1] = (found[-1][0], at + 1)
        found += [(at, at + 1)] * len(plain)
    return found
