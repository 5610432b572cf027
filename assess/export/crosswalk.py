"""From findings to WikiRate's answers, by the rules of ``wikirate.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

UNKNOWN = "Unknown"
# Values of findings that say that nothing was found in the text.
NOTHING = frozenset({"absent", "0", "false"})


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Answer(_Data):
    """A value of a metric, and what must be found for it."""

    value: str
    criterion: str
    reached: tuple[str, ...]
    """Values of the criterion."""
    quote: str | None = None
    """Pattern that a quote must have."""
    unless: str | None = None
    """Pattern that this quote must not have."""
    would: bool = False
    """Whether what it would do counts too."""
    by_person: bool = False
    """Whether only a person's review decides it: a slip would say something grave of a company."""


class Metric(_Data):
    """One of WikiRate's metrics."""

    id: int
    name: str
    note: str
    answers: tuple[Answer, ...]
    several: bool
    """Whether it takes several values at once."""
    minimum: bool = False
    """Whether it is one of the minimum requirements of the UK act."""
    negative: str | None = None
    """The value where a person has found nothing."""


class LeftOut(_Data):
    """A metric for which nothing is written."""

    name: str
    id: int | None
    why: str


class Crosswalk(_Data):
    """The whole file."""

    version: int
    never: str
    """Pattern of quotes that decide nothing."""
    metrics: tuple[Metric, ...]
    left_out: tuple[LeftOut, ...]


@cache
def load_crosswalk() -> Crosswalk:
    """The shipped crosswalk."""
    text = files("assess.export").joinpath("wikirate.yaml").read_text("utf-8")
    return Crosswalk.model_validate(yaml.safe_load(text), strict=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text that count as evidence."""

    text: str
    place: str
    """Where it stands: a page of the document, or a home page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the crosswalk needs it."""

    value: str
    quotes: tuple[Quote, ...] = ()
    reviewed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer to a metric: several values are in the order of the crosswalk."""

    values: tuple[str, ...]
    quotes: tuple[Quote, ...]
    reviewed_by: tuple[str, ...]
    seen: bool
    """Whether anything of it was found, even if it decides nothing."""
    judged: bool
    """Whether any of its criteria was judged at all."""


def decide(metric: Metric, findings: Mapping[str, Found], never: str) -> Decided:
    """What findings say of a metric; ``Unknown`` where they do not decide it.

    Args:
        never: pattern of quotes that decide nothing.
    """
    told = list(_told(metric, findings, never))
    values = tuple(dict.fromkeys(value for value, _, _ in told))
    about = [findings[name] for name in _criteria(metric) if name in findings]
    judged = [one for one in about if one.value != "na"]
    seen = any(one.value not in NOTHING for one in judged)
    if values and (metric.several or len(values) == 1):
        quotes = tuple(dict.fromkeys(quote for _, quote, _ in told if quote))
        return Decided(
            values, quotes, _reviewers(found for _, _, found in told), seen, bool(judged)
        )
    if metric.negative and about and all(_confirmed_nothing(one) for one in about):
        return Decided((metric.negative,), (), _reviewers(about), seen, bool(judged))
    return Decided((UNKNOWN,), (), (), seen, bool(judged))


def _told(
    metric: Metric, findings: Mapping[str, Found], never: str
) -> Iterator[tuple[str, Quote | None, Found]]:
    for answer in metric.answers:
        found = findings.get(answer.criterion)
        if found is None or found.value not in answer.reached:
            continue
        if answer.by_person and not found.reviewed_by:
            continue
        quote = next((one for one in found.quotes if _has(answer, one, never)), None)
        if quote or (answer.quote is None and found.reviewed_by):
            yield answer.value, quote, found


def _has(answer: Answer, quote: Quote, never: str) -> bool:
    """Whether a quote says it; one without a pattern does as it stands."""
    if answer.quote is None:
        return True
    text = " ".join(quote.text.split())
    against = [answer.unless, None if answer.would else never]
    return _found(answer.quote, text) and not any(_found(one, text) for one in against if one)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _criteria(metric: Metric) -> list[str]:
    return list(dict.fromkeys(answer.criterion for answer in metric.answers))


def _confirmed_nothing(found: Found) -> bool:
    return found.value in NOTHING and found.reviewed_by is not None


def _reviewers(found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.reviewed_by for one in found if one.reviewed_by))
