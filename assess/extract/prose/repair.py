"""Small repairs of characters and words that PDF and word processors leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from typing import Final

DICTIONARY: Final = "frequency_dictionary_en_82_765.txt"
"""Of symspellpy: English words and how often they occur."""
# Private-use and symbol-font bullets, as Word's PDF export writes them.
_BULLETS = dict.fromkeys(
    map(ord, "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf071\uf02d\u2022\u25cf\u25aa\uf06e"), "•"
)
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SPACES = dict.fromkeys([0xA0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000], " ")
_DROPPED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF], None)
_CONTROLS = {code: None for code in range(32) if code not in (9, 10)}
_LINE_ENDS = {0x2028: "\n", 0x2029: "\n", 0x85: "\n"}
_TABLE: Final = {**_CONTROLS, **_BULLETS, **_LIGATURES, **_SPACES, **_DROPPED, **_LINE_ENDS}

# First halves after which British English keeps the hyphen.
_PREFIXES = frozenset({
    "all", "anti", "co", "cross", "end", "ex", "full", "half", "health", "high", "inter",
    "know", "long", "low", "mid", "multi", "non", "off", "on", "part", "post", "pre",
    "pro", "re", "risk", "self", "semi", "short", "single", "so", "sub", "third", "two",
    "three", "uk", "under", "well", "whistle", "world", "year", "zero",
})  # fmt: skip
# So many letters in a row; a fixed length keeps the search linear.
_OVERLONG_LETTERS: Final = 22
_OVERLONG = re.compile(rf"[A-Za-z]{{{_OVERLONG_LETTERS}}}")
# A capital inside a word that begins a run of small letters. Capitals are rare, so looking back
# from them is quick.
_INNER_CAPITAL = re.compile(r"[A-Z](?<=[a-z]{3}.)[a-z]{3}")
_ADDRESS = re.compile(r"[/@]|\w\.\w")
_NEAR: Final = 30
# Long chemical or place names stay below one word in a hundred.
RUN_TOGETHER_SHARE: Final = 0.01
_MIN_RUN_TOGETHER: Final = 3


def clean(text: str) -> str:
    """Replace ligatures, odd spaces and symbol-font bullets; drop control characters."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_TABLE)


def vocabulary(lines: Sequence[str]) -> frozenset[str]:
    """The lower-case words of a document's lines, less those cut at a line's end.

    They decide which hyphens belong; empty where no line ends in one.
    """
    if not any(line.endswith("-") for line in lines):
        return frozenset()
    words: set[str] = set()
    cut = False
    for line in lines:
        found = re.findall(r"[a-z]+(?:-[a-z]+)*", line.lower())
        halved = line.rstrip().endswith("-")
        words.update(found[1 if cut else 0 : -1 if halved else None])
        cut = halved
    return frozenset(words)


def join_hyphenated(left: str, right: str, known: AbstractSet[str]) -> str:
    """Join a line that ends in a hyphen with the next; keep the hyphen where it belongs."""
    first = re.search(r"([A-Za-z]+)-$", left)
    second = re.match(r"[a-z]+", right)
    if not first or not second:
        return left + right
    head, tail = first[1].lower(), second[0]
    if head + tail in known:
        return left[:-1] + right
    if f"{head}-{tail}" in known:
        return left + right
    hyphenated = head in _PREFIXES or {head, tail} <= known
    return left + right if hyphenated and not is_word(head + tail) else left[:-1] + right


def is_word(word: str) -> bool:
    """Whether a lower-case word stands in the dictionary of English words."""
    return word in _dictionary()


@cache
def _dictionary() -> frozenset[str]:
    """The words of symspellpy's frequency dictionary."""
    text = (resources.files("symspellpy") / DICTIONARY).read_text("utf-8-sig")
    return frozenset(line.split(" ", 1)[0] for line in text.splitlines())


def words_run_together(text: str) -> bool:
    """Whether so many different words are overlong that spaces must have been lost."""
    glued = _glued(text)
    if len(glued) < _MIN_RUN_TOGETHER:
        return False
    return len(glued) >= RUN_TOGETHER_SHARE * len(set(text.split()))


def has_glued_words(text: str) -> bool:
    """Whether some words are overlong; where this is false, no part's words run together."""
    return len(_glued(text)) >= _MIN_RUN_TOGETHER


def _glued(text: str) -> set[str]:
    long = {word for word in text.split() if len(word) >= _OVERLONG_LETTERS}
    suspects = {found for word in long for found in _suspects(_OVERLONG, word)}
    suspects.update(_suspects(_INNER_CAPITAL, text))
    return suspects


def _suspects(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield what the pattern finds outside addresses."""
    for match in pattern.finditer(text):
        start, end = match.span()
        before = text[max(0, start - _NEAR) : start].rsplit(None, 1)
        after = text[end : end + _NEAR].split(None, 1)
        around = (before[-1] if before else "") + match[0] + (after[0] if after else "")
        if not _ADDRESS.search(around):
            yield match[0]
