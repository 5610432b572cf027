"""How well evidence status is told: against silver sentences, and against the expert's remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from assess.errors import InputError
from assess.records import EvidenceStatus
from assess.score.aims import read_sentences
from assess.score.status_model import Line, StatusModel
from assess.score.status_training import COLUMN, cross_validated, silver_lines, status_lines

SILVER = Path("aims") / "uk_silver.csv"
EXPERT = Path("aims") / "uk_dev_evidence_status.csv"
# The statements that the expert's sentences are from, in order: headings and lead lines.
EXPERT_STATEMENTS = Path("aims") / "uk_dev.csv"
# The expert's columns, and what they are here.
REMARKS: dict[str, EvidenceStatus] = {"future": "planned", "negative": "negated"}


@dataclass(frozen=True, slots=True)
class StatusScore:
    """One status: how often it is meant and called, and how well the calls hold."""

    status: str
    positives: int
    called: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class StatusTable:
    """Scores on one table: by the cues alone, and by cues and learned part together."""

    name: str
    sentences: int
    statements: int
    cues: tuple[StatusScore, ...]
    both: tuple[StatusScore, ...]


@dataclass(frozen=True, slots=True)
class StatusEvaluation:
    """The tables that are there, and notes on those that are not."""

    tables: tuple[StatusTable, ...]
    notes: tuple[str, ...]


def evaluate_statuses(data: Path, model: StatusModel | None) -> StatusEvaluation:
    """Evidence status on UK silver (learned part cross-validated by statement) and the expert's.

    Raises:
        InputError: a table is there, but not of its format.
    """
    tables: list[StatusTable] = []
    notes: list[str] = []
    measures: tuple[tuple[Path, Callable[[], StatusTable]], ...] = (
        (SILVER, lambda: _silver(data)),
        (EXPERT, lambda: expert_table(data, model)),
    )
    for path, measure in measures:
        if (data / path).is_file():
            tables.append(measure())
        else:
            notes.append(f"evidence status: {path} is not there, not measured")
    return StatusEvaluation(tuple(tables), tuple(notes))


def _silver(data: Path) -> StatusTable:
    training = silver_lines(read_sentences(data / SILVER, [COLUMN]))
    known = get_args(EvidenceStatus)
    if odd := set(training.statuses) - set(known):
        raise InputError(f"{data / SILVER}: unknown status {min(odd)!r}; use {', '.join(known)}")
    cues = [line.status for line in training.lines]
    both = cross_validated(training)
    return StatusTable(
        "silver",
        len(training.lines),
        len(set(training.statements)),
        tuple(score(status, training.statuses, cues) for status in known),
        tuple(score(status, training.statuses, both) for status in known),
    )


def expert_table(data: Path, model: StatusModel | None) -> StatusTable:
    """The remarks of the expert, held out: commitments not yet done, and admissions."""
    table = read_sentences(data / EXPERT, list(REMARKS))
    lines = _in_statements(data, [(row.statement_id, row.sentence) for row in table.rows])
    cues = [line.status for line in lines]
    both = [model.decide(line, model.likelihood(line)) if model else line.status for line in lines]
    truth = {
        status: [status if one else "" for one in table.ones(column)]
        for column, status in REMARKS.items()
    }
    return StatusTable(
        "expert",
        len(lines),
        len({row.statement_id for row in table.rows}),
        tuple(score(status, truth[status], cues) for status in truth),
        tuple(score(status, truth[status], both) for status in truth),
    )


def _in_statements(data: Path, wanted: Sequence[tuple[str, str]]) -> list[Line]:
    """Lines of single sentences, with what stands above them where their statement is known."""
    from assess.score.status import sentence_status

    known: dict[tuple[str, str], Line] = {}
    if (data / EXPERT_STATEMENTS).is_file():
        table = read_sentences(data / EXPERT_STATEMENTS)
        found = status_lines(table, [True] * len(table.rows))
        for statement, line in zip(found.statements, found.lines, strict=True):
            known.setdefault((statement, line.sentence), line)
    plain = [(statement, " ".join(sentence.split())) for statement, sentence in wanted]
    return [known.get(key) or Line(key[1], "", "", sentence_status(key[1])) for key in plain]


def score(status: str, truth: Sequence[str], called: Sequence[str]) -> StatusScore:
    """Precision, recall and F1 of one status; 0 where they mean nothing."""
    hits = sum(t == status == c for t, c in zip(truth, called, strict=True))
    positives, calls = truth.count(status), list(called).count(status)
    return StatusScore(
        status,
        positives,
        calls,
        hits / calls if calls else 0.0,
        hits / positives if positives else 0.0,
        2 * hits / (positives + calls) if positives + calls else 0.0,
    )
