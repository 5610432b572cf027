"""The searches run over a statement: what they found, with exact quotes and its status."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from assess.compare.dates import DateFound, MonthFound, dates_in, months_in
from assess.compare.declared.answers import load_searches
from assess.records import Evidence, EvidenceStatus, Finding, Sentence, Text
from assess.score.detectors.approval import detect_approval
from assess.score.detectors.base import Detection
from assess.score.detectors.signature import detect_signature
from assess.score.model import load_model
from assess.score.rules import Hit, Reading, RuleBook
from assess.score.scope import Scope, judged_scope

# As long as a quote of the assessment; a table without line breaks is cut around the match.
MAX_QUOTE = 400
# Page numbers and leaders of a table of contents: so many of them, and a sentence is one.
_CONTENTS = re.compile(
    r"\bp(?:age|g)?\.?\s?\d{1,3}\b|\.{5,}|…{2,}|(?<=[a-z])\s?\d{1,2}(?:[-–]\d{1,2})?\s?(?=[A-Z])"
)
_ENTRIES = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A passage; ``quote == content[start:end]``."""

    quote: str
    start: int
    end: int
    status: EvidenceStatus
    counts: bool
    """Whether evidence of this status shows what was looked for."""


@dataclass(frozen=True)
class Searched:
    """A statement's text and what the searches found in it, in reading order.

    What several answers ask of the text is found once.
    """

    text: Text
    """Only what is judged; its offsets are its own."""
    reading: Reading
    found: Mapping[str, Sequence[Found]]
    """By the search's id."""
    scope: Scope | None

    @cached_property
    def dates(self) -> Sequence[DateFound]:
        """All full dates of ``text``."""
        return tuple(dates_in(self.text.content))

    @cached_property
    def months(self) -> Sequence[MonthFound]:
        """All months with their year, also those of full dates."""
        return tuple(months_in(self.text.content))

    @cached_property
    def approvals(self) -> Sequence[Detection]:
        """Where an approval is told."""
        return detect_approval(self.reading)

    @cached_property
    def signatures(self) -> Sequence[Detection]:
        """Where the text is signed."""
        return detect_signature(self.reading)

    def passage(self, start: int, end: int, status: EvidenceStatus = "implemented") -> Found:
        """A passage of ``text``, with the offsets of the whole document."""
        return _placed(self.scope, self.text, start, end, (status, True))


@cache
def _book() -> RuleBook:
    return RuleBook(load_searches())


def search(whole: Text) -> Searched:
    """Run all searches over the part of a document that is the statement."""
    scope = judged_scope(whole)
    text = scope.text if scope else whole
    model = load_model(None)
    book = _book()
    reading = book.read(text, (), model.status if model else None)
    found: dict[str, list[Found]] = {}
    for hit in book.hits(reading):
        sentence = reading.sentences[hit.sentence].sentence
        if len(_CONTENTS.findall(sentence.text)) >= _ENTRIES:
            continue
        start, end = _quote(sentence, hit)
        passage = _placed(scope, text, start, end, (hit.status, hit.counts))
        found.setdefault(hit.owner, []).append(passage)
    return Searched(text, reading, found, scope)


def _quote(sentence: Sentence, hit: Hit) -> tuple[int, int]:
    """The sentence; of a very long one what is around the match."""
    length = sentence.end - sentence.start
    if length <= MAX_QUOTE:
        return sentence.start, sentence.end
    # The match was found in the folded text; its share of the length places it well enough.
    middle = int(length * sum(hit.span) / 2 / max(1, len(sentence.text)))
    start = sentence.start + max(0, min(middle - MAX_QUOTE // 2, length - MAX_QUOTE))
    return start, start + MAX_QUOTE


def _placed(
    scope: Scope | None, text: Text, start: int, end: int, told: tuple[EvidenceStatus, bool]
) -> Found:
    status, counts = told
    evidence = Evidence(text.content[start:end], 1, start, end, status, "search")
    if scope:
        evidence = scope.restored(Finding("", True, 1.0, (evidence,))).evidence[0]
    return Found(evidence.quote, evidence.start, evidence.end, status, counts)
