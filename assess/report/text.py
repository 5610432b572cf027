"""A benchmark as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from assess.compare.peers import Benchmark, Changes, Gap, Standing
from assess.report.benchmark import words as say
from assess.report.words import authority, cut, shown

WIDTH = 92
BAR = 16
# Of the examples the first; the page, Markdown and JSON have all.
EXAMPLES = 1


def benchmark_text(found: Benchmark) -> str:
    """The standing of a draft and its gaps, as lines of at most ``WIDTH`` characters."""
    lines = [
        *_head(found),
        "",
        *_standings(found),
        "",
        *(_changes(found.changes) if found.changes else ()),
        *_gaps(found),
    ]
    return "\n".join(shown(line).rstrip() for line in lines)


def benchmark_json(found: Benchmark) -> str:
    """The same as JSON; field names as in ``Benchmark``."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2, default=sorted)


def _head(found: Benchmark) -> Iterator[str]:
    yield from textwrap.wrap(f"{say.title(found)}: compared with {say.against(found)}", WIDTH)
    for notice in say.notices(found):
        yield from _indented(notice, "! ")
    yield ""
    for sentence in say.sentences(found):
        yield from _indented(sentence, "- ")


def _standings(found: Benchmark) -> Iterator[str]:
    name = f"Where the {say.noun(found)} stands"
    yield f"{name:<34}{say.noun(found):>9}{'median':>8}   {'percentile':<{BAR + 5}} 95% interval"
    for standing in found.standings:
        yield _standing(standing)
    yield from textwrap.wrap(
        "Percentile: the share of peers below, ties counted half, with its Wilson interval. All "
        "values run from 0 to 100.",
        WIDTH,
    )


def _standing(standing: Standing) -> str:
    place = "–" if standing.percentile is None else f"{standing.percentile:.0f}"
    filled = round((standing.percentile or 0) / 100 * BAR)
    bar = "" if standing.percentile is None else "█" * filled + "·" * (BAR - filled)
    found = standing.interval
    interval = f"{found.low:.0f}–{found.high:.0f}" if found else ""
    title = textwrap.shorten(standing.title, 33, placeholder="…")
    return (
        f"{title:<34}{_number(standing.value):>9}{_number(standing.peer_median):>8}"
        f"   {bar:<{BAR}} {place:>4} {interval:>12}"
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _changes(changes: Changes) -> Iterator[str]:
    yield from textwrap.wrap(f"Compared with {cut(changes.name)}", WIDTH)
    for name, pair in (("compliance", changes.compliance), ("substance", changes.substance)):
        yield f"   {name}: {_number(pair[0])} → {_number(pair[1])}"
    for kind, title in say.CHANGES.items():
        items = [one for one in changes.items if one.change == kind]
        told = "; ".join(f"{one.title} ({say.change_words(one)})" for one in items)
        if items:
            detail = "" if kind == "unchanged" else f": {told}"
            yield from _indented(f"{title} ({len(items)}){detail}")
    yield ""


def _gaps(found: Benchmark) -> Iterator[str]:
    if not found.gaps:
        yield f"No gaps: every criterion was found in the {say.noun(found)}."
        return
    yield f"Gaps ({len(found.gaps)}): the law first, then what most and the best peers have"
    yield from _indented(say.ADVICE)
    for place, gap in enumerate(found.gaps, start=1):
        yield ""
        yield from _gap(place, gap, say.noun(found))


def _gap(place: int, gap: Gap, noun: str) -> Iterator[str]:
    yield from textwrap.wrap(f"{place}. {gap.title} [{authority(gap.authority)}]", WIDTH)
    yield from _indented(gap.question)
    yield from _indented(f"In the {noun}: {say.have_words(gap)}. Peers: {say.peers_words(gap)}.")
    for seen in gap.seen:
        yield from _indented(f"“{seen.quote}” (p. {seen.page}, {say.seen_words(gap, seen)})")
    if gap.person:
        yield from _indented(f"{say.person_words(gap.person)}")
    yield from _indented(f"Why: {gap.why} ({gap.source})")
    yield from _indented(f"Good practice: {gap.good_practice}")
    yield from _indented(f"Advice: {gap.advice}")
    for quote in gap.quotes[:EXAMPLES]:
        mark = " […]" if quote.is_cut else ""
        yield from _indented(
            f"Example: “{quote.quote}{mark}” {cut(quote.organisation)}, {quote.year}, "
            f"p. {quote.page}{say.quote_words(quote)}"
        )


def _indented(text: str, mark: str = "   ") -> Iterable[str]:
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark)
    )
