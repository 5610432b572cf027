"""What of a text is judged, cut out as a text of its own, and quotes put back in their place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assess.records import Evidence, Finding, JudgedPart, Page, Sentence, Text

_PARAGRAPH: Final = "\n\n"
_PAGE_BREAK: Final = "\f"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that is judged."""

    start: int
    end: int
    """In the whole text."""
    at: int
    """Its start in the cut text."""

    @property
    def shift(self) -> int:
        """What to add to an offset of the cut text."""
        return self.start - self.at


@dataclass(frozen=True, slots=True)
class Scope:
    """The judged stretches of a text."""

    whole: Text
    text: Text
    """Only what is judged, with its own offsets and the page numbers of the whole."""
    spans: tuple[Span, ...]
    part: JudgedPart

    def restored(self, finding: Finding) -> Finding:
        """The finding with its quotes where they stand in the whole text."""
        return replace(finding, evidence=tuple(map(self._restored, finding.evidence)))

    def _restored(self, evidence: Evidence) -> Evidence:
        span, start, end = max(
            (
                (span, max(evidence.start, span.at), min(evidence.end, span.at + _length(span)))
                for span in self.spans
            ),
            key=lambda cut: cut[2] - cut[1],
        )
        # What reaches over a seam keeps its longer half: a quote is never glued from two places.
        start, end = start + span.shift, end + span.shift
        return replace(evidence, quote=self.whole.content[start:end], start=start, end=end)


def judged_scope(text: Text) -> Scope | None:
    """The judged stretches; None where the whole text is judged."""
    ranges = list(judged_ranges(text))
    if not text.parts or ranges == [(0, len(text.content))]:
        return None
    spans, content = _joined(text, ranges)
    sentences = tuple(_sentences(text, spans))
    pages = tuple(_pages(text.pages, spans))
    cut = replace(text, content=content, pages=pages, sentences=sentences, parts=())
    return Scope(text, cut, spans, _part(text, spans, pages))


def judged_ranges(text: Text) -> Iterator[tuple[int, int]]:
    """Offsets of the judged statement, or all, less what is in another language; trimmed."""
    judged = [(p.start, p.end) for p in text.parts if p.kind == "statement" and p.judged]
    holes = [(p.start, p.end) for p in text.parts if p.kind == "other_language"]
    for first, last in judged or [(0, len(text.content))]:
        at = first
        for start, end in [*holes, (last, last)]:
            if start >= at and min(start, last) > at:
                yield from _trimmed(text.content, at, min(start, last))
            at = max(at, end)


def _trimmed(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    raw = content[start:end]
    left, right = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    if any(character.isalnum() for character in raw):
        yield start + left, start + right


def _joined(text: Text, ranges: Sequence[tuple[int, int]]) -> tuple[tuple[Span, ...], str]:
    starts = [page.start for page in text.pages]
    pieces: list[str] = []
    spans: list[Span] = []
    at = 0
    for start, end in ranges:
        if spans:
            same = bisect_right(starts, spans[-1].end - 1) == bisect_right(starts, start)
            pieces.append(_PARAGRAPH if same else _PAGE_BREAK)
            at += len(pieces[-1])
        pieces.append(text.content[start:end])
        spans.append(Span(start, end, at))
        at += end - start
    return tuple(spans), "".join(pieces)


def _sentences(text: Text, spans: Sequence[Span]) -> Iterator[Sentence]:
    starts = [sentence.start for sentence in text.sentences]
    for span in spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        for sentence in text.sentences[first : bisect_right(starts, span.end - 1)]:
            start, end = max(sentence.start, span.start), min(sentence.end, span.end)
            words = " ".join(text.content[start:end].split())
            if start < end and words:
                start, end = start - span.shift, end - span.shift
                yield sentence._replace(start=start, end=end, text=words)


def _pages(pages: Sequence[Page], spans: Sequence[Span]) -> Iterator[Page]:
    for page in pages:
        cuts = [
            (max(page.start, span.start) - span.shift, min(page.end, span.end) - span.shift)
            for span in spans
            if span.start <= page.end and page.start < span.end
        ]
        if cuts:
            yield replace(page, start=cuts[0][0], end=cuts[-1][1])


def _part(text: Text, spans: Sequence[Span], pages: Sequence[Page]) -> JudgedPart:
    judged = next((part for part in text.parts if part.judged), None)
    numbers = [page.number for page in pages] or [1]
    left_out = {part.language for part in text.parts if part.kind == "other_language"}
    return JudgedPart(
        start=spans[0].start if spans else 0,
        end=spans[-1].end if spans else 0,
        first_page=numbers[0],
        last_page=numbers[-1],
        of_pages=len(text.pages),
        title=judged.title if judged else "",
        confidence=judged.confidence if judged else min(p.confidence for p in text.parts),
        other_languages=tuple(sorted(left_out)),
    )


def _length(span: Span) -> int:
    return span.end - span.start
