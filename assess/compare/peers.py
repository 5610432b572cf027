"""Where one statement stands among its sector's statements, and what it lacks that they have."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, Literal

from sqlite_utils import Database

from assess.compare.counts import results
from assess.compare.sectors import MINIMUM
from assess.compare.stats import Share, percentile_rank, share
from assess.errors import InputError
from assess.records import Assessment, Value
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Criterion, Rubric

# Words at least so alike (rapidfuzz, 0-100) are one word mistyped; "banking" and "fishing" have 57.
SAME_WORD = 80
# A name with at least this share of the words given is offered as "did you mean".
CLOSE_NAME = 0.5
CLOSE_NAMES = 3

_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset({"and", "of", "or", "the", "including", "other", "services"})

StandingKind = Literal["score", "area"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One score or depth area: the draft's value and its place among the peers."""

    id: str
    title: str
    kind: StandingKind
    value: float | None
    """Scores 0 to 100, areas 0 to 3; None where the draft has none."""
    percentile: float | None
    """Mid-rank, 0 to 100; None without a value or without peers."""
    peer_median: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion not (fully) evidenced in the draft; ``wanted`` is the next level up."""

    criterion: str
    title: str
    question: str
    kind: str
    authority: str
    source: str
    value: Value | None
    wanted: str
    """``met``, ``true``, or the depth ``1`` or ``2``."""
    peers: Share
    """Peers that reach ``wanted``."""
    why: str
    good_practice: str
    advice: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The draft among ``peers`` assessed statements of the sector."""

    sector: str
    peers: int
    minimum: int
    too_few: bool
    rubric: str | None
    """The rubric that judged the peers."""
    same_rubric: bool
    """Whether the draft was judged by it too."""
    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    """What most peers have comes first."""


def benchmark(
    workspace: Workspace,
    assessment: Assessment,
    sector: str,
    *,
    rubric: Rubric | None = None,
    minimum: int = MINIMUM,
) -> Benchmark:
    """Compare a draft with the assessed statements of a sector; nothing is stored.

    Args:
        sector: A registry sector as the database names it, or the beginning of one name.
        rubric: The one that judged the draft (the default rubric where not given).

    Raises:
        InputError: the sector is unknown, or the draft could not be assessed.
    """
    from assess.score.rubric import load_rubric

    if assessment.status != "assessed":
        raise InputError(f"the draft cannot be assessed ({assessment.reason}); nothing to compare")
    rubric = rubric or load_rubric()
    name = find_sector(workspace, sector)
    values = {finding.criterion: finding.value for finding in assessment.findings}
    with results(workspace) as peer_rubric:
        scores = _scores(workspace.db, name)
        levels = _levels(workspace.db, name)
    return Benchmark(
        sector=name,
        peers=len(scores),
        minimum=minimum,
        too_few=len(scores) < minimum,
        rubric=peer_rubric,
        same_rubric=peer_rubric in (None, assessment.versions.get("rubric")),
        standings=(*_score_standings(rubric, assessment, scores), *_areas(rubric, values, levels)),
        gaps=_gaps(rubric, values, levels),
    )


def find_sector(workspace: Workspace, sector: str) -> str:
    """The database's own name of a sector, given in any case, or by its unmistakable beginning.

    Raises:
        InputError: no or several sectors fit; lists close names and all names.
    """
    known = [
        str(row[0])
        for row in workspace.db.execute("SELECT DISTINCT sector FROM statement_sectors ORDER BY 1")
    ]
    wanted = sector.strip().rstrip("…").casefold()
    exact = [name for name in known if name.casefold() == wanted]
    begun = [name for name in known if wanted and name.casefold().startswith(wanted)]
    if exact or len(begun) == 1:
        return (exact or begun)[0]
    raise InputError(_unknown_sector(sector, known, begun))


def _unknown_sector(sector: str, known: Sequence[str], begun: Sequence[str]) -> str:
    if not known:
        return f"sector {sector!r}: the database has no sectors; read a registry file first"
    likeness = {name: _likeness(sector, name) for name in known}
    close = begun or sorted(
        (name for name in known if likeness[name] >= CLOSE_NAME), key=lambda name: -likeness[name]
    )
    meant = " or ".join(repr(name) for name in close[:CLOSE_NAMES])
    asked = f"; did you mean {meant}?" if meant else "."
    return f"no sector {sector!r} in the database{asked} It has: {'; '.join(known)}"


