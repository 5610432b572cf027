"""Do our quotes stand where the readers' quotes do?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assess.records import Assessment, Evidence, EvidenceStatus, Finding, Text
from assess.score.gold import GoldStatement
from assess.score.rubric import Rubric

Span = tuple[int, int]
_PARAGRAPH_END = re.compile(r"\n\s*\n|\f")
# Texts whose paragraphs are not told apart would be one long one.
MAX_PARAGRAPH = 600  # characters
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class EvidenceAgreement:
    """Of positive findings that the readers made too, and gave quotes for."""

    findings: int
    findings_near: int
    """At least one of our quotes that count overlaps or neighbours one of theirs."""
    quotes: int
    quotes_near: int


def evidence_agreement(
    statements: Sequence[GoldStatement],
    judged: Sequence[tuple[Text, Assessment]],
    rubric: Rubric,
) -> EvidenceAgreement:
    """Near: overlapping, in a neighbouring sentence or in the same paragraph. Readers gave up to
    three quotes for each finding, so one of ours that is not near may well be right."""
    counting = {one.id: one.counting for one in rubric.criteria}
    near = [
        [_is_near(text, quote, spans) for quote in quotes]
        for statement, (text, assessment) in zip(statements, judged, strict=True)
        for quotes, spans in _shared(statement, text, assessment, counting)
    ]
    return EvidenceAgreement(
        findings=len(near),
        findings_near=sum(map(any, near)),
        quotes=sum(map(len, near)),
        quotes_near=sum(map(sum, near)),
    )


def _shared(
    statement: GoldStatement,
    text: Text,
    assessment: Assessment,
    counting: Mapping[str, frozenset[EvidenceStatus]],
) -> Iterator[tuple[list[Evidence], list[Span]]]:
    """Our quotes, and where the readers' are, for each positive finding of both."""
    for finding in assessment.findings:
        theirs = statement.evidence.get(finding.criterion, ())
        if not theirs or not _positive(finding.value) or not _agrees(statement, finding):
            continue
        spans = [span for quote in theirs if (span := _locate(text.content, quote))]
        ours = [e for e in finding.evidence if e.status in counting[finding.criterion]]
        if spans and ours:
            yield ours, spans


def _positive(value: object) -> bool:
    return value not in (False, 0, "absent", "na")


def _agrees(statement: GoldStatement, finding: Finding) -> bool:
    return _positive(statement.truth.get(finding.criterion, False))


def _locate(content: str, quote: str) -> Span | None:
    """Where the quote stands, whatever blanks and marks are between its words."""
    words = _WORD.findall(quote)
    if not words:
        return None
    found = re.search(r"[\W_]+".join(map(re.escape, words)), content, re.IGNORECASE)
    return found.span() if found else None


def _is_near(text: Text, quote: Evidence, spans: Sequence[Span]) -> bool:
    return any(_beside(text, (quote.start, quote.end), span) for span in spans)


def _beside(text: Text, ours: Span, theirs: Span) -> bool:
    first, last = _sentences(text, ours)
    from_, to = _sentences(text, theirs)
    if first <= to + 1 and from_ <= last + 1:
        return True
    between = text.content[min(ours[1], theirs[1]) : max(ours[0], theirs[0])]
    return len(between) <= MAX_PARAGRAPH and _PARAGRAPH_END.search(between) is None


def _sentences(text: Text, span: Span) -> tuple[int, int]:
    """The first and last sentence that a span touches."""
    starts = [sentence.start for sentence in text.sentences]
    return bisect_right(starts, span[0]) - 1, bisect_right(starts, max(span[0], span[1] - 1)) - 1
