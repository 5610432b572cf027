"""Whose statements report more than the year before, and whose report less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from sqlite_utils import Database

from assess.compare.stats import Share, share
from assess.report.data import DocumentLink
from assess.report.words import cut

CHANGED: Final = 10.0
"""Points of substance. A smaller difference may come of one sentence in other words."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two statements."""

    year: int
    substance: float
    compliance: float | None
    document: DocumentLink


@dataclass(frozen=True, slots=True)
class Change:
    """Two consecutive assessed statements of an organisation, or of several that share both."""

    label: str
    """As the later statement is called."""
    earlier: Side
    later: Side

    @property
    def points(self) -> float:
        """Of substance, later less earlier."""
        return self.later.substance - self.earlier.substance


@dataclass(frozen=True, slots=True)
class Changes:
    """All pairs; those that changed come with the greatest change first."""

    pairs: int
    more: tuple[Change, ...]
    """Up by ``CHANGED`` or more."""
    less: tuple[Change, ...]

    @property
    def more_share(self) -> Share:
        """Of all pairs."""
        return share(len(self.more), self.pairs)

    @property
    def less_share(self) -> Share:
        """Of all pairs."""
        return share(len(self.less), self.pairs)


class _Row(NamedTuple):
    organisation: int
    statement: int
    year: int
    sha256: str
    compliance: float | None
    substance: float
    label: str
    name: str
    kept_as: str
    media_type: str


# Both by the rubric that the newest assessment was made by.
_STATEMENTS: Final = """
    SELECT own.organisation_id, own.statement_id, own.year, own.document_sha256, own.compliance,
        own.substance, names.label,
        (SELECT min(name) FROM document_sources AS sources
            WHERE sources.document_sha256 = own.document_sha256), kept_as, media_type
    FROM organisation_statements AS own
    JOIN statement_names AS names ON names.statement_id = own.statement_id
    JOIN documents ON documents.sha256 = own.document_sha256
    WHERE own.status = 'assessed' AND own.statement_kind = 'statement' AND own.substance IS NOT NULL
        AND own.assessment_id IN (SELECT id FROM current_assessments WHERE rubric = ?)
    ORDER BY own.organisation_id, own.year, own.end_date, own.statement_id"""


def read_changes(db: Database, rubric: str | None) -> Changes:
    """Each organisation's last two years with an assessed statement, of two documents."""
    rows = map(_Row._make, db.execute(_STATEMENTS, [rubric]))
    known: set[tuple[int, int]] = set()
    found: list[Change] = []
    for _, own in groupby(rows, key=lambda row: row.organisation):
        if pair := _last_two(list(own)):
            earlier, later = pair
            key = (earlier.statement, later.statement)
            if key not in known and abs(later.substance - earlier.substance) >= CHANGED:
                found.append(Change(cut(later.label), _side(earlier), _side(later)))
            known.add(key)
    return Changes(
        len(known),
        _sorted(one for one in found if one.points > 0),
        _sorted(one for one in found if one.points < 0),
    )


def _last_two(rows: Sequence[_Row]) -> tuple[_Row, _Row] | None:
    """Of several statements of one year the newest counts."""
    of_year = list({row.year: row for row in rows}.values())
    pairs = [(a, b) for a, b in pairwise(of_year) if a.sha256 != b.sha256]
    return pairs[-1] if pairs else None


def _side(row: _Row) -> Side:
    link = DocumentLink(cut(row.name), row.kept_as, row.media_type)
    return Side(row.year, row.substance, row.compliance, link)


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda one: (-abs(one.points), one.label, one.later.year)))
