"""Organisation names as keys: what may differ between two spellings of one name, folded away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

# Among 10,491 names of UK registry and BHRRC, pairs from here on that pass the guards below are all
# one organisation ("flavors" and "flavours"); without the guards half are not ("cbre" and "bre").
ACCEPT: Final = 93.0
# Below this, pairs share no more than ordinary words.
REVIEW: Final = 85.0
# In a key this short one letter is another company (ASDA, ASOS): exact matches only.
MIN_FUZZY_CHARACTERS: Final = 8
# The same for a word: "sims group" is not "sis group".
MIN_FUZZY_WORD: Final = 5
# Letters that a slip adds, drops, changes or swaps in a word; "capri" and "caprice" differ by two.
MAX_SLIPS: Final = 1
# A second organisation this close to the best makes the best a guess.
MARGIN: Final = 3.0

FORMS: Final = {
    "limited": "limited", "ltd": "limited", "cyfyngedig": "limited", "cyf": "limited",
    "plc": "plc", "ccc": "plc", "public limited company": "plc",
    "llp": "llp", "limited liability partnership": "llp", "lp": "lp",
    "limited partnership": "lp", "cic": "cic", "community interest company": "cic",
    "inc": "inc", "incorporated": "inc", "llc": "llc", "gmbh": "gmbh", "ag": "ag", "kg": "kg",
    "sa": "sa", "sarl": "sarl", "sas": "sas", "spa": "spa", "srl": "srl", "bv": "bv",
    "nv": "nv", "ab": "ab", "as": "as", "oy": "oy", "pty": "pty", "dac": "dac",
}  # fmt: skip
_LONGEST_FORM: Final = max(len(form.split()) for form in FORMS)
# Spelled-out forms that dots or spaces split ("P.L.C."); joined before punctuation goes.
_SPLIT_FORM = re.compile(r"\b(p\W{0,2}l\W{0,2}c|l\W{0,2}l\W{0,2}p|c\W{0,2}i\W{0,2}c)\W*$")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´](?=\w)")
_PLUS = re.compile(r"(?<=\w)\s*\+\s*(?=\w)")
_NOT_WORD = re.compile(r"[\W_]+")
_WORDS: Final = {"company": "co", "und": "and"}

# Words of file names and titles that say what the document is, not whose.
_NOISE_WORDS: Final = (
    "modern slavery statement statements act anti and human trafficking transparency policy msa "
    "mss the of for in on fy final signed copy draft version updated update annual report web "
    "website online published approved board financial fiscal year ending ended end"
)
_MONTH_WORDS: Final = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_NOISE: Final = frozenset(_NOISE_WORDS.split())
_MONTHS: Final = frozenset(_MONTH_WORDS.split())
_NOISE_PATTERN = re.compile(
    r"(?:\d{1,3}(?:st|nd|rd|th)|v\d{1,3}|fy\d{2,4}|(?:19|20)\d\d(?:(?:20)?\d\d)?|\d{8})\Z"
)
# Days, months, and the second half of "2021-22"; also part of names ("2 SISTERS").
_NUMBER = re.compile(r"\d{1,2}\Z")
_COPY_MARK = re.compile(r"(?:\s*[-_]?\s*copy)?\s*\(\d{1,3}\)\Z|\s*[-_]\s*copy\Z", re.I)
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z]|(?:19|20)\d\d)|(?<=[A-Z])(?=[A-Z][a-z])")
_EXTENSION = re.compile(
    r"\.(?:pdf|html?|xhtml|docx?|odt|rtf|md|markdown|txt|text|aspx?|php)\Z", re.I
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are."""

    score: float
    """0 to 100."""
    distinct: bool
    """Some word of one has no counterpart in the other: another organisation of like name."""


def name_key(name: str) -> str:
    """The name in lower case without accents, punctuation, leading "the" or legal form.

    ``&`` is ``and``, "company" is ``co``, initials are joined; words are separated by one space.
    Empty for a name without letters or digits. ``name_key(name_key(x)) == name_key(x)``.
    """
    words, _ = _split(name)
    return " ".join(words)


def legal_form(name: str) -> str:
    """The legal form at the end of a name: ``limited``, ``plc``, ``llp``..., or ``""``."""
    return _split(name)[1]


