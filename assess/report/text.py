"""A benchmark as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from dataclasses import asdict

from assess.compare.peers import Benchmark, Gap, Standing
from assess.report.words import authority, count, share_words, shown

WIDTH = 92
BAR = 20
WANTED = {"met": "met", "true": "found", "1": "at least a general mention", "2": "specific"}
HAVE = {"partial": "in part", "1": "general"}


def benchmark_text(found: Benchmark) -> str:
    """The standing of a draft and its gaps, as lines of at most ``WIDTH`` characters."""
    lines = [*_head(found), "", *_standings(found), "", *_gaps(found)]
    return _shown_lines(lines)


def benchmark_json(found: Benchmark) -> str:
    """The same as JSON; field names as in ``Benchmark``."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def _shown_lines(lines: Iterable[str]) -> str:
    """Lines joined, each safe for a terminal."""
    return "\n".join(shown(line).rstrip() for line in lines)


def _head(found: Benchmark) -> Iterable[str]:
    yield f"Compared with {count(found.peers, 'assessed statement')} in: {found.sector}"
    if found.too_few:
        yield from textwrap.wrap(
            f"Too few to compare: fewer than {found.minimum} statements. Read the places below as "
            "a hint at most.",
            WIDTH,
        )
    if not found.same_rubric:
        yield "The draft and its peers were judged by different rubrics; score the database again."


def _standings(found: Benchmark) -> Iterable[str]:
    yield f"{'Where the draft stands':<34}{'draft':>8}{'median':>8}   {'percentile':<{BAR + 5}}"
    for standing in found.standings:
        yield _standing(standing)
    yield from textwrap.wrap(
        "Percentile: the share of peers below the draft, ties counted half. Scores run from 0 to "
        "100, areas from 0 to 3.",
        WIDTH,
    )


def _standing(standing: Standing) -> str:
    whole = standing.kind == "score"
    place = "–" if standing.percentile is None else f"{standing.percentile:.0f}"
    filled = round((standing.percentile or 0) / 100 * BAR)
    bar = "" if standing.percentile is None else "█" * filled + "·" * (BAR - filled)
    title = textwrap.shorten(standing.title, 33, placeholder="…")
    return (
        f"{title:<34}{_number(standing.value, whole=whole):>8}"
        f"{_number(standing.peer_median, whole=whole):>8}   {bar:<{BAR}} {place:>4}"
    )


def _number(value: float | None, *, whole: bool) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if whole else f"{value:g}"


def _gaps(found: Benchmark) -> Iterable[str]:
    if not found.gaps:
        yield "No gaps: every criterion was found in the draft."
        return
    yield f"Gaps ({len(found.gaps)}), what most peers have first"
    for place, gap in enumerate(found.gaps, start=1):
        yield ""
        yield from _gap(place, gap)


def _gap(place: int, gap: Gap) -> Iterable[str]:
    yield from textwrap.wrap(f"{place}. {gap.title} [{authority(gap.authority)}]", WIDTH)
    have = HAVE.get(str(gap.value), "not found in the text")
    peers = share_words(gap.peers, "peers") if gap.peers.of else "no peers to count"
    yield from _indented(f"In the draft: {have}. Among peers {WANTED[gap.wanted]}: {peers}.")
    yield from _indented(f"Why: {gap.why}")
    yield from _indented(f"Good practice: {gap.good_practice}")
    yield from _indented(f"Advice: {gap.advice}")


def _indented(text: str) -> Iterable[str]:
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent="   ", subsequent_indent="   "
    )
