"""Two classifiers side by side as plain text tables."""

from __future__ import annotations

from collections.abc import Iterator

from assess.evaluate.drift import Drift, F1Change, LabelDrift
from assess.report.evaluation import figure


def drift_text(found: Drift, table: str) -> str:
    """What each label gains and loses and, where the table has labels, whether F1 changed."""
    cells = found.statements * len(found.labels)
    changed = sum(one.statements_gained + one.statements_lost for one in found.labels)
    lines = [
        f"{table}: {found.sentences:,} sentences of {found.statements:,} statements; "
        f"{found.old} (old{_left_out(found.old_left_out)}) and "
        f"{found.new} (new{_left_out(found.new_left_out)})",
        f"{'label':14}   both  only old  only new  kappa  change   PSI   statements gained   lost",
        *map(_label_line, found.labels),
        f"statements x labels: {changed:,} of {cells:,} changed",
        "change: mean of |new - old| probability; PSI: population stability index over tenths of "
        "the old probabilities, below 0.1 alike, above 0.25 apart",
        "",
        *_f1_lines(found),
    ]
    return "\n".join(lines)


def _left_out(is_so: bool) -> str:
    return ", each statement left out of what judged it" if is_so else ""


def _label_line(one: LabelDrift) -> str:
    return (
        f"{one.label:14} {one.both:6,}  {one.only_old:8,}  {one.only_new:8,}  "
        f"{figure(one.kappa):>5}  {figure(one.mean_change, 3):>6}  "
        f"{figure(one.stability_index):>5}   {one.statements_gained:17,}  {one.statements_lost:5,}"
    )


def _f1_lines(found: Drift) -> Iterator[str]:
    if found.macro_f1 is None:
        yield "no sentence of the table has an expert label: F1 is not compared"
        return
    yield f"{'label':14}  pos.  F1 old  new    difference (95%)        verdict"
    for one in found.labels:
        positives = "-" if one.positives is None else f"{one.positives:,}"
        told = _change(one.f1) if one.f1 else "-       -"
        yield f"{one.label:14} {positives:>5}  {told}"
    yield f"{'macro':14} {'':5}  {_change(found.macro_f1)}"
    yield (
        "intervals: both models on the same resampled statements; of ten such comparisons a single "
        "clear difference can be chance"
    )


def _change(found: F1Change) -> str:
    bounds = found.interval
    difference = f"{found.difference:+.3f}"
    if bounds:
        difference += f" ({bounds.low:+.3f} to {bounds.high:+.3f})"
    return f"{found.old:.3f}   {found.new:.3f}  {difference:25} {found.verdict}"
