"""Cues of a sentence: signs of what it is about, and its shape. They are rules for the classifier.

They tell what words alone do not: that a board approves rather than is named, that a line is a
signature, that a figure counts people. Each is a pattern or a measure of the line; the classifier
weighs them (`assess.score.signals`).
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from assess.score.remembered import Remembered

# Longer sentences are lists; their start tells what they are.
MAX_CHARACTERS: Final = 2_000
_HEADING_WORDS: Final = 12
_SHORT_HEADING_WORDS: Final = 4
_HEADING_CAPITALS: Final = 0.5

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_APPROVE = r"(?:approv|adopt|sign(?:ed)? off)"
_BODY = r"(?:board|directors|trustees|governing body)"
_PEOPLE = (
    r"(?:employees|staff|people|colleagues|suppliers|audits|sites|workers|countries|stores"
    r"|partners)"
)

# How a word begins, in lower case, without the marks around it.
_WORDS: Final[Mapping[str, str]] = {
    "board or directors": r"board$|trustees$|council$|directors$",
    "approval": r"approv|adopted$|endorse",
    "signed": r"signed$|signatur|signatory$",
    "title": r"(?:director|chief|ceo|cfo|chair(?:man|woman|person)?|president|managing|secretary"
    r"|partner|officer)$",
    "figure": r".*\d",
    "legal form": r"(?:ltd|limited|plc|llp|inc|gmbh|group|parent)$|subsidiar",
    "we or our": r"(?:we|our|us)$",
    "supplier": r"suppl(?:ier|y)|vendor|contractor",
    "country": r"(?:china|india|bangladesh|turkey|vietnam|asia|africa|europe|uk|usa|ireland|germany"
    r"|france|italy|spain|poland|romania|brazil|thailand|malaysia)$",
    "risk": r"risk",
    "policy or code": r"polic(?:y|ies)$|codes?$",
    "training": r"train",
    "audit or assessment": r"audit|inspect|assess",
    "reporting channel": r"whistle|hotline|speak-?up|confidential",
    "remedy": r"remed|investigat|correct(?:ive|ion)|terminat|disciplin|dismiss|rectif",
    "measure": r"kpi|indicator|measur|effective|track|monitor|review|target|metric",
    "plan": r"will$|intend|aim|further$",
    "condition": r"if$|may$",
    "commitment": r"commit|believe|values$",
    "slavery": r"slavery|traffick|servitude",
    "yearly": r"annual|yearly$|regular",
    "what the firm is": r"established|founded|incorporated|headquarter|registered|owned$|operat"
    r"|provid|employ",
}
# Patterns of more than a word, in lower case; each is tried where one of its marks is there.
_PASSAGES: Final[Mapping[str, tuple[Sequence[str], str]]] = {
    "board approves": (
        ("approv", "adopt", "sign"),
        rf"{_APPROVE}\w*\W+(?:\w+\W+){{0,6}}?{_BODY}|{_BODY}\W+(?:\w+\W+){{0,5}}?{_APPROVE}",
    ),
    "on behalf of": (("behalf",), r"\bon behalf of\b"),
    "this statement": (
        ("statement", "policy"),
        r"\bthis (?:[\w-]+ ){0,4}?(?:statement|policy)\b|\bthe statement\b",
    ),
    "date": (
        tuple("0123456789"),
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} \d{{4}}|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}",
    ),
    "percentage": (("%", "cent"), r"\d ?%|\bper ?cent"),
    "count of people or sites": (
        tuple("0123456789"),
        rf"\b\d[\d,]* (?:\w+ ){{0,3}}{_PEOPLE}\b",
    ),
    "degree of risk": (
        ("risk", "vulnerab"),
        r"\b(?:high|higher|low|lower|greater|increased|greatest|highest|medium)[ -]?risk"
        r"|\bat risk\b|\bvulnerab",
    ),
    "support for victims": (
        ("victim", "survivor"),
        r"\bsupport\w* (?:\w+ ){0,3}?(?:victim|surviv)",
    ),
    "report a concern": (("report",), r"\breport(?:ing)? (?:\w+ ){0,2}?(?:concern|suspicion)"),
    "no instances": (
        ("no ", "not ", "zero"),
        r"\bno (?:known |reported |confirmed |actual )?(?:instance|incident|case|report|breach"
        r"|evidence|concern|complaint|allegation)|\bnot (?:aware|identified|received|found)"
        r"|\bzero (?:report|incident|case)",
    ),
    "plan in words": (
        ("plan to", "going forward", "next year", "continue to"),
        r"\bplan to\b|going forward|\bnext year\b|\bcontinue to\b",
    ),
    "condition in words": (
        ("in the event", "where ", "should "),
        r"in the event|\bwhere (?:a|any|we)\b|\bshould (?:a|any|we)\b",
    ),
    "zero tolerance": (("toleran",), r"zero.tolerance"),
    "the law": (
        ("section 54", "act", "pursuant", "made under"),
        r"section 54|act 2015|modern slavery act|\bpursuant|made under",
    ),
    "forced labour": (("labo",), r"(?:forced|bonded|child|compulsory) labou?r"),
    "each year": (("year",), r"\b(?:each|every) year"),
    "page furniture": (("contents", "page ", "www.", "http"), r"\bcontents\b|\bpage \d|www\.|http"),
}
# Of how the line begins and ends, as written.
_EDGES: Final[Mapping[str, str]] = {
    "bullet": r"\W*(?:[•\-*▪●o]|\(?[A-Za-z0-9]{1,3}[.)])\s",
    "begins with a name": r"\W*(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Dame)\.? )?"
    r"[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z\-]+\b",
    "begins in lower case": r"[a-z]",
}
_MEASURES: Final = (
    "characters",
    "words",
    "share of capitals",
    "share of digits",
    "share of capitalised words",
    "commas a word",
    "ends in a colon",
    "ends as a sentence",
    "heading",
)
CUES: Final = (*_WORDS, *_PASSAGES, *_EDGES, *_MEASURES)
HEADING: Final = CUES.index("heading")

# Words of which the cues are remembered.
_MAX_KNOWN: Final = 100_000

_AT_WORDS: Final = [re.compile(pattern).match for pattern in _WORDS.values()]
_AT_ANY_WORD: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _WORDS.values())).match
_IN_PASSAGES: Final = [(marks, re.compile(told).search) for marks, told in _PASSAGES.values()]
_AT_EDGES: Final = [re.compile(pattern).match for pattern in _EDGES.values()]
_MARKS: Final = "\"'“”‘’()[]{}.,;:!?•*-–—|"
_CAPITALS: Final = string.ascii_uppercase.encode()
_DIGITS: Final = string.digits.encode()


def cues(sentence: str) -> list[float]:
    """The cues of a sentence, in the order of `CUES`: 0 or 1, or a measure."""
    text = sentence[:MAX_CHARACTERS]
    lower = text.lower()
    words = text.split()
    of_words = 0
    for word in lower.split():
        of_words |= _known[word]
    found = [float(of_words >> place & 1) for place in range(len(_AT_WORDS))]
    for marks, search in _IN_PASSAGES:
        for mark in marks:  # a plain loop: `any` takes most of the time that the marks save
            if mark in lower:
                found.append(float(search(lower) is not None))
                break
        else:
            found.append(0.0)
    found += [float(match(text) is not None) for match in _AT_EDGES]
    return found + _measures(text, words)


def _of_word(word: str) -> int:
    """The cues of a word, one bit each."""
    parts = {word.strip(_MARKS), *re.split(r"[\W_]+", word)}
    found = 0
    for part in filter(_AT_ANY_WORD, parts):
        found |= sum(1 << place for place, match in enumerate(_AT_WORDS) if match(part))
    return found


_known: Final = Remembered(_of_word, _MAX_KNOWN)


def _measures(text: str, words: Sequence[str]) -> list[float]:
    length, count = len(text) + 1, len(words) + 1
    return [
        math.log(length),
        math.log(count),
        _number_of(text, str.isupper, _CAPITALS) / length,
        _number_of(text, str.isdigit, _DIGITS) / length,
        sum(word[0].isupper() for word in words) / count,
        text.count(",") / count,
        float(text.rstrip().endswith(":")),
        float(text.rstrip(' "”’)').endswith((".", "!", "?"))),
        float(_has_heading_shape(text)),
    ]


def _number_of(text: str, told: Callable[[str], bool], in_ascii: bytes) -> int:
    """How many characters are of a kind; ``in_ascii``: those of ASCII that are."""
    if text.isascii():
        return len(text) - len(text.encode().translate(None, in_ascii))
    return sum(map(told, text))


def _has_heading_shape(line: str) -> bool:
    """Whether a line is short, without a stop, and begun like a title.

    Not the extractor's rule: that may change with a version, this one only with the training.
    """
    words = line.split()
    if not words or len(words) > _HEADING_WORDS or words[-1][-1] in ".;,:!?":
        return False
    if line.isupper():
        return True
    first = words[0][0]
    if not (first.isupper() or first.isdigit() or first in "•-#*"):
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return len(words) <= _SHORT_HEADING_WORDS or capitals / len(words) >= _HEADING_CAPITALS
