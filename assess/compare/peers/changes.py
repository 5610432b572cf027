"""Two drafts beside each other: what was gained, lost, or is as before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess.compare.peers.gaps import seen_of
from assess.compare.peers.records import Change, ChangeKind, Changes, Seen, Subject
from assess.compare.peers.standings import text_compliance
from assess.records import Value

if TYPE_CHECKING:
    from assess.score.rubric import Criterion, Rubric

_RANKS: Final = {"absent": 0, "partial": 1, "met": 2}


def changes(rubric: Rubric, before: Subject, after: Subject) -> Changes:
    """Criterion by criterion, in the rubric's order, and the scores."""
    both = before.values.keys() & after.values.keys()
    return Changes(
        before.name,
        (text_compliance(rubric, before.values), text_compliance(rubric, after.values)),
        (before.assessment.substance, after.assessment.substance),
        tuple(
            _change(one, before, after)
            for one in rubric.criteria
            if one.id in both and one.kind != "flag" and one.weight > 0
        ),
    )


def _change(criterion: Criterion, before: Subject, after: Subject) -> Change:
    old, new = before.values[criterion.id], after.values[criterion.id]
    kind = change_kind(old, new)
    holder = before if kind in ("lost", "shallower") else after
    return Change(
        criterion.id,
        criterion.title,
        criterion.authority,
        old,
        new,
        kind,
        None if kind in ("unchanged", "not_comparable") else _seen(holder, criterion.id),
    )


def _seen(subject: Subject, criterion: str) -> Seen | None:
    finding = next(one for one in subject.assessment.findings if one.criterion == criterion)
    return next(iter(seen_of(finding.evidence, counted=True)), None)


def change_kind(before: Value, after: Value) -> ChangeKind:
    """How a value changed; nothing follows where one of the two does not apply."""
    if before == after:
        return "unchanged"
    if "na" in (before, after):
        return "not_comparable"
    old, new = _rank(before), _rank(after)
    if new > old:
        return "gained" if old == 0 else "deeper"
    return "lost" if new == 0 else "shallower"


def _rank(value: Value) -> int:
    return _RANKS[value] if isinstance(value, str) else int(value)
