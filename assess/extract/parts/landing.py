"""Pages that only lead to the statement: a title, a link, the rest of a web site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assess.extract.parts.subject import BESIDE, SLAVERY, declarations, is_closing
from assess.records import Sentence

# Longer pages say something themselves.
_MAX_WORDS: Final = 200
_MAX_CHARACTERS: Final = 4_000
# Longer lines are paragraphs.
_MAX_LINE: Final = 150
# A sentence of fewer words is a menu entry or a link.
_SENTENCE: Final = 8
# One sentence on the subject leads to a link: "we are committed to ...; our statement is here".
_LEAD: Final = 1
_LOWER: Final = 0.5

_STATEMENT: Final = r"(?:statement|slavery|disclosure|document|report|full\s+text|policy)"
_LINK = re.compile(
    r"\b(?:read|view|download|click|see|open|access|get)\b[^.]{0,50}?\b(?:here|below|more|"
    rf"{_STATEMENT})\b"
    rf"|{_STATEMENT}[^.]{{0,60}}?(?:\(\s*pdf|\bpdf\b|\bhere\b|download|\d\s?[km]b\b|\.pdf\b)"
    rf"|\bpdf\b[^.]{{0,30}}?{_STATEMENT}"
    rf"|{_STATEMENT}\b[^.]{{0,80}}?\b(?:available|found|viewed|downloaded|accessed|read)\b[^.]{{0,40}}?"
    r"(?:here|below|link|pdf|https?:|www\.)"
    r"|legislation:\s.{0,80}authenticated\s+by",
    re.IGNORECASE,
)
_NAMES = re.compile(r"slavery|traffick", re.IGNORECASE)
_ABOUT = re.compile(r"slavery|traffick|\bstatement\b", re.IGNORECASE)
_NO_STEPS = re.compile(r"\bno\s+(?:such\s+)?steps\b|not\s+taken\s+(?:any\s+)?steps", re.IGNORECASE)
_NOTICE = re.compile(r"cookie|privacy|\bterms\b", re.IGNORECASE)


def is_link_page(content: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a text names a statement and links to it, and says nothing itself."""
    if len(content) > _MAX_CHARACTERS or len(content.split()) > _MAX_WORDS:
        return False
    texts = [one.text for one in sentences]
    lines = [line for line in content.splitlines() if len(line) <= _MAX_LINE]
    if not _NAMES.search(content) or not any(map(_links, [*lines, *_with_pairs(texts)])):
        return False
    if any(is_closing(text) or _NO_STEPS.search(text) for text in texts):
        return False
    told = [text for text in texts if _says_something(text)]
    return len(told) <= _LEAD and next(declarations(content), None) is None


def _links(text: str) -> bool:
    return bool(_LINK.search(text) and _ABOUT.search(text)) and not _NOTICE.search(text)


def _with_pairs(texts: Sequence[str]) -> list[str]:
    """Sentences, and pairs of short ones: a title and its button stand one under the other."""
    pairs = (
        f"{one} {other}"
        for one, other in pairwise(texts)
        if max(len(one.split()), len(other.split())) <= _SENTENCE
    )
    return [*texts, *pairs]


def _says_something(text: str) -> bool:
    """Whether a sentence, other than a link, is on the subject."""
    words = text.split()
    if len(words) < _SENTENCE or _LINK.search(text):
        return False
    lower = sum(word[0].islower() for word in words)
    if lower < _LOWER * len(words):
        return False
    return SLAVERY.search(text) is not None or BESIDE.search(text) is not None
