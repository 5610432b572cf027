"""The frozen records that pass between the steps: scrape -> extract -> score -> compare -> report.

Offsets are 0-based character positions in ``Text.content``; ``end`` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

Status = Literal["assessed", "cannot_assess"]
StatementKind = Literal["statement", "policy", "other"]
EvidenceStatus = Literal["implemented", "planned", "conditional", "negated", "vague"]
# A person may have said that a quote is no evidence; no rule does.
KeptStatus = EvidenceStatus | Literal["rejected"]
Value = str | int | bool
PartKind = Literal["statement", "other_language"]
Verdict = Literal["confirmed", "rejected", "changed"]
ReasonKind = Literal["words", "letters", "before", "after", "further_up", "base", "rest"]
HOMEPAGE_LINK: Final = "homepage_link"
"""The one criterion that no text can show: a visit of the home page judges it."""
MatchMethod = Literal["url", "company_number", "name_exact", "name_fuzzy", "reviewed"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation as a registry row names it."""

    name: str
    company_number: str | None = None
    address: str | None = None
    sector_type: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One registry submission: one summary, its organisations, and what they declared."""

    summary_url: str
    year: int
    statement_url: str | None
    group_submission: bool | None
    parent_name: str | None
    start_date: date | None
    end_date: date | None
    approving_person: str | None
    date_approved: date | None
    turnover: str | None
    last_updated: date | None
    pdf_url: str | None
    sectors: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    declarations: Mapping[str, str]
    """Every other column, by its header, as written; empty cells are left out."""


@dataclass(frozen=True, slots=True)
class Document:
    """An original file, kept byte for byte."""

    sha256: str
    media_type: str
    size: int
    """Bytes."""
    source: str
    """Where it came from: a path, a URL, or ``file.jsonl#id``."""
    name: str
    """The name it had there, without folders."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``method`` says what read it."""

    number: int
    """From 1."""
    start: int
    end: int
    method: str
    confidence: float | None = None
    """0 to 1, how sure character recognition was; ``None`` where the page has a text layer."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that is told apart from the rest."""

    start: int
    end: int
    kind: PartKind
    title: str
    """The statement's own heading, or ``""``."""
    language: str
    confidence: float
    """0 to 1."""
    judged: bool
    """Whether it is (a piece of) what the document's assessment is about."""


class Sentence(NamedTuple):
    """One sentence, list item or heading line, in reading order."""

    start: int
    end: int
    text: str
    """Whitespace folded; the exact text is ``content[start:end]``."""
    page: int
    heading: str
    """The nearest heading above it, or ``""``."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What could be read from one document. Pages are separated by a form feed."""

    content: str
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    language: str
    """ISO 639-1, or ``"und"`` where the text is too short to tell."""
    flags: tuple[str, ...] = ()
    """Quality flags, e.g. ``words_run_together``, ``two_columns``."""
    extractor: str = ""
    """Version of the extractor that made it."""
    parts: tuple[Part, ...] = ()
    """Statements inside a longer document and passages in other languages, by start; empty where
    the document is one statement in one language, and judged as a whole."""

    @property
    def words(self) -> int:
        """Number of whitespace-separated words."""
        return len(self.content.split())


@dataclass(frozen=True, slots=True)
class Reason:
    """What moved a linear model's log odds for a sentence, and by how much."""

    kind: ReasonKind
    """Words or a group of letters of the sentence; words of the one before, the one after, or two
    or three further up; the base, from which every sentence starts; the rest of all terms."""
    text: str
    """The word, two words or letters; ``""`` for base and rest."""
    weight: float
    """Added to the log odds, to a millionth; above 0 it speaks for the sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that a finding rests on; ``quote == text.content[start:end]``."""

    quote: str
    page: int
    start: int
    end: int
    status: KeptStatus
    method: str
    """``rule:<name>``, ``model:<criterion>``, or ``review`` where a person found it."""
    reasons: tuple[Reason, ...] = ()
    """Of ``model:<criterion>``: base, strongest terms, rest; their sum is the log odds that the
    sentence is such evidence. Empty for a rule, which says itself why."""
    review_id: int | None = None
    """The review of this quote, where a person has said something of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement of one criterion."""

    criterion: str
    value: Value
    confidence: float
    """0 to 1."""
    evidence: tuple[Evidence, ...] = ()
    found_value: Value | None = None
    """What rules and classifier found, where a review decided the value; else None."""
    review_id: int | None = None
    """The review that decided the value, or that calls it wrong."""


