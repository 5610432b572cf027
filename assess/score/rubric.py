"""The rubric: criteria, their rules, weights and advice, as data checked at load.

docs/rubrics.md describes the file; ``rubrics/uk-s54.yaml`` is the one used by default.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from assess.errors import InputError, RubricError
from assess.files import read_regular
from assess.records import EvidenceStatus
from assess.score.expressions import parse_expression
from assess.score.model import Label

DEFAULT = "uk-s54.yaml"
# A rubric is a page of prose, not data: a larger file is a mistake, and YAML grows when loaded.
MAX_RUBRIC_BYTES = 2_000_000
# A criterion of a thousand times the usual weight of 1 leaves nothing to the others.
MAX_WEIGHT = 1_000

Kind = Literal["legal", "flag", "depth", "indicator"]
Authority = Literal["LAW", "GUIDANCE", "BENCHMARK"]
Part = Literal["start", "end"]
ReasonName = Literal[
    "form_without_substance", "few_particulars", "vague_language", "no_risk_or_case", "no_results"
]
# What is counted by lists; numbers and dates need none.
Particular = Literal["places", "partners", "roles"]
Phrase = Annotated[str, Field(min_length=2, max_length=400)]
Phrases = tuple[Phrase, ...]
Weight = Annotated[float, Field(ge=0, le=MAX_WEIGHT)]


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
    window: Annotated[int, Field(ge=0, le=5)] = 0
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
    at_least: Annotated[float, Field(ge=0, le=1)] = 0.5
    statuses: tuple[EvidenceStatus, ...] = ("implemented",)
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
    area: str | None = None
    """For indicators: the id of the depth criterion it belongs to."""
    weight: Weight = 1.0
    why: str
    good_practice: str
    advice: str
    when: Mapping[Literal["met", "partial", "na"], str] = {}
    """Legal items: value -> expression; the first true of na, met, partial; else absent."""
    levels: Mapping[Literal[1, 2, 3], str] = {}
    """Depth: level -> expression; the highest true one; else 0."""
    holds: str | None = None
    """Flags and indicators: an expression beside the rules."""
    examples: Examples = Examples()


class Tier(_Strict):
    """A band of the substance score, from ``at_least`` up."""

    name: str
    at_least: float
    meaning: str


class Scores(_Strict):
    """How the substance score and the minimal-compliance index are put together."""

    depth_share: Annotated[float, Field(ge=0, le=1)]
    """Share of the seven areas in the substance score."""
    particulars_share: Annotated[float, Field(ge=0, le=1)] = 0
    """Share of named particulars in it; the indicators have the rest."""
    particulars_full: Annotated[int, Field(gt=0)] = 40
    """Particulars from which more add nothing."""
    particulars: Mapping[Particular, tuple[str, ...]] = {}
    """The lists that name places, partners and roles."""
    substance_full: Annotated[float, Field(gt=0, le=100)]
    """Substance from which form without substance no longer shows."""
    minimal_weights: Mapping[ReasonName, Weight]
    minimal_flag_at_least: Annotated[float, Field(ge=0, le=1)]
    reason_at_least: Annotated[float, Field(ge=0, le=1)]
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
    signals: tuple[Signal, ...]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    tiers: Annotated[tuple[Tier, ...], Field(min_length=2)]
    scores: Scores
    digest: str = ""

    @field_validator("lists")
    @classmethod
    def _written_out(cls, lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Put the entries of another list in place of its ``@name``."""
        plain = {name: _plain(entries) for name, entries in lists.items()}
        found = {}
        for name, entries in lists.items():
            others = [entry[1:] for entry in entries if entry.startswith("@")]
            if unknown := [other for other in others if other not in lists]:
                raise ValueError(f"{name}: no list {unknown[0]!r}")
            if nested := [other for other in others if plain[other] != lists[other]]:
                raise ValueError(f"{name}: {nested[0]!r} itself holds a list; name its lists")
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

    @model_validator(mode="after")
    def _consistent(self) -> Rubric:
        ids = [judged.id for judged in self.judged()]
        if doubled := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"id given twice: {', '.join(doubled)}")
        for criterion in self.criteria:
            _check_criterion(criterion, frozenset(ids))
            _check_area(criterion, [area.id for area in self.of_kind("depth")])
        for name in (name for names in self.scores.particulars.values() for name in names):
            if name not in self.lists:
                raise ValueError(f"scores.particulars: unknown list {name!r}")
        if sorted(tier.at_least for tier in self.tiers)[0] != 0:
            raise ValueError("tiers: the lowest must begin at 0")
        return self


def _plain(entries: Sequence[str]) -> tuple[str, ...]:
    return tuple(entry for entry in entries if not entry.startswith("@"))


