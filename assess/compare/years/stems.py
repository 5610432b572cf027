"""Words without their endings, so that "we will audit" is found again in "audits were made"."""

from __future__ import annotations

import re
from typing import Final

from assess.compare.reuse.runs import words_of
from assess.score.remembered import Remembered

# Words that say nothing of what is promised: small words, and those that promise.
_SMALL: Final = """
    a about after again all also an and any are as at be been before being both but by can could
    did do during each every for from further had has have he her his if in into is it its may
    more most must next no not now of on once one only or other our ours out over own same shall
    she should so some such than that the their them then there these they this those through to
    under until up upon was we were what when where which while who will with within would year
    years aim aims commit committed complete continue expect going hope intend intends intention
    look mean plan planned planning plans seek target try want work make made making take taken
    new end expected completed continued continuing intended intending aiming fully further
    financial first two three four five six seven eight nine ten january february march april
    june july august september october november december spring summer autumn winter
"""
_EMPTY: Final = frozenset(_SMALL.split())
_ENDING = re.compile(r"(?:ations?|ings?|ers?|ies|ied|ed|es|s|y|e)$")
_SHORTEST: Final = 3
# Words of texts whose stem is remembered.
_WORDS_REMEMBERED: Final = 1 << 16
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1$")


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry what a text says; numbers are left out."""
    return frozenset(map(_STEMS.__getitem__, words_of(text))) - _NO_STEM


def stem(word: str) -> str:
    """A word without plural, tense or other common ending; at least three letters are left."""
    shorter = _ENDING.sub("", word)
    if len(shorter) < _SHORTEST:
        return word
    return _DOUBLE.sub(r"\1", shorter)


def _content_stem(word: str) -> str:
    return "" if word in _EMPTY or word[0].isdigit() else stem(word)


_STEMS: Final = Remembered(_content_stem, _WORDS_REMEMBERED)
_NO_STEM: Final = frozenset([""])
