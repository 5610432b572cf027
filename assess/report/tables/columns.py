"""Columns that several tables have, and the cells of shares and scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.compare.stats import Distribution, Share
from assess.report.tables.records import Cell, Column, Kind

LOW, HIGH = "lower end of its 95% interval", "upper end of its 95% interval"


def text(name: str, meaning: str) -> Column:
    """A column of words."""
    return Column(name, "text", meaning)


def integer(name: str, meaning: str) -> Column:
    """A column of counts or ranks."""
    return Column(name, "integer", meaning)


def year(name: str, meaning: str) -> Column:
    """A column of years: numbers that no thousands are marked in."""
    return Column(name, "year", meaning)


def share_columns(name: str, meaning: str) -> tuple[Column, ...]:
    """Count, denominator, share and interval: five columns, of `share_cells`."""
    return (
        Column(f"{name}_number", "integer", f"number of {meaning}"),
        Column(f"{name}_of", "integer", "of how many that could be judged"),
        Column(f"{name}_share", "share", f"share of {meaning}, 0 to 1"),
        Column(f"{name}_low", "share", f"{LOW} (Wilson)"),
        Column(f"{name}_high", "share", f"{HIGH} (Wilson)"),
    )


def share_cells(found: Share) -> tuple[Cell, ...]:
    """The cells of `share_columns`."""
    return found.count, found.of, found.value, found.low, found.high


def kept_share_cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The same of a row of ``group_shares``."""
    return tuple(row[name] for name in ("number", "of", "share", "low", "high"))


def score_columns(name: str, kind: Kind = "score") -> tuple[Column, ...]:
    """Median and interval: three columns, of `score_cells`."""
    return (
        Column(f"{name}_median", kind, f"median {name}, 0 to 100"),
        Column(f"{name}_low", kind, LOW),
        Column(f"{name}_high", kind, HIGH),
    )


def score_cells(found: Distribution | None) -> tuple[Cell, ...]:
    """The cells of `score_columns`."""
    if found is None:
        return None, None, None
    ends = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return found.median, *ends


def kept_score_cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The same of a row of ``group_scores``."""
    return tuple(row[name] for name in ("median", "median_low", "median_high"))
