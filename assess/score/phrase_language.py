"""The phrase language of the rubric, parsed into steps that `phrases` matches.

A phrase is items separated by spaces: ``word``; ``a|b`` (either); ``stem*`` (prefix);
``third-party`` (hyphen or space between); ``@list`` (an entry of a named list); ``#`` (a number);
``##`` (a number, not a year or a rank);
``<Name>`` (a capitalised word); ``..4`` (up to four words between); a trailing ``?`` makes an item
optional. Case and the kind of apostrophe do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Shape = Literal["#", "##", "<Name>"]
_SHAPES: Final[tuple[Shape, ...]] = ("#", "##", "<Name>")
MAX_GAP: Final = 12  # words; a wider gap joins things that do not belong together
# Words that may stand between two that must be there, over all gaps and optional words between
# them, and words of a phrase: the work for a sentence grows with both, and no phrase of sense
# comes near either.
MAX_SLACK: Final = 2 * MAX_GAP
MAX_WORDS: Final = 24
# Words of which the parse is remembered: the shipped rubric has 6,200 in 15,400 places, read twice.
_MOST_KNOWN: Final = 20_000
_WORD = re.compile(r"[a-z0-9&%£$€'./-]+\*?", re.IGNORECASE)


class PhraseError(ValueError):
    """A phrase that cannot be read."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one token must be: one of the words, or begin so, or be of a list or a shape."""

    words: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    entity: str | None = None
    shape: Shape | None = None

    @property
    def telling(self) -> tuple[int, int]:
        """How rare it is likely to be: items of few, long words come highest."""
        if self.shape:
            return (-1000, 0)
        if self.entity:
            return (-5, 0)
        spellings = [*self.words, *self.prefixes]
        return (-len(spellings), min(map(len, spellings)))


@dataclass(frozen=True, slots=True)
class Step:
    """The next token of a phrase."""

    item: Item
    optional: bool = False
    gap: int = 0
    """How many other tokens may stand before it."""


@dataclass(frozen=True, slots=True)
class ParsedPhrase:
    """A phrase as steps; ``tail`` more tokens behind the last belong to it."""

    steps: tuple[Step, ...]
    tail: int = 0

    @property
    def required(self) -> frozenset[Item]:
        """What must be in a sentence for the phrase to be worth matching."""
        return frozenset(step.item for step in self.steps if not step.optional)


def parse_phrase(phrase: str, lists: Collection[str]) -> ParsedPhrase:
    """Parse one phrase; ``lists`` are the names that may follow an ``@``.

    Raises:
        PhraseError: an unknown list, a gap that is too wide, or no word that must be there.
    """
    steps: list[Step] = []
    gap = 0
    for raw in phrase.split():
        if raw.startswith(".."):
            gap += _gap(raw)
            continue
        optional = raw.endswith("?") and len(raw) > 1
        parsed = _steps(raw[:-1] if optional else raw, lists)
        if optional and len(parsed) > 1:
            raise PhraseError(f"{raw!r} cannot be optional")
        first = Step(parsed[0].item, optional, gap if steps else 0)
        steps += [first, *parsed[1:]]
        gap = 0
    if all(step.optional or step.item.shape for step in steps):
        raise PhraseError("needs at least one word that must be there")
    _refuse_long(steps, gap)
    return ParsedPhrase(tuple(steps), gap)


def _refuse_long(steps: Sequence[Step], tail: int) -> None:
    if len(steps) > MAX_WORDS:
        raise PhraseError(f"{len(steps)} words are too many; make it {MAX_WORDS} at most")
    slack = 0
    for step in (*steps, Step(Item(), gap=tail)):
        slack += step.gap
        if slack > MAX_SLACK:
            told = "between two that must be there; narrow its gaps"
            raise PhraseError(f"lets more than {MAX_SLACK} words stand {told}")
        slack = slack if step.optional else 0


def _gap(raw: str) -> int:
    width = raw[2:]
    if not width.isdigit() or not 0 < int(width) <= MAX_GAP:
        raise PhraseError(f"gap {raw!r}: write ..1 to ..{MAX_GAP}")
    return int(width)


def _steps(raw: str, lists: Collection[str]) -> Sequence[Step]:
    if raw.startswith("@") and ".." not in raw:
        if raw[1:] not in lists:
            raise PhraseError(f"unknown list {raw!r}")
        return [Step(Item(entity=raw[1:]))]
    return _of_words(raw)


@lru_cache(_MOST_KNOWN)
def _of_words(raw: str) -> Sequence[Step]:
    """What stands for the same whatever lists there are."""
    if shape := next((shape for shape in _SHAPES if shape == raw), None):
        return [Step(Item(shape=shape))]
    if ".." in raw:
        raise PhraseError(f"{raw!r}: a gap stands by itself; put a blank before and behind ..N")
    alternatives = raw.lower().split("|")
    if not all(_WORD.fullmatch(word) for word in alternatives):
        raise PhraseError(f"{raw!r} is not a word, a list, a number or a gap")
    if len(alternatives) == 1 and "-" in raw:
        return _hyphenated(alternatives[0], raw)
    return [Step(_alternatives(alternatives, raw))]


def _hyphenated(word: str, raw: str) -> list[Step]:
    parts = word.split("-")
    if not all(parts) or word.endswith("*"):
        raise PhraseError(f"{raw!r}: a hyphen stands between two whole words")
    steps = [Step(Item(frozenset(parts[:1])))]
    for part in parts[1:]:
        steps += [Step(Item(frozenset("-")), optional=True), Step(Item(frozenset((part,))))]
    return steps


def _alternatives(alternatives: list[str], raw: str) -> Item:
    if any("-" in word for word in alternatives):
        raise PhraseError(f"{raw!r}: a word with a hyphen cannot be an alternative or a prefix")
    exact = frozenset(word for word in alternatives if not word.endswith("*"))
    return Item(exact, frozenset(word[:-1] for word in alternatives if word.endswith("*")))
