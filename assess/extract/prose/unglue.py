"""Words that run together, as exports that lose spaces leave them, are taken apart again."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from assess.extract.prose.repair import DICTIONARY

if TYPE_CHECKING:
    from symspellpy import SymSpell

# No English word of these texts is longer than "telecommunications" and "disproportionately".
_LONG: Final = re.compile(r"[A-Za-z'’,.;:()-]*[A-Za-z]{20}[A-Za-z'’,.;:()-]*")
# Where most of a text is glued, shorter runs are looked up too.
_SHORT: Final = re.compile(r"[A-Za-z]{10,}")
# "businessOur", "employees.Operations": a new word begins without a space.
_SEAM: Final = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})|(?<=[a-z]{2}[.;:!?,)])(?=[A-Za-z]{2})")
_ADDRESS: Final = re.compile(r"https?:|www\.|@|\w\.(?:com|co|org|net|uk|eu)\b", re.IGNORECASE)
# The library holds a candidate for each position; pieces keep that small.
_CHUNK: Final = 1_000
# Of a text with this share of its letters in overlong words, too much is lost to judge it.
UNREADABLE_SHARE: Final = 0.2
_OVERLONG_LETTERS: Final = 25
_OVERLONG: Final = re.compile(rf"[A-Za-z]{{{_OVERLONG_LETTERS},}}")


def unglue(text: str) -> str:
    """Put spaces back between words, by a dictionary; addresses are left alone."""
    thorough = unreadable(text)
    return re.sub(r"\S+", lambda match: _unglue_word(match[0], thorough=thorough), text)


def unreadable(text: str) -> bool:
    """Whether so much of the text still runs together that it cannot be judged."""
    long = (word for word in text.split() if len(word) >= _OVERLONG_LETTERS)
    overlong = sum(len(match[0]) for word in long for match in _OVERLONG.finditer(word))
    return overlong > UNREADABLE_SHARE * len(text)


def _unglue_word(word: str, *, thorough: bool) -> str:
    if _ADDRESS.search(word):
        return word
    apart = _LONG.sub(lambda match: _segment(match[0]), _SEAM.sub(" ", word))
    return _SHORT.sub(lambda match: _segment_unknown(match[0]), apart) if thorough else apart


def _segment_unknown(word: str) -> str:
    return word if word.lower() in _splitter().words else _segment(word)


def _segment(run: str) -> str:
    chunks = [run[start : start + _CHUNK] for start in range(0, len(run), _CHUNK)]
    splitter = _splitter()
    return " ".join(
        str(splitter.word_segmentation(chunk, max_edit_distance=0).segmented_string)
        for chunk in chunks
    )


@cache
def _splitter() -> SymSpell:
    from symspellpy import SymSpell

    splitter = SymSpell(max_dictionary_edit_distance=0)
    words = resources.files("symspellpy") / DICTIONARY
    with resources.as_file(words) as path:
        splitter.load_dictionary(path, term_index=0, count_index=1)
    return splitter
