"""The report's pictures, drawn by matplotlib."""

from __future__ import annotations

import textwrap
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from assess.compare.sectors import GroupSummary
from assess.compare.stats import Distribution, Share
from assess.report.compared.years import OfYear
from assess.report.data import Figures, StatementRow
from assess.report.svg import inline_svg
from assess.report.words import count, cut, group_name, percent, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1c2b39"
MUTED = "#5a6872"
RULE = "#d5dbe0"
ACCENT = "#0b5d7a"
WARN = "#a3341b"
# From dark red to dark blue through pale tones: told apart by all common kinds of colour vision;
# the shape says the same again.
TIER_COLOURS = ("#a3341b", "#e08a4f", "#e7c46b", "#6fb0c4", "#14506b")
TIER_SHAPES = ("o", "s", "D", "^", "P")
# Beyond this single points cover each other, and each costs 100 bytes.
MAX_POINTS = 1500
# Characters of a sector's name on one line above its interval.
LABEL_WIDTH = 58
# Characters of a tier's name in the legend.
LEGEND_CHARACTERS = 24


class Point(NamedTuple):
    """A statement in the picture."""

    compliance: float
    substance: float
    tier: str | None
    minimal_flag: bool


def scatter(
    statements: Iterable[Figures | StatementRow], tiers: Sequence[str], *, proposal: bool = False
) -> Markup | None:
    """Compliance against substance, a point for each statement (or density for very many)."""
    points = [
        Point(row.compliance, row.substance, row.tier, row.minimal_flag)
        for row in statements
        if row.compliance is not None and row.substance is not None
    ]
    if not points:
        return None
    with _axes(5.6, 5.6) as (figure, axes):
        axes.plot([0, 100], [0, 100], color=RULE, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        axes.text(80, 82, "equal", color=MUTED, fontsize=9, ha="right", va="bottom", rotation=41)
        if len(points) > MAX_POINTS:
            _density(figure, axes, points)
        else:
            _points(axes, points, tiers)
            _legend(figure, axes, points)
        axes.set(xlim=(-3, 103), ylim=(-3, 106), xticks=range(0, 101, 20), yticks=range(0, 101, 20))
        asked = "what the law and a proposal (not law) ask" if proposal else "what the law asks"
        axes.set_xlabel(f"Compliance: {asked} (0–100)")
        axes.set_ylabel("Substance: what was done (0–100)")
        axes.grid(color=RULE, linewidth=0.5)
        axes.set_axisbelow(True)
        flagged = sum(row.minimal_flag for row in points)
        return inline_svg(
            figure,
            "scatter",
            "Compliance against substance",
            f"{count(len(points), 'statement')}; compliance across, substance upwards. "
            f"{flagged:,} of them look like minimal compliance.",
        )


def dot_intervals(groups: Sequence[GroupSummary], overall: Share) -> Markup | None:
    """Share of minimal compliance by sector with 95% intervals, the highest on top."""
    ranked = sorted(groups, key=lambda group: -(group.minimal.value or 0.0))
    if not ranked:
        return None
    names = [textwrap.wrap(shown(group_name(group)), LABEL_WIDTH, max_lines=3) for group in ranked]
    # In lines: a name's own, one for the interval, and a little air.
    places = list(accumulate(len(name) + 1.4 for name in names))
    with _axes(5.6, 0.9 + 0.205 * places[-1]) as (figure, axes):
        _overall_line(axes, overall)
        for place, name, group in zip(places, names, ranked, strict=True):
            _interval(axes, place, group.minimal)
            axes.text(
                0,
                place - 0.65,
                "\n".join(name),
                fontsize=10,
                va="bottom",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        end = max(20, 10 * ceil(10 * max(group.minimal.high or 0.0 for group in ranked)))
        axes.set(xlim=(-end / 100, end), ylim=(places[-1] + 1, 0), yticks=[])
        axes.set_xlabel("Statements that look like minimal compliance (%)")
        axes.locator_params(axis="x", nbins=6, integer=True, steps=[1, 2, 5, 10])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=RULE, linewidth=0.5)
        axes.set_axisbelow(True)
        return inline_svg(
            figure,
            "minimal",
            "Minimal compliance by sector",
            "Share of statements that look like minimal compliance, with 95% intervals, for "
            f"{count(len(ranked), 'sector')}; the sector table gives the same numbers.",
        )


def year_lines(years: Sequence[OfYear]) -> Markup | None:
    """Median compliance and substance by registry year with 95% intervals; of one year nothing."""
    scored = [one for one in years if one.compliance and one.substance]
    if len(scored) < 2:
        return None
    with _axes(5.6, 3.4) as (figure, axes):
        _year_line(axes, [(one.year, one.compliance) for one in scored], "o", ACCENT, "compliance")
        _year_line(axes, [(one.year, one.substance) for one in scored], "s", WARN, "substance")
        axes.set(ylim=(0, 104), yticks=range(0, 101, 20), xticks=[one.year for one in scored])
        axes.set_xlim(scored[0].year - 0.3, scored[-1].year + 0.3)
        axes.set_xlabel("Registry year")
        axes.set_ylabel("Median score (0–100)")
        axes.grid(axis="y", color=RULE, linewidth=0.5)
        axes.set_axisbelow(True)
        figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9.5)
        return inline_svg(
            figure,
            "years",
            "Compliance and substance by registry year",
            f"Medians with 95% intervals of {len(scored)} years; the table gives the same numbers.",
        )


