"""Signs of minimal compliance that show only beside other texts and the registry's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assess.records import MinimalCompliance, MinimalPart
from assess.score.rubric import ComparisonName, Scores

# Stock phrases: half of all statements have a tenth to a third of their words in common with
# others, and share of own words below this begins to tell (docs/comparison.md).
_OWN_ENOUGH: Final = 0.8
_OWN_NONE: Final = 0.2
# From year to year a third to a half of an ordinary statement stays as it was.
_UNCHANGED_LITTLE: Final = 0.5
# Of 102 food statements with answers enough, half have less than a third that is not found, and a
# quarter more than half.
_NOT_FOUND_OFTEN: Final = 0.5
# Of fewer answers a share says nothing.
MIN_CHECKED: Final = 6
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=20\d\d[/-])(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of one statement beside others; None where it is not known."""

    own_share: float | None = None
    """Share of its words, standard passages aside, that no other organisation's text has."""
    unchanged_share: float | None = None
    """Share of its words that stood in the statement before, dates and numbers aside."""
    period: tuple[int, int] | None = None
    """Years in which the period that the registry gives began and ended."""
    year_quotes: Sequence[str] = ()
    """The words in which the text names its financial year."""
    confirmed: int = 0
    """Declared answers that the text confirms."""
    not_confirmed: int = 0
    """Declared answers not found in the text, or contradicted by it."""


def signs(beside: Beside, scores: Scores) -> tuple[MinimalPart, ...]:
    """The signs that can be judged; ``weight`` is the effect that the rubric gives them."""
    return tuple(
        MinimalPart(name, round(strength, 3), scores.comparison_effects[name], words)
        for name, strength, words in _judged(beside)
        if name in scores.comparison_effects
    )


def with_signs(
    text: MinimalCompliance, found: Sequence[MinimalPart], scores: Scores
) -> MinimalCompliance:
    """The index of a text with the signs beside it.

    Each raises the index by its strength times its effect of what is missing to 1. None lowers it:
    a text that nobody else has is no proof of substance.
    """
    rest = 1 - text.index
    for sign in found:
        rest *= 1 - sign.weight * sign.strength
    index = round(1 - rest, 3)
    telling = sorted(
        (sign for sign in found if sign.weight and sign.strength >= scores.reason_at_least),
        key=lambda sign: -sign.weight * sign.strength,
    )
    return MinimalCompliance(
        index,
        index >= scores.minimal_flag_at_least,
        (*text.reasons, *(sign.words for sign in telling)),
        (*text.parts, *found),
    )


def _judged(beside: Beside) -> Iterator[tuple[ComparisonName, float, str]]:
    if beside.own_share is not None:
        yield "reused_text", *_reused(beside.own_share)
    if beside.unchanged_share is not None:
        yield "unchanged_text", *_unchanged(beside.unchanged_share)
    if (named := _last_year(beside.year_quotes)) and beside.period:
        yield (
            "stale",
            float(named < beside.period[0]),
            f"the last year that it names as its own is {named}; the registry's row is about a "
            f"period that began in {beside.period[0]}",
        )
    if beside.confirmed + beside.not_confirmed >= MIN_CHECKED:
        yield "declared_not_evidenced", *_declared(beside.confirmed, beside.not_confirmed)


def _reused(own: float) -> tuple[float, str]:
    strength = (_OWN_ENOUGH - own) / (_OWN_ENOUGH - _OWN_NONE)
    words = (
        f"{1 - own:.0%} of its words, law and definitions aside, stand in statements of others too "
        "whom the registry does not link with it"
    )
    return min(1.0, max(0.0, strength)), words


def _unchanged(share: float) -> tuple[float, str]:
    strength = (share - _UNCHANGED_LITTLE) / (1 - _UNCHANGED_LITTLE)
    words = f"{share:.0%} of its words are those of the statement before, dates and numbers aside"
    return max(0.0, strength), words


def _last_year(quotes: Sequence[str]) -> int | None:
    return max((year for quote in quotes for year in _years(quote)), default=None)


def _years(quote: str) -> Iterator[int]:
    yield from (int(year) for year in _YEAR.findall(quote))
    yield from (2000 + int(year) for year in _SHORT_YEAR.findall(quote))


def _declared(confirmed: int, not_confirmed: int) -> tuple[float, str]:
    checked = confirmed + not_confirmed
    words = f"{not_confirmed} of {checked} answers in the registry were not found in the text"
    strength = (not_confirmed / checked - _NOT_FOUND_OFTEN) / (1 - _NOT_FOUND_OFTEN)
    return max(0.0, strength), words
