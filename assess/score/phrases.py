"""The phrases of a rubric looked up in sentences.

Every sentence is tokenised once, by spaCy. For each item of the phrases the places of the tokens
that fit it are noted; a phrase is tried only where all its items have a place, and the match walks
from place to place. That is far faster than a spaCy Matcher for each of thousands of phrases.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from assess.score.phrase_language import Item, parse_phrase

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

Span = tuple[int, int]
# Label of the entry, its first token, and the one behind its last.
Entry = tuple[int, int, int]
# Years, ordinals ("third party") and a lone "one" count nothing.
_NO_COUNT = re.compile(r"(?:19|20)\d\d(?:/\d+)?|(?i:one|first|second|third|\w+th|\d+(?:st|nd|rd))")
# Spellings whose items are remembered: more than statements have, fewer than hurt.
_MAX_KNOWN: Final = 200_000
# Words that spaCy keeps, with 0.8 kB each, before it begins anew.
_MOST_WORDS: Final = 100_000
# Of the sentences read last, which other years of an organisation repeat.
_PASSAGES_KNOWN: Final = 1_000


class Places:
    """Which tokens of a sentence fit an item; items are known by number."""

    def __init__(self, fitting: Sequence[frozenset[int]], entries: Mapping[int, list[int]]) -> None:
        self._fitting = fitting
        self._found: dict[int, Sequence[int]] = dict(entries)
        self.items = frozenset(entries).union(*fitting)
        """All items that some token fits."""

    def of(self, item: int) -> Sequence[int]:
        """Indices of the tokens that fit the item, in order."""
        if item not in self._found:
            self._found[item] = [at for at, items in enumerate(self._fitting) if item in items]
        return self._found[item]


class Passage:
    """A tokenised sentence or heading; a phrase is looked up when asked for, and once."""

    def __init__(
        self,
        doc: Doc,
        lists: frozenset[str],
        places: Places,
        book: PhraseBook,
    ) -> None:
        self._doc, self._places, self._book = doc, places, book
        self._found: dict[str, Span | None] = {}
        self._possible: frozenset[str] | None = None
        self._named: Mapping[str, int] | None = None
        self.lists = lists
        """Names of all lists with an entry in it, hidden by a longer entry or not."""

    def __contains__(self, phrase: str) -> bool:
        return self.span(phrase) is not None

    def span(self, phrase: str) -> Span | None:
        """The characters of the phrase's first, longest match, or None."""
        if phrase not in self.possible:
            return None
        if phrase not in self._found:
            self._found[phrase] = self._book.match(phrase, self._doc, self._places)
        return self._found[phrase]

    @property
    def named(self) -> Mapping[str, int]:
        """How many names of each counted kind are in it."""
        if self._named is None:
            self._named = self._book.named(self._doc)
        return self._named

    @property
    def numbers(self) -> int:
        """How many tokens are numbers that count something (``##``)."""
        return self._book.numbers(self._places)

    @property
    def possible(self) -> frozenset[str]:
        """The phrases of which every item that must be there is there."""
        if self._possible is None:
            self._possible = self._book.possible(self._places)
        return self._possible

    def candidates(self) -> frozenset[str]:
        """The sought ones of the possible phrases."""
        return self.possible & self._book.sought

    def has_any(self, phrases: frozenset[str]) -> bool:
        """Whether one of the phrases is here."""
        return any(self.span(phrase) for phrase in self.possible & phrases)


