"""Training of the learned part of some criteria from statements with readers' quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from assess.records import Text
from assess.score.criteria_model import (
    STATEMENT_FEATURES,
    CriteriaModel,
    statement_features,
)
from assess.score.features import Features, Row
from assess.score.gold import GoldStatement
from assess.score.judge import judge
from assess.score.model import SentenceModel
from assess.score.rubric import Rubric
from assess.score.rules import RuleBook

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Where rules alone fell short on statements they were not written from, and this helped;
# docs/methodology.md has the table of what was tried.
LEARNED: Final = (
    "risk_specific",
    "kpi_defined",
    "supplier_screening",
)
FOLDS: Final = 5
SEED: Final = 20151029
# Chosen on out-of-fold decisions.
SENTENCE_REGULARISATION: Final = 8.0
STATEMENT_REGULARISATION: Final = 0.5
# Readers quote one sentence in a hundred: without it a model would find none.
QUOTED_WEIGHT: Final = 5.0
THRESHOLD: Final = 0.5
# Fewer statements with the criterion teach nothing.
MIN_STATEMENTS: Final = 30
# A shorter quote may stand anywhere.
MIN_QUOTE: Final = 12  # letters and digits
_OVERLAP: Final = 40  # of a quote over several sentences, at either end
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement ready to learn from."""

    text: Text
    words: int
    truth: Mapping[str, bool]
    found: Mapping[str, bool]
    """What the rules alone find."""
    fit: tuple[bool, ...]
    """Which sentences may be evidence."""
    quoted: Mapping[str, frozenset[int]]
    """By criterion: sentences that the readers quoted."""
    rejected: Mapping[str, frozenset[int]]
    """By criterion: sentences that a reader says are no evidence."""
    known: frozenset[str]
    """The criteria that were judged."""


@dataclass(frozen=True, slots=True)
class LearnedGain:
    """A criterion on statements left out of each fold: rules alone, and with the learned part."""

    criterion: str
    statements: int
    positives: int
    rules_f1: float
    together_f1: float
    added: int
    """Statements in which only the learned part finds it."""
    added_right: int


class LearnedCriteria(NamedTuple):
    """The model, and what each criterion gains by it."""

    model: CriteriaModel
    gains: tuple[LearnedGain, ...]


def train_criteria(
    statements: Sequence[GoldStatement], rubric: Rubric, sentences: SentenceModel
) -> LearnedCriteria | None:
    """Learn what can be learned of `LEARNED`; None of too few statements.

    Sentences are described by the features of ``sentences``: words, and those of neighbours.
    """
    read = _read(statements, rubric, sentences)
    criteria = tuple(
        criterion
        for criterion in LEARNED
        if criterion in rubric.by_id() and sum(s.truth[criterion] for s in read) >= MIN_STATEMENTS
    )
    if not criteria:
        return None
    matrix = _matrix(read, sentences.features)
    parts = [_learn(criterion, *_knowing(criterion, read, matrix)) for criterion in criteria]
    return LearnedCriteria(_model(criteria, parts), tuple(part.gain for part in parts))


def _read(
    statements: Sequence[GoldStatement], rubric: Rubric, sentences: SentenceModel
) -> list[_Statement]:
    from assess.extract import from_plain_text

    book = RuleBook(rubric)
    read = []
    for statement in statements:
        text = from_plain_text(statement.text)
        labels = sentences.sense([sentence.text for sentence in text.sentences]).labels
        reading = book.read(text, labels, sentences.status)
        found = {f.criterion: f.value is True for f in judge(rubric, reading, book.hits(reading))}
        truth = {criterion: statement.truth.get(criterion) is True for criterion in LEARNED}
        read.append(
            _Statement(
                text,
                text.words,
                truth,
                found,
                reading.fit_for_evidence,
                {name: _quoted(text, statement.evidence.get(name, ())) for name in LEARNED},
                {name: _quoted(text, statement.rejected.get(name, ())) for name in LEARNED},
                frozenset(LEARNED if statement.complete else statement.truth),
            )
        )
    return read


def _quoted(text: Text, quotes: Sequence[str]) -> frozenset[int]:
    """The sentences that the quotes are in, whatever their blanks and marks."""
    sentences = [_letters(sentence.text) for sentence in text.sentences]
    found = set()
    for quote in map(_letters, quotes):
        for index, sentence in enumerate(sentences):
            if len(sentence) > MIN_QUOTE and _overlap(quote, sentence):
                found.add(index)
    return frozenset(found)


def _overlap(quote: str, sentence: str) -> bool:
    if quote in sentence or sentence in quote:
        return True
    ends = (quote[:_OVERLAP], quote[-_OVERLAP:])
    return len(quote) > _OVERLAP and any(end in sentence for end in ends)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


def _matrix(read: Sequence[_Statement], features: Features) -> csr_matrix:
    rows = [
        Row(str(number), sentence.text)
        for number, statement in enumerate(read)
        for sentence in statement.text.sentences
    ]
    return features.without_letters(features.matrix(rows))


