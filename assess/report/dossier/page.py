"""Turns a dossier into one self-contained HTML page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment

from assess import __version__
from assess.report import html
from assess.report.dossier import words
from assess.report.dossier.areas import LEGAL, Area
from assess.report.dossier.collect import Dossier
from assess.report.dossier.marks import Piece, Span, marked_pages
from assess.report.dossier.records import Item, Quote

# More quotes of one criterion are folded away until they are asked for.
QUOTES_OPEN: Final = 3
# A field of the registry with more text than this is cut; the database has all of it.
DECLARED_CHARACTERS: Final = 2_000

_WORDS_IN_NAME: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z]|\b|\d)|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Key:
    """What a stretch of the text is evidence of: one for each combination."""

    id: str
    words: str
    pairs: str
    """``AREA:STATUS:COUNTS`` of each, the one that gives the colour first; for the script."""
    css: str


@dataclass(frozen=True, slots=True)
class Section:
    """An area of the scorecard."""

    area: Area
    depth: Item | None
    items: tuple[Item, ...]
    """With something to show."""
    missing: tuple[Item, ...]


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
    content = {
        "d": dossier,
        "open": dossier.open,
        "covers": dossier.covers,
        "marks": marks,
        "pages": marks.pages,
        "sections": sections(dossier),
        "missing": [item for item in dossier.items if words.missing(item)],
        "statuses": _statuses(dossier),
        "area_counts": _area_counts(dossier),
        "registry": _registry(dossier),
        "checks": _checks(dossier),
        "quotes_open": QUOTES_OPEN,
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
            ("compliance" if not dossier.proposal else "compliance under a proposal (not law)",
             statement.compliance),
            ("substance", statement.substance),
        )
        if score is not None
    ]
    tier = f" ({statement.tier})" if statement.tier else ""
    flag = "; looks like minimal compliance" if statement.minimal and statement.minimal.flag else ""
    return f"Registry year {statement.year}: {', '.join(parts)}{tier}{flag}."


class Marks:
    """The text with its evidence, and where each quote stands."""

    def __init__(self, dossier: Dossier) -> None:
        self.quotes: tuple[Quote, ...] = tuple(
            quote for item in dossier.items for quote in item.quotes
        )
        self._number = {id(quote): place for place, quote in enumerate(self.quotes)}
        self._items = {item.criterion.id: item for item in dossier.items}
        self._position = {item.criterion.id: n for n, item in enumerate(dossier.items)}
        self._css = {area.id: area.css for area in dossier.judging.areas}
        self._keys: dict[tuple[int, ...], Key] = {}
        self._known: dict[tuple[tuple[str, str, bool], ...], Key] = {}
        self.pages = (
            ()
            if dossier.text is None
            else marked_pages(
                dossier.text,
                [Span(quote.start, quote.end) for quote in self.quotes],
                _anchors(dossier),
            )
        )
        self.starts = frozenset(
            piece.start
            for page in self.pages
            for block in page.blocks
            for piece in block.pieces
            if piece.spans or piece.anchored
        )
        for page in self.pages:
            for block in page.blocks:
                for piece in block.pieces:
                    if piece.spans:
                        self.key(piece)

    @property
    def keys(self) -> list[Key]:
        """All combinations, in the order of the text."""
        return list(self._known.values())

    def number(self, quote: Quote) -> int:
        """The place of a quote among all, for links to it."""
        return self._number[id(quote)]

    def target(self, piece: Piece) -> int:
        """The quote that a stretch links to."""
        return self._ranked(piece.spans)[0]

    def key(self, piece: Piece) -> Key:
        """What a stretch is evidence of."""
        if piece.spans not in self._keys:
            ranked = [self.quotes[place] for place in self._ranked(piece.spans)]
            known = tuple(
                dict.fromkeys((one.criterion, one.status, one.counts) for one in ranked)
            )
            if known not in self._known:
                self._known[known] = self._key(len(self._known), ranked)
            self._keys[piece.spans] = self._known[known]
        return self._keys[piece.spans]

    def _ranked(self, spans: Sequence[int]) -> list[int]:
        """What counts, and of that the more special, comes first and gives the colour."""
        return sorted(spans, key=self._rank)

    def _rank(self, place: int) -> tuple[bool, bool, bool, int, int]:
        quote = self.quotes[place]
        item = self._items[quote.criterion]
        position = self._position[quote.criterion]
        depth = item.criterion.kind == "depth"
        return not quote.counts, item.area == LEGAL, depth, position, place

    def _key(self, number: int, ranked: Sequence[Quote]) -> Key:
        told = dict.fromkeys(
            f"{self._items[one.criterion].criterion.title}: {words.status(one)}" for one in ranked
        )
        pairs = list(dict.fromkeys(self._pair(one) for one in ranked))
        return Key(
            f"k{number}",
            "; ".join(told),
            " ".join(":".join(pair) for pair in pairs),
            mark_css(pairs),
        )

    def _pair(self, quote: Quote) -> tuple[str, str, str]:
        area = self._css[self._items[quote.criterion].area]
        return area, _status_css(quote.status), str(int(quote.counts))


def mark_css(pairs: Sequence[tuple[str, str, str]]) -> str:
    """Classes of a mark: the first pair's colour and status; the next area's line below it.

    The script does the same with the pairs that are not switched off.
    """
    area, status, counts = pairs[0]
    second = next((f" s{other[1:]}" for other, _, _ in pairs if other != area), "")
    return f"{area} {status}{'' if counts == '1' else ' seen'}{second}"


def _status_css(status: str) -> str:
    return status if status in words.STATUS_WORDS else "vague"


def _anchors(dossier: Dossier) -> set[int]:
    """Places that other sections link to."""
    found = {check.start for check in dossier.checks}
    if dossier.difference:
        found |= {start for _, start in dossier.difference.promises}
    if dossier.reuse:
        found |= {sentence.start for sentence in dossier.reuse.sentences}
    return {start for start in found if start is not None}


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
            counts[_status_css(quote.status)] += 1
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
        ("statement", "Text and scorecard", content["pages"] or dossier.items),
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
    "value_words": lambda value: words.VALUES.get(value, value),
}
