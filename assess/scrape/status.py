"""What collecting has brought, in lines that a person can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlite_utils import Database

from assess.report.words import shown
from assess.scrape.fetch.reasons import REASONS, Reason
from assess.store.rows import Rows

_UNKNOWN: Final = Reason("not known to this version", "upgrade assess")
_KEPT_BEFORE: Final = "the document of an earlier visit is kept"
_OUTCOMES: Final = {"kept": "kept", "failed": "failed", "postponed": "left for another run"}


@dataclass(frozen=True, slots=True)
class Count:
    """Targets of one door with one outcome."""

    command: str
    outcome: str
    targets: int
    reason: str
    """Code, or empty of what was kept."""
    meaning: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A target whose last visit brought no document."""

    organisation: str
    url: str
    reason: str
    meaning: str
    detail: str
    decided_at: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Judged:
    """How a home page's link to the statement was judged."""

    organisation: str
    value: str
    """``met``, ``partial`` or ``absent``."""
    reason: str
    link_text: str
    link_url: str
    place: str
    page_url: str
    visited_at: str


def judgements(db: Database) -> Sequence[Judged]:
    """Each home page that was judged, by value."""
    return Rows(
        db,
        "SELECT label, value, reason, link_text, link_url, place, page_url, visited_at"
        " FROM homepage_links JOIN target_names USING (target_id)"
        " ORDER BY value, 1, page_url",
        Judged,
    )


def judgement_lines(judged: Sequence[Judged]) -> Iterator[str]:
    """Each value with its number, and under it the home pages and why."""
    if not judged:
        yield "no home page was judged"
    numbers = Counter(one.value for one in judged)
    for value, group in groupby(judged, key=lambda one: one.value):
        yield f"{value}: {numbers[value]:,}"
        for one in group:
            parts = (one.organisation, one.page_url, one.reason, one.visited_at[:10])
            yield "  " + "  ".join(_line(part) for part in parts if part)


def summary(db: Database) -> list[Count]:
    """Targets counted by door, outcome and reason; the most frequent first."""
    return [
        Count(door, outcome, number, reason, *_explained(reason))
        for door, outcome, reason, number in db.execute(
            "SELECT door, outcome, reason, targets FROM collecting_status"
            " ORDER BY door, outcome = 'failed', outcome, targets DESC, reason"
        )
    ]


def failures(db: Database) -> Sequence[Failed]:
    """Each target whose last visit failed, with the organisation where it is known."""
    return Rows(
        db,
        "SELECT label, url, reason, CASE WHEN EXISTS (SELECT 1 FROM target_documents"
        " WHERE target_documents.target_id = targets.id) THEN trim(detail || :kept, '; ')"
        " ELSE detail END, decided_at FROM targets JOIN target_names ON target_id = targets.id"
        " WHERE outcome <> 'kept' ORDER BY reason, 1, url",
        _failed,
        {"kept": f"; {_KEPT_BEFORE}"},
    )


def _failed(who: str, url: str, reason: str, detail: str, at: str) -> Failed:
    meaning, advice = _explained(reason)
    return Failed(who, url, reason, meaning, detail, at, advice)


def summary_lines(counts: Sequence[Count]) -> list[str]:
    """A command with its totals, and under it each reason with what it means and what to do."""
    lines = [] if counts else ["nothing collected yet"]
    for command, group in groupby(counts, key=lambda count: count.command):
        of_command = list(group)
        total = Counter[str]()
        for count in of_command:
            total[count.outcome] += count.targets
        told = ", ".join(f"{total[name]:,} {_OUTCOMES[name]}" for name in _OUTCOMES if total[name])
        lines.append(f"{command}: {sum(total.values()):,} addresses: {told}")
        for count in (count for count in of_command if count.reason):
            lines += [f"  {count.targets:7,}  {count.reason}: {count.meaning}"]
            lines += [f"           to do: {count.what_to_do}"]
    return lines


def failure_lines(failed: Sequence[Failed]) -> Iterator[str]:
    """Each reason with what to do, and under it the addresses."""
    if not failed:
        yield "no address that failed"
    for reason, group in groupby(failed, key=lambda one: one.reason):
        meaning, advice = _explained(reason)
        yield f"{reason}: {meaning}; to do: {advice}"
        for one in group:
            parts = (one.organisation, one.url, one.detail, one.decided_at[:10])
            yield "  " + "  ".join(_line(part) for part in parts if part)


def _line(text: str) -> str:
    """As one line that no terminal takes for a command."""
    return " ".join(shown(text).split())


def _explained(reason: str) -> tuple[str, str]:
    if not reason:
        return "", ""
    found = REASONS.get(reason, _UNKNOWN)
    return found.meaning, found.advice
