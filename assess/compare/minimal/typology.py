"""Kinds of statement that a reader understands at once, by stated rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from assess.score.rubric import Rubric, Tier

Type = Literal["silent", "ritual", "policy_led", "practising", "leading"]
TYPES: Final[tuple[Type, ...]] = get_args(Type)
"""From form to substance."""

AREAS: Final = (
    "structure",
    "policies",
    "risk",
    "due_diligence",
    "remedy",
    "effectiveness",
    "training",
)
PRACTICE: Final = ("risk", "due_diligence", "remedy", "effectiveness", "training")
"""Areas in which something is done, beside what an organisation is and what it wants."""
RESULTS: Final = (
    "audit_results",
    "grievance_results",
    "kpi_value",
    "incident_disclosed",
    "worker_outcome",
)
"""Indicators of what came of it; a depth of 3 in an area of practice is a result as well."""

# The rules' numbers: with the bands of the substance score they order 192 read statements as their
# readers did (docs/comparison.md); others of their size do as well.
FEW_AREAS: Final = 2
PRACTISED_AREAS: Final = 3
RESULTS_OF_LEADING: Final = 2
_SPECIFIC: Final = 2
_WITH_RESULTS: Final = 3
# The bands of the substance score from which on a statement is no longer generic, practises, leads;
# counted from the lowest.
_DEVELOPING, _PRACTISING, _LEADING = 2, 3, 4

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """The type of a statement, and the rule that gave it, in words."""

    type: Type
    rule: str


def needed() -> frozenset[str]:
    """The criteria that the rules ask for; a rubric without them has no typology."""
    return frozenset({*AREAS, *RESULTS, "no_steps_statement"})


def type_of(values: Values, substance: float, rubric: Rubric, *, flagged: bool) -> Typed | None:
    """The type of a statement; None where the rubric lacks what the typology asks for."""
    if len(rubric.tiers) != len(TYPES) or not needed() <= values.keys():
        return None
    return typed(values, substance, flagged=flagged, tiers=rubric.tiers)


def typed(values: Values, substance: float, *, flagged: bool, tiers: tuple[Tier, ...]) -> Typed:
    """The type of a statement by its findings.

    Args:
        values: By criterion, as the database holds them (``"0"`` to ``"3"``, ``"true"``...).
        substance: 0 to 100.
        flagged: Whether the text looks like minimal compliance.
        tiers: The rubric's five bands of substance.
    """
    at_least = sorted(tier.at_least for tier in tiers)
    touched = _areas(values, AREAS, 1)
    practised = _areas(values, PRACTICE, _SPECIFIC)
    results = _areas(values, PRACTICE, _WITH_RESULTS) + [
        name for name in RESULTS if values[name] == "true"
    ]
    if values["no_steps_statement"] == "true":
        return Typed("silent", "says that no steps were taken")
    if len(touched) <= FEW_AREAS or substance < at_least[1]:
        return Typed(
            "silent", f"touches {len(touched)} of {len(AREAS)} areas; substance {substance:.0f}"
        )
    if flagged:
        return Typed("ritual", "form without substance: looks like minimal compliance")
    if substance < at_least[_DEVELOPING]:
        return Typed("ritual", f"substance {substance:.0f}: little that is particular to it")
    if missing := _not_practised(values, practised, substance, at_least[_PRACTISING]):
        return Typed("policy_led", missing)
    done = f"particulars in {len(practised)} of {len(PRACTICE)} areas of practice"
    told = f"{done}; {len(results)} kinds of result"
    if substance >= at_least[_LEADING] and len(results) >= RESULTS_OF_LEADING:
        return Typed("leading", told)
    return Typed("practising", told)


def _not_practised(
    values: Values, practised: list[str], substance: float, practising: float
) -> str:
    """Why a statement with policies is not one with practice; empty if it is."""
    if int(values["due_diligence"]) < _SPECIFIC:
        return "no concrete check of suppliers was found"
    if len(practised) < PRACTISED_AREAS:
        return f"particulars in only {len(practised)} of {len(PRACTICE)} areas of practice"
    if substance < practising:
        return f"substance {substance:.0f}: some action, little detail"
    return ""


def _areas(values: Values, areas: tuple[str, ...], at_least: int) -> list[str]:
    return [area for area in areas if int(values[area]) >= at_least]