def _likeness(given: str, name: str) -> float:
    """The share of the words given that a name has, typing errors allowed."""
    from rapidfuzz import fuzz

    asked = [word for word in _WORD.findall(given.casefold()) if word not in _SMALL_WORDS]
    words = _WORD.findall(name.casefold())
    hits = [max(fuzz.ratio(word, other) for other in words) >= SAME_WORD for word in asked]
    return fmean(hits) if hits else 0.0


# A document that answers for two statements of the sector counts for each, like everywhere else.
_PEER_SCORES = """
    SELECT compliance, substance FROM compare_members JOIN compare_results USING (unit)
    WHERE kind = 'sector' AND name = ? AND state = 'assessed' ORDER BY unit"""

_PEER_LEVELS = """
    SELECT criterion, value, count(*)
    FROM compare_members JOIN compare_results USING (unit) JOIN findings USING (assessment_id)
    WHERE kind = 'sector' AND name = ? AND state = 'assessed' GROUP BY criterion, value"""


def _scores(db: Database, sector: str) -> list[tuple[float | None, float | None]]:
    return [(row[0], row[1]) for row in db.execute(_PEER_SCORES, [sector])]


def _levels(db: Database, sector: str) -> dict[str, dict[str, int]]:
    """criterion -> value -> number of peers."""
    levels: dict[str, dict[str, int]] = {}
    for criterion, value, number in db.execute(_PEER_LEVELS, [sector]):
        levels.setdefault(str(criterion), {})[str(value)] = int(number)
    return levels


def _score_standings(
    rubric: Rubric,
    assessment: Assessment,
    peers: Sequence[tuple[float | None, float | None]],
) -> tuple[Standing, Standing]:
    compliance = [score for score, _ in peers if score is not None]
    substance = [score for _, score in peers if score is not None]
    title = "Compliance (proposal, not law)" if rubric.proposal else "Compliance"
    return (
        _standing("compliance", title, "score", assessment.compliance, compliance),
        _standing("substance", "Substance", "score", assessment.substance, substance),
    )


def _areas(
    rubric: Rubric, values: Mapping[str, Value], levels: Mapping[str, Mapping[str, int]]
) -> list[Standing]:
    return [
        _standing(
            area.id,
            area.title,
            "area",
            _number(values.get(area.id)),
            [float(depth) for depth, n in levels.get(area.id, {}).items() for _ in range(n)],
        )
        for area in rubric.of_kind("depth")
    ]


def _standing(
    id_: str, title: str, kind: StandingKind, value: float | None, peers: Sequence[float]
) -> Standing:
    place = None if value is None else percentile_rank(value, peers)
    return Standing(id_, title, kind, value, place, median(peers) if peers else None)


def _number(value: Value | None) -> float | None:
    return None if value is None else float(value)


def _gaps(
    rubric: Rubric, values: Mapping[str, Value], levels: Mapping[str, Mapping[str, int]]
) -> tuple[Gap, ...]:
    gaps = [
        _gap(criterion, values.get(criterion.id), wanted, levels.get(criterion.id, {}))
        for criterion in rubric.criteria
        if criterion.weight > 0 and (wanted := _wanted(criterion, values.get(criterion.id)))
    ]
    return tuple(sorted(gaps, key=lambda gap: -(gap.peers.value or 0.0)))


def _wanted(criterion: Criterion, value: Value | None) -> frozenset[str] | None:
    """The values that would close the gap; None where there is no gap."""
    if criterion.kind == "flag" or value is None or value in ("met", "na") or value is True:
        return None
    if criterion.kind == "depth":
        steps = {0: frozenset({"1", "2", "3"}), 1: frozenset({"2", "3"})}
        return steps.get(int(value))
    return frozenset({"met"} if criterion.kind == "legal" else {"true"})


def _gap(
    criterion: Criterion, value: Value | None, wanted: Collection[str], peers: Mapping[str, int]
) -> Gap:
    return Gap(
        criterion=criterion.id,
        title=criterion.title,
        question=criterion.question,
        kind=criterion.kind,
        authority=criterion.authority,
        source=criterion.source,
        value=value,
        wanted=min(wanted),
        peers=share(
            sum(number for found, number in peers.items() if found in wanted),
            sum(number for found, number in peers.items() if found != "na"),
        ),
        why=criterion.why,
        good_practice=criterion.good_practice,
        advice=criterion.advice,
    )
