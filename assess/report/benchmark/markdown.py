"""A benchmark as Markdown, to be put into a paper for the board."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import quote as percent_encoded

from assess import __version__
from assess.compare.peers import Benchmark, Changes, Gap, PeerQuote, Standing
from assess.report.benchmark import words as say
from assess.report.html import KeptLink
from assess.report.words import authority, cut, shown, web_link

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

# What Markdown or the HTML in it would take for markup.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|~]|^[-+#=>])")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])")
_HTML: Final = {"&": "&amp;", "<": "&lt;"}
# In a link's address these stay as they are; brackets and spaces do not.
_ADDRESS: Final = "%/:?&=#@+,;~._-$!*'"


def markdown(found: Benchmark, rubric: Rubric, kept_link: KeptLink) -> str:
    """The whole benchmark; every text of others is escaped."""
    lines = [
        f"# Benchmark: {plain(say.title(found))}",
        "",
        f"Against {plain(say.against(found))}.",
        "",
        *(f"> {plain(one)}\n" for one in say.notices(found)),
        *(f"- {plain(one)}" for one in say.sentences(found)),
        "",
        *_standings(found.standings),
        *(_changes(found.changes) if found.changes else ()),
        *_gaps(found, kept_link),
        *_checklist(found),
        *_method(found, rubric),
    ]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Text of others on one line, shown as it is by every reader of Markdown."""
    folded = " ".join(shown(text).split())
    escaped = _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", folded))
    return "".join(_HTML.get(sign, sign) for sign in escaped)


def _standings(standings: Iterable[Standing]) -> Iterator[str]:
    yield "## Where it stands"
    yield ""
    yield "| | value | half of peers reach | percentile | 95% interval | depth | indicators |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for one in standings:
        interval = one.interval
        cells = (
            plain(one.title),
            _number(one.value),
            _number(one.peer_median),
            _number(one.percentile),
            f"{interval.low:.0f}–{interval.high:.0f}" if interval else "–",
            "" if one.depth is None else f"{one.depth} of 3",
            f"{one.indicators[0]} of {one.indicators[1]}" if one.indicators else "",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _changes(changes: Changes) -> Iterator[str]:
    yield f"## Compared with {plain(cut(changes.name))}"
    yield ""
    for name, (before, after) in (
        ("Compliance", changes.compliance),
        ("Substance", changes.substance),
    ):
        yield f"- {name}: {_number(before)} → {_number(after)}"
    for kind, title in say.CHANGES.items():
        items = [one for one in changes.items if one.change == kind]
        if items and kind == "unchanged":
            yield f"- {title}: {len(items)} items"
        elif items:
            told = "; ".join(f"{plain(one.title)} ({say.change_words(one)})" for one in items)
            yield f"- {title}: {told}"
    yield ""


def _gaps(found: Benchmark, kept_link: KeptLink) -> Iterator[str]:
    yield f"## Gaps ({len(found.gaps)})"
    yield ""
    yield f"{say.ORDER} {say.ADVICE}"
    yield ""
    for place, gap in enumerate(found.gaps, start=1):
        yield f"### {place}. {plain(gap.title)} ({authority(gap.authority)})"
        yield ""
        yield plain(gap.question)
        yield ""
        yield from _gap(gap, kept_link)
        yield ""


def _gap(gap: Gap, kept_link: KeptLink) -> Iterator[str]:
    yield f"- In the text: {say.have_words(gap)}"
    for seen in gap.seen:
        yield f"  - “{plain(seen.quote)}” ({say.seen_words(gap, seen)}, p. {seen.page})"
    if gap.person:
        yield f"  - {plain(say.person_words(gap.person))}"
    yield f"- Peers: {plain(say.peers_words(gap))}"
    yield f"- Why it matters: {plain(gap.why)} Source: {plain(gap.source)}"
    yield f"- Good practice: {plain(gap.good_practice)}"
    yield f"- What to tell, if it was done: {plain(gap.advice)}"
    for quote in gap.quotes:
        yield f"- Example: {_example(quote, kept_link)}"


def _example(quote: PeerQuote, kept_link: KeptLink) -> str:
    mark = " […]" if quote.is_cut else ""
    links = [f"[kept document]({_address(kept_link(say.linked(quote.kept), quote.page))})"]
    if url := web_link(quote.statement_url):
        links.insert(0, f"[statement]({_address(url)})")
    return (
        f"“{plain(quote.quote)}{mark}” {plain(cut(quote.organisation))}, {quote.year}, "
        f"p. {quote.page}{say.quote_words(quote)}: {', '.join(links)}"
    )


def _address(url: str) -> str:
    return percent_encoded(url, safe=_ADDRESS)


def _checklist(found: Benchmark) -> Iterator[str]:
    yield "## Checklist"
    yield ""
    for section, items in groupby(found.checklist, key=lambda item: item.section):
        yield f"### {plain(section)}"
        yield ""
        for item in items:
            page = "" if item.page is None else f", p. {item.page}"
            person = f"; {plain(say.person_words(item.person))}" if item.person else ""
            yield (
                f"- [ ] {plain(item.title)} ({authority(item.authority)}): "
                f"{plain(item.told)}{page}{person}. {plain(item.ask)}"
            )
        yield ""


def _method(found: Benchmark, rubric: Rubric) -> Iterator[str]:
    yield "## Method and limits"
    yield ""
    yield from (f"- {plain(line)}" for line in say.method(found))
    yield f"- {plain(rubric.notice)}"
    told = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    yield f"- Versions: {plain(told)}"
    yield f"- Made by assess {__version__}"
