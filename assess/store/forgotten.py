"""What is not to come back: remembered by hash, asked before anything is brought in.

A hash keeps a name from being read, not from being guessed: who has a name can test whether it is
among them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sqlite_utils import Database

Kind = Literal["company_number", "name", "statement", "address", "document"]

# Stands for each character of a name; one character, so that offsets stay as they are.
BLOCK: Final = "█"
# A name's words are letters, digits and the marks that belong to them.
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
# What may stand between two words of one name: line ends, columns of a table, parts of an address.
_BETWEEN: Final = re.compile(r"[\s.,'’`|/_*\u00ad\u200b-\u200d\u2010-\u2015\ufeff-]{1,200}")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redactor:
    """Blocks names out of text; the text keeps its length, its blanks and its lines."""

    lengths: tuple[int, ...]
    """Numbers of words that the names have, the longest first."""
    is_name: Callable[[Words], bool]

    def redacted(self, text: str) -> str:
        """The text with a block in the place of each character of a name."""
        spans = self._spans(text) if self.lengths else []
        for start, end in spans:
            blocks = "".join(c if c.isspace() else BLOCK for c in text[start:end])
            text = text[:start] + blocks + text[end:]
        return text

    def _spans(self, text: str) -> list[tuple[int, int]]:
        found = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        words = [_folded(text[start:end]) for start, end in found]
        spans, place = [], 0
        while place < len(found):
            length = self._length_at(text, found, words, place)
            if length:
                spans.append((found[place][0], found[place + length - 1][1]))
            place += length or 1
        return spans

    def _length_at(
        self, text: str, found: list[tuple[int, int]], words: list[str], place: int
    ) -> int:
        """How many words of a name begin at a word; 0 where none does."""
        for length in self.lengths:
            of = range(place, place + length - 1)
            if place + length <= len(found) and self.is_name(tuple(words[place : place + length])):
                gaps = (text[found[at][1] : found[at + 1][0]] for at in of)
                if all(map(_BETWEEN.fullmatch, gaps)):
                    return length
        return 0


def name_words(name: str) -> Words:
    """The words of a name as they are compared: small letters, composed."""
    return tuple(_folded(word) for word in _WORD.findall(name))


def redactor_of(names: Iterable[str]) -> Redactor:
    """A redactor of names that are at hand."""
    wanted = {words for name in names if (words := name_words(name))}
    return Redactor(_lengths(len(words) for words in wanted), wanted.__contains__)


def redactor(db: Database) -> Redactor:
    """The redactor of all names to be forgotten; one without names leaves all as it is."""
    rows = db.execute("SELECT key, words FROM redactions").fetchall()
    keys = frozenset(key for key, _ in rows)
    return Redactor(_lengths(words for _, words in rows), lambda words: _name_key(words) in keys)


def redactor_unless(db: Database, known: Database) -> Redactor:
    """The redactor of names that are forgotten in one database and not in the other."""
    rows = dict(db.execute("SELECT key, words FROM redactions").fetchall())
    for (key,) in known.execute("SELECT key FROM redactions"):
        rows.pop(key, None)
    return Redactor(_lengths(rows.values()), lambda words: _name_key(words) in rows)


def forgotten_keys(db: Database) -> set[tuple[str, str]]:
    """Kind and key of all that was to be forgotten."""
    return set(db.execute("SELECT kind, key FROM forgotten").fetchall())


def remember_name(db: Database, name: str, when: str) -> None:
    """Let a person's name be blocked out of every text that is read from now on."""
    words = name_words(name)
    row = {"key": _name_key(words), "words": len(words), "redacted_at": when}
    db.table("redactions").insert(row, ignore=True)


def remember(db: Database, kind: Kind, values: Collection[str], when: str) -> None:
    """Let none of these come back."""
    db.table("forgotten").insert_all(
        ({"kind": kind, "key": key_of(kind, value), "forgotten_at": when} for value in values),
        ignore=True,
    )


def forgotten_among(db: Database, kind: Kind, values: Iterable[str]) -> frozenset[str]:
    """Those of the values that were to be forgotten."""
    keys = {row[0] for row in db.execute("SELECT key FROM forgotten WHERE kind = ?", [kind])}
    return (
        frozenset(value for value in values if key_of(kind, value) in keys) if keys else frozenset()
    )


def is_forgotten(db: Database, kind: Kind, value: str) -> bool:
    """Whether this one was to be forgotten."""
    return bool(
        db.table("forgotten").count_where("kind = ? AND key = ?", [kind, key_of(kind, value)])
    )


def key_of(kind: Kind, value: str) -> str:
    """By what a value is remembered."""
    # Without a salt, so that parts of a collection that were made apart can be merged.
    return hashlib.sha256(f"{kind}\0{value}".encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=50_000)
def _name_key(words: Words) -> str:
    told = "\0".join(("person", *words))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _lengths(lengths: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(lengths), reverse=True))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold())
