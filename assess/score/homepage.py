"""The legal item that a visit of the home page judges, not the text (section 54(7))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.records import Finding
from assess.score.judge import not_assessed
from assess.score.rubric import Rubric

# A visible link with the right words is seldom a mistake; an absent one may be in a menu that
# scripts make, and which label is too vague is a matter of judgement.
CONFIDENCE: Final[Mapping[str, float]] = {"met": 0.95, "partial": 0.8, "absent": 0.8}


def homepage_criterion(rubric: Rubric) -> str | None:
    """The id of the rubric's item that is judged from the home page, if it has one."""
    found = (c.id for c in rubric.criteria if c.judged_from == "home_page")
    return next(found, None)


def homepage_finding(criterion: str, value: str | None) -> Finding:
    """The finding of a visit; of none, "not assessed".

    It has no quotes: the evidence is the link, which the table ``homepage_links`` keeps. It counts
    in compliance only: substance and the minimal-compliance index are about the text, and must
    compare between statements whose sites were visited and those whose were not.
    """
    if value is None:
        return not_assessed(criterion)
    return Finding(criterion, value, CONFIDENCE[value])
