"""A benchmark as a table to work in: one row for each item of the checklist, with its gap."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from assess.compare.peers import Benchmark, CheckItem, Gap, PeerQuote
from assess.report.benchmark.words import (
    have_words,
    linked,
    person_words,
    quote_words,
    seen_words,
)
from assess.report.html import KeptLink
from assess.report.words import authority, cut, formula_safe, web_link

_COLUMNS: Final = (
    "ticked", "section", "authority", "item", "title", "question", "state", "page", "place_of_gap",
    "peers_with_it", "peers", "leading_with_it", "leading", "seen_in_text", "why", "source",
    "good_practice", "advice", "example_1", "example_2", "example_3", "person",
)  # fmt: skip


def sheet(found: Benchmark, kept_link: KeptLink) -> str:
    """The table as CSV; no cell is taken for a formula, links are plain text."""
    gaps = {gap.criterion: (place, gap) for place, gap in enumerate(found.gaps, start=1)}
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for item in found.checklist:
        row = dict(_item(item)) | (dict(_gap(*gaps[item.id], kept_link)) if item.id in gaps else {})
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue()


def _cell(value: object) -> object:
    return formula_safe(value) if isinstance(value, str) else value


def _item(item: CheckItem) -> Mapping[str, object]:
    return {
        "section": item.section,
        "authority": authority(item.authority),
        "item": item.id,
        "title": item.title,
        "question": item.ask,
        "state": item.told,
        "page": item.page,
        "source": item.source,
        "person": person_words(item.person) if item.person else "",
    }


def _gap(place: int, gap: Gap, kept_link: KeptLink) -> Iterator[tuple[str, object]]:
    yield "place_of_gap", place
    yield "state", have_words(gap)
    yield "peers_with_it", gap.peers.count
    yield "peers", gap.peers.of
    yield "leading_with_it", gap.leading.count
    yield "leading", gap.leading.of
    seen = (f"“{_folded(one.quote)}” ({seen_words(gap, one)}, p. {one.page})" for one in gap.seen)
    yield "seen_in_text", "\n".join(seen)
    yield "why", gap.why
    yield "good_practice", gap.good_practice
    yield "advice", gap.advice
    for number, quote in enumerate(gap.quotes, start=1):
        yield f"example_{number}", _example(quote, kept_link)


def _example(quote: PeerQuote, kept_link: KeptLink) -> str:
    mark = " […]" if quote.is_cut else ""
    at = web_link(quote.statement_url) or kept_link(linked(quote.kept), quote.page)
    return (
        f"“{_folded(quote.quote)}{mark}” "
        f"({cut(quote.organisation)}, {quote.year}, p. {quote.page}{quote_words(quote)}; {at})"
    )


def _folded(text: str) -> str:
    return " ".join(text.split())
