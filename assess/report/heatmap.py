"""The criteria-by-sector table: cells coloured by a matplotlib colour map, readable by contrast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assess.compare.sectors import GroupSummary, Measure, SectorComparison
from assess.compare.stats import Share
from assess.records import HOMEPAGE_LINK
from assess.report.words import base, interval, is_proposal, measure_label

# Steps of five points: finer shades cannot be told apart, and each is a class in the style sheet.
STEPS = 20
# Light for none to dark for all; one hue, so it reads the same without colour.
COLOUR_MAP = "Blues"
# On mid blues only pure black or white keeps a contrast of 4.5 to 1.
DARK, LIGHT = "#000000", "#ffffff"

KINDS = {
    "legal": "What the law asks",
    "flag": "Stated openly",
    "depth": "The seven areas",
    "indicator": "Indicators of practice",
}
LEGAL_OF_PROPOSAL = "What the law asks, and what a proposal (not law) would ask"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``step`` is its colour class, None where it is not to be compared."""

    text: str
    step: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure over all groups; the first cell is the overall share with its interval."""

    place: int
    """In ``SectorComparison.measures``."""
    measure: Measure
    label: str
    overall: Cell
    interval: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one kind of criterion."""

    title: str
    rows: tuple[Row, ...]


def sections(comparison: SectorComparison) -> list[Section]:
    """The heat map's rows by kind; columns are ``comparison.sectors``."""
    rows = list(_rows(comparison))
    proposed = is_proposal(measure.criterion for measure in comparison.measures)
    titles = {**KINDS, "legal": LEGAL_OF_PROPOSAL} if proposed else KINDS
    found = [
        Section(title, tuple(row for row in rows if row.measure.criterion.kind == kind))
        for kind, title in titles.items()
    ]
    return [section for section in found if section.rows]


def _rows(comparison: SectorComparison) -> Iterable[Row]:
    whole = base(comparison)
    for place, measure in enumerate(comparison.measures):
        share = whole.shares[place]
        if measure.criterion.id == HOMEPAGE_LINK and not share.of:
            continue  # never visited: the page says so in words
        yield Row(
            place=place,
            measure=measure,
            label=measure_label(measure),
            overall=cell(share, comparable=True),
            interval="" if share.low is None else interval(share.low, share.high or 0),
            cells=tuple(_cells(comparison.sectors, place)),
        )


def _cells(groups: Sequence[GroupSummary], place: int) -> Iterable[Cell]:
    for group in groups:
        yield cell(group.shares[place], comparable=not group.too_few)


def cell(share: Share, *, comparable: bool) -> Cell:
    """A percentage with its colour; a bare ``3/7`` without colour where groups are too small."""
    if share.value is None:
        return Cell("–", None, "no statement to count")
    counted = f"{share.count:,} of {share.of:,}"
    if not comparable:
        return Cell(f"{share.count}/{share.of}", None, f"{counted}: too few to compare")
    return Cell(f"{share.value * 100:.0f}", round(share.value * STEPS), counted)


def colours() -> list[tuple[str, str]]:
    """(background, text) for every step, as hexadecimal colours."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    shades = colormaps[COLOUR_MAP]
    found = [to_hex(shades(0.04 + 0.92 * step / STEPS)) for step in range(STEPS + 1)]
    return [(shade, max((DARK, LIGHT), key=lambda ink: contrast(shade, ink))) for shade in found]


def colour_css() -> str:
    """Style rules ``.h0`` to ``.h20``."""
    return "".join(
        f".h{step}{{background:{shade};color:{ink}}}" for step, (shade, ink) in enumerate(colours())
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two hexadecimal colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    from matplotlib.colors import to_rgb

    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
