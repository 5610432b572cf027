"""The rubric: criteria, their rules, weights and advice, as data checked at load.

docs/rubrics.md describes the file; ``rubrics/uk-s54.yaml`` is the one used by default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from assess.records import EvidenceStatus
from assess.score.faults import RubricFaultError
from assess.score.labels import Label
from assess.score.rubric_files import SHIPPED_DEFAULT, RawRubric, read_raw, shipped_rubrics

# A criterion of a thousand times the usual weight of 1 leaves nothing to the others.
MAX_WEIGHT = 1_000
# Criteria, and signals; the shipped rubric has 51 and 42. Nobody reads a report on more.
MAX_JUDGED = 2_000
# Entries of all lists; the shipped rubric has 4,000. Lists that name lists can grow without end.
MAX_ENTRIES = 60_000
# Several times the longest of the shipped rubrics; a longer one cannot be read by a person.
MAX_EXPRESSION = 2_000

Kind = Literal["legal", "flag", "depth", "indicator"]
Authority = Literal["LAW", "BILL", "GUIDANCE", "BENCHMARK"]
# Legal items of these are in the compliance score. A bill is proposed law and not in force: with
# such an item a rubric's score says how a text would stand under the proposal.
IN_COMPLIANCE: Final[tuple[Authority, ...]] = ("LAW", "BILL")
Part = Literal["start", "end"]
ReasonName = Literal[
    "form_without_substance", "few_particulars", "vague_language", "no_risk_or_case", "no_results"
]
# Signs that show only beside other texts and the registry's row; see `assess.compare.minimal`.
ComparisonName = Literal["reused_text", "unchanged_text", "stale", "declared_not_evidenced"]
# What is counted by lists; numbers and dates need none.
Particular = Literal["places", "partners", "roles"]
Phrase = Annotated[str, Field(min_length=2, max_length=400)]
Phrases = tuple[Phrase, ...]
Expression = Annotated[str, Field(min_length=1, max_length=MAX_EXPRESSION)]


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(f"a number is needed, not {str(value).lower()}")  # noqa: TRY004 - as pydantic wants it
    return value


# YAML reads `yes` as true, and pydantic reads true as 1.
Number = Annotated[float, BeforeValidator(_no_boolean)]
Whole = Annotated[int, BeforeValidator(_no_boolean)]
Weight = Annotated[Number, Field(ge=0, le=MAX_WEIGHT)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Rule(_Strict):
    """One way for a sentence to be evidence; the phrase syntax is in docs/rubrics.md."""

    name: str
    any: Annotated[Phrases, Field(min_length=1)]
    """At least one of these phrases must match the sentence."""
    also: Phrases = ()
    """And at least one of these, in the sentence or within ``window`` sentences of it."""
    and_also: Phrases = ()
    """And at least one of these too."""
    unless: Phrases = ()
    """None of these may match the sentence."""
    window: Annotated[Whole, Field(ge=0, le=5)] = 0
    under: Phrases = ()
    """The heading above the sentence, or the line that leads its list, must match one of these."""
    not_under: Phrases = ()
    part: Part | None = None
    """Only near the document's start (title, opening) or end (sign-off)."""
    headings: bool = False
    """Whether a heading itself may be evidence."""
    topic: bool = False
    """The sentence, its heading or a neighbour must speak of slavery or labour exploitation."""
    label: Label | None = None
    """A classifier label whose probability must reach ``at_least``."""
    at_least: Annotated[Number, Field(ge=0, le=1)] = 0.5
    statuses: Annotated[tuple[EvidenceStatus, ...], Field(min_length=1)] = ("implemented",)
    """Evidence of these statuses counts; other matches are kept and shown, not counted."""
    status: EvidenceStatus | None = None
    """A fixed status, for wording that is what it is in any tense."""
    value: Literal["met", "partial"] | None = None
    """For legal items: what a counting match shows."""