def _knowing(
    criterion: str, read: Sequence[_Statement], matrix: csr_matrix
) -> tuple[list[_Statement], csr_matrix]:
    """The statements of which the criterion was judged, and their sentences' rows."""
    import numpy as np

    knows = [criterion in statement.known for statement in read]
    rows = np.repeat(knows, [len(statement.text.sentences) for statement in read])
    kept = [statement for statement, known in zip(read, knows, strict=True) if known]
    return kept, matrix[np.flatnonzero(rows)]


@dataclass(frozen=True, slots=True)
class _Part:
    """What was learned of one criterion."""

    weights: NDArray[np.float32]
    intercept: float
    statement: NDArray[np.float64]
    """Weights of the statement's features, and the intercept."""
    gain: LearnedGain


def _learn(criterion: str, read: Sequence[_Statement], matrix: csr_matrix) -> _Part:
    import numpy as np

    sizes = [len(statement.text.sentences) for statement in read]
    owner = np.repeat(np.arange(len(read)), sizes)
    starts = np.cumsum([0, *sizes])
    quoted, rejected = np.zeros((2, len(owner)), dtype=bool)
    for number, statement in enumerate(read):
        quoted[[starts[number] + index for index in statement.quoted[criterion]]] = True
        rejected[[starts[number] + index for index in statement.rejected[criterion]]] = True
    truth = np.array([statement.truth[criterion] for statement in read])
    # What readers left unquoted in a statement that has the criterion may be evidence too.
    usable = quoted | rejected | ~truth[owner]
    fold = np.random.default_rng(SEED).permutation(len(read)) % FOLDS
    leanings = np.zeros(len(owner))
    for number in range(FOLDS):
        seen = usable & (fold[owner] != number)
        fitted = _fit_sentences(matrix[seen], quoted[seen])
        unseen = fold[owner] == number
        leanings[unseen] = fitted.decision_function(matrix[unseen])
    described = np.array(
        [
            statement_features(leanings[starts[n] : starts[n + 1]][list(s.fit)].tolist(), s.words)
            for n, s in enumerate(read)
        ]
    )
    missed = np.array([not statement.found.get(criterion, False) for statement in read])
    gain = _gain(criterion, truth, missed, described, fold)
    whole = _fit_sentences(matrix[usable], quoted[usable])
    return _Part(
        whole.coef_[0].astype(np.float32),
        float(whole.intercept_[0]),
        _fit_statements(described[missed], truth[missed]),
        gain,
    )


def _fit_sentences(matrix: csr_matrix, quoted: NDArray[np.bool_]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=SENTENCE_REGULARISATION,
        solver="liblinear",
        class_weight={False: 1.0, True: QUOTED_WEIGHT},
        random_state=SEED,
    ).fit(matrix, quoted)


def _fit_statements(
    described: NDArray[np.float64], truth: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Weights and intercept for features as they are; fitted on scaled ones."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    middle, spread = described.mean(axis=0), described.std(axis=0) + 1e-6
    if truth.all() or not truth.any():
        return np.array([0.0] * STATEMENT_FEATURES + [-50.0])  # nothing to tell apart: never
    fitted = LogisticRegression(C=STATEMENT_REGULARISATION).fit(
        (described - middle) / spread, truth
    )
    weights = fitted.coef_[0] / spread
    return np.append(weights, fitted.intercept_[0] - (weights * middle).sum())


def _gain(
    criterion: str,
    truth: NDArray[np.bool_],
    missed: NDArray[np.bool_],
    described: NDArray[np.float64],
    fold: NDArray[np.int64],
) -> LearnedGain:
    import numpy as np
    from scipy.special import logit
    from sklearn.metrics import f1_score

    added = np.zeros(len(truth), dtype=bool)
    for number in range(FOLDS):
        seen, unseen = missed & (fold != number), missed & (fold == number)
        *weights, intercept = _fit_statements(described[seen], truth[seen])
        added[unseen] = described[unseen] @ np.array(weights) + intercept >= logit(THRESHOLD)
    return LearnedGain(
        criterion=criterion,
        statements=len(truth),
        positives=int(truth.sum()),
        rules_f1=float(f1_score(truth, ~missed, zero_division=0)),
        together_f1=float(f1_score(truth, ~missed | added, zero_division=0)),
        added=int(added.sum()),
        added_right=int((added & truth).sum()),
    )


def _model(criteria: tuple[str, ...], parts: Sequence[_Part]) -> CriteriaModel:
    import numpy as np

    return CriteriaModel(
        criteria,
        np.array([part.weights for part in parts], dtype=np.float32).T,
        np.array([part.intercept for part in parts], dtype=np.float32),
        np.array([part.statement for part in parts], dtype=np.float32).T,
        np.full(len(criteria), THRESHOLD, dtype=np.float32),
    )
