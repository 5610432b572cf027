"""The person who signed, as the registry names them, looked for in the text and its sign-off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from assess.compare.declared.search import Searched
from assess.score.detectors.signature import names_in
from assess.score.remembered import Remembered

# "First Last (Job title)"; of "LAST, First" the parts change places.
_DECLARED: Final = re.compile(r"\s*(?P<name>[^()]+?)\s*(?:\((?P<title>.*)\)?\s*)?$", re.DOTALL)
_HONOUR_WORDS: Final = (
    "rt right hon honourable dr prof professor sir dame lord lady baroness mr mrs ms miss cllr"
    " obe cbe mbe kbe dbe mp kc qc dl jp jr junior"
)
_HONOURS: Final = frozenset(_HONOUR_WORDS.split())
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W_]|['’‘`-](?=[^\W\d_]))*\.?", re.UNICODE)
# One wrong letter in a name of eight characters, two in one of sixteen: what OCR does to a name.
ALIKE: Final = 87.0
# Shorter names with a letter changed are other names (Jan, Jon).
SHORTEST_FUZZY: Final = 6
# Of a shorter name its letters may stand in a row by chance (letters).
SHORTEST_RUN: Final = 10
# A sign-off stands near the end, and a name there may lack its title (characters).
SIGN_OFF: Final = 1200
# What stands between a given name and the surname: second names and initials (characters).
_BETWEEN: Final = 30
_QUOTE_AROUND: Final = 40
# Nick and Nicholas, Mike and Michael; not Jan and Jon (letters).
_ALIKE: Final = 2
# Blanks between a given name and a surname.
_BESIDE: Final = 2
# Words of signing or approving this near make a name a sign-off (characters).
_SIGNING_BEFORE: Final = 250
_SIGNING_BEHIND: Final = 150
_SIGNING: Final = re.compile(
    r"\bsign(?:ed|ature|atory)\b|\bapprov|\bbehalf\b|sincerely|\bendorsed", re.IGNORECASE
)
# A signatory is named this often at most (words of three letters or more).
MOST_TOLD: Final = 4
_TELLING: Final = 3
# Who keeps a document need not have signed it.
_KEEPS_DOCUMENT: Final = re.compile(
    r"(?:owner|author|written|prepared|amended|reviewed)\W{0,3}(?:by)?\W{0,3}$", re.IGNORECASE
)
_OWNER: Final = re.compile(r"(?:document |policy )?(?:owner|author)\b", re.IGNORECASE)
# What is no person: then it is not clear who signed.
_ORGANISATION: Final = re.compile(
    r"\b(?:club|county|council|society|association|foundation|farms?|foods?|university|college"
    r"|trust|church|institute|services|centre|international|brewery|group|hotels?|school|bank"
    r"|holdings|industries|products|systems|solutions|technolog\w+|energy|capital|partners)\b",
    re.IGNORECASE,
)
_SAME_LETTERS: Final = str.maketrans("’‘`ł", "'''l")
_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")
# Words of texts whose key is remembered.
_WORDS_REMEMBERED: Final = 1 << 16
# Letters that character recognition takes for one another.
_LOOKALIKES: Final = str.maketrans({"1": "l", "|": "l", "!": "l", "0": "o", "5": "s", "I": "l"})


@dataclass(frozen=True, slots=True)
class Person:
    """A declared person: words of the name in lower case without accents and honours."""

    given: tuple[str, ...]
    surname: str

    @property
    def initial(self) -> str:
        """The first letter of the given name, or ``""``."""
        return self.given[0][:1] if self.given else ""


@dataclass(frozen=True, slots=True)
class NameFound:
    """Where a name stands in ``Searched.text``, and how it does."""

    start: int
    end: int
    how: str
    """In words: ``full name``, ``surname and initial``, ``surname``, ``full name, misspelt``."""


class _Word(NamedTuple):
    key: str
    start: int
    end: int
    capital: bool


def parse_person(declared: str) -> Person | None:
    """The person of ``First Last (Job title)``; None where no name of two words is given."""
    match = _DECLARED.match(declared)
    name = match["name"] if match else ""
    if "," in name:
        last, first = name.split(",", 1)
        name = f"{first} {last}"
    words = [word.key for word in _words(name) if word.key not in _HONOURS]
    if len(words) < 2 or len(words[-1]) < 2:
        return None
    return Person(tuple(words[:-1]), words[-1])


def find_person(text: str, person: Person) -> Sequence[NameFound]:
    """Where the person's name stands, the surest and last place first.

    In full before misspelt, before initial and surname, before run together with other words. The
    surname alone counts in the last `SIGN_OFF` characters, where the text is signed, if no other
    given name stands before it.
    """
    words = list(_words(text))
    pairs = list(_pairs(words))
    ways = (
        [*_in_full(pairs, person), *_double_surname(words, person)],
        list(_by_initial(pairs, person)),
        list(_misspelt(pairs, person)),
    )
    found = [name for way in ways for name in reversed(way)]
    found += _run_together(text, person)
    return found or list(_surname_alone(text, words, person))


def other_signatory(searched: Searched) -> tuple[int, int, str] | None:
    """Who signed according to the text: the sign-off's span and the name, where just one is clear.

    None where there is no sign-off of a person with a title that may sign, or several do.
    """
    content = searched.text.content
    blocks = [
        found
        for found in searched.signatures
        if found.value == "met" and not _keeps_document(content, found.start)
    ]
    named: dict[str, tuple[int, int, str]] = {}
    for block in blocks:
        for name in names_in(content, block.start, block.end):
            told = " ".join(content[name.start : name.end].split())
            if not _is_person(content, told):
                return None
            named[_plain(told)] = (block.start, block.end, told)
    return next(iter(named.values())) if len(named) == 1 else None


def _keeps_document(content: str, start: int) -> bool:
    ahead = _KEEPS_DOCUMENT.search(content, max(0, start - _BETWEEN), start)
    return bool(ahead or _OWNER.match(content, start))


def _is_person(content: str, name: str) -> bool:
    """Whether it is surely a person's name: not a company's, whose words stand all over a text."""
    if _ORGANISATION.search(name):
        return False
    words = [word for word in name.split() if len(word) >= _TELLING]
    return all(content.count(word) <= MOST_TOLD for word in words)


def in_sign_off(searched: Searched, found: NameFound) -> bool:
    """Whether a name stands where the text is signed: near its end, or beside words of signing."""
    content = searched.text.content
    if found.start >= len(content) - 2 * SIGN_OFF:
        return True
    blocks = searched.signatures
    if any(block.start < found.end and found.start < block.end for block in blocks):
        return True
    near = content[max(0, found.start - _SIGNING_BEFORE) : found.end + _SIGNING_BEHIND]
    return _SIGNING.search(near) is not None


def surname_in(text: str, person: Person) -> bool:
    """Whether the surname stands anywhere, also misspelt or run together with other words."""
    surname = _squeezed(person.surname)
    squeezed = _squeezed(_plain(text))
    return surname in squeezed or any(_same(word.key, person.surname) for word in _words(text))


def _plain(text: str) -> str:
    bare = text
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        marks = {ord(char): None for char in set(decomposed) if unicodedata.combining(char)}
        bare = decomposed.translate(marks)
    return bare.casefold().translate(_SAME_LETTERS)


def _squeezed(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", text)


_KEYS: Final = Remembered(lambda word: _squeezed(_plain(word)), _WORDS_REMEMBERED)


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        word = match.group()
        yield _Word(_KEYS[word], match.start(), match.end(), word[:1].isupper())


def _same(word: str, name: str) -> bool:
    """Whether two words are one name, allowing what character recognition does to a long one."""
    if word == name:
        return True
    if min(len(word), len(name)) < SHORTEST_FUZZY or abs(len(word) - len(name)) > 1:
        return False
    near = fuzz.ratio(word.translate(_LOOKALIKES), name.translate(_LOOKALIKES))
    return word[0] == name[0] and near >= ALIKE


def _pairs(words: list[_Word]) -> Iterator[tuple[_Word, _Word]]:
    """Two words with up to two more between them; capitalised all of them, as names are."""
    for index, first in enumerate(words):
        if not first.capital:
            continue
        for second in words[index + 1 : index + 4]:
            if not second.capital or second.start - first.end > _BETWEEN:
                break
            yield first, second


def _in_full(pairs: list[tuple[_Word, _Word]], person: Person) -> Iterator[NameFound]:
    given = person.given[0]
    for first, second in pairs:
        if len(given) > 1 and (first.key, second.key) in (
            (given, person.surname),
            (person.surname, given),
        ):
            yield NameFound(first.start, second.end, "the full name")


def _double_surname(words: list[_Word], person: Person) -> Iterator[NameFound]:
    """A surname of two words or with a hyphen: ``Anna Smith Jones`` for ``Anna Smith-Jones``."""
    whole = "".join((*person.given, person.surname))
    for index, first in enumerate(words):
        if not whole.startswith(first.key):
            continue
        for width in (2, 3, 4):
            run = words[index : index + width]
            if len(run) == width and "".join(word.key for word in run) == whole:
                yield NameFound(run[0].start, run[-1].end, "the full name")


def _by_initial(pairs: list[tuple[_Word, _Word]], person: Person) -> Iterator[NameFound]:
    for first, second in pairs:
        if second.key != person.surname or not first.key:
            continue
        begins = first.key[0] == person.initial
        if begins and (len(first.key) <= 2 or len(person.given[0]) == 1):
            yield NameFound(first.start, second.end, "surname and initial")


def _misspelt(pairs: list[tuple[_Word, _Word]], person: Person) -> Iterator[NameFound]:
    for first, second in pairs:
        if _same(first.key, person.given[0]) and _same(second.key, person.surname):
            yield NameFound(first.start, second.end, "the full name, spelt a little differently")


def _run_together(text: str, person: Person) -> list[NameFound]:
    """``MarySmith`` or ``M a r y Smith`` in a text that lost or won blanks; the last first."""
    whole = "".join((person.given[0], person.surname))
    if len(whole) < SHORTEST_RUN:
        return []
    pattern = r"[\W_]{0,3}".join(map(re.escape, whole))
    found = re.finditer(pattern, _same_length_plain(text))
    return [NameFound(*one.span(), "the full name, run together") for one in found][::-1]


def _same_length_plain(text: str) -> str:
    folded = {ord(char): low for char in set(text) if len(low := _plain(char)) == 1}
    return text.translate(folded)


def _surname_alone(text: str, words: list[_Word], person: Person) -> Iterator[NameFound]:
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word.start < len(text) - SIGN_OFF:
            return
        if not word.capital or not _same(word.key, person.surname):
            continue
        before = words[index - 1] if index else None
        beside = before and before.capital and word.start - before.end <= _BESIDE
        if not before or not beside or before.key in _HONOURS:
            yield NameFound(word.start, word.end, "surname")
        elif before.key[:_ALIKE] == person.given[0][:_ALIKE]:
            yield NameFound(before.start, word.end, "surname, with a given name alike")


def line_around(content: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to what stands on its lines, a little to either side at most."""
    first = max(content.rfind("\n", 0, start) + 1, start - _QUOTE_AROUND)
    newline = content.find("\n", end)
    last = min(newline if newline >= 0 else len(content), end + _QUOTE_AROUND)
    while first < start and not content[first - 1 : first].isspace() and first > 0:
        first += 1
    while last > end and last < len(content) and not content[last].isspace():
        last -= 1
    return (first, last) if content[first:last].strip() else (start, end)
