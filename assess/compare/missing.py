"""Which organisations of a list have no statement in the registry for a year.

Absence is said of the registry as far as it was read, never of the organisation: a wrong match
would hide a missing statement or invent one, so what is not certain is for a person to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from rapidfuzz import fuzz, process
from sqlite_utils import Database

from assess.scrape.company_numbers import company_number
from assess.scrape.doors import target_url
from assess.scrape.lists import Listed
from assess.scrape.names import (
    ACCEPT,
    MARGIN,
    MIN_FUZZY_CHARACTERS,
    REVIEW,
    legal_form,
    likeness,
    name_key,
    squash,
)

State = Literal["found", "doubtful", "missing"]
Method = Literal["company_number", "name_exact", "name_fuzzy", ""]

# Names compared with all others at a time: 24,000 others make a table of 6 MB.
_AT_A_TIME: Final = 256
_OTHER_FORM: Final = 0.9
_OTHER_NUMBER: Final = 0.8
_SEVERAL: Final = 0.5
_OTHER_NAME: Final = 0.5
_UNCERTAIN: Final = "kept, but not surely of this statement"
# Names of one number are alike to this degree, of 100, or one of them is new or a slip.
_SAME_NUMBER: Final = 60.0


@dataclass(frozen=True, slots=True)
class Held:
    """A statement of the registry."""

    year: int
    withdrawn: bool
    document: str
    """``kept``, the reason why not, `_UNCERTAIN`, or ``not fetched``."""


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the registry, former names included."""

    id: int
    name: str
    """The current one."""
    number: str
    names: tuple[str, ...]
    statements: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found for one organisation of the list."""

    organisation: str
    company_number: str
    state: State
    matched: str
    """The registry's organisation, or empty."""
    method: Method
    quality: float
    """0 to 1, of the match."""
    other_years: tuple[int, ...]
    """Years of its statements other than the one asked for."""
    document: str
    """Of a statement found: ``kept``, why not, or ``not fetched``."""
    tried: str
    """What was looked for, in words."""


@dataclass(frozen=True, slots=True)
class Match:
    """The registry's organisation that a listed one is, or may be."""

    known: Known | None
    method: Method = ""
    quality: float = 0.0
    sure: bool = False
    tried: str = ""
    rivals: tuple[Known, ...] = ()
    """Others that it may be as well."""


def read_known(db: Database) -> tuple[Known, ...]:
    """The registry's organisations with their statements."""
    names: dict[int, list[str]] = defaultdict(list)
    for number, name in db.execute(
        "SELECT coalesce(same_as, id), organisation_names.name FROM organisations"
        " JOIN organisation_names ON organisation_id = id ORDER BY 1, 2"
    ):
        names[number].append(name)
    statements: dict[int, dict[int, Held]] = defaultdict(dict)
    visited = _visited(db)
    for number, key, year, withdrawn, kept, url, pdf in db.execute(_STATEMENTS):
        document = "kept" if kept else visited.get(target_url(url, pdf), "not fetched")
        statements[number][key] = Held(year, bool(withdrawn), document)
    return tuple(
        Known(number, name, written or "", tuple(names[number]), tuple(statements[number].values()))
        for number, name, written in db.execute(
            "SELECT id, name, company_number FROM organisations WHERE same_as IS NULL ORDER BY id"
        )
    )


_STATEMENTS: Final = """
    SELECT DISTINCT coalesce(same_as, organisations.id), statements.id, year,
        withdrawn_at IS NOT NULL,
        EXISTS (SELECT 1 FROM statement_documents AS links
            WHERE links.statement_id = statements.id AND links.state = 'accepted'),
        statement_url, pdf_url
    FROM statements JOIN statement_organisations ON statement_id = statements.id
    JOIN organisations ON organisations.id = organisation_id
    ORDER BY 1, 2"""


def _visited(db: Database) -> dict[str, str]:
    """By address, what came of visiting it."""
    rows = db.execute("SELECT url, reason FROM targets ORDER BY door = 'statements', id")
    return {url: reason or _UNCERTAIN for url, reason in rows}


def year_is_complete(db: Database, year: int) -> bool:
    """Whether a complete registry file of the year was read."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM statements JOIN registry_files"
        " ON registry_files.id = registry_file_id WHERE complete AND year = ?)",
        [year],
    ).fetchone()
    return bool(row[0])


def find_missing(
    known: Sequence[Known],
    listed: Sequence[Listed],
    year: int,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[Result, ...]:
    """What was found for each listed organisation, in the list's order."""
    register = _Register(known)
    exact = [register.exact(one) for one in listed]
    open_ones = [place for place, match in enumerate(exact) if match.known is None]
    keys = [name_key(listed[place].organisation) for place in open_ones]
    matches = list(exact)
    near = register.near(keys)
    for done, (place, candidates) in enumerate(zip(open_ones, near, strict=True), 1):
        matches[place] = register.like(listed[place], candidates, exact[place].tried)
        progress(done, len(open_ones))
    return tuple(_result(one, match, year) for one, match in zip(listed, matches, strict=True))


def _result(listed: Listed, match: Match, year: int) -> Result:
    known = _likeliest(match, year)
    held = known.statements if known else ()
    of_year = [one for one in held if one.year == year]
    present = [one for one in of_year if not one.withdrawn]
    state: State = "missing"
    if present:
        state = "found" if match.sure else "doubtful"
    tried = match.tried
    if of_year and not present:
        tried += f"; its statement for {year} was withdrawn from the registry"
    return Result(
        organisation=listed.organisation,
        company_number=listed.company_number,
        state=state,
        matched=known.name if known else "",
        method=match.method,
        quality=round(match.quality, 3),
        other_years=tuple(sorted({one.year for one in held if one.year != year})),
        document=_document(present),
        tried=tried,
    )


