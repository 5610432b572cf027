"""The language of a document and of its passages, by py3langid (its model is in the package).

English is told from the rest by its small words, which costs next to nothing; only what lacks them
is shown to the model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.extract.limits import MIN_LANGUAGE_WORDS
from assess.records import Sentence

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDETERMINED: Final = "und"
ENGLISH: Final = "en"
# The guess no longer changes after two pages; more only costs time.
_SAMPLE: Final = 5_000
# The model knows dialects and pidgins too, which nobody publishes in and short lists resemble.
_LANGUAGES: Final = (
    *("ar", "bg", "bn", "cs", "cy", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "gd"),
    *("gu", "he", "hi", "hr", "hu", "is", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nl", "no"),
    *("pa", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi"),
    "zh",
)

# Small words of English that other languages hardly share.
_SMALL: Final = frozenset({
    "the", "and", "of", "to", "our", "with", "this", "that", "by", "from", "have", "has", "are",
    "which", "their", "we", "be", "will", "for", "any", "all", "or", "its", "not", "been", "is",
    "it", "as", "at", "who", "these", "such", "where", "was", "were", "you", "your", "they",
})  # fmt: skip
# English has them in every third word; a sentence with less than one in eight is looked at.
_ENGLISH_SHARE: Final = 0.2
_FOREIGN_SHARE: Final = 0.12
_MIN_SENTENCE: Final = 5
# A passage needs so many words to be told at all, and so few once its language was met.
_MIN_PASSAGE: Final = 25
_MIN_KNOWN: Final = 6
_KNOWN_WORDS: Final = 60
_SURE: Final = 0.9
# With so many of its words in English sentences, the model need not be asked about a document.
_CLEAR_SHARE: Final = 0.5
# Names and addresses begin in capitals; even German has half of its words in lower case.
_LOWER_SHARE: Final = 0.45
# An English part is judged from so many words, and this share of the document, on.
MIN_ENGLISH_WORDS: Final = 60
_MIN_ENGLISH_SHARE: Final = 0.2

_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff]")
# Words are longer than this on average only where a script does not part them.
_LONG_WORD: Final = 12
# Characters of a script without spaces that make a word.
_SCRIPT_WORD: Final = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences in a row in a language other than English."""

    start: int
    end: int
    words: int
    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Languages:
    """The language that a document is judged as, and what in it is in another one."""

    language: str
    """``en`` where there is an English part to judge."""
    passages: tuple[Passage, ...] = ()
    """Empty where the document is in one language."""


class _Measured(NamedTuple):
    """A sentence and its signs."""

    sentence: Sentence
    words: int
    share: float
    """Of English small words."""

    @property
    def english(self) -> bool:
        return self.words >= _MIN_SENTENCE and self.share >= _ENGLISH_SHARE

    @property
    def foreign(self) -> bool:
        return self.words >= _MIN_SENTENCE and self.share < _FOREIGN_SHARE


def guess_language(content: str) -> str:
    """Return the ISO 639-1 code, or ``"und"`` below twenty words."""
    if _length(content[:_SAMPLE], len(content[:_SAMPLE].split())) < MIN_LANGUAGE_WORDS:
        return UNDETERMINED
    code, _ = _model().classify(content[:_SAMPLE])
    return str(code)


def read_languages(content: str, sentences: Sequence[Sentence]) -> Languages:
    """Tell a document's language, and its passages in others where it has an English part."""
    measured = [_measure(sentence) for sentence in sentences]
    passages = tuple(_passages(content, measured))
    words = sum(one.words for one in measured)
    english = sum(one.words for one in measured if one.english)
    if not passages:
        clear = words >= MIN_LANGUAGE_WORDS and english > _CLEAR_SHARE * words
        return Languages(ENGLISH if clear else guess_language(content))
    covered = sum(passage.words for passage in passages)
    if english >= max(MIN_ENGLISH_WORDS, _MIN_ENGLISH_SHARE * (english + covered)):
        return Languages(ENGLISH, passages)
    most = Counter[str]()
    for passage in passages:
        most[passage.language] += passage.words
    return Languages(most.most_common(1)[0][0])


def _measure(sentence: Sentence) -> _Measured:
    words = sentence.text.lower().split()
    share = sum(map(_SMALL.__contains__, words)) / max(1, len(words))
    return _Measured(sentence, _length(sentence.text, len(words)), share)


def _length(text: str, words: int) -> int:
    """Words, where scripts without spaces count by characters."""
    if len(text) < _LONG_WORD * words:
        return words
    return max(words, len(_OTHER_SCRIPT.findall(text)) // _SCRIPT_WORD)


def _passages(content: str, measured: Sequence[_Measured]) -> Iterator[Passage]:
    runs = list(_runs(measured))
    found = {
        index: _told(content, run) for index, run in enumerate(runs) if _words(run) >= _MIN_PASSAGE
    }
    known = Counter[str]()
    for passage in filter(None, found.values()):
        known[passage.language] += passage.words
    languages = {language for language, words in known.items() if words >= _KNOWN_WORDS}
    languages |= _pooled(content, runs)
    for index, run in enumerate(runs):
        told = found.get(index)
        if told is None and languages and _MIN_KNOWN <= _words(run) < _MIN_PASSAGE:
            short = _told(content, run)
            told = short if short and short.language in languages else None
        if told:
            yield told


def _pooled(content: str, runs: Sequence[Sequence[_Measured]]) -> set[str]:
    """The language of sentences that alternate with English ones, each too short to be told."""
    short = [run for run in runs if _MIN_KNOWN <= _words(run) < _MIN_PASSAGE]
    if sum(map(_words, short)) < _KNOWN_WORDS:
        return set()
    pieces = (content[run[0].sentence.start : run[-1].sentence.end] for run in short)
    told = _language_of("\n".join(pieces)[:_SAMPLE])
    return {told[0]} if told else set()


def _runs(measured: Sequence[_Measured]) -> Iterator[Sequence[_Measured]]:
    """Sentences in a row of which none is English; a heading goes with what it is above."""
    first, last = -1, -1
    for index, one in enumerate(measured):
        if one.foreign:
            if first < 0:
                first = index
                while (
                    first
                    and measured[first - 1].sentence.is_heading
                    and not measured[first - 1].english
                ):
                    first -= 1
            last = index
        elif one.english and first >= 0:
            yield measured[first : last + 1]
            first = -1
    if first >= 0:
        yield measured[first : last + 1]


def _words(run: Sequence[_Measured]) -> int:
    return sum(one.words for one in run)


def _told(content: str, run: Sequence[_Measured]) -> Passage | None:
    """The passage that a run is, where its language is beyond doubt and not English."""
    start, end = run[0].sentence.start, run[-1].sentence.end
    told = _language_of(content[start : min(end, start + _SAMPLE)])
    return Passage(start, end, _words(run), *told) if told else None


def _language_of(text: str) -> tuple[str, float] | None:
    """The language and how sure it is; None for English, names, addresses and doubt."""
    words = _WORD.findall(text)
    lower = sum(not word[0].isupper() for word in words)
    if lower < _LOWER_SHARE * len(words):
        return None
    language, confidence = _model().classify(text)
    if language == ENGLISH or confidence < _SURE:
        return None
    return str(language), round(float(confidence), 2)


@cache
def _model() -> LanguageIdentifier:
    """Loaded once in a process: it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_LANGUAGES)
    return model