@dataclass(frozen=True, slots=True)
class MinimalPart:
    """One sign of minimal compliance."""

    name: str
    strength: float
    """How strongly it shows, 0 to 1."""
    weight: float
    """In the index, the weighted mean of the strengths."""
    words: str
    """What it rests on."""


@dataclass(frozen=True, slots=True)
class MinimalCompliance:
    """How far a statement shows form without substance; reasons that lack data are left out."""

    index: float
    """0 to 1."""
    flag: bool
    reasons: tuple[str, ...]
    """Of the parts that show strongly, the words; the weightiest first."""
    parts: tuple[MinimalPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Specificity:
    """How particular a text is: what it names, and how much of it only wishes or assures."""

    numbers: int
    """Years, ordinals and a lone "one" left out."""
    places: int
    partners: int
    """Initiatives, tools, standards and bodies worked with, by name."""
    dates: int
    roles: int
    """Offices and teams."""
    words: int
    vague_sentences: int
    sentences: int
    """Without headings."""

    @property
    def particulars(self) -> int:
        """All that is named."""
        return self.numbers + self.places + self.partners + self.dates + self.roles

    @property
    def per_100_words(self) -> float:
        """Particulars per 100 words."""
        return round(100 * self.particulars / self.words, 2) if self.words else 0.0

    @property
    def vague_share(self) -> float:
        """Share of sentences that are aims, beliefs or assurances."""
        return round(self.vague_sentences / self.sentences, 3) if self.sentences else 0.0


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """Which part of a document its assessment is about."""

    start: int
    end: int
    first_page: int
    last_page: int
    of_pages: int
    title: str
    """The statement's own heading, or ``""``."""
    confidence: float
    """0 to 1."""
    other_languages: tuple[str, ...] = ()
    """Languages of passages between ``start`` and ``end``, or beside, that were not judged."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One document judged by one rubric and one model."""

    status: Status
    reason: str | None
    words: int
    language: str
    statement_kind: StatementKind
    findings: tuple[Finding, ...] = ()
    compliance: float | None = None
    """0 to 100, legal items only."""
    substance: float | None = None
    """0 to 100."""
    tier: str | None = None
    minimal_compliance: MinimalCompliance | None = None
    """``None`` also for a document of kind ``other``, of which it would say nothing."""
    specificity: Specificity | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    part: JudgedPart | None = None
    """``None`` where the whole document was judged."""
    flags: tuple[str, ...] = ()
    """Quality flags of the text."""
    detail: str = ""
    """More on ``reason``: which limit, or what to do; for a person."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd that cost itself only: a row for the issues table."""

    stage: str
    """``registry``, ``files``, ``collect``, ``match``, ``extract``, ``score``, ``compare`` or
    ``report``."""
    subject: str
    """The file, row, URL or statement it concerns."""
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a person says of one finding, of one quote of it, or of a label of one sentence."""

    document: str
    """SHA-256 of the document."""
    verdict: Verdict
    """Of a quote: whether it is evidence (``changed``: evidence of another ``value``). Of a whole
    document: whether the value that was found is right."""
    reviewer: str
    """Name of the person."""
    reviewed_at: str
    """UTC, ISO 8601 to the second: ``2026-01-31T09:30:00Z``."""
    reason: str = ""
    criterion: str | None = None
    """Id of the criterion that is reviewed, or None where it is a ``label``."""
    label: str | None = None
    """Label of the classifier; exactly one of the two is set."""
    start: int | None = None
    end: int | None = None
    """In the text that was reviewed; both None where the document as a whole is meant."""
    quote: str = ""
    """The text from ``start`` to ``end``."""
    value: Value | None = None
    """What holds: of the criterion in this document, or of the label in this sentence (0 or 1).
    None where the reviewer does not say."""


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A review as the database holds it."""

    id: int
    review: Review
