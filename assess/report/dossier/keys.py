"""What each stretch of the text is evidence of, in which colour, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assess.report.dossier import words
from assess.report.dossier.areas import LEGAL
from assess.report.dossier.collect import Dossier
from assess.report.dossier.marks import Piece, Span, marked_pages
from assess.report.dossier.records import Item, Quote

# The scorecard lists so many quotes of a criterion: several times what scoring keeps of one.
QUOTES_LISTED: Final = 50
# Of several readings of the same words the most doubtful gives the shape: a denial is never shown
# as done because another criterion takes it for evidence.
STATUS_ORDER: Final = ("negated", "planned", "conditional", "vague", "implemented")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch: as evidence of a criterion, with a status."""

    id: str
    words: str
    area: str
    """Class of the area's colour."""
    status: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """How a stretch is marked, and where it leads."""

    css: str
    readings: str
    """Ids of its readings, the one that gives the colour first, separated by blanks."""
    target: str
    """Id in the scorecard."""


class Marks:
    """The text with its evidence, and where each quote stands."""

    def __init__(self, dossier: Dossier) -> None:
        self.quotes = tuple(quote for item in dossier.items for quote in item.quotes)
        self._number = {id(quote): place for place, quote in enumerate(self.quotes)}
        self._listed = {
            id(quote) for item in dossier.items for quote in item.quotes[:QUOTES_LISTED]
        }
        self._items = {item.criterion.id: item for item in dossier.items}
        self._position = {item.criterion.id: n for n, item in enumerate(dossier.items)}
        self._readings = _readings(dossier)
        self._marks: dict[tuple[int, ...], Mark] = {}
        spans = [Span(quote.start, quote.end) for quote in self.quotes]
        self.pages = (
            () if dossier.text is None else marked_pages(dossier.text, spans, _anchors(dossier))
        )
        self.starts = frozenset(
            piece.start
            for page in self.pages
            for block in page.blocks
            for piece in block.pieces
            if piece.spans or piece.anchored
        )

    @property
    def readings(self) -> Iterable[Reading]:
        """All of them, in the order of the scorecard."""
        return self._readings.values()

    def number(self, quote: Quote) -> int:
        """The place of a quote among all, for links to it."""
        return self._number[id(quote)]

    def mark(self, piece: Piece) -> Mark:
        """The mark of a stretch that is evidence of something."""
        if piece.spans not in self._marks:
            ranked = [self.quotes[place] for place in sorted(piece.spans, key=self._rank)]
            readings = list(dict.fromkeys(self._readings[_key(quote)] for quote in ranked))
            ids = " ".join(reading.id for reading in readings)
            self._marks[piece.spans] = Mark(mark_css(readings), ids, self._target(ranked))
        return self._marks[piece.spans]

    def _target(self, ranked: Sequence[Quote]) -> str:
        listed = [quote for quote in ranked if id(quote) in self._listed]
        return f"q{self.number(listed[0])}" if listed else f"c-{ranked[0].criterion}"

    def _rank(self, place: int) -> tuple[bool, bool, bool, int, int]:
        """What counts, and of that the more special, comes first and gives the colour."""
        quote = self.quotes[place]
        item = self._items[quote.criterion]
        depth = item.criterion.kind == "depth"
        position = self._position[quote.criterion]
        return not quote.counts, item.area == LEGAL, depth, position, place


def mark_css(readings: Sequence[Reading]) -> str:
    """Classes of a mark: the first one's colour, the most doubtful status, the next area's line.

    The script does the same with the readings that are not switched off.
    """
    first = readings[0]
    found = {reading.status for reading in readings}
    status = next(one for one in STATUS_ORDER if one in found)
    second = next((f" s{one.area[1:]}" for one in readings if one.area != first.area), "")
    return f"{first.area} {status}{'' if first.counts else ' seen'}{second}"


def status_css(status: str) -> str:
    """The class of a status."""
    return status if status in STATUS_ORDER else "vague"


Key = tuple[str, str, bool]


def _key(quote: Quote) -> Key:
    return quote.criterion, quote.status, quote.counts


def _readings(dossier: Dossier) -> dict[Key, Reading]:
    css = {area.id: area.css for area in dossier.judging.areas}
    first = {_key(quote): (item, quote) for item in dossier.items for quote in item.quotes}
    return {
        key: _reading(f"r{number}", css[item.area], item, quote)
        for number, (key, (item, quote)) in enumerate(first.items())
    }


def _reading(id_: str, area: str, item: Item, quote: Quote) -> Reading:
    told = f"{item.criterion.title}: {words.status(quote)}."
    return Reading(id_, told, area, status_css(quote.status), quote.counts)


def _anchors(dossier: Dossier) -> set[int]:
    """Places that other sections link to."""
    found = {check.start for check in dossier.checks}
    if dossier.difference:
        found |= {start for _, start in dossier.difference.promises}
    if dossier.reuse:
        found |= {sentence.start for sentence in dossier.reuse.sentences}
    return {start for start in found if start is not None}
