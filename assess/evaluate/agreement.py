"""How far the judgements agree with careful readers and with expert sentence labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.errors import InputError
from assess.evaluate.gold import GoldStatement, check_values, of_split, read_gold, readers_agreement
from assess.records import Assessment, Value
from assess.score.aims import read_sentences
from assess.score.model import LABELS, SentenceModel
from assess.score.rubric import Kind, Rubric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UK_DEV = Path("aims") / "uk_dev.csv"
SPLITS = ("dev", "train")
# The published fine-tuned Llama 3.2 3B, where the table holds its probabilities.
LLAMA = "llama_"
LLAMA_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class CriterionAgreement:
    """One criterion on one split: shares of statements, None where they mean nothing."""

    criterion: str
    kind: Kind
    statements: int
    agreement: float
    low: float
    high: float
    """95% Wilson interval of the agreement."""
    kappa: float | None
    within_one: float | None
    """Depth only."""
    positives: int | None
    precision: float | None
    recall: float | None
    f1: float | None
    readers: float | None
    """Agreement of two careful readers."""


@dataclass(frozen=True, slots=True)
class SplitEvaluation:
    """All criteria and the overall judgements on one split."""

    split: str
    statements: int
    criteria: tuple[CriterionAgreement, ...]
    substance_spearman: float | None
    minimal_auc: float | None
    minimal_flag_agreement: float | None
    kind_agreement: float | None


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


def evaluate_criteria(
    data: Path, rubric: Rubric, model: SentenceModel, splits: Sequence[str] = SPLITS
) -> list[SplitEvaluation]:
    """Judge the gold statements and compare, split by split.

    Raises:
        InputError: the gold statements are not there or not of their format.
    """
    gold = read_gold(data)
    check_values(gold, rubric, data)
    readers = readers_agreement(data)
    return [_split(split, of_split(gold, split), rubric, model, readers) for split in splits]


def judge_gold(
    statements: Iterable[GoldStatement], rubric: Rubric, model: SentenceModel
) -> list[Assessment]:
    """Assessments of gold statements, in order."""
    from assess.extract import from_plain_text
    from assess.score.assessment import assess_text

    return [assess_text(from_plain_text(s.text), rubric, model) for s in statements]


def _split(
    split: str,
    statements: Sequence[GoldStatement],
    rubric: Rubric,
    model: SentenceModel,
    readers: dict[str, float],
) -> SplitEvaluation:
    found = judge_gold(statements, rubric, model)
    values = [{f.criterion: f.value for f in assessment.findings} for assessment in found]
    criteria = []
    for criterion in rubric.criteria:
        pairs = [
            (statement.truth[criterion.id], judged[criterion.id])
            for statement, judged in zip(statements, values, strict=True)
            if criterion.id in statement.truth and judged
        ]
        if pairs:
            criteria.append(_agreement(criterion.id, criterion.kind, pairs, readers))
    return SplitEvaluation(
        split,
        len(statements),
        tuple(criteria),
        _spearman(statements, found),
        _auc(statements, found),
        _share(_pairs(statements, found, "minimal_compliance", _flag)),
        _share(_pairs(statements, found, "statement_kind", lambda a: a.statement_kind)),
    )


def _agreement(
    criterion: str, kind: Kind, pairs: Sequence[tuple[Value, Value]], readers: dict[str, float]
) -> CriterionAgreement:
    from assess.compare.stats import wilson

    same = sum(truth == value for truth, value in pairs)
    interval = wilson(same, len(pairs))
    depth = kind == "depth"
    binary = kind in ("flag", "indicator")
    precision, recall, f1 = _precision_recall(pairs) if binary else (None, None, None)
    return CriterionAgreement(
        criterion=criterion,
        kind=kind,
        statements=len(pairs),
        agreement=same / len(pairs),
        low=interval.low,
        high=interval.high,
        kappa=_kappa(pairs),
        within_one=_mean(abs(int(t) - int(v)) <= 1 for t, v in pairs) if depth else None,
        positives=sum(truth is True for truth, _ in pairs) if binary else None,
        precision=precision,
        recall=recall,
        f1=f1,
        readers=readers.get(criterion),
    )


def _precision_recall(
    pairs: Sequence[tuple[Value, Value]],
) -> tuple[float | None, float | None, float | None]:
    hits = sum(truth is True and value is True for truth, value in pairs)
    called = sum(value is True for _, value in pairs)
    true = sum(truth is True for truth, _ in pairs)
    precision = hits / called if called else None
    recall = hits / true if true else None
    f1 = 2 * hits / (called + true) if called + true else None
    return precision, recall, f1


def _kappa(pairs: Sequence[tuple[Value, Value]]) -> float | None:
    """Cohen's kappa; None where both always give the same single value."""
    from sklearn.metrics import cohen_kappa_score

    truth, values = zip(*[(str(t), str(v)) for t, v in pairs], strict=True)
    if len({*truth, *values}) == 1:
        return None
    return float(cohen_kappa_score(truth, values))


def _pairs(
    statements: Sequence[GoldStatement],
    found: Sequence[Assessment],
    key: str,
    of: Callable[[Assessment], Any],
) -> list[tuple[Any, Any]]:
    """(truth, judgement) where the readers settled the one and the text allowed the other."""
    return [
        (statement.truth[key], of(assessment))
        for statement, assessment in zip(statements, found, strict=True)
        if statement.truth.get(key) is not None and assessment.status == "assessed"
    ]


def _flag(assessment: Assessment) -> bool | None:
    return assessment.minimal_compliance.flag if assessment.minimal_compliance else None


def _index(assessment: Assessment) -> float:
    return assessment.minimal_compliance.index if assessment.minimal_compliance else 0.0


def _share(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    return _mean(truth == value for truth, value in pairs) if pairs else None


def _mean(values: Iterable[bool]) -> float:
    counted = [int(value) for value in values]
    return sum(counted) / len(counted)


def _spearman(statements: Sequence[GoldStatement], found: Sequence[Assessment]) -> float | None:
    from scipy.stats import spearmanr

    pairs = _pairs(statements, found, "substance", lambda a: a.substance)
    if len({truth for truth, _ in pairs}) < 2:
        return None
    return float(spearmanr([t for t, _ in pairs], [v for _, v in pairs]).statistic)


def _auc(statements: Sequence[GoldStatement], found: Sequence[Assessment]) -> float | None:
    from sklearn.metrics import roc_auc_score

    pairs = _pairs(statements, found, "minimal_compliance", _index)
    if len({truth for truth, _ in pairs}) < 2:
        return None
    return float(roc_auc_score([t for t, _ in pairs], [v for _, v in pairs]))


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
