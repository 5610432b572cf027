"""Turns a dossier into one self-contained HTML page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from jinja2 import Environment

from assess import __version__
from assess.report import html
from assess.report.dossier import words
from assess.report.dossier.areas import Area
from assess.report.dossier.collect import Dossier
from assess.report.dossier.keys import QUOTES_LISTED, Marks, status_css
from assess.report.dossier.marks import PageText
from assess.report.dossier.records import Item
from assess.report.words import VALUES

# More quotes of one criterion are folded away until they are asked for.
QUOTES_OPEN: Final = 3
# Fewer pages that were not judged are read past as quickly as unfolded.
PAGES_FOLDED: Final = 2
# A field of the registry with more text than this is cut; the database has all of it.
DECLARED_CHARACTERS: Final = 2_000

_WORDS_IN_NAME: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z]|\b|\d)|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Section:
    """An area of the scorecard."""

    area: Area
    depth: Item | None
    items: tuple[Item, ...]
    """With something to show."""
    missing: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Pages in a row that are shown, or folded away as nothing of them was judged."""

    pages: tuple[PageText, ...]
    folded: bool


@lru_cache(maxsize=4)
def environment(kept_at: str) -> Environment:
    """Templates of dossiers whose kept documents lie below ``kept_at``, as a URL path."""
    made = html.environment(html.kept_link(kept_at))
    made.filters |= _FILTERS
    return made


def render(made: Environment, dossier: Dossier) -> str:
    """The page as text."""
    css, script = (
        html.own_file("report.css") + html.own_file("dossier.css"),
        html.own_file("dossier.js"),
    )
    marks = Marks(dossier)
    missing = [item for item in dossier.items if words.missing(item)]
    content = {
        "d": dossier,
        "open": dossier.open,
        "covers": dossier.covers,
        "marks": marks,
        "text_title": "Text and scorecard" if dossier.items else "The document’s text",
        "pages": marks.pages,
        "runs": runs(marks.pages) if dossier.items else [Run(marks.pages, folded=False)],
        "sections": sections(dossier),
        "missing": missing,
        "statuses": _statuses(dossier),
        "area_counts": _area_counts(dossier),
        "registry": _registry(dossier),
        "checks": _checks(dossier),
        "quotes_open": QUOTES_OPEN,
        "quotes_listed": QUOTES_LISTED,
        "headline": headline(dossier),
        "titles": {row.id: row.title for row in dossier.criteria},
    }
    contents = [(id_, title) for id_, title, shown in _contents(dossier, content) if shown]
    return made.get_template("dossier.html").render(
        css=css,
        script=script,
        policy=html.policy(css, script),
        version=__version__,
        contents=contents,
        **content,
    )


def headline(dossier: Dossier) -> str:
    """One sentence on the statement that is open."""
    statement = dossier.open
    if statement.state != "assessed":
        return f"Registry year {statement.year}: {words.state(statement)}."
    parts = [
        f"{name} {score:.0f} of 100"
        for name, score in (
            (
                "compliance" if not dossier.proposal else "compliance under a proposal (not law)",
                statement.compliance,
            ),
            ("substance", statement.substance),
        )
        if score is not None
    ]
    tier = f" ({statement.tier})" if statement.tier else ""
    flag = "; looks like minimal compliance" if statement.minimal and statement.minimal.flag else ""
    return f"Registry year {statement.year}: {', '.join(parts)}{tier}{flag}."


def runs(pages: Sequence[PageText]) -> list[Run]:
    """Pages in their order; those of a longer document around its statement are folded away."""
    grouped = groupby(pages, lambda page: not any(block.judged for block in page.blocks))
    found = [(unjudged, tuple(run)) for unjudged, run in grouped]
    return [Run(run, folded=unjudged and len(run) >= PAGES_FOLDED) for unjudged, run in found]


def sections(dossier: Dossier) -> list[Section]:
    """The scorecard: what the law asks, then the areas."""
    made = (_section(area, dossier.items) for area in dossier.judging.areas)
    return [one for one in made if one.depth or one.items or one.missing]


def _section(area: Area, items: Iterable[Item]) -> Section:
    own = [item for item in items if item.area == area.id]
    depth = next((item for item in own if item.criterion.kind == "depth"), None)
    rest = [item for item in own if item is not depth]
    return Section(
        area,
        depth,
        tuple(item for item in rest if not words.missing(item)),
        tuple(item for item in rest if words.missing(item)),
    )


def _statuses(dossier: Dossier) -> list[tuple[str, str, int]]:
    """(class, words, quotes) of every status that there is."""
    counts = dict.fromkeys(words.STATUS_WORDS, 0)
    for item in dossier.items:
        for quote in item.quotes:
            counts[status_css(quote.status)] += 1
    return [(css, words.STATUS_WORDS[css], number) for css, number in counts.items() if number]


def _area_counts(dossier: Dossier) -> dict[str, int]:
    counts = {area.id: 0 for area in dossier.judging.areas}
    for item in dossier.items:
        counts[item.area] += len(item.quotes)
    return counts


def _registry(dossier: Dossier) -> list[tuple[str, str]]:
    """What was declared, with the columns' names as words."""
    return [(field_words(name), value[:DECLARED_CHARACTERS]) for name, value in dossier.declared]


def _checks(dossier: Dossier) -> list[tuple[str, list[Any]]]:
    """Checks by result, what matters most first."""
    return [
        (title, found)
        for result, title in words.RESULTS.items()
        if (found := [check for check in dossier.checks if check.result == result])
    ]


def field_words(name: str) -> str:
    """A column of the registry's file as words, e.g. ``Statement includes training``."""
    parts = _WORDS_IN_NAME.findall(name)
    told = " ".join(part if part.isupper() and len(part) > 1 else part.lower() for part in parts)
    return f"{told[:1].upper()}{told[1:]}" or name


def _contents(dossier: Dossier, content: dict[str, Any]) -> list[tuple[str, str, object]]:
    return [
        ("years", "Statements by year", True),
        ("statement", content["text_title"], content["pages"] or dossier.items),
        ("scorecard", "Scorecard", content["pages"] and dossier.items),
        ("missing", "Not found in the text", content["missing"]),
        ("difference", "Since the statement before", dossier.difference),
        ("shared", "Text shared with others", dossier.reuse),
        ("declared", "Declared against evidenced", dossier.checks),
        ("peers", "Among sector peers", dossier.peers),
        ("registry", "In the registry", True),
        ("source", "Where it came from", True),
    ]


_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "capitalize_first": lambda text: f"{text[:1].upper()}{text[1:]}",
    "change_words": lambda change: words.CHANGES.get(change, change),
    "field_words": field_words,
    "judgement": words.judgement,
    "match_name": lambda method: words.MATCHES.get(method, method),
    "outcome_words": lambda outcome: words.OUTCOMES.get(outcome, outcome),
    "percentile": words.percentile,
    "quote_status": words.status,
    "relation_words": lambda relation: words.RELATIONS.get(relation, relation),
    "said_by": words.said_by,
    "standing": words.standing,
    "state_words": words.state,
    "type_name": lambda name: words.TYPES.get(name, name),
    "value_words": lambda value: VALUES.get(value, value),
}