def _year_line(
    axes: Axes,
    medians: Sequence[tuple[int, Distribution | None]],
    marker: str,
    colour: str,
    label: str,
) -> None:
    told = [(year, one) for year, one in medians if one]
    for year, one in told:
        if one.interval:
            ends = [one.interval.low, one.interval.high]
            axes.plot([year, year], ends, color=colour, linewidth=2, alpha=0.55)
    axes.plot(
        [year for year, _ in told],
        [one.median for _, one in told],
        marker=marker,
        markersize=7,
        color=colour,
        linewidth=1.4,
        label=label,
    )


def _overall_line(axes: Axes, overall: Share) -> None:
    if overall.value is None:
        return
    axes.axvline(overall.value * 100, color=WARN, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    axes.annotate(
        f"overall {percent(overall.value)}",
        (overall.value * 100, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        color=WARN,
        fontsize=9,
        ha="center",
    )


@contextmanager
def _axes(width: float, height: float) -> Generator[tuple[Figure, Axes]]:
    """A figure of its own, in inches of 72 units; no window system, nothing global changed."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "assess",
            "font.size": 11,
            "text.color": INK,
            "axes.edgecolor": RULE,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            # Names of others may hold dollar signs: text is never a formula.
            "text.parse_math": False,
        }
    ):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.add_subplot()


def _points(axes: Axes, points: Sequence[Point], tiers: Sequence[str]) -> None:
    for place, tier in enumerate(tiers):
        inside = [row for row in points if row.tier == tier]
        for row_set, width, edge in (
            ([row for row in inside if not row.minimal_flag], 0.4, INK),
            ([row for row in inside if row.minimal_flag], 1.8, WARN),
        ):
            axes.scatter(
                [row.compliance for row in row_set],
                [row.substance for row in row_set],
                s=30,
                marker=TIER_SHAPES[place % len(TIER_SHAPES)],
                color=_tier_colour(place, len(tiers)),
                edgecolors=edge,
                linewidths=width,
                alpha=0.9,
            )
        axes.scatter(
            [],
            [],
            s=30,
            marker=TIER_SHAPES[place % len(TIER_SHAPES)],
            color=_tier_colour(place, len(tiers)),
            edgecolors=INK,
            linewidths=0.4,
            label=f"{shown(cut(tier, LEGEND_CHARACTERS))} ({len(inside):,})",
        )


def _legend(figure: Figure, axes: Axes, points: Sequence[Point]) -> None:
    if any(row.minimal_flag for row in points):
        axes.scatter(
            [],
            [],
            s=34,
            marker="o",
            facecolors="none",
            edgecolors=WARN,
            linewidths=1.8,
            label="looks like minimal compliance",
        )
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9.5)


def _density(figure: Figure, axes: Axes, points: Sequence[Point]) -> None:
    import numpy as np
    from matplotlib import colormaps
    from matplotlib.colors import ListedColormap

    # Few shades, none close to white: the scale is then drawn as shapes, not as a bitmap.
    shades = ListedColormap(colormaps["YlGnBu"](np.linspace(0.2, 1, 7)))
    drawn = axes.hexbin(
        [row.compliance for row in points],
        [row.substance for row in points],
        gridsize=28,
        extent=(0, 100, 0, 100),
        mincnt=1,
        cmap=shades,
        linewidths=0.2,
    )
    figure.colorbar(
        drawn,
        ax=axes,
        orientation="horizontal",
        shrink=0.6,
        aspect=30,
        label="Statements in a cell",
    )


def _tier_colour(place: int, tiers: int) -> str:
    last = len(TIER_COLOURS) - 1
    return TIER_COLOURS[round(place * last / (tiers - 1)) if tiers > 1 else last]


def _interval(axes: Axes, place: float, found: Share) -> None:
    if found.value is None or found.low is None or found.high is None:
        return
    axes.plot([found.low * 100, found.high * 100], [place, place], color=ACCENT, linewidth=2)
    axes.plot([found.value * 100], [place], "o", color=ACCENT, markersize=7)
    axes.annotate(
        f"{found.count:,} of {found.of:,}",
        (1, place),
        xycoords=("axes fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=9,
        color=MUTED,
        annotation_clip=False,
    )
