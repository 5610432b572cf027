"""What persons said of findings, put in place of what was found; both stay visible."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from assess.records import Evidence, Finding, KeptReview, KeptStatus, Text, Value
from assess.score.review_checks import fits, is_sound
from assess.score.review_meaning import locate, value_that_holds
from assess.score.rubric import Criterion, Rubric

# A person has read it; how sure they were is not asked.
CERTAIN: Final = 1.0
_NOTHING: Final[Mapping[str, Value]] = {
    "legal": "absent",
    "depth": 0,
    "indicator": False,
    "flag": False,
}


def corrected(
    findings: Sequence[Finding], reviews: Sequence[KeptReview], text: Text, rubric: Rubric
) -> tuple[Finding, ...]:
    """The findings with what reviews (oldest first, of this text's document) say of them.

    A value that a person gives stands in place of the one that was found. A quote that a person
    rejects counts no more; where it was the last one that counted, nothing is found. Reviews that
    this rubric has no criterion for, or whose words the text no longer holds, change nothing.
    """
    by_criterion: dict[str, list[KeptReview]] = {}
    for kept in reviews:
        if kept.review.criterion is not None and _usable(kept, rubric):
            by_criterion.setdefault(kept.review.criterion, []).append(kept)
    return tuple(
        _corrected(finding, by_criterion[finding.criterion], text, rubric)
        if finding.criterion in by_criterion
        else finding
        for finding in findings
    )


def _usable(kept: KeptReview, rubric: Rubric) -> bool:
    review = kept.review
    criterion = rubric.by_id().get(str(review.criterion))
    return (
        criterion is not None
        and is_sound(review, rubric)
        and (review.value is None or fits(review.value, criterion))
    )


def _corrected(
    finding: Finding, reviews: Sequence[KeptReview], text: Text, rubric: Rubric
) -> Finding:
    criterion = rubric.criterion(finding.criterion)
    evidence = finding.evidence
    placed: list[KeptReview] = []
    for kept in reviews:
        if kept.review.start is None:
            placed.append(kept)
        elif span := locate(kept.review, text.content):
            placed.append(kept)
            evidence = _marked(evidence, kept, span, text, criterion)
    if not placed:
        return finding
    finding = replace(finding, evidence=evidence)
    value = value_that_holds(criterion, [kept.review for kept in placed])
    if value is not None:
        return _decided(finding, value, placed[-1])
    if _was_found(finding, criterion) and _all_rejected(evidence, criterion):
        return _decided(finding, _NOTHING[criterion.kind], placed[-1])
    whole = [kept for kept in placed if kept.review.start is None]
    return replace(finding, review_id=whole[-1].id) if whole else finding


def _decided(finding: Finding, value: Value, by: KeptReview) -> Finding:
    return replace(
        finding, value=value, confidence=CERTAIN, found_value=finding.value, review_id=by.id
    )


def _was_found(finding: Finding, criterion: Criterion) -> bool:
    return finding.value not in (_NOTHING[criterion.kind], "na")


def _all_rejected(evidence: Sequence[Evidence], criterion: Criterion) -> bool:
    """Whether no quote is left that may count; of an area's, any may."""
    rejected = [one for one in evidence if one.status == "rejected"]
    left = [
        one
        for one in evidence
        if one.status != "rejected"
        and (criterion.kind == "depth" or one.status in criterion.counting)
    ]
    return bool(rejected) and not left


def _marked(
    evidence: Sequence[Evidence],
    kept: KeptReview,
    span: tuple[int, int],
    text: Text,
    criterion: Criterion,
) -> tuple[Evidence, ...]:
    """The evidence with the review at each quote that its words touch; new where there is none."""
    rejects = kept.review.verdict == "rejected"
    touched = [one.start < span[1] and span[0] < one.end for one in evidence]
    marked = tuple(
        replace(one, status=_status(one, criterion, rejects=rejects), review_id=kept.id)
        if touches
        else one
        for one, touches in zip(evidence, touched, strict=True)
    )
    return marked if any(touched) or rejects else (*marked, _shown(kept, span, text))


def _status(one: Evidence, criterion: Criterion, *, rejects: bool) -> KeptStatus:
    if rejects:
        return "rejected"
    return one.status if one.status in criterion.counting else "implemented"


def _shown(kept: KeptReview, span: tuple[int, int], text: Text) -> Evidence:
    """Evidence that only a person saw."""
    start, end = span
    place = bisect_right([page.start for page in text.pages], start) - 1
    number = text.pages[max(0, place)].number if text.pages else 1
    quote = text.content[start:end]
    return Evidence(quote, number, start, end, "implemented", "review", review_id=kept.id)
