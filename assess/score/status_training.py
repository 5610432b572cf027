"""Training of the learned part of evidence status from UK silver sentences with a status."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from assess.score.aims import SentenceTable
from assess.score.leads import lead_lines
from assess.score.status import sentence_status
from assess.score.status_model import LEARNED, Likelihood, Line, StatusModel, blocks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLUMN = "status"
# Rarer terms only name single organisations.
MIN_LINES = 12
# Chosen on out-of-fold scores, as are the thresholds.
REGULARISATION = 5.0
FOLDS = 5
SEED = 20151029
THRESHOLDS = tuple(round(0.1 + 0.02 * step, 2) for step in range(31))
# A plan taken for action is the worse error: of thresholds about as good the lowest is taken.
F1_SLACK = 0.005
# Weights are kept to so many decimals.
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class StatusSet:
    """Lines with a status, in order, the status of each, and the statement it is from."""

    lines: tuple[Line, ...]
    statuses: tuple[str, ...]
    statements: tuple[str, ...]


def status_lines(table: SentenceTable, wanted: Sequence[bool]) -> StatusSet:
    """The wanted rows of a table, with the headings and lead lines above them."""
    from assess.extract.prose.headings import looks_like_heading

    lines, statuses, statements = [], [], []
    index = 0
    for statement, group in groupby(table.rows, key=lambda row: row.statement_id):
        texts = [" ".join(row.sentence.split()) for row in group]
        titles = [looks_like_heading(text) for text in texts]
        heading = ""
        for text, title, lead in zip(
            texts, titles, lead_lines(zip(texts, titles, strict=True)), strict=True
        ):
            if wanted[index]:
                cues = sentence_status(text, heading, lead)
                lines.append(Line(text, heading, lead, cues))
                statuses.append(table.cells[index].get(COLUMN, ""))
                statements.append(statement)
            heading = text if title else heading
            index += 1
    return StatusSet(tuple(lines), tuple(statuses), tuple(statements))


def silver_lines(table: SentenceTable) -> StatusSet:
    """The rows to train on: those of the train split with a status."""
    wanted = [
        bool(cells.get(COLUMN)) and cells.get("split", "train") == "train" for cells in table.cells
    ]
    return status_lines(table, wanted)


def train_status(training: StatusSet) -> StatusModel | None:
    """A model, or None where too few statements have plans and conditions to learn from."""
    if not _enough(training):
        return None
    likelihoods = out_of_fold(training)
    thresholds = [_threshold(training, likelihoods, index) for index in range(len(LEARNED))]
    return _fit(training, range(len(training.lines)), (thresholds[0], thresholds[1]))


def cross_validated(training: StatusSet) -> list[str]:
    """The status of each line as decided by a model that saw no line of its statement."""
    model = train_status(training)
    if model is None:
        return [line.status for line in training.lines]
    return [
        model.decide(line, likelihood)
        for line, likelihood in zip(training.lines, out_of_fold(training), strict=True)
    ]


def out_of_fold(training: StatusSet) -> list[Likelihood]:
    """For each line, by a model that saw no line of its statement."""
    from sklearn.model_selection import GroupKFold

    found = [Likelihood(0.0, 0.0)] * len(training.lines)
    splitter = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    for seen, unseen in splitter.split(training.lines, groups=training.statements):
        model = _fit(training, seen.tolist(), (0.5, 0.5))
        for index in unseen.tolist():
            found[index] = model.likelihood(training.lines[index])
    return found


def _enough(training: StatusSet) -> bool:
    """Whether every fold has both kinds to learn from."""
    return all(
        len({s for s, of in zip(training.statements, training.statuses, strict=True) if of == name})
        >= FOLDS
        for name in (*LEARNED, "implemented")
    )


def _fit(
    training: StatusSet, indices: Sequence[int], thresholds: tuple[float, float]
) -> StatusModel:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    lines = [training.lines[index] for index in indices]
    counts = Counter(term for line in lines for block in blocks(line) for term in block)
    kept = sorted(term for term, count in counts.items() if count >= MIN_LINES)
    terms = {term: column for column, term in enumerate(kept)}
    matrix = _matrix(lines, terms)
    weights: list[NDArray[np.float64]] = []
    intercepts = []
    for name in LEARNED:
        truth = np.array([training.statuses[index] == name for index in indices])
        fitted = LogisticRegression(
            C=REGULARISATION, solver="liblinear", max_iter=300, random_state=SEED
        ).fit(matrix, truth)
        weights.append(fitted.coef_[0])
        intercepts.append(round(float(fitted.intercept_[0]), DECIMALS))
    pairs = zip(weights[0].tolist(), weights[1].tolist(), strict=True)
    rounded = [(round(first, DECIMALS), round(second, DECIMALS)) for first, second in pairs]
    return StatusModel(
        dict(zip(kept, rounded, strict=True)), (intercepts[0], intercepts[1]), thresholds
    )


def _matrix(lines: Sequence[Line], terms: Mapping[str, int]) -> Any:
    """The known terms of each line; every block of a line has length one, as in the model."""
    from scipy.sparse import csr_matrix

    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for line in lines:
        for block in blocks(line):
            known = [terms[term] for term in block if term in terms]
            columns += known
            values += [1 / math.sqrt(len(known) or 1)] * len(known)
        starts.append(len(values))
    return csr_matrix((values, columns, starts), shape=(len(lines), len(terms)))


def _threshold(training: StatusSet, likelihoods: Sequence[Likelihood], index: int) -> float:
    from sklearn.metrics import f1_score

    truth = [status == LEARNED[index] for status in training.statuses]
    scored = [likelihood[index] for likelihood in likelihoods]
    found = {t: f1_score(truth, [score >= t for score in scored]) for t in THRESHOLDS}
    best = max(found.values())
    return min(t for t, score in found.items() if score >= best - F1_SLACK)
