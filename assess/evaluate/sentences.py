"""The sentence classifier against expert labels, beside a published language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.compare.stats import Interval
from assess.errors import InputError
from assess.evaluate.calibration import Calibration, calibration
from assess.evaluate.predictions import Predictions, predictions
from assess.evaluate.resampling import Statements, f1_statistic, mean_of, precision_statistic
from assess.score.aims import SentenceTable, read_sentences
from assess.score.labels import LABELS
from assess.score.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assess.evaluate.resampling import Statistic

UK_DEV = Path("aims") / "uk_dev.csv"
# The published fine-tuned Llama 3.2 3B, where the table holds its probabilities.
LLAMA = "llama_"
LLAMA_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class LabelScore:
    """One sentence label: how well the classifier and, where known, the Llama model find it.

    Intervals are from resampling statements; None where fewer than three have the label.
    """

    label: str
    positives: int
    precision: float | None
    """None where nothing was called; the three below where nothing is true."""
    recall: float | None
    f1: float | None
    average_precision: float | None
    f1_interval: Interval | None
    average_precision_interval: Interval | None
    llama_f1: float | None
    statement_agreement: int
    """Statements in which both, or neither, have a sentence of the label."""
    llama_statement_agreement: int | None
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class SentenceEvaluation:
    """The nine labels on one table, and statement-level agreement (any sentence).

    Means are over labels with positives, None without one.
    """

    sentences: int
    statements: int
    labels: tuple[LabelScore, ...]
    macro_f1: float | None
    macro_f1_interval: Interval | None
    mean_average_precision: float | None
    mean_average_precision_interval: Interval | None
    llama_macro_f1: float | None
    statement_agreement: int
    llama_statement_agreement: int | None
    statement_cells: int
    calibration: Calibration
    """Of all labels' probabilities together."""
    model: str
    """The model's key."""
    left_out: bool
    """Whether each statement was left out of what judged it; if not, the model is as it is."""
    learned_from: int
    """Statements that the model has learned from and that were not left out: no measure of it."""


@dataclass(frozen=True, slots=True)
class _Label:
    """One label's columns, shape (sentences,), and the statements of the rows."""

    name: str
    truth: NDArray[np.bool_]
    probabilities: NDArray[np.float64]
    called: NDArray[np.bool_]
    llama: NDArray[np.bool_] | None
    statements: Statements

    def f1(self) -> Statistic:
        return f1_statistic(self.statements, self.truth, self.called)

    def precision(self) -> Statistic:
        return precision_statistic(self.statements, self.truth, self.probabilities)

    def interval(self, statistic: Statistic) -> Interval | None:
        few = self.statements.too_few_with(self.truth)
        return None if few else self.statements.interval(statistic)


def evaluate_sentences(
    data: Path, model: SentenceModel, table: Path = UK_DEV
) -> SentenceEvaluation:
    """The classifier on a table of expert-labelled sentences, in ``data`` or at an absolute path.

    Raises:
        InputError: the table is not there, holds no sentence, or not the labels as 0 and 1.
    """
    found = read_sentences(data / table, LABELS)
    if not found.rows:
        raise InputError(f"{data / table}: holds no sentence; give a table with labelled sentences")
    told = predictions(found, model)
    return _evaluation(_labels(found, told), model.key, told)


def _labels(table: SentenceTable, told: Predictions) -> list[_Label]:
    import numpy as np

    statements = Statements.of_ids([row.statement_id for row in table.rows])
    llama = _llama(table)
    return [
        _Label(
            name,
            np.array(table.ones(name), dtype=bool),
            told.probabilities[:, index].astype(float),
            told.called[:, index],
            None if llama is None else llama[:, index],
            statements,
        )
        for index, name in enumerate(LABELS)
    ]


def _llama(table: SentenceTable) -> NDArray[np.bool_] | None:
    """What the Llama model called, shape (sentences, labels), where the table tells it."""
    import numpy as np

    if not all(f"{LLAMA}{label}" in table.columns for label in LABELS):
        return None
    columns = [table.shares(f"{LLAMA}{label}") for label in LABELS]
    called: NDArray[np.bool_] = np.array(columns).T >= LLAMA_THRESHOLD
    return called


def _evaluation(labels: Sequence[_Label], key: str, told: Predictions) -> SentenceEvaluation:
    statements, scores = labels[0].statements, tuple(map(_label_score, labels))
    there = [label for label in labels if label.truth.any()]
    llama = [
        score.llama_statement_agreement
        for score in scores
        if score.llama_statement_agreement is not None
    ]
    return SentenceEvaluation(
        sentences=len(statements.of),
        statements=statements.number,
        labels=scores,
        macro_f1=_mean([score.f1 for score in scores]),
        macro_f1_interval=_mean_interval(statements, [label.f1() for label in there]),
        mean_average_precision=_mean([score.average_precision for score in scores]),
        mean_average_precision_interval=_mean_interval(
            statements, [label.precision() for label in there]
        ),
        llama_macro_f1=_mean([score.llama_f1 for score in scores]),
        statement_agreement=sum(score.statement_agreement for score in scores),
        llama_statement_agreement=sum(llama) if llama else None,
        statement_cells=statements.number * len(scores),
        calibration=_pooled(labels),
        model=key,
        left_out=told.left_out,
        learned_from=told.learned_from,
    )


def _pooled(labels: Sequence[_Label]) -> Calibration:
    import numpy as np

    return calibration(
        np.concatenate([label.truth for label in labels]),
        np.concatenate([label.probabilities for label in labels]),
    )


def _label_score(label: _Label) -> LabelScore:
    from sklearn.metrics import average_precision_score

    truth, called = label.truth, label.called
    positives, calls, hits = (int(column.sum()) for column in (truth, called, truth & called))
    return LabelScore(
        label=label.name,
        positives=positives,
        precision=hits / calls if calls else None,
        recall=hits / positives if positives else None,
        f1=_f1(truth, called),
        average_precision=float(average_precision_score(truth, label.probabilities))
        if positives
        else None,
        f1_interval=label.interval(label.f1()),
        average_precision_interval=label.interval(label.precision()),
        llama_f1=None if label.llama is None else _f1(truth, label.llama),
        statement_agreement=label.statements.agreement(truth, called),
        llama_statement_agreement=None
        if label.llama is None
        else label.statements.agreement(truth, label.llama),
        calibration=calibration(truth, label.probabilities),
    )


def _f1(truth: NDArray[np.bool_], called: NDArray[np.bool_]) -> float | None:
    """None where nothing is true: what is called there says nothing of what would be found."""
    positives = int(truth.sum())
    if not positives:
        return None
    return 2 * int((truth & called).sum()) / (positives + int(called.sum()))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _mean_interval(statements: Statements, statistics: Sequence[Statistic]) -> Interval | None:
    return statements.interval(mean_of(statistics)) if statistics else None
