"""What is trained on: tables put together, near-duplicates in one fold, reviews weighed."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from assess.score.features import Row
from assess.score.labels import LABELS
from assess.score.reviews import ReviewedSentences
from assess.score.training_set import (
    FOLDS,
    REVIEW_WEIGHT,
    REVIEWS,
    WEIGHTS,
    load_training_set,
    near_duplicates,
)

SAME = "we audit every supplier in our long chain once a year and report on it to our board"


def data(folder: Path, *, order: int = 1) -> Path:
    """Twenty statements a table; the last two of each are reworked copies of one another."""
    (folder / "aims").mkdir(parents=True)
    for name in WEIGHTS:
        rows = []
        for number in range(20):
            words = [f"{name}{number}word{place}" for place in range(9)]
            text = f"{SAME} {name} of {number}" if number > 17 else " ".join(words)
            rows += [[str(number), text, *[number % 2] * 9], [str(number), "end", *[0] * 9]]
        with (folder / "aims" / name).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(["statement_id", "sentence", *LABELS])
            writer.writerows(rows[::2] + rows[1::2] if order < 0 else rows)
    return folder


def test_near_duplicates_share_a_group() -> None:
    texts = [f"{SAME} of one", "nothing of that at all is said in this other text", f"{SAME} two"]
    first, other, third = near_duplicates(texts)
    assert first == third != other
    assert len(set(near_duplicates(["a", "b"]))) == 2


def test_copies_are_in_one_fold(tmp_path: Path) -> None:
    training = load_training_set(data(tmp_path))
    copies = [index for index, row in enumerate(training.rows) if row.sentence.startswith(SAME)]
    assert len(set(training.fold[copies].tolist())) == 1
    assert set(training.fold.tolist()) == set(range(FOLDS))
    by_statement: dict[str, set[int]] = {}
    for row, fold in zip(training.rows, training.fold.tolist(), strict=True):
        by_statement.setdefault(row.statement_id, set()).add(fold)
    assert all(len(folds) == 1 for folds in by_statement.values())


def test_rows_of_a_statement_are_brought_together(tmp_path: Path) -> None:
    one, other = (load_training_set(data(tmp_path / str(order), order=order)) for order in (1, -1))
    assert one.rows == other.rows
    np.testing.assert_array_equal(one.labels, other.labels)


def test_reviews_teach_only_what_was_said(tmp_path: Path) -> None:
    labels = np.full((2, len(LABELS)), -1, dtype=np.int8)
    labels[0, 0] = 1
    rows = (Row("review:ab", "Approved by our board."), Row("review:ab", "Not looked at."))
    training = load_training_set(data(tmp_path), ReviewedSentences(rows, labels))
    weights = training.weights[training.of(REVIEWS)]
    assert weights[0, 0] == REVIEW_WEIGHT
    assert weights.sum() == REVIEW_WEIGHT
