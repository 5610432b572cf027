"""What collecting has brought, as tables that a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlite_utils import Database

from assess.report.words import shown
from assess.scrape.fetch.reasons import REASONS, Reason

_UNKNOWN: Final = Reason("not known to this version", "upgrade assess")
_KEPT_BEFORE: Final = "the document of an earlier visit is kept"
# The longest advice has 77 characters; an address may have thousands.
_WIDEST: Final = 80


@dataclass(frozen=True, slots=True)
class Count:
    """Targets of one door with one outcome."""

    command: str
    outcome: str
    targets: int
    why: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A target whose last visit brought no document."""

    organisation: str
    url: str
    reason: str
    detail: str
    decided_at: str
    what_to_do: str


def summary(db: Database) -> list[Count]:
    """Targets counted by door, outcome and reason; the most frequent first."""
    return [
        Count(door, outcome, number, *_explained(reason))
        for door, outcome, reason, number in db.execute(
            "SELECT door, outcome, reason, targets FROM collecting_status"
            " ORDER BY door, outcome = 'failed', outcome, targets DESC, reason"
        )
    ]


def failures(db: Database) -> list[Failed]:
    """Each target whose last visit failed, with the organisation where it is known."""
    rows = db.execute(
        "SELECT coalesce(nullif(organisation, ''), (SELECT label FROM statements JOIN"
        " statement_names ON statement_id = statements.id WHERE statement_url = targets.url"
        " ORDER BY year DESC LIMIT 1), ''), url, reason, CASE WHEN EXISTS (SELECT 1 FROM"
        " target_documents WHERE target_id = targets.id) THEN trim(detail || ? , '; ') ELSE detail"
        " END, decided_at FROM targets"
        " WHERE outcome <> 'kept' ORDER BY reason, 1, url",
        [f"; {_KEPT_BEFORE}"],
    )
    return [
        Failed(who, url, reason, detail, at, _explained(reason)[1])
        for who, url, reason, detail, at in rows
    ]


def table(rows: Sequence[Any]) -> str:
    """Rows of one kind in columns under their names; long cells are cut."""
    if not rows:
        return "nothing to show"
    names = [field.name for field in fields(rows[0])]
    cells = [[name.replace("_", " ") for name in names]]
    cells += [[_cell(getattr(row, name)) for name in names] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cell(value: object) -> str:
    text = f"{value:,}" if isinstance(value, int) else " ".join(shown(str(value)).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _explained(reason: str) -> tuple[str, str]:
    if not reason:
        return "", ""
    found = REASONS.get(reason, _UNKNOWN)
    return f"{reason}: {found.meaning}", found.advice