def _likeliest(match: Match, year: int) -> Known | None:
    """Of several that it may be, one with a statement: that one has none must be certain."""
    for one in (match.known, *match.rivals):
        if one and any(held.year == year and not held.withdrawn for held in one.statements):
            return one
    return match.known


def _document(present: Sequence[Held]) -> str:
    documents = [one.document for one in present]
    return "kept" if "kept" in documents else documents[0] if documents else ""


def _numbered(listed: Listed, known: Known) -> Match:
    """By its number; doubtful where no name is alike: a slip of the pen is likelier."""
    key = name_key(listed.organisation)
    tried = f"number {known.number}"
    alike = [likeness(key, name_key(name)).score for name in known.names] if key else [100.0]
    if max(alike) >= _SAME_NUMBER:
        return Match(known, "company_number", 1.0, True, tried)
    why = f"{tried}: of {known.name}, another name"
    return Match(known, "company_number", _OTHER_NAME, False, why)


@dataclass(frozen=True)
class _Register:
    known: Sequence[Known]

    @cached_property
    def by_number(self) -> Mapping[str, Known]:
        return {one.number: one for one in self.known if one.number}

    @cached_property
    def by_key(self) -> Mapping[str, tuple[tuple[Known, str], ...]]:
        """Organisations, each with the name that has the key."""
        found: dict[str, dict[int, tuple[Known, str]]] = defaultdict(dict)
        for one in self.known:
            for name in one.names:
                if key := squash(name_key(name)):
                    found[key].setdefault(one.id, (one, name))
        return {key: tuple(of_key.values()) for key, of_key in found.items()}

    @cached_property
    def keys(self) -> list[str]:
        return sorted({key for one in self.known for name in one.names if (key := name_key(name))})

    def exact(self, listed: Listed) -> Match:
        """By number, else by the same normalised name."""
        written = listed.company_number
        number = company_number(written) if written else None
        if number and number in self.by_number:
            return _numbered(listed, self.by_number[number])
        tried = f"number {number}: not in the registry" if number else ""
        if written and not number:
            tried = f"{written[:20]!r} is no company number"
        key = squash(name_key(listed.organisation))
        found = self.by_key.get(key, ()) if key else ()
        if not found:
            return Match(None, tried=tried)
        return self._named(listed, number, found, tried)

    def _named(
        self, listed: Listed, number: str | None, found: tuple[tuple[Known, str], ...], tried: str
    ) -> Match:
        """One of the organisations of that name; certain only if nothing speaks against it."""
        form = legal_form(listed.organisation)
        of_form = [(one, name) for one, name in found if form and legal_form(name) == form] or found
        one, name = of_form[0]
        tried = f"{tried}; name {name}".removeprefix("; ")
        if len(of_form) > 1:
            others = tuple(other for other, _ in of_form[1:])
            why = f"{tried}: several have it"
            return Match(one, "name_exact", _SEVERAL, False, why, others)
        if number and one.number and number != one.number:
            why = f"{tried}: has another number, {one.number}"
            return Match(one, "name_exact", _OTHER_NUMBER, False, why)
        other = legal_form(name)
        if form and other and form != other:
            return Match(one, "name_exact", _OTHER_FORM, False, f"{tried}: of another legal form")
        return Match(one, "name_exact", 1.0, True, tried)

    def near(self, keys: Sequence[str]) -> Iterator[list[tuple[str, float]]]:
        """For each key the registry's keys of like spelling, the likest first."""
        choices = self.keys
        words = [" ".join(sorted(key.split())) for key in choices]
        for begin in range(0, len(keys), _AT_A_TIME):
            queries = [" ".join(sorted(key.split())) for key in keys[begin : begin + _AT_A_TIME]]
            if not choices:
                yield from ([] for _ in queries)
                continue
            scores = process.cdist(
                queries, words, scorer=fuzz.ratio, score_cutoff=REVIEW, dtype=np.float32, workers=-1
            )
            for row in scores:
                places = np.flatnonzero(row)
                ranked = sorted(places, key=lambda place: (-row[place], choices[place]))
                yield [(choices[place], float(row[place])) for place in ranked]

    def like(self, listed: Listed, near: Sequence[tuple[str, float]], tried: str) -> Match:
        """The organisation of the likest name; certain only as `names.likeness` has it."""
        key = name_key(listed.organisation)
        if not near or not key:
            told = f"{tried}; no name in the registry is like it".removeprefix("; ")
            return Match(None, tried=told)
        best, score = near[0]
        rivals = [name for name, other in near if score - other < MARGIN]
        found = self.by_key[squash(best)]
        one, name = found[0]
        form, other_form = legal_form(listed.organisation), legal_form(name)
        number = company_number(listed.company_number) if listed.company_number else None
        sure = (
            score >= ACCEPT
            and len(rivals) == len(found) == 1
            and min(len(squash(best)), len(squash(key))) >= MIN_FUZZY_CHARACTERS
            and not likeness(key, best).distinct
            and not (form and other_form and form != other_form)
            and not (number and one.number and number != one.number)
        )
        told = f"{tried}; likest name {name} ({score:.0f} of 100)".removeprefix("; ")
        others = tuple(other for key in rivals for other, _ in self.by_key[squash(key)])
        return Match(one, "name_fuzzy", score / 100, sure, told, () if sure else others)