class _Judged(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    rules: tuple[Rule, ...] = ()
    detector: str | None = None
    """A detector of assess/score/detectors.py, for what phrases cannot say."""


class Signal(_Judged):
    """Evidence with a name, for use in expressions; not a criterion."""


class Examples(_Strict):
    """Own sentences that must (not) be evidence by the criterion's rules; run as tests."""

    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


class Criterion(_Judged):
    """One thing that is judged."""

    kind: Kind
    title: str
    question: str
    authority: Authority
    source: str
    judged_from: Literal["text", "home_page"] = "text"
    """``home_page``: by a visit (`assess scrape sites`), and without one not assessed."""
    area: str | None = None
    """For indicators: the id of the depth criterion it belongs to."""
    weight: Weight = 1.0
    why: str
    good_practice: str
    advice: str
    when: Mapping[Literal["met", "partial", "na"], Expression] = {}
    """Legal items: value -> expression; the first true of met, partial, na; else absent."""
    levels: Mapping[Literal[1, 2, 3], Expression] = {}
    """Depth: level -> expression; the highest true one; else 0."""
    holds: Expression | None = None
    """Flags and indicators: an expression beside the rules."""
    label: Label | None = None
    """The classifier label that a sentence has just when it is full evidence of this criterion;
    reviews of the criterion's quotes then teach the classifier."""
    examples: Examples = Examples()

    @property
    def counting(self) -> frozenset[EvidenceStatus]:
        """The statuses with which evidence counts."""
        return frozenset(("implemented", *(one for rule in self.rules for one in rule.statuses)))


class Tier(_Strict):
    """A band of the substance score, from ``at_least`` up."""

    name: str
    at_least: Number
    meaning: str


class Scores(_Strict):
    """How the substance score and the minimal-compliance index are put together."""

    depth_share: Annotated[Number, Field(ge=0, le=1)]
    """Share of the seven areas in the substance score."""
    particulars_share: Annotated[Number, Field(ge=0, le=1)] = 0
    """Share of named particulars in it; the indicators have the rest."""
    particulars_full: Annotated[Whole, Field(gt=0)] = 40
    """Particulars from which more add nothing."""
    particulars: Mapping[Particular, tuple[str, ...]] = {}
    """The lists that name places, partners and roles."""
    substance_full: Annotated[Number, Field(gt=0, le=100)]
    """Substance from which form without substance no longer shows."""
    minimal_weights: Mapping[ReasonName, Weight]
    comparison_effects: Mapping[ComparisonName, Annotated[Number, Field(ge=0, le=1)]] = {}
    """Of signs that show beside other texts: the share of the way to 1 by which a sign of full
    strength raises the index. A sign that is not named is left out."""
    minimal_flag_at_least: Annotated[Number, Field(ge=0, le=1)]
    reason_at_least: Annotated[Number, Field(ge=0, le=1)]
    """Components that show at least this strongly are given as reasons."""

    @model_validator(mode="after")
    def _weighs_something(self) -> Scores:
        if self.depth_share + self.particulars_share > 1:
            raise ValueError("depth_share and particulars_share: together at most 1")
        if missing := [name for name in get_args(ReasonName) if name not in self.minimal_weights]:
            raise ValueError(f"minimal_weights lacks {', '.join(missing)}")
        if not sum(self.minimal_weights.values()):
            raise ValueError("minimal_weights: one at least must be above 0")
        return self


class Rubric(_Strict):
    """A whole rubric file."""

    id: str
    version: str
    title: str
    notice: str
    lists: Mapping[str, tuple[str, ...]]
    signals: Annotated[tuple[Signal, ...], Field(max_length=MAX_JUDGED)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=MAX_JUDGED)]
    tiers: Annotated[tuple[Tier, ...], Field(min_length=2)]
    scores: Scores
    digest: str = ""

    @field_validator("lists")
    @classmethod
    def _written_out(cls, lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Put the entries of another list in place of its ``@name``."""
        plain = {name: _plain(entries) for name, entries in lists.items()}
        found: dict[str, tuple[str, ...]] = {}
        for name, entries in lists.items():
            others = [entry[1:] for entry in entries if entry.startswith("@")]
            if unknown := [other for other in others if other not in lists]:
                raise ValueError(f"{name}: no list {unknown[0]!r}")
            if nested := [other for other in others if plain[other] != lists[other]]:
                raise ValueError(f"{name}: {nested[0]!r} itself holds a list; name its lists")
            size = sum(map(len, found.values())) + sum(len(plain[other]) for other in others)
            if size > MAX_ENTRIES:
                raise ValueError(f"{name}: more than {MAX_ENTRIES:,} entries with those it names")
            found[name] = (*plain[name], *(entry for other in others for entry in plain[other]))
        return found

    @property
    def key(self) -> str:
        """Identifies the rubric's content: ``id@version+digest``."""
        return f"{self.id}@{self.version}+{self.digest}"

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id (KeyError if there is none)."""
        return self.by_id()[criterion_id]

    def by_id(self) -> dict[str, Criterion]:
        """Criteria by id, in the file's order."""
        return {criterion.id: criterion for criterion in self.criteria}

    def of_kind(self, kind: Kind) -> tuple[Criterion, ...]:
        """The criteria of one kind, in the file's order."""
        return tuple(criterion for criterion in self.criteria if criterion.kind == kind)

    def judged(self) -> tuple[Signal | Criterion, ...]:
        """Signals, then criteria: all that has rules."""
        return (*self.signals, *self.criteria)

    @property
    def proposal(self) -> bool:
        """Whether the compliance score counts items that are not law."""
        return any(criterion.authority == "BILL" for criterion in self.of_kind("legal"))


def _plain(entries: Sequence[str]) -> tuple[str, ...]:
    return tuple(entry for entry in entries if not entry.startswith("@"))


def load_rubric(path: Path | None = None) -> Rubric:
    """Load and check a rubric: a file or a shipped one's name (the UK section 54 one by default).

    Raises:
        RubricError: names the file, the criterion and the key at fault.
    """
    name = str(path) if path is not None else SHIPPED_DEFAULT
    if name in shipped_rubrics():
        return _shipped(name)
    return checked(read_raw(path), detectors=True)


def rubric_of_key(key: str | None, given: Rubric | None) -> Rubric | None:
    """The rubric with a key, as assessments name theirs: the one given, or a shipped one; else
    None."""
    if given is not None and given.key == key:
        return given
    id_ = (key or "").split("@")[0]
    if id_ not in shipped_rubrics():
        return None
    shipped = _shipped(id_)
    return shipped if shipped.key == key else None


@cache
def _shipped(name: str) -> Rubric:
    # The detectors take long to import; that the shipped rubrics' exist is tested.
    return checked(read_raw(Path(name)), detectors=False)


def checked(raw: RawRubric, *, detectors: bool) -> Rubric:
    """The rubric of what was read.

    Raises:
        RubricError: its first fault.
    """
    from assess.score.rubric_checks import faults, shape_faults

    try:
        rubric = Rubric.model_validate({**raw.content, "digest": raw.digest})
    except ValidationError as error:
        raise RubricFaultError(shape_faults(raw, error, limit=1)[0]) from None
    for fault in faults(rubric, raw.name, detectors=detectors):
        raise RubricFaultError(fault)
    return rubric


__all__ = ["Criterion", "Rubric", "Rule", "Signal", "Tier", "load_rubric"]
