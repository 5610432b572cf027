"""A rubric looked through for its author: all its faults, and its own examples run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from assess.score.examples import Example, examples, is_evidence
from assess.score.faults import Fault, RubricFaultError, quoted
from assess.score.rubric import Rubric
from assess.score.rubric_checks import faults, phrases_by_key, shape_faults
from assess.score.rubric_files import RawRubric, read_raw
from assess.score.rules import TOPIC_LIST, RuleBook

# Nobody mends more in one go, and one mistake can be the cause of very many.
MAX_FAULTS: Final = 50
_FINDING: Final = ("rules", "detector", "when", "levels", "holds")
_BY_VISIT: Final = "home_page"


@dataclass(frozen=True, slots=True)
class Validation:
    """What was looked through, and what is wrong with it."""

    file: str
    rubric: str | None
    """The rubric's key; None where it has faults of shape."""
    criteria: int
    phrases: int
    examples: int
    """Sentences that were run; none where there are faults without them."""
    faults: tuple[Fault, ...]
    """At most ``MAX_FAULTS``."""

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def validate_rubric(path: Path) -> Validation:
    """Look a rubric file (or a shipped rubric, by name) through.

    Raises:
        RubricError: the file cannot be read at all.
    """
    try:
        raw = read_raw(path)
    except RubricFaultError as error:
        return Validation(str(path), None, 0, 0, 0, (error.fault,))
    try:
        rubric = Rubric.model_validate({**raw.content, "digest": raw.digest})
    except ValidationError as error:
        return Validation(raw.name, None, 0, 0, 0, tuple(shape_faults(raw, error, MAX_FAULTS)))
    return _looked_through(raw, rubric)


def _looked_through(raw: RawRubric, rubric: Rubric) -> Validation:
    found = [*faults(rubric, raw.name, detectors=True), *_idle(rubric, raw.name)]
    cases = [] if found else list(examples(rubric))
    found += _failing(rubric, raw.name, cases)
    phrases = sum(len(list(phrases_by_key(r))) for j in rubric.judged() for r in j.rules)
    first = tuple(islice(found, MAX_FAULTS))
    return Validation(raw.name, rubric.key, len(rubric.criteria), phrases, len(cases), first)


def _idle(rubric: Rubric, file: str) -> Iterator[Fault]:
    """What can be loaded, but can never find anything."""
    for judged in rubric.judged():
        by_visit = getattr(judged, "judged_from", "") == _BY_VISIT
        if not by_visit and not any(getattr(judged, key, None) for key in _FINDING):
            advice = "give it rules, a detector or an expression"
            yield Fault(file, judged.id, "", "nothing can find it", advice)
        for rule in judged.rules:
            if rule.topic and TOPIC_LIST not in rubric.lists:
                problem = f"topic needs a list {TOPIC_LIST!r}, and there is none"
                yield Fault(file, judged.id, f"rule {rule.name!r}, topic", problem, "add it")


def _failing(rubric: Rubric, file: str, cases: list[Example]) -> Iterator[Fault]:
    if not cases:
        return
    book = RuleBook(rubric)
    for case in cases:
        if is_evidence(book, case.criterion, case.sentence) is not case.positive:
            yield _failure(file, case)


def _failure(file: str, case: Example) -> Fault:
    if case.positive:
        told, advice = "is no evidence", "widen a rule, or take the example out"
    else:
        told, advice = "is evidence", "narrow the rule (unless, not_under), or take it out"
    return Fault(file, case.criterion.id, case.key, f"{quoted(case.sentence)} {told}", advice)
