"""The national report's findings, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.compare.stats import share
from assess.report import words
from assess.report.compared import findings as sentences
from assess.report.compared.types import types_of
from assess.report.compared.years import by_year
from assess.report.national.changes import CHANGED, Changes
from assess.report.national.read import NationalData

if TYPE_CHECKING:
    from assess.compare.sectors import SectorComparison


def national_findings(national: NationalData, comparison: SectorComparison) -> list[str]:
    """A sentence or two on each subject of which something is known."""
    compared = national.compared
    return [
        *_registry(national),
        *_missing(national),
        *_late(national),
        *words.key_findings(comparison)[:3],
        *sentences.type_sentences(types_of(compared.sectors)),
        *sentences.year_sentences(by_year(national.data.registered.figures())),
        *sentences.trend_sentences(compared.trends),
        *_changes(national.changes),
        *sentences.shared_sentences(compared.shared),
        *sentences.declared_sentences(compared.declared),
    ]


def _registry(national: NationalData) -> Iterator[str]:
    years = national.coverage.years
    if not years:
        return
    statements = sum(one.statements for one in years)
    documents = sum(one.with_document for one in years)
    span = f"{years[0].year}" if len(years) == 1 else f"{years[0].year} to {years[-1].year}"
    yield (
        f"The registry files read hold {words.count(statements, 'statement')} for {span}; for "
        f"{documents:,} a document is at hand, for {statements - documents:,} none was collected, "
        "which says nothing about whether they were published."
    )


def _missing(national: NationalData) -> Iterator[str]:
    none_found = sum(one.none_found for one in national.missing)
    not_known = sum(one.not_known for one in national.missing)
    if none_found:
        yield (
            f"In complete registry files {words.count(none_found, 'statement')} of organisations "
            "that published in another year were not found: one for each organisation and year."
        )
    if not_known:
        yield (
            f"For {words.count(not_known, 'further year')} of organisations it is not known "
            "whether a statement is in the registry, as no complete file of the year was read."
        )
    if not (none_found or not_known) and national.coverage.years:
        yield (
            "Of the organisations in the files read none has a gap between its years; later years "
            "are not known where no complete registry file of them was read."
        )


def _late(national: NationalData) -> Iterator[str]:
    dated = sum(one.dated for one in national.coverage.years)
    if dated:
        late = share(len(national.coverage.late), dated)
        yield (
            f"{words.share_words(late)} {'was' if late.count == 1 else 'were'} approved more than "
            "six months after the year end, by the dates given to the registry. The six months are "
            "guidance, not law."
        )


def _changes(changes: Changes) -> Iterator[str]:
    if changes.pairs:
        yield (
            f"Of {words.count(changes.pairs, 'pair')} of consecutive statements of the same "
            f"organisations, {_share(len(changes.more), changes.pairs)} gained {CHANGED:.0f} "
            f"points of substance or more, and {_share(len(changes.less), changes.pairs)} lost as "
            "many."
        )


def _share(number: int, of: int) -> str:
    found = share(number, of)
    low, high = found.low or 0.0, found.high or 0.0
    told = f"{words.percent(found.value or 0.0)}, 95% interval {words.interval(low, high)}%"
    return f"{number:,} ({told})"
