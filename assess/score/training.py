"""Training of the classifier from labelled sentences and judged statements: models/README.md."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from assess.errors import InputError, in_words
from assess.score.aims import read_sentences
from assess.score.criteria_training import LearnedGain, train_criteria
from assess.score.features import Features, Row, together
from assess.score.gold import GoldStatement, check_values, gold_path, of_split, read_gold
from assess.score.judgements import read_judgements
from assess.score.left_out import LeftOut, digest, sentence_hashes
from assess.score.model import load_encoder, save_model
from assess.score.review_truth import merged
from assess.score.reviews import Reviews, without
from assess.score.rubric import Rubric, load_rubric
from assess.score.sentence_training import HeldOut, train_sentences
from assess.score.status_model import StatusModel
from assess.score.status_training import COLUMN, silver_lines, train_status
from assess.score.training_set import REVIEWS, UK_GOLD, UK_SILVER, TrainingSet, load_training_set

# Tables whose labels are experts', so that the classifier may be measured on them.
EXPERTS: Final = (UK_GOLD, "ca.csv", "au_gold.csv")


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What was trained on, and how well it did on statements left out of each fold."""

    key: str
    sentences: int
    statements: int
    macro_f1: Mapping[str, float]
    """By table."""
    thresholds: tuple[float, ...]
    criteria: tuple[LearnedGain, ...] = ()
    """Criteria with a learned part; empty where ``data`` holds too few judged statements."""


def train(
    data: Path,
    output: Path,
    rubric: Rubric | None = None,
    *,
    encoder: Path | None = None,
    reviews: Reviews | None = None,
) -> TrainingReport:
    """Train on ``data/aims`` and ``data/criteria`` and write the model's files to ``output``.

    Args:
        encoder: folder of the model whose encoder is taken over (the shipped one by default).
        reviews: corrections to learn from too. Statements kept for measuring are left out.

    Raises:
        InputError: the data are missing, too few or not in the published format, or the output
            cannot be written.
        ModelError: there is no encoder.
    """
    rubric = rubric or load_rubric()
    judged = _judged(data, rubric)
    if reviews is not None:
        reviews = without(reviews, kept_for_measuring(data))
        judged = merged(judged, reviews.judged)
    training = load_training_set(data, reviews.sentences if reviews else None)
    networks = load_encoder(encoder)
    # Before the minutes of work, not after.
    _check_writable(output)
    features = _fit_features(training.rows, data)
    model, held_out = train_sentences(training, features, networks)
    model = replace(model, status=_train_status(data))
    criteria = train_criteria(judged, rubric, model)
    if criteria:
        model = replace(model, criteria=criteria.model)
    learned = frozenset(sentence_hashes(row.sentence for row in training.rows))
    model = replace(model, left_out=_left_out(training, held_out), learned=learned)
    tables = sorted(set(training.source.tolist()) - {REVIEWS})
    macro_f1 = {name: _macro_f1(training, held_out, name) for name in tables}
    statements = len({row.statement_id for row in training.rows})
    notes = {
        "trained_on": sorted(set(training.source.tolist())),
        "sentences": len(training.rows),
        "statements": statements,
        "left_out_macro_f1": macro_f1,
    }
    return TrainingReport(
        save_model(model, output, notes),
        len(training.rows),
        statements,
        macro_f1,
        tuple(map(float, model.thresholds)),
        criteria.gains if criteria else (),
    )


def _left_out(training: TrainingSet, held_out: HeldOut) -> dict[str, LeftOut]:
    """What was said of the experts' statements, by digest, to measure the classifier by."""
    import numpy as np

    found = {}
    for name in EXPERTS:
        of_table = np.flatnonzero(training.of(name)).tolist()
        for places in together([training.rows[index] for index in of_table]):
            indices = [of_table[place] for place in places]
            found[digest(training.rows[index].sentence for index in indices)] = LeftOut(
                held_out.probabilities[indices].astype(np.float32), held_out.calls[indices]
            )
    return found


def _macro_f1(training: TrainingSet, held_out: HeldOut, table: str) -> float:
    from sklearn.metrics import f1_score

    rows = training.of(table)
    truth, calls = training.labels[rows] == 1, held_out.calls[rows]
    return round(float(f1_score(truth, calls, average="macro", zero_division=0)), 4)


def kept_for_measuring(data: Path) -> list[str]:
    """Texts of the statements on which criteria are measured."""
    if not (data / "criteria").is_dir():
        return []
    return [statement.text for statement in of_split(read_gold(data), "dev")]


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
            f"{folder}: cannot be written {in_words(error)}; give a folder for the model's files"
        ) from None


def _fit_features(rows: Sequence[Row], data: Path) -> Features:
    try:
        return Features.fit(rows)
    except ValueError as error:
        raise InputError(f"{data / 'aims'}: too few words to learn from ({error})") from None