@dataclass(frozen=True, slots=True)
class _Step:
    """The next token of a phrase; see `phrase_language.Step`."""

    item: int
    optional: bool
    gap: int
    repeats: bool
    """An entry of a list may have several tokens."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    steps: tuple[_Step, ...]
    tail: int
    required: frozenset[int]


class PhraseBook:
    """All phrases of a rubric, matched sentence by sentence.

    ``sought`` are the phrases that `Passage.candidates` offers; others are looked up by name.
    ``counted`` are kinds of names that are only counted (`Passage.named`); they hide no entry of
    a list.
    """

    def __init__(
        self,
        sought: Iterable[str],
        others: Iterable[str],
        lists: Mapping[str, Iterable[str]],
        counted: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._lists = {name: tuple(entries) for name, entries in lists.items()}
        self._kinds = {kind: tuple(names) for kind, names in (counted or {}).items()}
        self._ids: dict[Item, int] = {}
        self._phrases: dict[str, _Phrase] = {}
        self.sought = frozenset(sought)
        for phrase in dict.fromkeys((*sorted(self.sought), *others)):
            self._phrases[phrase] = self._compile(phrase, lists)
        self._number = self._ids.setdefault(Item(shape="##"), len(self._ids))
        self._spellings = _Spellings(self._ids)
        self._begin_anew()
        of_list = {item.entity: number for item, number in self._ids.items() if item.entity}
        self._of_label = {
            label: [of_list[name] for name in names if name in of_list]
            for label, names in self._entries.names.items()
        }
        # By its rarest item, and among those by the next; a phrase of one item has it twice.
        self._by_items: dict[int, dict[int, list[tuple[str, frozenset[int]]]]] = {}
        items = list(self._ids)
        for phrase, compiled in self._phrases.items():
            required = compiled.required
            rarest = sorted(
                sorted(required), key=lambda number: items[number].telling, reverse=True
            )
            of_first = self._by_items.setdefault(rarest[0], {})
            of_first.setdefault(rarest[:2][-1], []).append((phrase, required))
        self._rarest = frozenset(self._by_items)

    def _begin_anew(self) -> None:
        import spacy

        self._nlp = spacy.blank("en")
        self._entries = _Entries(self._nlp, self._lists)
        self._counted = _Entries(self._nlp, self._kinds)
        self._passage = lru_cache(_PASSAGES_KNOWN)(self._read)

    def begin_text(self) -> None:
        """Forget the words of earlier texts where they have become too many: spaCy keeps each."""
        if len(self._nlp.vocab) > _MOST_WORDS:
            self._begin_anew()

    def _compile(self, phrase: str, lists: Mapping[str, Iterable[str]]) -> _Phrase:
        parsed = parse_phrase(phrase, lists.keys())
        steps = tuple(
            _Step(
                self._ids.setdefault(step.item, len(self._ids)),
                step.optional,
                step.gap,
                step.item.entity is not None,
            )
            for step in parsed.steps
        )
        return _Phrase(steps, parsed.tail, frozenset(s.item for s in steps if not s.optional))

    def passage(self, text: str) -> Passage:
        """A sentence tokenised, with the entries of the lists in it (longest first)."""
        return self._passage(text)

    def _read(self, text: str) -> Passage:
        doc = self._nlp.make_doc(normalise(text))
        found, lists = self._entries.find(doc)
        entries: dict[int, list[int]] = {}
        for label, start, end in found:
            for item in self._of_label[label]:
                entries.setdefault(item, []).extend(range(start, end))
        return Passage(doc, lists, Places(self._spellings.items(doc), entries), self)

    def named(self, doc: Doc) -> Counter[str]:
        """How many names of each counted kind are in a sentence."""
        return self._counted.count(doc)

    def numbers(self, places: Places) -> int:
        """Tokens that are numbers which count something."""
        return len(places.of(self._number))

    def possible(self, places: Places) -> frozenset[str]:
        """The phrases of which every item that must be there has a place."""
        here = places.items
        return frozenset(
            [
                phrase
                for item in here & self._rarest
                for other, phrases in self._by_items[item].items()
                if other in here
                for phrase, required in phrases
                if required <= here
            ]
        )

    def match(self, phrase: str, doc: Doc, places: Places) -> Span | None:
        """The characters of a phrase's first, longest match."""
        wanted = self._phrases[phrase]
        first, *more = wanted.steps
        if not (more or first.repeats):
            here = places.of(first.item)
            if not here:
                return None
            start, end = here[0], here[0] + 1
        else:
            ends = _ends(wanted.steps, places)
            if not ends:
                return None
            start = min(ends.values())
            end = max(end for end, begun in ends.items() if begun == start)
        end = min(len(doc), end + wanted.tail)
        last = doc[end - 1]
        return doc[start].idx, last.idx + len(last)


# Tokens behind which the next step may stand, with how many may be between them -> the token that
# the phrase begins with.
_Reached = dict[tuple[int, int], int]


def _ends(steps: Sequence[_Step], places: Places) -> dict[int, int]:
    """Where the phrase can end (behind its last token) -> the first token it can begin with."""
    reached: _Reached = {}
    may_begin = True
    for step in steps:
        here = places.of(step.item)
        found = _found(reached, here, step.gap)
        if may_begin:
            for place in here:
                found.setdefault(place, place)
        if step.repeats:
            _extend(found, here)
        following = {(place + 1, 0): begun for place, begun in found.items()}
        if step.optional:
            _skip(reached, step.gap, following)
        elif not following:
            return {}
        else:
            may_begin = False
        reached = following
    ends: dict[int, int] = {}
    for (end, _), begun in reached.items():
        ends[end] = min(begun, ends.get(end, begun))
    return ends


def _found(reached: _Reached, here: Sequence[int], gap: int) -> dict[int, int]:
    """The places of the next token that can be reached -> the first token of their phrase."""
    found: dict[int, int] = {}
    for (end, slack), begun in reached.items():
        last = end + slack + gap
        for at in range(bisect_left(here, end), len(here)):
            place = here[at]
            if place > last:
                break
            if begun <= found.get(place, begun):
                found[place] = begun
    return found


