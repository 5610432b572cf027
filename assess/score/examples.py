"""A rubric's own example sentences, run: positive ones must be evidence, negative ones not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assess.extract import from_plain_text
from assess.records import Value
from assess.score.detectors import DETECTORS
from assess.score.judge import judge
from assess.score.rubric import Criterion, Rubric
from assess.score.rules import Hit, Reading, RuleBook

# Examples are read as the second sentence of a statement: some rules ask for the topic nearby.
OPENING = "This statement is about modern slavery."


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of a criterion, and whether it must be evidence."""

    criterion: Criterion
    sentence: str
    positive: bool

    @property
    def key(self) -> str:
        """Where it stands in the rubric."""
        return "examples.positive" if self.positive else "examples.negative"


def examples(rubric: Rubric) -> Iterator[Example]:
    """All examples, in the rubric's order."""
    for criterion in rubric.criteria:
        for sentence in criterion.examples.positive:
            yield Example(criterion, sentence, positive=True)
        for sentence in criterion.examples.negative:
            yield Example(criterion, sentence, positive=False)


def is_evidence(book: RuleBook, criterion: Criterion, sentence: str) -> bool:
    """Whether a sentence counts for a criterion.

    That is by its own rules, its detector or what it ``holds``; where it has none of these, by the
    value its expressions give.
    """
    reading = book.read(from_plain_text(f"{OPENING}\n{sentence}"))
    hits = book.hits(reading)
    if criterion.rules or criterion.detector:
        own = any(hit.counts for hit in hits if hit.owner == criterion.id)
        return own or _detected(criterion, reading) or _held(book, criterion, reading, hits)
    return _held(book, criterion, reading, hits)


def _held(book: RuleBook, criterion: Criterion, reading: Reading, hits: Sequence[Hit]) -> bool:
    if (criterion.rules or criterion.detector) and not criterion.holds:
        return False
    findings = judge(book.rubric, reading, hits)
    return _holds(next(f.value for f in findings if f.criterion == criterion.id))


def _detected(criterion: Criterion, reading: Reading) -> bool:
    if criterion.detector is None:
        return False
    return any(found.status == "implemented" for found in DETECTORS[criterion.detector](reading))


def _holds(value: Value) -> bool:
    """In part is not enough: a plan must not pass for a step taken."""
    return value == "met" if isinstance(value, str) else bool(value)
