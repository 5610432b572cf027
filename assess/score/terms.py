"""The terms of a sentence, split as scikit-learn splits them while a classifier is fitted.

Whoever only classifies need not load scikit-learn, which takes longer than judging a statement.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"\b\w\w+\b")
# Shortest and longest group of letters.
LETTER_GROUPS: Final = (3, 5)


def words(text: str) -> list[str]:
    """Words of two characters and more, in lower case, in order and with repeats."""
    return _WORD.findall(text.lower())


def words_and_pairs(text: str) -> list[str]:
    """As `words` without accents; behind them all pairs of neighbours, with a blank between."""
    found: list[str] = _WORD.findall(_without_accents(text.lower()))
    return found + [f"{one} {following}" for one, following in pairwise(found)]


def letter_groups(text: str) -> list[str]:
    """Groups of letters within each word, in lower case; a blank is the edge of a word.

    A word that is shorter than a group is one whole group, once.
    """
    shortest, longest = LETTER_GROUPS
    groups: list[str] = []
    add = groups.append  # in a loop: faster than a comprehension for each of the short words
    for word in text.lower().split():
        edged = f" {word} "
        length = len(edged)
        for size in range(shortest, longest + 1):
            for at in range(length - size + 1):
                add(edged[at : at + size])
            if size == length:
                break
    return groups


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join([letter for letter in letters if not unicodedata.combining(letter)])
