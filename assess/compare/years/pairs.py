"""Which statement follows which: those that one reporter made for one organisation."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from sqlite_utils import Database

from assess.extract.limits import MIXED_SCAN, OCR_FAILED
from assess.scrape.names import name_key

# Quality flags of a text of which a part is missing or hard to read.
_PARTLY_READ: Final = (MIXED_SCAN, OCR_FAILED, "pages_capped", "ocr_capped", "words_run_together")


@dataclass(frozen=True, slots=True)
class Link:
    """One organisation whose consecutive statements are a pair."""

    organisation: int
    earlier: int
    later: int
    """Ids of the statements."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that stand for consecutive statements."""

    earlier: str
    later: str
    """SHA-256 of the documents."""
    earlier_end: date | None
    later_end: date | None
    """Of their periods, as the registry gives them; of a group's members the first."""
    is_next: bool
    """Whether no year is between them, and the later text was read whole."""
    links: tuple[Link, ...]


class _Row(NamedTuple):
    organisation: int
    year: int
    statement: int
    end: str | None
    document: str
    is_group: int | None
    parent: str | None
    name: str


_STATEMENTS: Final = """
    SELECT organisation_id, own.year, statement_id, own.end_date, document_sha256,
        group_submission, parent_name, organisations.name
    FROM organisation_statements AS own
    JOIN statements ON statements.id = statement_id
    JOIN organisations ON organisations.id = organisation_id
    WHERE status = 'assessed' AND statement_kind = 'statement'
    ORDER BY organisation_id, own.year, own.end_date, document_sha256, statement_id"""

_FLAGGED: Final = """
    SELECT DISTINCT document_sha256 FROM texts, json_each(flags)
    WHERE value IN (SELECT value FROM json_each(:flags))"""


def year_pairs(db: Database) -> list[Pair]:
    """All pairs by their documents; the organisations of a group share one."""
    partly = {sha256 for (sha256,) in db.execute(_FLAGGED, {"flags": json.dumps(_PARTLY_READ)})}
    found: dict[tuple[str, str], list[tuple[_Row, _Row]]] = defaultdict(list)
    for series in _series(db):
        for earlier, later in pairwise(series):
            found[earlier.document, later.document].append((earlier, later))
    return [_pair(found[key], is_whole=key[1] not in partly) for key in sorted(found)]


def _series(db: Database) -> Iterator[list[_Row]]:
    """Statements of one organisation by one reporter, a year each.

    What an organisation says itself and what its group says for it are two series. In a year with
    several documents of a series nothing tells which follows which: it is left out.
    """
    years: dict[tuple[int, str], dict[int, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for columns in db.execute(_STATEMENTS):
        row = _Row(*columns)
        years[row.organisation, _reporter(row)][row.year].append(row)
    for by_year in years.values():
        yield list(_single(by_year))


def _reporter(row: _Row) -> str:
    return name_key(row.parent if row.is_group and row.parent else row.name)


def _single(by_year: Mapping[int, list[_Row]]) -> Iterator[_Row]:
    for _, rows in sorted(by_year.items()):
        if len({row.document for row in rows}) == 1:
            yield rows[-1]


def _pair(links: list[tuple[_Row, _Row]], *, is_whole: bool) -> Pair:
    first, second = links[0]
    return Pair(
        first.document,
        second.document,
        _first_end(earlier for earlier, _ in links),
        _first_end(later for _, later in links),
        is_whole and all(later.year - earlier.year == 1 for earlier, later in links),
        tuple(
            Link(earlier.organisation, earlier.statement, later.statement)
            for earlier, later in links
        ),
    )


def _first_end(rows: Iterable[_Row]) -> date | None:
    """Of a group's members the one whose period ends first: the others have more time."""
    ends = [row.end for row in rows]
    # One that is not known may be the first.
    return min(date.fromisoformat(end) for end in ends if end) if all(ends) else None
