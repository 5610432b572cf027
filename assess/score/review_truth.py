"""From the reviews of a document to its judgement by criterion, beside those of other readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from assess.records import Review, Text, Value
from assess.score.assessment import unfit
from assess.score.gold import GoldStatement
from assess.score.review_checks import NOTHING
from assess.score.review_meaning import value_that_holds
from assess.score.rubric import Rubric
from assess.score.scope import judged_scope

SPLIT: Final = "review"
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


def judged_by_reviewers(
    document: str, text: Text, found: Sequence[Review], rubric: Rubric
) -> GoldStatement | None:
    """The document by its reviews (oldest first); None where they tell no value, or it is unfit."""
    scope = judged_scope(text)
    judged = scope.text if scope else text
    by_criterion: dict[str, list[Review]] = {}
    for review in found:
        if review.criterion is not None:
            by_criterion.setdefault(review.criterion, []).append(review)
    values = {
        id_: value_that_holds(rubric.criterion(id_), by_criterion[id_]) for id_ in by_criterion
    }
    truth = {id_: value for id_, value in sorted(values.items()) if value is not None}
    if not truth or unfit(judged):
        return None
    shown = {id_: _quotes(by_criterion[id_], truth[id_]) for id_ in truth}
    rejected = {id_: _rejected(by_criterion[id_]) for id_ in truth}
    return GoldStatement(
        document,
        SPLIT,
        judged.content,
        truth,
        {id_: quotes for id_, quotes in shown.items() if quotes},
        {id_: quotes for id_, quotes in rejected.items() if quotes},
        complete=False,
    )


def _quotes(found: Iterable[Review], value: Value) -> list[str]:
    """What shows the value."""
    if value in NOTHING:
        return []
    return [one.quote for one in found if one.quote and one.verdict != "rejected"]


def _rejected(found: Iterable[Review]) -> list[str]:
    return [one.quote for one in found if one.quote and one.verdict == "rejected"]


def merged(
    judged: Iterable[GoldStatement], reviewed: Iterable[GoldStatement]
) -> list[GoldStatement]:
    """Judged statements, corrected by reviews of the same text; then the other reviewed ones."""
    waiting: dict[str, list[GoldStatement]] = {}
    for review in reviewed:
        waiting.setdefault(letters(review.text), []).append(review)
    found = []
    for statement in judged:
        corrected = statement
        for review in waiting.pop(letters(statement.text), ()):
            corrected = _corrected(corrected, review)
        found.append(corrected)
    return [*found, *(review for reviews in waiting.values() for review in reviews)]


def _corrected(statement: GoldStatement, review: GoldStatement) -> GoldStatement:
    evidence = dict(statement.evidence)
    for id_, value in review.truth.items():
        out = [found for quote in review.rejected.get(id_, ()) if (found := letters(quote))]
        kept = [
            quote
            for quote in evidence.get(id_, ())
            if not any(one in letters(quote) or letters(quote) in one for one in out)
        ]
        evidence[id_] = [] if value in NOTHING else [*kept, *review.evidence.get(id_, ())]
    return replace(
        statement,
        truth={**statement.truth, **review.truth},
        evidence=evidence,
        rejected={**statement.rejected, **review.rejected},
    )


def letters(text: str) -> str:
    """The letters and digits alone: by them a text is known again, however it was read."""
    return _NOT_LETTERS.sub("", text.lower())