def _skip(reached: _Reached, gap: int, following: _Reached) -> None:
    """Go on without an optional token; the gap before it adds to the next one."""
    for (end, slack), begun in reached.items():
        wider = (end, slack + gap)
        following[wider] = min(begun, following.get(wider, begun))


def _extend(found: dict[int, int], here: Sequence[int]) -> None:
    """Let the match of a list's entry go on over the tokens of the entry that follow."""
    held = set(here)
    for place in sorted(found):
        begun, following = found[place], place + 1
        while following in held and begun < found.get(following, following + 1):
            found[following] = begun
            following += 1


class _Spellings:
    """Which items a token fits, by its spelling; worked out once for each spelling."""

    def __init__(self, ids: Mapping[Item, int]) -> None:
        self._known: dict[int, frozenset[int]] = {}
        self._same: dict[frozenset[int], frozenset[int]] = {}  # most words fit the same: none
        self._words: dict[str, list[int]] = {}
        self._prefixes: dict[str, list[int]] = {}
        self._shapes: dict[str, int] = {}
        for item, number in ids.items():
            for word in item.words:
                self._words.setdefault(word, []).append(number)
            for prefix in item.prefixes:
                self._prefixes.setdefault(prefix, []).append(number)
            if item.shape:
                self._shapes[item.shape] = number
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})

    def items(self, doc: Doc) -> list[frozenset[int]]:
        """Ids of the items that each token fits, but for lists."""
        known = self._known
        found = []
        # Numbers of spellings, since a token costs more to make than to look up.
        for at, spelling in enumerate(doc.to_array("ORTH").tolist()):
            items = known.get(spelling)
            if items is None:
                if len(known) >= _MAX_KNOWN:
                    known.clear()
                fitting = self._fitting(doc[at])
                items = known[spelling] = self._same.setdefault(fitting, fitting)
            found.append(items)
        return found

    def _fitting(self, token: Token) -> frozenset[int]:
        word = token.lower_
        fitting = set(self._words.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                fitting.update(self._prefixes.get(word[:length], ()))
        fitting.update(self._shapes[shape] for shape in _shapes(token) if shape in self._shapes)
        return frozenset(fitting)


def _shapes(token: Token) -> Iterable[str]:
    if token.text[:1].isupper():
        yield "<Name>"
    if token.like_num:
        yield "#"
        if not _NO_COUNT.fullmatch(token.text):
            yield "##"


class _Entries:
    """The entries of the rubric's lists, found in a tokenised text."""

    def __init__(self, nlp: Language, lists: Mapping[str, Iterable[str]]) -> None:
        from spacy.matcher import PhraseMatcher

        names: dict[str, list[str]] = {}
        for name, entries in lists.items():
            for entry in dict.fromkeys(entries):
                names.setdefault(entry.lower(), []).append(name)
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.names: dict[int, tuple[str, ...]] = {}
        """Label of an entry -> the lists it stands in."""
        by_lists: dict[tuple[str, ...], list[str]] = {}
        for entry, of_entry in names.items():
            by_lists.setdefault(tuple(of_entry), []).append(entry)
        for held_by, spellings in by_lists.items():
            label = "+".join(held_by)
            self._matcher.add(label, [nlp.make_doc(spelling) for spelling in spellings])
            self.names[nlp.vocab.strings[label]] = held_by

    def count(self, doc: Doc) -> Counter[str]:
        """How many entries of each list there are, the longest where some overlap."""
        entries, _ = self.find(doc)
        return Counter(name for label, _, _ in entries for name in self.names[label])

    def find(self, doc: Doc) -> tuple[list[Entry], frozenset[str]]:
        """Entries as (label, start, end), the longest where some overlap; and all their lists."""
        matches = self._matcher(doc)
        if not matches:
            return [], frozenset()
        lists = frozenset(name for label, _, _ in matches for name in self.names[label])
        taken: set[int] = set()
        kept = []
        for label, start, end in sorted(matches, key=lambda m: (m[1] - m[2], m[1])):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                kept.append((label, start, end))
        return sorted(kept, key=lambda match: match[1]), lists


# Bullets become spaces, since the tokeniser leaves some of them stuck to the word behind.
_BULLETS = dict.fromkeys("•‣●◦▪\uf0b7\x07", " ")
_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", **_BULLETS}
)


def normalise(text: str) -> str:
    """Straight quotes, plain hyphens, no bullets; the length stays the same."""
    return text.translate(_SAME_LENGTH)


def folded(text: str) -> str:
    """Normalised and in lower case; the length stays the same."""
    lowered = normalise(text).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in normalise(text))