def _check_criterion(criterion: Criterion, ids: frozenset[str]) -> None:
    wanted = {"legal": "when", "depth": "levels"}.get(criterion.kind)
    for key in ("when", "levels"):
        if getattr(criterion, key) and key != wanted:
            raise ValueError(f"{criterion.id}: {key!r} does not go with kind {criterion.kind!r}")
    for source in expressions_of(criterion):
        unknown = sorted(parse_expression(source).names - ids)
        if unknown:
            raise ValueError(f"{criterion.id}: {source!r} names unknown {', '.join(unknown)}")


def _check_area(criterion: Criterion, areas: Sequence[str]) -> None:
    if criterion.area is not None and criterion.area not in areas:
        known = ", ".join(areas) or "none in this rubric"
        raise ValueError(
            f"{criterion.id}: area {criterion.area!r} is not the id of a depth criterion ({known})"
        )


def expressions_of(criterion: Criterion) -> Iterable[str]:
    """All expressions of a criterion, as written."""
    yield from criterion.when.values()
    yield from criterion.levels.values()
    if criterion.holds:
        yield criterion.holds


def load_rubric(path: Path | None = None) -> Rubric:
    """Load and check a rubric (the UK section 54 one by default).

    Raises:
        RubricError: names the file, the criterion and the key at fault.
    """
    if path is None:
        return _default_rubric()
    rubric = _parse(_read(path), str(path))
    # The detectors take long to import; that the shipped rubric's exist is tested.
    _check_detectors(rubric, str(path))
    return rubric


@cache
def _default_rubric() -> Rubric:
    data = resources.files("assess.score").joinpath("rubrics", DEFAULT).read_bytes()
    return _parse(data, DEFAULT)


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_RUBRIC_BYTES)
    except InputError as error:
        raise RubricError(f"{error}; give a rubric file") from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, of which YAML would drop the first."""

    def construct_document(self, node: yaml.Node) -> Any:
        """Check the whole tree before merge keys (``<<``) are written out."""
        todo, done = [node], set()
        while todo:
            current = todo.pop()
            if id(current) in done or isinstance(current, yaml.ScalarNode):
                continue
            done.add(id(current))
            if isinstance(current, yaml.MappingNode):
                _refuse_doubled(key for key, _ in current.value)
                todo += [part for pair in current.value for part in pair]
            else:
                todo += current.value
        return super().construct_document(node)


def _refuse_doubled(keys: Iterable[yaml.Node]) -> None:
    seen: set[Hashable] = set()
    for key in keys:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if (name := (key.tag, key.value)) in seen:
            problem = f"key {key.value!r} given twice; keep one"
            raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        seen.add(name)


def _parse(data: bytes, name: str) -> Rubric:
    try:
        raw = yaml.load(data, Loader=_Loader)  # noqa: S506 - a safe loader
    # PyYAML lets Python's own errors through for a bad date, number or tagged value.
    except (
        yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError
    ) as error:  # fmt: skip
        raise RubricError(f"{name}: not valid YAML ({_one_line(str(error))})") from None
    if not isinstance(raw, dict):
        raise RubricError(f"{name}: not a rubric (a mapping with id, criteria, ... was expected)")
    try:
        rubric = Rubric.model_validate({**raw, "digest": hashlib.sha256(data).hexdigest()[:12]})
    except ValidationError as error:
        raise RubricError(f"{name}: {_first_fault(error, raw)}") from None
    _check_phrases(rubric, name)
    return rubric


def _check_detectors(rubric: Rubric, name: str) -> None:
    from assess.score.detectors import DETECTORS

    for judged in rubric.judged():
        if judged.detector is not None and judged.detector not in DETECTORS:
            known = ", ".join(DETECTORS)
            raise RubricError(f"{name}: {judged.id}: no detector {judged.detector!r} ({known})")


def _check_phrases(rubric: Rubric, name: str) -> None:
    from assess.score.phrase_language import PhraseError, parse_phrase

    for judged in rubric.judged():
        for rule in judged.rules:
            groups = (rule.any, rule.also, rule.and_also, rule.unless, rule.under, rule.not_under)
            for phrase in (phrase for group in groups for phrase in group):
                try:
                    parse_phrase(phrase, rubric.lists.keys())
                except PhraseError as error:
                    where = f"{name}: {judged.id}, rule {rule.name!r}"
                    raise RubricError(f"{where}: phrase {phrase!r}: {error}") from None


def _first_fault(error: ValidationError, raw: Mapping[str, object]) -> str:
    fault = error.errors(include_url=False)[0]
    where = list(fault["loc"])
    if len(where) > 1 and where[0] in ("criteria", "signals") and isinstance(where[1], int):
        entries = raw[str(where[0])]
        entry = entries[where[1]] if isinstance(entries, list) else None
        where[1] = str(entry.get("id", where[1])) if isinstance(entry, dict) else where[1]
    place = ".".join(str(part) for part in where)
    return f"{place}: {_one_line(fault['msg'])}" if place else _one_line(fault["msg"])


def _one_line(text: str) -> str:
    return " ".join(text.split())


__all__ = ["Criterion", "Rubric", "Rule", "Signal", "Tier", "load_rubric"]
