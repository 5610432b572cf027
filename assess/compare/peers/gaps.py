"""What the subject lacks that its peers have: the law first, then what most and the best have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Final

from assess.compare.peers.records import Gap, Peer, PeerQuote, Seen, Subject
from assess.compare.stats import Share, share
from assess.records import Evidence, Value
from assess.score.scores import MAX_LEVEL, NO_STEPS, STEPS

if TYPE_CHECKING:
    from assess.score.rubric import Criterion, Rubric

# Whoever leads: the quarter of peers with the highest substance.
_LEADING_PART: Final = 4
# Enough to see what the text says; the finding itself has them all.
_SEEN: Final = 2
_FIRST: Final = ("LAW", "BILL")
_BESIDE: Final = {"LAW": "Required by law", "BILL": "Proposed, not law", "GUIDANCE": "Guidance"}

Quoting = Callable[["Criterion", frozenset[str]], tuple[PeerQuote, ...]]


def leading_quarter(peers: Sequence[Peer]) -> Sequence[Peer]:
    """The quarter of ``peers`` (best first) that leads, one at least."""
    return peers[: ceil(len(peers) / _LEADING_PART)]


def find_gaps(
    rubric: Rubric, subject: Subject, peers: Sequence[Peer], quoting: Quoting
) -> tuple[Gap, ...]:
    """The gaps in their order, each with quotes of peers that have none there.

    What the law asks comes first. The rest is ordered by the mean of two shares: of all peers, and
    of the leading quarter of them.
    """
    values = subject.values
    leaders = leading_quarter(peers)
    lawful = STEPS if values.get(NO_STEPS) is True else ()
    gaps: list[tuple[Criterion, frozenset[str], Share, Share]] = []
    for criterion in rubric.criteria:
        wanted = _wanted(criterion, values.get(criterion.id))
        if wanted and criterion.id not in lawful:
            of_all, of_leaders = (_reached(criterion.id, wanted, of) for of in (peers, leaders))
            gaps.append((criterion, wanted, of_all, of_leaders))
    gaps.sort(key=lambda gap: _order(gap[0].authority, gap[2], gap[3]))
    return tuple(
        _gap(rubric, subject, criterion, wanted, (of_all, of_leaders, quoting(criterion, wanted)))
        for criterion, wanted, of_all, of_leaders in gaps
    )


def _order(authority: str, peers: Share, leading: Share) -> tuple[int, float]:
    place = _FIRST.index(authority) if authority in _FIRST else len(_FIRST)
    return place, -((peers.value or 0.0) + (leading.value or 0.0))


def _wanted(criterion: Criterion, value: Value | None) -> frozenset[str]:
    """The values that would close the gap; empty where there is none."""
    has_it = value is True or value in (None, "met", "na")  # a depth of 1 equals True
    if has_it or not criterion.weight or criterion.kind == "flag":
        return frozenset()
    if criterion.kind == "depth":
        return frozenset(map(str, range(int(value or 0) + 1, MAX_LEVEL + 1)))
    return frozenset({"met"} if criterion.kind == "legal" else {"true"})


def reaches(values: Mapping[str, Value], criterion: str, wanted: frozenset[str]) -> bool:
    """Whether a value is one of those wanted, as the workspace writes them."""
    return criterion in values and str(values[criterion]).lower() in wanted


def _reached(criterion: str, wanted: frozenset[str], peers: Sequence[Peer]) -> Share:
    judged = [peer for peer in peers if peer.values.get(criterion, "na") != "na"]
    return share(sum(reaches(peer.values, criterion, wanted) for peer in judged), len(judged))


def _gap(
    rubric: Rubric,
    subject: Subject,
    criterion: Criterion,
    wanted: frozenset[str],
    peers: tuple[Share, Share, tuple[PeerQuote, ...]],
) -> Gap:
    finding = next(one for one in subject.assessment.findings if one.criterion == criterion.id)
    titles = {area.id: area.title for area in rubric.of_kind("depth")}
    of_all, of_leaders, quotes = peers
    return Gap(
        criterion=criterion.id,
        title=criterion.title,
        question=criterion.question,
        kind=criterion.kind,
        area=area_title(criterion, titles),
        authority=criterion.authority,
        source=criterion.source,
        value=finding.value,
        wanted=min(wanted),
        peers=of_all,
        leading=of_leaders,
        seen=seen_of(finding.evidence, counted=bool(finding.value) and finding.value != "absent"),
        why=criterion.why,
        good_practice=criterion.good_practice,
        advice=criterion.advice,
        quotes=quotes,
        person=subject.persons.get(criterion.id),
    )


def area_title(criterion: Criterion, titles: Mapping[str, str]) -> str:
    """The title of a criterion's area; of a legal item what it rests on."""
    if criterion.kind == "legal":
        return _BESIDE.get(criterion.authority, "Form")
    area = criterion.id if criterion.kind == "depth" else criterion.area
    return titles.get(area or "", "Other")


def seen_of(evidence: Sequence[Evidence], *, counted: bool) -> tuple[Seen, ...]:
    """The first quotes: where something counts what is stated as done, else what is not."""
    ordered = sorted(evidence, key=lambda one: (one.status == "implemented") is not counted)
    return tuple(Seen(one.quote, one.page, one.status) for one in ordered[:_SEEN])
