"""What a dossier is made of. Offsets are 0-based characters in the kept text, ends exclusive."""

from __future__ import annotations

from dataclasses import dataclass

from assess.compare.counts import CriterionRow
from assess.compare.years.read import CriterionChange, PromiseRow, SentenceChange
from assess.records import Reason
from assess.report.data import DocumentLink


@dataclass(frozen=True, slots=True)
class Person:
    """Who said something of a finding or quote, and when."""

    name: str
    day: str
    """ISO date."""
    reason: str
    verdict: str
    """``confirmed``, ``rejected`` or ``changed``."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence at its place."""

    criterion: str
    text: str
    page: int
    start: int
    end: int
    status: str
    counts: bool
    """False for what was seen and does not count: plans, denials..."""
    reasons: tuple[Reason, ...]
    """Why a model took it for evidence; empty where a rule did."""
    person: Person | None


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion with its finding."""

    criterion: CriterionRow
    area: str
    """Id of the depth criterion it belongs to, ``legal`` or ``other``."""
    value: str
    confidence: float
    """0 to 1."""
    quotes: tuple[Quote, ...]
    rejected: int
    """Quotes that a person said are no evidence; they are not shown."""
    person: Person | None
    found_value: str | None
    """What rules and classifier found, where a person decided or confirmed the value."""
    notes: tuple[str, ...] = ()
    """Of what a visit judges: what was seen, or why it is not assessed."""


@dataclass(frozen=True, slots=True)
class Minimal:
    """The index beside other texts and the registry's row, else that of the text alone."""

    index: float | None
    flag: bool
    reasons: tuple[str, ...]
    type: str | None
    type_rule: str
    whole: bool
    """False where only the text was looked at."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One of the organisation's statements in the registry."""

    id: int
    year: int
    summary_url: str
    statement_url: str | None
    start_date: str | None
    end_date: str | None
    date_approved: str | None
    approving_person: str | None
    turnover: str | None
    group: bool
    parent: str | None
    last_updated: str | None
    registry_file: str
    registry_read: str
    """ISO date."""
    document: str | None
    """SHA-256."""
    match: tuple[str, float, str] | None
    """How it was matched, how well (0 to 1), and on what words."""
    state: str
    """``assessed``, ``policy``, ``other``, ``cannot_assess``, ``not_scored`` or ``no_document``."""
    reason: str
    """Code, of ``cannot_assess``."""
    assessment: int | None
    compliance: float | None
    substance: float | None
    tier: str | None
    minimal: Minimal | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whom a statement is for."""

    names: tuple[str, ...]
    """At most `read.NAMES_SHOWN`, in alphabetical order."""
    number: int
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A place where the document was found."""

    source: str
    name: str
    day: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept document and what was read of it."""

    sha256: str
    size: int
    link: DocumentLink
    sources: tuple[Source, ...]
    extractor: str | None
    language: str
    words: int
    flags: tuple[str, ...]
    recognised: tuple[int, float | None]
    """Pages read by character recognition, and how sure it was of them on average (0 to 1)."""
    rubric: str | None
    model: str | None
    other_statements: int
    """Other statements that this document answers for."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A match that waits for a person."""

    document: DocumentLink
    year: int
    quality: float
    matched_on: str


@dataclass(frozen=True, slots=True)
class Difference:
    """From the statement before to this one."""

    earlier_year: int
    later_year: int
    kept: int
    reworded: int
    added: int
    dropped: int
    unchanged_share: float | None
    """Share of the later one's words in kept sentences, 0 to 1."""
    same_file: bool
    earlier: DocumentLink
    criteria: tuple[CriterionChange, ...]
    promises: tuple[tuple[PromiseRow, int | None], ...]
    """Each with the place of the later quote."""
    sentences: tuple[SentenceChange, ...]
    """Those added and dropped, at most `beside.SENTENCES_SHOWN` of each."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Another document with much of the same text."""

    label: str
    year: int | None
    overlap: float
    own_overlap: float | None
    relation: str


@dataclass(frozen=True, slots=True)
class SharedSentence:
    """A sentence that texts of other organisations have too."""

    text: str
    organisations: int
    start: int


@dataclass(frozen=True, slots=True)
class Reuse:
    """Text shared with others."""

    words: int
    standard_words: int
    shared_words: int
    own_share: float | None
    pairs: tuple[NearCopy, ...]
    sentences: tuple[SharedSentence, ...]
    """At most `beside.SHARED_SHOWN`, those of most organisations first."""
    sentence_count: int


@dataclass(frozen=True, slots=True)
class Check:
    """A declared answer beside the text."""

    field: str
    answer: str
    result: str
    quote: str | None
    start: int | None
    search: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A score or area beside other statements of the sector."""

    title: str
    value: str
    below: int
    """Others with less."""
    same: int
    above: int
    median: tuple[float, float | None, float | None] | None
    """The sector's median with its 95% interval, as `assess compare sectors` keeps it."""


@dataclass(frozen=True, slots=True)
class Peers:
    """One sector's other statements: of each organisation the latest that was assessed."""

    sector: str
    others: int
    standings: tuple[Standing, ...]
    """Empty where there are too few to compare."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Days from the year end to the approval, by the registry's dates."""

    days: int
    late: bool
    possible: bool
    """False where the dates cannot be right."""
