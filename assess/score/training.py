"""Training of the sentence classifier from the AIMS data sets; see models/README.md."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.errors import InputError
from assess.score.aims import SentenceTable, read_sentences
from assess.score.criteria_training import LearnedGain, train_criteria
from assess.score.features import Features, Row
from assess.score.gold import GoldStatement, check_values, gold_path, of_split, read_gold
from assess.score.judgements import read_judgements
from assess.score.labels import LABELS
from assess.score.model import SentenceModel, save_model
from assess.score.rubric import Rubric, load_rubric
from assess.score.status_model import StatusModel
from assess.score.status_training import COLUMN, silver_lines, train_status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Fold = tuple[NDArray[np.int64], NDArray[np.int64]]

# AIMS.uk's development half is left out: it is what the classifier is measured on.
UK_SILVER = "uk_silver.csv"
OTHER_COUNTRIES = ("ca.csv", "au_gold.csv")
# Canadian and Australian statements disclose more and otherwise; they help, at half weight.
OTHER_WEIGHT = 0.5
# Chosen on out-of-fold scores of the UK rows.
REGULARISATION = 6.0
FOLDS = 5
SEED = 20151029  # the day section 54 came into force
# Thresholds tried for each label, on out-of-fold scores.
THRESHOLDS = tuple(round(0.1 + 0.025 * step, 3) for step in range(29))


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Rows, 0/1 labels (rows x labels), weights, and which rows are from the UK."""

    rows: tuple[Row, ...]
    labels: NDArray[np.int8]
    weights: NDArray[np.float64]
    uk: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What was trained on, and how well it did on statements left out of each fold."""

    key: str
    sentences: int
    statements: int
    folds_macro_f1: float
    thresholds: tuple[float, ...]
    criteria: tuple[LearnedGain, ...] = ()
    """Criteria with a learned part; empty where ``data`` holds too few judged statements."""


def train(data: Path, output: Path, rubric: Rubric | None = None) -> TrainingReport:
    """Train on ``data/aims`` and ``data/criteria`` and write the model's files to ``output``.

    Raises:
        InputError: the data are missing, too few or not in the published format, or the output
            cannot be written.
    """
    import numpy as np

    training = load_training_set(data)
    folds = _folds(training, data)
    # Before the minutes of work, not after.
    _check_writable(output)
    rubric = rubric or load_rubric()
    judged = _judged(data, rubric)
    features = _fit_features(training.rows, data)
    matrix = features.matrix(training.rows)
    held_out = _out_of_fold(training, matrix, folds)
    thresholds, macro = _best_thresholds(held_out[training.uk], training.labels[training.uk])
    weights, intercepts = _fit(matrix, training.labels, training.weights)
    statements = len({row.statement_id for row in training.rows})
    notes = {
        "trained_on": [UK_SILVER, *OTHER_COUNTRIES],
        "sentences": len(training.rows),
        "statements": statements,
        "folds_macro_f1": round(macro, 4),
    }
    model = SentenceModel(
        features,
        weights,
        intercepts,
        np.asarray(thresholds, dtype=np.float32),
        status=_train_status(data),
    )
    learned = train_criteria(judged, rubric, model)
    if learned:
        model = replace(model, criteria=learned.model)
    key = save_model(model, output, notes)
    gains = learned.gains if learned else ()
    return TrainingReport(key, len(training.rows), statements, macro, tuple(thresholds), gains)


def _judged(data: Path, rubric: Rubric) -> list[GoldStatement]:
    """Statements judged by readers to learn from: never those of the dev split."""
    if not (data / "criteria").is_dir():
        return []
    gold = read_gold(data)
    check_values(gold, rubric, gold_path(data))
    return [*of_split(gold, "train"), *read_judgements(data, rubric)]


def _train_status(data: Path) -> StatusModel | None:
    """The learned part of evidence status, where the silver table tells a status to learn from."""
    table = read_sentences(data / "aims" / UK_SILVER)
    return train_status(silver_lines(table)) if COLUMN in table.columns else None


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}); give a folder for the model's files"
        ) from None


def _fit_features(rows: Sequence[Row], data: Path) -> Features:
    try:
        return Features.fit(rows)
    except ValueError as error:
        raise InputError(f"{data / 'aims'}: too few words to learn from ({error})") from None


def load_training_set(data: Path) -> TrainingSet:
    """Silver UK statements (without those of the judged dev split), Canada, Australia.

    Raises:
        InputError: a table is missing, has no rows to train on, or is not of its format.
    """
    import numpy as np

    folder = data / "aims"
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder that holds aims/")
    tables = {name: read_sentences(folder / name, LABELS) for name in (UK_SILVER, *OTHER_COUNTRIES)}
    rows: list[Row] = []
    labels: list[NDArray[np.int8]] = []
    for name, table in tables.items():
        kept = [
            index
            for index, cells in enumerate(table.cells)
            if cells.get("split", "train") == "train"
        ]
        if not kept:
            raise InputError(f"{table.path}: holds no sentence to train on")
        rows += [Row(f"{name}:{table.rows[i].statement_id}", table.rows[i].sentence) for i in kept]
        labels.append(_labels(table)[kept])
    uk = np.array([row.statement_id.startswith(UK_SILVER) for row in rows])
    weights = np.where(uk, 1.0, OTHER_WEIGHT)
    return TrainingSet(tuple(rows), np.concatenate(labels), weights, uk)


def _labels(table: SentenceTable) -> NDArray[np.int8]:
    import numpy as np

    return np.array([table.ones(label) for label in LABELS], dtype=np.int8).T


def _fit(
    matrix: Any, labels: NDArray[np.int8], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (features x labels) and intercepts of one logistic regression a label."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    columns, intercepts = [], []
    for column in labels.T:
        fitted = LogisticRegression(
            C=REGULARISATION, solver="liblinear", max_iter=300, random_state=SEED
        ).fit(matrix, column, sample_weight=weights)
        columns.append(fitted.coef_[0])
        intercepts.append(fitted.intercept_[0])
    return np.array(columns, dtype=np.float32).T, np.array(intercepts, dtype=np.float32)


def _folds(training: TrainingSet, data: Path) -> list[Fold]:
    """Rows to learn from and rows to measure on, no statement in both.

    Raises:
        InputError: too few statements, or a fold would learn a label without examples of it.
    """
    from sklearn.model_selection import GroupKFold

    groups = [row.statement_id for row in training.rows]
    place = data / "aims"
    if (statements := len(set(groups))) < FOLDS:
        raise InputError(f"{place}: {statements} statements; {FOLDS} at least are needed")
    splitter = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    folds = list(splitter.split(groups, groups=groups))
    for index, label in enumerate(LABELS):
        if any(len(set(training.labels[seen, index].tolist())) == 1 for seen, _ in folds):
            raise InputError(
                f"{place}: label {label!r}: too few statements with and without it; add some"
            )
    return folds


def _out_of_fold(training: TrainingSet, matrix: Any, folds: Sequence[Fold]) -> NDArray[np.float32]:
    """Probabilities for each row from a model that saw no sentence of its statement."""
    import numpy as np
    from scipy.special import expit

    found = np.zeros(training.labels.shape, dtype=np.float32)
    for seen, unseen in folds:
        weights, intercepts = _fit(matrix[seen], training.labels[seen], training.weights[seen])
        found[unseen] = expit(matrix[unseen] @ weights + intercepts)
    return found


def _best_thresholds(
    probabilities: NDArray[np.float32], labels: NDArray[np.int8]
) -> tuple[Sequence[float], float]:
    """For each label the threshold with the best F1, and the macro F1 they give together."""
    from sklearn.metrics import f1_score

    chosen, scores = [], []
    for index in range(labels.shape[1]):
        truth, scored = labels[:, index], probabilities[:, index]
        best = max(THRESHOLDS, key=lambda t: f1_score(truth, scored >= t, zero_division=0))
        chosen.append(best)
        scores.append(f1_score(truth, scored >= best, zero_division=0))
    return chosen, sum(scores) / len(scores)
