"""The sentence classifier against expert labels, beside a published language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.errors import InputError
from assess.score.aims import read_sentences
from assess.score.model import LABELS, SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UK_DEV = Path("aims") / "uk_dev.csv"
# The published fine-tuned Llama 3.2 3B, where the table holds its probabilities.
LLAMA = "llama_"
LLAMA_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class LabelScore:
    """One sentence label: F1 of the classifier and, where known, of the Llama model."""

    label: str
    positives: int
    precision: float
    recall: float
    f1: float
    llama_f1: float | None


@dataclass(frozen=True, slots=True)
class SentenceEvaluation:
    """The nine labels on one table, and statement-level agreement (any sentence)."""

    sentences: int
    statements: int
    labels: tuple[LabelScore, ...]
    macro_f1: float
    llama_macro_f1: float | None
    statement_agreement: int
    llama_statement_agreement: int | None
    statement_cells: int


def evaluate_sentences(
    data: Path, model: SentenceModel, table: Path = UK_DEV
) -> SentenceEvaluation:
    """The classifier on a table of expert-labelled sentences that it was not trained on.

    Raises:
        InputError: the table is not there, holds no sentence, or not the labels as 0 and 1.
    """
    import numpy as np

    sentences = read_sentences(data / table, LABELS)
    if not sentences.rows:
        raise InputError(f"{data / table}: holds no sentence; give a table with labelled sentences")
    truth = np.array([sentences.ones(label) for label in LABELS], dtype=bool).T
    called = model.probabilities(sentences.rows) >= model.thresholds
    llama = None
    if all(f"{LLAMA}{label}" in sentences.columns for label in LABELS):
        columns = [sentences.shares(f"{LLAMA}{label}") for label in LABELS]
        llama = np.array(columns).T >= LLAMA_THRESHOLD
    ids = [row.statement_id for row in sentences.rows]
    labels = tuple(_label_score(index, truth, called, llama) for index in range(len(LABELS)))
    llama_scores = [score.llama_f1 for score in labels if score.llama_f1 is not None]
    return SentenceEvaluation(
        sentences=len(ids),
        statements=len(set(ids)),
        labels=labels,
        macro_f1=sum(score.f1 for score in labels) / len(labels),
        llama_macro_f1=sum(llama_scores) / len(llama_scores) if llama_scores else None,
        statement_agreement=_statement_agreement(ids, truth, called),
        llama_statement_agreement=None
        if llama is None
        else _statement_agreement(ids, truth, llama),
        statement_cells=len(set(ids)) * len(LABELS),
    )


def _label_score(
    index: int,
    truth: NDArray[np.bool_],
    called: NDArray[np.bool_],
    llama: NDArray[np.bool_] | None,
) -> LabelScore:
    from sklearn.metrics import f1_score, precision_score, recall_score

    expert, ours = truth[:, index], called[:, index]
    return LabelScore(
        label=LABELS[index],
        positives=int(expert.sum()),
        precision=float(precision_score(expert, ours, zero_division=0)),
        recall=float(recall_score(expert, ours, zero_division=0)),
        f1=float(f1_score(expert, ours, zero_division=0)),
        llama_f1=None
        if llama is None
        else float(f1_score(expert, llama[:, index], zero_division=0)),
    )


def _statement_agreement(
    ids: Sequence[str], truth: NDArray[np.bool_], called: NDArray[np.bool_]
) -> int:
    """Cells (statement x label) in which both, or neither, have a sentence of that label."""
    import numpy as np

    statements = np.array(ids)
    return sum(
        int((truth[statements == one].any(axis=0) == called[statements == one].any(axis=0)).sum())
        for one in sorted(set(ids))
    )
