"""Where the subject stands: percentiles by score and by area, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Final

from assess.compare.peers.records import Peer, Standing, StandingKind, Subject
from assess.compare.stats import Interval, percentile_rank, wilson
from assess.records import Finding, Value
from assess.score.scores import MAX_LEVEL, compliance_score

if TYPE_CHECKING:
    from assess.score.rubric import Criterion, Rubric

# An area's score is in equal parts how deeply it is told and how many of its indicators are found:
# a depth of 0 to 3 alone ties half of all statements.
_DEPTH_PART: Final = 0.5


def standings(rubric: Rubric, subject: Subject, peers: Sequence[Peer]) -> tuple[Standing, ...]:
    """Compliance, substance, then the areas in the rubric's order."""
    return (*_scores(rubric, subject, peers), *_areas(rubric, subject.values, peers))


def text_compliance(rubric: Rubric, values: Mapping[str, Value]) -> float | None:
    """Compliance, 0 to 100, on the items judged from the text.

    The link on the home page is left out, of drafts and peers alike: nobody has visited the home
    page for a draft, and of peers only some were visited.
    """
    judged = {
        one.id: Finding(one.id, values.get(one.id, "na") if one.judged_from == "text" else "na", 1)
        for one in rubric.criteria
        if one.kind in ("legal", "flag")
    }
    return compliance_score(rubric, judged)


def indicators_of(rubric: Rubric, area: str) -> list[Criterion]:
    """The indicators that count in an area."""
    return [one for one in rubric.of_kind("indicator") if one.area == area and one.weight > 0]


def _scores(rubric: Rubric, subject: Subject, peers: Sequence[Peer]) -> tuple[Standing, Standing]:
    # A score that counts proposed law is never called just compliance.
    title = "Compliance (proposal, not law)" if rubric.proposal else "Compliance"
    return (
        _standing(
            ("compliance", title, "score"),
            text_compliance(rubric, subject.values),
            [text_compliance(rubric, peer.values) for peer in peers],
        ),
        _standing(
            ("substance", "Substance", "score"),
            subject.assessment.substance,
            [peer.substance for peer in peers],
        ),
    )


def _areas(rubric: Rubric, values: Mapping[str, Value], peers: Sequence[Peer]) -> list[Standing]:
    found: list[Standing] = []
    for area in rubric.of_kind("depth"):
        indicators = indicators_of(rubric, area.id)
        depth = values.get(area.id)
        found.append(
            _standing(
                (area.id, area.title, "area"),
                _area_score(area.id, indicators, values),
                [_area_score(area.id, indicators, peer.values) for peer in peers],
                depth if isinstance(depth, int) else None,
                (_found(indicators, values), len(indicators)) if indicators else None,
            )
        )
    return found


def _area_score(
    area: str, indicators: Sequence[Criterion], values: Mapping[str, Value]
) -> float | None:
    """0 to 100; of an area without indicators its depth alone."""
    told = values.get(area)
    if not isinstance(told, int):
        return None
    depth = told / MAX_LEVEL
    if not indicators:
        return 100 * depth
    share = _found(indicators, values) / len(indicators)
    return 100 * (_DEPTH_PART * depth + (1 - _DEPTH_PART) * share)


def _found(indicators: Sequence[Criterion], values: Mapping[str, Value]) -> int:
    return sum(values.get(one.id) is True for one in indicators)


def _standing(
    named: tuple[str, str, StandingKind],
    value: float | None,
    among: Sequence[float | None],
    depth: int | None = None,
    indicators: tuple[int, int] | None = None,
) -> Standing:
    known = [one for one in among if one is not None]
    place = None if value is None else percentile_rank(value, known)
    return Standing(
        *named,
        value,
        place,
        None if place is None else _interval(place, len(known)),
        median(known) if known else None,
        len(known),
        depth,
        indicators,
    )


def _interval(percentile: float, peers: int) -> Interval:
    found = wilson(percentile / 100 * peers, peers)
    return Interval(100 * found.low, 100 * found.high)
