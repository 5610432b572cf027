"""What changes where a new sentence classifier takes the place of an old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from assess.compare.stats import Interval
from assess.errors import InputError
from assess.evaluate.measures import kappa
from assess.evaluate.predictions import Predictions, predictions
from assess.evaluate.resampling import Statements, f1_statistic, mean_of
from assess.score.aims import SentenceTable, read_sentences
from assess.score.labels import LABELS
from assess.score.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assess.evaluate.resampling import Statistic

Verdict = Literal[
    "better",
    "worse",
    "no clear difference",
    "too few statements to tell",
    "learned from: no measure",
]
BETTER: Final = "better"
WORSE: Final = "worse"
UNCLEAR: Final = "no clear difference"
TOO_FEW: Final = "too few statements to tell"
UNFAIR: Final = "learned from: no measure"
# The usual tenths of the stability index.
PARTS = 10


@dataclass(frozen=True, slots=True)
class F1Change:
    """F1 by the old model and the new one, and their difference (new less old)."""

    old: float
    new: float
    difference: float
    interval: Interval | None
    """Of the difference, both models on the same resampled statements."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LabelDrift:
    """One label's calls and probabilities, each model at its own threshold."""

    label: str
    both: int
    """Sentences that both call."""
    only_old: int
    only_new: int
    kappa: float | None
    """None where both call nothing, or everything."""
    mean_change: float
    """Mean absolute difference of the probabilities."""
    stability_index: float
    """Population stability index over tenths of the old probabilities; 0 for the same."""
    statements_gained: int
    """Statements in which only the new model calls a sentence."""
    statements_lost: int
    positives: int | None
    """None where the table lacks the label."""
    f1: F1Change | None
    """None without positives."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Two models on the same table."""

    old: str
    new: str
    """The models' keys."""
    old_left_out: bool
    """Whether each statement was left out of what judged it; if not, the model is as it is."""
    new_left_out: bool
    old_learned_from: int
    """Statements that the model has learned from and that were not left out: no measure of it."""
    new_learned_from: int
    sentences: int
    statements: int
    labels: tuple[LabelDrift, ...]
    macro_f1: F1Change | None
    """Over labels with positives."""

    @property
    def worse(self) -> tuple[str, ...]:
        """Labels, or ``macro F1``, that are clearly worse."""
        changes = [(one.label, one.f1) for one in self.labels] + [("macro F1", self.macro_f1)]
        return tuple(name for name, change in changes if change and change.verdict == WORSE)

    @property
    def judged(self) -> bool:
        """Whether labels and statements, none learned from, were enough to tell which is better."""
        return self.macro_f1 is not None and self.macro_f1.verdict not in (TOO_FEW, UNFAIR)


def compare_models(table: Path, old: SentenceModel, new: SentenceModel) -> Drift:
    """Both models on a table of sentences, whose expert labels are used where it has them.

    Raises:
        InputError: the table is not there, holds no sentence, or a label that is not 0 or 1.
    """
    found = read_sentences(table)
    if not found.rows:
        raise InputError(f"{table}: holds no sentence; give a table with sentences")
    before, after = predictions(found, old), predictions(found, new)
    fair = not (before.learned_from or after.learned_from)
    labels = _labels(found, before, after)
    return Drift(
        old=old.key,
        new=new.key,
        old_left_out=before.left_out,
        new_left_out=after.left_out,
        old_learned_from=before.learned_from,
        new_learned_from=after.learned_from,
        sentences=len(found.rows),
        statements=labels[0].statements.number,
        labels=tuple(_label_drift(label, fair=fair) for label in labels),
        macro_f1=_macro([label for label in labels if label.is_known], fair=fair),
    )


@dataclass(frozen=True, slots=True)
class _Label:
    """One label's columns by the old model and the new one, shape (sentences,)."""

    name: str
    old: NDArray[np.float64]
    new: NDArray[np.float64]
    old_calls: NDArray[np.bool_]
    new_calls: NDArray[np.bool_]
    truth: NDArray[np.bool_] | None
    statements: Statements

    @property
    def is_known(self) -> bool:
        """Whether the table has a sentence of the label."""
        return self.truth is not None and bool(self.truth.any())

    def f1(self) -> tuple[Statistic, Statistic]:
        """F1 of drawn statements, old and new (of a known label)."""
        if self.truth is None:
            raise ValueError(f"the table lacks {self.name}")
        old = f1_statistic(self.statements, self.truth, self.old_calls)
        return old, f1_statistic(self.statements, self.truth, self.new_calls)


def _labels(table: SentenceTable, old: Predictions, new: Predictions) -> list[_Label]:
    import numpy as np

    statements = Statements.of_ids([row.statement_id for row in table.rows])
    return [
        _Label(
            name,
            old.probabilities[:, index].astype(float),
            new.probabilities[:, index].astype(float),
            old.called[:, index],
            new.called[:, index],
            np.array(table.ones(name), dtype=bool) if name in table.columns else None,
            statements,
        )
        for index, name in enumerate(LABELS)
    ]


def _label_drift(label: _Label, *, fair: bool) -> LabelDrift:
    import numpy as np

    old, new, statements = label.old_calls, label.new_calls, label.statements
    had, has = statements.with_any(old), statements.with_any(new)
    return LabelDrift(
        label=label.name,
        both=int((old & new).sum()),
        only_old=int((old & ~new).sum()),
        only_new=int((new & ~old).sum()),
        kappa=kappa(list(zip(old.tolist(), new.tolist(), strict=True))),
        mean_change=float(np.abs(label.new - label.old).mean()),
        stability_index=stability_index(label.old, label.new),
        statements_gained=int((has & ~had).sum()),
        statements_lost=int((had & ~has).sum()),
        positives=None if label.truth is None else int(label.truth.sum()),
        f1=_label_change(label, fair=fair) if label.is_known else None,
    )


def stability_index(old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    """Population stability index of the new values (not empty) over tenths of the old ones.

    Half a value is added to each part, so that an empty one does not make it infinite.
    """
    import numpy as np

    edges = np.unique(np.quantile(old, np.arange(1, PARTS) / PARTS))
    parts = [
        np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1) + 0.5
        for values in (old, new)
    ]
    before, after = (part / part.sum() for part in parts)
    return float(((after - before) * np.log(after / before)).sum())


def _label_change(label: _Label, *, fair: bool) -> F1Change:
    few = label.truth is None or label.statements.too_few_with(label.truth)
    return _change(label.statements, *label.f1(), too_few=few, fair=fair)


def _macro(known: Sequence[_Label], *, fair: bool) -> F1Change | None:
    if not known:
        return None
    old, new = zip(*(label.f1() for label in known), strict=True)
    return _change(known[0].statements, mean_of(old), mean_of(new), too_few=False, fair=fair)


def _change(
    statements: Statements, old: Statistic, new: Statistic, *, too_few: bool, fair: bool
) -> F1Change:
    import numpy as np

    everything = np.ones(statements.number)
    before, after = float(old(everything)), float(new(everything))
    found = None if too_few else statements.interval(lambda drawn: new(drawn) - old(drawn))
    return F1Change(before, after, after - before, found, _verdict(found) if fair else UNFAIR)


def _verdict(difference: Interval | None) -> Verdict:
    if difference is None:
        return TOO_FEW
    if difference.low > 0:
        return BETTER
    return WORSE if difference.high < 0 else UNCLEAR
