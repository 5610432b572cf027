"""What a benchmark tells: frozen records, from the choice of peers to the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assess.compare.stats import Interval, Share
from assess.records import Assessment, Value

StandingKind = Literal["score", "area"]
SubjectKind = Literal["draft", "organisation"]
State = Literal["done", "part", "open", "unknown", "na"]
ChangeKind = Literal["gained", "deeper", "shallower", "lost", "unchanged", "not_comparable"]


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document that the workspace keeps."""

    name: str
    kept_as: str
    """Below the workspace's folder of documents."""
    media_type: str


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """What a person said of a finding."""

    reviewer: str
    day: str
    """ISO 8601."""
    reason: str
    corrected: bool
    """False where the person confirmed what had been found."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is benchmarked: a draft, or an organisation's statement in the workspace."""

    name: str
    kind: SubjectKind
    assessment: Assessment
    """Its quotes are verified: each stands in the text at its place."""
    documents: frozenset[str] = frozenset()
    """Hashes of documents, and of the text, that are its own: never its peers."""
    families: frozenset[int] = frozenset()
    """Its own organisation or group of organisations: never quoted to it."""
    year: int | None = None
    """Registry year; None for a draft."""
    kept: KeptDocument | None = None
    """None for a draft, which is not kept."""
    persons: Mapping[str, PersonSaid] = field(default_factory=dict)
    """By criterion."""

    @property
    def values(self) -> dict[str, Value]:
        """The value of each criterion."""
        return {finding.criterion: finding.value for finding in self.assessment.findings}


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Who is compared with."""

    sectors: tuple[str, ...]
    """Registry sectors; a statement in any of them is a peer."""
    years: tuple[int, ...] | None = None
    """Registry years; None for all."""
    turnover: str | None = None
    """A turnover band as declared; None for all."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One document that is the latest assessed statement of one or more organisations."""

    document: str
    assessment_id: int
    label: str
    year: int
    statement_url: str | None
    organisations: frozenset[int]
    families: frozenset[int]
    substance: float
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Standing:
    """One score or area: the subject's value and its place among the peers."""

    id: str
    title: str
    kind: StandingKind
    value: float | None
    """0 to 100; None where there is none."""
    percentile: float | None
    """Share of peers below, ties counted half, 0 to 100; None without a value or peers."""
    interval: Interval | None
    """95% Wilson interval of the percentile, 0 to 100."""
    peer_median: float | None
    peers: int
    """Peers that have the value."""
    depth: int | None = None
    """Of an area, 0 to 3."""
    indicators: tuple[int, int] | None = None
    """Of an area: indicators found, and how many it has."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Words of the subject's own text."""

    quote: str
    page: int
    status: str


@dataclass(frozen=True, slots=True)
class PeerQuote:
    """Words of a leading peer: the stored text from its place on, cut at a sentence's end."""

    organisation: str
    year: int
    quote: str
    is_cut: bool
    page: int
    status: str
    statement_url: str | None
    kept: KeptDocument
    confirmed: bool
    """Whether a person confirmed that it is evidence."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion not (fully) evidenced in the subject; ``wanted`` is the next level up."""

    criterion: str
    title: str
    question: str
    kind: str
    area: str
    """Title of its area; for legal items what they rest on."""
    authority: str
    source: str
    value: Value
    wanted: str
    """``met``, ``true``, or the depth ``1``, ``2`` or ``3``."""
    peers: Share
    """Peers that reach ``wanted``."""
    leading: Share
    """Of the leading quarter of peers, those that reach it."""
    seen: tuple[Seen, ...]
    """What stands in the subject on it, counted or not."""
    why: str
    good_practice: str
    advice: str
    quotes: tuple[PeerQuote, ...] = ()
    person: PersonSaid | None = None


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist."""

    id: str
    section: str
    title: str
    ask: str
    authority: str
    source: str
    state: State
    told: str
    """The state in words."""
    page: int | None
    """Of the first quote that it rests on."""
    statuses: tuple[str, ...] = ()
    """Of quotes that were seen and do not count."""
    person: PersonSaid | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion in the draft before and in this one."""

    criterion: str
    title: str
    authority: str
    before: Value
    after: Value
    change: ChangeKind
    seen: Seen | None
    """What was gained, or what is not found any more."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Two drafts beside each other."""

    name: str
    """Of the one before."""
    compliance: tuple[float | None, float | None]
    """Before and after, on the items judged from the text."""
    substance: tuple[float | None, float | None]
    items: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The subject among its peers."""

    name: str
    kind: SubjectKind
    statement_kind: str
    year: int | None
    words: int
    compliance: float | None
    """On the items judged from the text, as in the standings."""
    substance: float | None
    tier: str | None
    kept: KeptDocument | None
    group: PeerGroup
    peers: int
    organisations: int
    """Whose latest assessed statements the peers are."""
    leading: int
    """Peers in the leading quarter."""
    minimum: int
    too_few: bool
    left_out: int
    """The subject's own documents that would be peers."""
    rubric: str
    """The rubric that judged the subject and its peers."""
    other_rubrics: Mapping[str, int]
    """Other rubrics, and how many documents they judged: none of these is a peer."""
    same_model: bool
    """Whether one classifier judged them all."""
    proposal: str
    """Title of a rubric that counts proposed law; empty for the law as it is."""
    reuse_known: bool
    """Whether reused text was computed: without it no peer is quoted."""
    versions: Mapping[str, str]
    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    checklist: tuple[CheckItem, ...]
    changes: Changes | None = None