def squash(key: str) -> str:
    """A key without spaces, so that "co operative" equals "cooperative"."""
    return key.replace(" ", "")


def file_name_keys(name: str) -> tuple[str, ...]:
    """Keys of the organisation that a file name may name, the most literal first.

    Copy numbers, ordinals, years and the words of a document's title are trimmed from both ends;
    a file name of nothing else ("modern-slavery-statement-2022.pdf") has no key.
    """
    return title_keys(_EXTENSION.sub("", PurePath(name.replace("\\", "/")).name))


def title_keys(title: str) -> tuple[str, ...]:
    """As `file_name_keys`, of a title or a file name without its extension."""
    stem = _COPY_MARK.sub("", title)
    words = fold_words(_HUMPS.sub(" ", stem))
    if all(_is_noise(word) or _NUMBER.match(word) for word in words) and not legal_form(stem):
        return ()
    keys = (stem, " ".join(_trim(words, numbers=False)), " ".join(_trim(words, numbers=True)))
    return tuple(dict.fromkeys(key for key in map(name_key, keys) if key))


def likeness(one: str, other: str) -> Likeness:
    """Compare two keys word by word and as a whole, in any order of words."""
    score = fuzz.token_sort_ratio(one, other)
    return Likeness(score, _differ(one.split(), other.split()))


def _differ(one: list[str], other: list[str]) -> bool:
    left = [word for word in one if word not in other]
    right = [word for word in other if word not in one]
    if squash("".join(sorted(left))) == squash("".join(sorted(right))):
        return False
    if len(left) != len(right):
        return True
    return any(not _counterpart(word, right) for word in left)


def _counterpart(word: str, words: list[str]) -> bool:
    """Whether one of the words is this one with a slip; first letters and numbers have none."""
    return any(
        min(len(word), len(other)) >= MIN_FUZZY_WORD
        and word[0] == other[0]
        and word.isalpha()
        and OSA.distance(word, other) <= MAX_SLIPS
        for other in words
    )


def _split(name: str) -> tuple[list[str], str]:
    """The words of a name, and its legal form."""
    words, form = fold_words(name), ""
    while True:
        length = _form_length(words)
        if length:
            form = form or FORMS[" ".join(words[-length:])]
            words = words[:-length]
        elif len(words) > 1 and words[0] == "the":
            words = words[1:]
        else:
            return words, form


def _form_length(words: list[str]) -> int:
    """How many of the last words are a legal form; a name is never all form."""
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if " ".join(words[-length:]) in FORMS:
            return length
    return 0


def fold_words(name: str) -> list[str]:
    """The words of a name or text as keys have them, legal form and "the" included."""
    text = name.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    text = _APOSTROPHES.sub("", text.casefold()).replace("&", " and ")
    text = _PLUS.sub(" and ", text)
    text = _SPLIT_FORM.sub(lambda form: " " + _NOT_WORD.sub("", form[1]), text)
    return list(_join_initials([_WORDS.get(word, word) for word in _NOT_WORD.split(text) if word]))


def _join_initials(words: list[str]) -> Iterator[str]:
    """Join runs of single letters: "r c treatt" is "rc treatt"."""
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            yield run
        run = ""
        yield word
    if run:
        yield run


def _trim(words: list[str], *, numbers: bool) -> list[str]:
    """Without noise at either end; with ``numbers``, also those that stand beside a date."""
    start, end = 0, len(words)
    while start < end and _goes(words, start, start - 1, start + 1, numbers=numbers):
        start += 1
    while end > start and _goes(words, end - 1, end, end - 2, numbers=numbers):
        end -= 1
    return words[start:end]


def _goes(words: list[str], here: int, outer: int, inner: int, *, numbers: bool) -> bool:
    if _is_noise(words[here]):
        return True
    if not numbers or not _NUMBER.match(words[here]):
        return False
    beside = (words[place] for place in (outer, inner) if 0 <= place < len(words))
    return any(word in _MONTHS or _NOISE_PATTERN.match(word) for word in beside)


def _is_noise(word: str) -> bool:
    return word in _NOISE or word in _MONTHS or _NOISE_PATTERN.match(word) is not None
