"""A benchmark as one self-contained page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from assess import __version__
from assess.compare.peers import Benchmark, Changes
from assess.report import html
from assess.report.benchmark import words as say
from assess.report.html import KeptLink
from assess.report.words import compliance_words

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

# Of the gaps beyond the law the first few are unfolded, so that the page can be read to its end.
_OPENED: Final = 5
# What the reader can choose from, in the order of their force.
_AUTHORITIES: Final = ("LAW", "BILL", "GUIDANCE", "BENCHMARK")


def render(found: Benchmark, rubric: Rubric, kept_link: KeptLink) -> str:
    """The page as text; the same benchmark gives the same page."""
    css = html.own_file("report.css") + html.own_file("benchmark.css")
    script = html.own_file("benchmark.js")
    environment = html.environment(kept_link)
    environment.filters |= _filters()
    areas = list(dict.fromkeys(gap.area for gap in found.gaps))
    return environment.get_template("benchmark.html").render(
        css=css,
        script=script,
        policy=html.policy(css, script),
        version=__version__,
        found=found,
        noun=say.noun(found),
        title=say.title(found),
        against=say.against(found),
        notices=list(say.notices(found)),
        sentences=list(say.sentences(found)),
        method=list(say.method(found)),
        notice=rubric.notice,
        tiers=sorted(rubric.tiers, key=lambda tier: tier.at_least),
        order=say.ORDER,
        advice=say.ADVICE,
        facts=_facts(found),
        areas=areas,
        opened=_OPENED,
        authorities=[
            name for name in _AUTHORITIES if any(gap.authority == name for gap in found.gaps)
        ],
        checklist=[
            (section, list(items))
            for section, items in groupby(found.checklist, key=lambda item: item.section)
        ],
        changes=_changes(found.changes) if found.changes else [],
    )


def _facts(found: Benchmark) -> list[tuple[str, str]]:
    places = {one.id: one.percentile for one in found.standings}
    law = sum(gap.authority == "LAW" for gap in found.gaps)
    return [
        (_whole(found.compliance), f"{compliance_words(bool(found.proposal))} of 100, by the text"),
        (_whole(places.get("compliance")), "its percentile among peers"),
        (_whole(found.substance), "substance of 100"),
        (_whole(places.get("substance")), "its percentile among peers"),
        (f"{law}", "gaps in what the law asks"),
        (f"{len(found.gaps) - law}", "gaps beyond it"),
    ]


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _changes(changes: Changes) -> list[tuple[str, str, list[Any]]]:
    """(kind, title, changes) of the kinds that there are."""
    grouped = (
        (kind, told, [one for one in changes.items if one.change == kind])
        for kind, told in say.CHANGES.items()
    )
    return [(kind, told, items) for kind, told, items in grouped if items]


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "change_words": say.change_words,
        "quote_words": say.quote_words,
        "have_words": say.have_words,
        "peers_words": say.peers_words,
        "person_words": say.person_words,
        "seen_words": say.seen_words,
        "short_share": say.short_share,
        "value_words": say.value_words,
        "rounded": lambda value: f"{value:.1f}",
    }
