"""The registry as an index to match documents against, and the choice among its statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from sqlite_utils import Database

from assess.scrape.clues import TextClues
from assess.scrape.names import legal_form, squash
from assess.scrape.urls import is_home_page, url_key

# What speaks for one statement rather than another of the same organisation. A signatory is one
# in hundreds; a date one in dozens, and last year's is often mentioned too; so the signatory
# outweighs any one date, and two dates outweigh the signatory, who may serve for years.
_SIGNATORY: Final = 3
_DATE: Final = 2
_MENTION: Final = 1
# One year's statement must lead another's by a date; a mention alone is often of last year.
YEAR_MARGIN: Final = _DATE

_TITLE = re.compile(r"\s*[(,].*", re.S)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registry statement, as far as matching needs it."""

    id: int
    year: int
    start: date | None
    end: date | None
    approved: date | None
    signatory: str
    urls: frozenset[str]
    organisations: int
    """How many it covers."""

    @property
    def years(self) -> frozenset[int]:
        """Every year that people may call it by."""
        days = (self.start, self.end, self.approved)
        return frozenset({self.year, *(day.year for day in days if day)})

    def points(self, text: TextClues, spans: Iterable[tuple[int, int]]) -> int:
        """How much a document's text and the years in its name speak for this statement."""
        points = _SIGNATORY * text.names(self.signatory)
        points += _DATE * (self.end in text.days) + _DATE * (self.approved in text.days)
        if self.end and self.end.year in text.year_ends:
            points += _DATE if text.year_ends[0] == self.end.year else _MENTION
        return points + max((self._span_points(*span) for span in spans), default=0)

    def _span_points(self, first: int, last: int) -> int:
        ends = {day.year for day in (self.end, self.approved) if day} | {self.year}
        if first != last:
            whole = self.start and self.end and (self.start.year, self.end.year) == (first, last)
            return _SIGNATORY if whole else _MENTION * (last in ends)
        return _DATE * (first in ends)


@dataclass(frozen=True, slots=True)
class Registered:
    """An organisation and its statements."""

    id: int
    name: str
    key: str
    statements: frozenset[int]


@dataclass(frozen=True)
class Register:
    """All statements and organisations of the workspace, by what documents may name them by."""

    statements: Mapping[int, Candidate]
    organisations: tuple[Registered, ...]
    by_number: Mapping[str, Registered]
    by_url: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Registered, ...]]:
        """Organisations by squashed key."""
        found: dict[str, tuple[Registered, ...]] = {}
        for organisation in self.organisations:
            key = squash(organisation.key)
            found[key] = (*found.get(key, ()), organisation)
        return found

    @cached_property
    def by_signatory(self) -> Mapping[str, frozenset[int]]:
        """Statements by the person who signed them."""
        found: dict[str, set[int]] = {}
        for candidate in self.statements.values():
            found.setdefault(candidate.signatory.casefold(), set()).add(candidate.id)
        return {person: frozenset(statements) for person, statements in found.items()}

    @cached_property
    def squashed_keys(self) -> frozenset[str]:
        """All squashed keys."""
        return frozenset(self.by_key)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All keys, sorted."""
        return tuple(sorted({organisation.key for organisation in self.organisations}))

    def named(self, key: str, form: str = "") -> tuple[Registered, ...]:
        """Organisations of that key; of several, those of that legal form if there are any."""
        found = self.by_key.get(squash(key), ())
        same_form = tuple(o for o in found if form and legal_form(o.name) == form)
        return same_form or found


# Each organisation under its name, then under its former ones; one that is another under its.
_NAMES: Final = """
    SELECT id, name, name_key, company_number FROM (
        SELECT coalesce(same_as, id) AS id, organisation_names.name, organisation_names.name_key,
            company_number, organisation_names.name <> organisations.name AS former
        FROM organisations JOIN organisation_names ON organisation_id = organisations.id)
    ORDER BY id, former, name"""


def read_register(db: Database) -> Register:
    """Read the index from the workspace."""
    covered: dict[int, set[int]] = {}
    sizes: dict[int, int] = {}
    for statement, organisation in db.execute(
        "SELECT DISTINCT statement_id, coalesce(same_as, organisations.id)"
        " FROM statement_organisations JOIN organisations ON organisations.id = organisation_id"
    ):
        covered.setdefault(organisation, set()).add(statement)
        sizes[statement] = sizes.get(statement, 0) + 1
    candidates = _candidates(db, sizes)
    by_url: dict[str, set[int]] = {}
    for candidate in candidates.values():
        for url in candidate.urls:
            by_url.setdefault(url, set()).add(candidate.id)
    organisations: list[Registered] = []
    by_number: dict[str, Registered] = {}
    for number, name, key, registered in db.execute(_NAMES):
        if key and number in covered:
            organisation = Registered(number, name, key, frozenset(covered[number]))
            organisations.append(organisation)
            if registered:
                by_number.setdefault(registered, organisation)
    return Register(
        statements=candidates,
        organisations=tuple(organisations),
        by_number=by_number,
        by_url={url: frozenset(found) for url, found in by_url.items()},
    )


def _candidates(db: Database, sizes: Mapping[int, int]) -> dict[int, Candidate]:
    rows = db.execute(
        "SELECT id, year, start_date, end_date, date_approved, approving_person, statement_url,"
        " pdf_url FROM statements"
    )
    return {
        number: Candidate(
            id=number,
            year=year,
            start=_day(start),
            end=_day(end),
            approved=_day(approved),
            signatory=_TITLE.sub("", person or ""),
            urls=frozenset(key for key in (_key(page), _key(pdf)) if key),
            organisations=sizes.get(number, 0),
        )
        for number, year, start, end, approved, person, page, pdf in rows
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _key(url: str | None) -> str | None:
    return url_key(url) if url else None


def same_page(one: Candidate, other: Candidate) -> bool:
    """Whether two statements of one year were declared at the same address."""
    shared = one.urls & other.urls
    return one.year == other.year and any(not is_home_page(url) for url in shared)
