"""What the comparisons found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assess.compare.declared.by_sector import ALL, FieldCounts
from assess.compare.minimal.trends import WORDS
from assess.compare.minimal.typology import TYPES
from assess.compare.stats import Share, share
from assess.report.compared.shared import SharedText
from assess.report.compared.types import TITLES, TypesOfGroup
from assess.report.compared.years import OfYear
from assess.report.words import count, cut, listed, percent, score_words, share_words


def type_sentences(types: Sequence[TypesOfGroup]) -> Iterator[str]:
    """How many statements are of each kind."""
    if types and types[0].group.kind == "all":
        told = [
            f"{part.count:,} {TITLES[name].lower()} ({percent(part.value or 0)})"
            for name, part in zip(TYPES, types[0].shares, strict=True)
        ]
        yield f"Of {count(types[0].of, 'statement')}, by what they report: {listed(told)}."


def shared_sentences(shared: SharedText | None) -> Iterator[str]:
    """How much text organisations share."""
    if shared is None or shared.texts < 2:
        return
    if shared.clusters:
        yield (
            f"{count(shared.in_clusters, 'document')} of {shared.owners:,} organisations or groups "
            "share at least half of their text with another's, in "
            f"{count(shared.clusters, 'cluster')}; nothing tells who wrote it first."
        )
    else:
        yield (
            f"Among {count(shared.texts, 'text')} no near-copies across organisations were found."
        )


def declared_sentences(declared: Sequence[FieldCounts]) -> Iterator[str]:
    """What became of the answers given to the registry."""
    confirmed, not_found, contradicted = totals(declared, ALL)
    if confirmed.of:
        yield (
            "Of what organisations told the registry about themselves, as far as it can be checked "
            f"in their statement, {share_words(confirmed, 'answers')} are evidenced there; "
            f"{not_found.count:,} {'is' if not_found.count == 1 else 'are'} not found in the text "
            f"and {contradicted.count:,} contradicted by it."
        )


def totals(declared: Sequence[FieldCounts], sector: str) -> tuple[Share, Share, Share]:
    """Confirmed, not found and contradicted answers of all fields, of those checked."""
    own = [one for one in declared if one.sector == sector]
    checked = sum(one.checked for one in own)
    return (
        share(sum(one.confirmed.count for one in own), checked),
        share(sum(one.not_found.count for one in own), checked),
        share(sum(one.contradicted.count for one in own), checked),
    )


def year_sentences(years: Sequence[OfYear]) -> Iterator[str]:
    """The first and the last year, or that there is one only."""
    told = [one for one in years if one.assessed]
    if len(told) == 1:
        yield (
            f"All assessed statements are of one registry year, {told[0].year}: nothing can be "
            "said of a trend."
        )
    if len(told) > 1:
        first, last = told[0], told[-1]
        yield (
            f"From {first.year} ({count(first.assessed, 'statement')}) to {last.year} "
            f"({last.assessed:,}), the middle statement's substance went from "
            f"{score_words(first.substance)} to {score_words(last.substance)}. Each year has its "
            "own organisations, so that alone is no trend."
        )


def trend_sentences(trends: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Form against substance of organisations compared with themselves, where enough can be."""
    for row in trends:
        told = row["verdict"] == "form_only" if row["grouping"] == "sector" else True
        if row["verdict"] != "too_few" and told:
            yield (
                f"{cut(row['group_name']) or 'All sectors'}, {row['first_year']} to "
                f"{row['last_year']}, {row['organisations']:,} organisations each compared with "
                f"itself: compliance {_slope(row, 'form')} and substance "
                f"{_slope(row, 'substance')} points a year: {WORDS[row['verdict']]}."
            )


def _slope(row: Mapping[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[f'{name}_slope']:+.1f} (95% interval {low:+.1f} to {high:+.1f})"
