"""What each stretch of the text is evidence of, in which colour, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assess.report.dossier import words
from assess.report.dossier.areas import LEGAL
from assess.report.dossier.collect import Dossier
from assess.report.dossier.marks import Piece, Span, marked_pages
from assess.report.dossier.records import Quote

# Of several readings of the same words the most doubtful gives the shape: a denial is never shown
# as done because another criterion takes it for evidence.
STATUS_ORDER: Final = ("negated", "planned", "conditional", "vague", "implemented")


@dataclass(frozen=True, slots=True)
class Key:
    """What a stretch of the text is evidence of: one for each combination."""

    id: str
    words: str
    pairs: str
    """``AREA:STATUS:COUNTS`` of each, the one that gives the colour first; for the script."""
    css: str


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
            known = tuple(dict.fromkeys((one.criterion, one.status, one.counts) for one in ranked))
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
        return area, status_css(quote.status), str(int(quote.counts))


def mark_css(pairs: Sequence[tuple[str, str, str]]) -> str:
    """Classes of a mark: the first pair's colour, the most doubtful status, the next area's line.

    The script does the same with the pairs that are not switched off.
    """
    area, _, counts = pairs[0]
    status = next(one for one in STATUS_ORDER if any(one == found for _, found, _ in pairs))
    second = next((f" s{other[1:]}" for other, _, _ in pairs if other != area), "")
    return f"{area} {status}{'' if counts == '1' else ' seen'}{second}"


def status_css(status: str) -> str:
    return status if status in words.STATUS_WORDS else "vague"


def _anchors(dossier: Dossier) -> set[int]:
    """Places that other sections link to."""
    found = {check.start for check in dossier.checks}
    if dossier.difference:
        found |= {start for _, start in dossier.difference.promises}
    if dossier.reuse:
        found |= {sentence.start for sentence in dossier.reuse.sentences}
    return {start for start in found if start is not None}
