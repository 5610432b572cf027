"""The statements as compact JSON inside the page, for filters that need no server."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from assess.compare.counts import LETTERS
from assess.compare.minimal.typology import TYPES
from assess.compare.sectors import LEVELS, SectorComparison
from assess.report.compared.types import TITLES
from assess.report.data import StatementRow, StatementRows
from assess.report.words import cut, group_name, is_proposal, measure_label, shown, web_link

# A script element ends at "</script" whatever stands around it; "<!--" and "&" mislead as well.
_ESCAPES: Final = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
# Each takes 500 bytes of the page, and some of what makes it.
FILTERED_STATEMENTS: Final = 10_000
NONE: Final = -1
"""In place of an index: not known."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, in the order of their indexes."""

    sectors: tuple[str, ...]
    """As the columns of the criteria table."""
    years: tuple[int, ...]
    turnover: tuple[str, ...]
    types: tuple[str, ...]
    """Titles, by index in ``TYPES``; empty where no type is known."""


def choices_of(rows: StatementRows, comparison: SectorComparison) -> Choices:
    """What these statements can be filtered by."""
    return Choices(
        sectors=tuple(group_name(group) for group in comparison.sectors),
        years=tuple(rows.known("year")),
        turnover=tuple(sorted(rows.known("turnover"), key=_amount)),
        types=tuple(TITLES[name] for name in TYPES) if rows.known("type") else (),
    )


def _amount(band: str) -> tuple[int, float, str]:
    """Bands by their amount: under the first, then from it up."""
    digits = "".join(mark if mark.isdigit() else " " for mark in band).split()
    amount = float(digits[0]) if digits else float("inf")
    place = -1 if band.startswith("Under") else 1 if band.startswith("Over") else 0
    return (int(not digits), amount + place / 2, band)


def selection_json(
    rows: Sequence[StatementRow],
    comparison: SectorComparison,
    choices: Choices,
    tiers: Sequence[str],
) -> Markup:
    """All that the page's script needs, fit to stand in a ``script`` element.

    Every text is made safe to look at, addresses are of the web or of kept documents.
    """
    places = {criterion.id: place for place, criterion in enumerate(_criteria(comparison))}
    content = {
        "minimum": comparison.minimum,
        "proposal": is_proposal(_criteria(comparison)),
        "sectors": [shown(name) for name in choices.sectors],
        "years": choices.years,
        "turnover": [shown(cut(band)) for band in choices.turnover],
        "types": choices.types,
        "tiers": [shown(cut(tier)) for tier in tiers],
        "measures": [
            [
                places[measure.criterion.id],
                "".join(
                    sorted(
                        LETTERS[value] for value in _counted(measure.criterion.kind, measure.level)
                    )
                ),
                shown(measure_label(measure)),
                measure.criterion.id,
            ]
            for measure in comparison.measures
        ],
        "criteria": [criterion.id for criterion in _criteria(comparison)],
        "letters": {letter: value for value, letter in LETTERS.items()},
        "rows": _rows(rows, comparison, choices, tiers),
    }
    return escaped_json(content)


def _short(score: float | None) -> float | None:
    """A score without digits that no median shows."""
    return None if score is None else round(score, 4)


def escaped_json(content: Mapping[str, Any]) -> Markup:
    """JSON in which nothing can end the element that it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - escaped above


def _criteria(comparison: SectorComparison) -> list[Any]:
    return list(dict.fromkeys(measure.criterion for measure in comparison.measures))


def _counted(kind: str, level: str) -> frozenset[str]:
    return next(values for name, values in LEVELS[kind] if name == level)


def _rows(
    rows: Sequence[StatementRow],
    comparison: SectorComparison,
    choices: Choices,
    tiers: Sequence[str],
) -> list[list[object]]:
    """Label, year, sectors, turnover, compliance, substance, tier, flag, type, values, name of the
    document, where it is kept, and the published address."""
    sectors = {
        "" if group.kind == "no_sector" else cut(group.name): place
        for place, group in enumerate(comparison.sectors)
    }
    years = {year: place for place, year in enumerate(choices.years)}
    bands = {band: place for place, band in enumerate(choices.turnover)}
    of_tier = {tier: place for place, tier in enumerate(tiers)}
    of_type = {name: place for place, name in enumerate(TYPES)}
    return [
        [
            shown(row.label),
            years.get(row.year or 0, NONE),
            [sectors[name] for name in row.sectors or ("",) if name in sectors],
            bands.get(row.turnover or "", NONE),
            _short(row.compliance),
            _short(row.substance),
            of_tier.get(row.tier or "", NONE),
            NONE if row.minimal_index is None else int(row.minimal_flag),
            NONE if row.type is None else of_type.get(row.type, NONE),  # type: ignore[call-overload]
            row.values,
            row.document.kept_as,
            web_link(row.statement_url) or "",
        ]
        for row in rows
    ]
