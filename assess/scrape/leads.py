"""The clues of a document that lead to registry statements, from the surest to the weakest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from assess.records import MatchMethod
from assess.scrape.clues import (
    Head,
    TextClues,
    file_numbers,
    file_years,
    opening_names,
    text_clues,
)
from assess.scrape.names import (
    ACCEPT,
    MARGIN,
    MIN_FUZZY_CHARACTERS,
    REVIEW,
    file_name_keys,
    legal_form,
    likeness,
    name_key,
    squash,
    title_keys,
)
from assess.scrape.register import Register, Registered
from assess.scrape.urls import is_home_page, url_key

# Points of `Candidate.points` that a lead needs before its statement is accepted.
SURE: Final = 0
# Found on the organisation's own site, and one of its statements: only the year must agree.
DATE_AGREES: Final = 2
# One word, or one name of two companies: the signatory must agree.
SIGNATORY_AGREES: Final = 3
# Anyone may be mentioned in a text: the signatory and a date must agree.
SIGNATORY_AND_DATE_AGREE: Final = 5
# Of like name, perhaps of the same group with the same signatory: for a person to decide.
NEVER: Final = 1_000

# Names that an opening may mention before it is a list of customers.
_MAX_MENTIONED: Final = 5
# Like names that are looked at; more would not change that the best is doubtful.
_MAX_LIKE: Final = 10
_TITLE_QUALITY: Final = 0.95
_TEXT_NUMBER_QUALITY: Final = 0.9
_MENTION_QUALITY: Final = 0.8
_LINKED_QUALITY: Final = 0.95
_FROM_HOME_QUALITY: Final = 0.9


@dataclass(frozen=True, slots=True)
class Lead:
    """Statements that a clue leads to."""

    method: MatchMethod
    quality: float
    statements: frozenset[int]
    matched_on: str
    floor: int
    """Points that a statement needs to be accepted."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The target on whose behalf a document was collected."""

    url: str
    organisation: str
    """As a list of sites names it, or empty."""
    registry: bool
    """Whether ``url`` is a registry row's."""
    linked: bool
    """Whether a link led on to it, from a list, or from the home page where ``url`` is gone; or it
    is an archive's newest capture."""
    moved: bool
    """Whether ``url`` leads to another domain's page now: that of a new owner, or of a group."""


@dataclass(frozen=True)
class Subject:
    """A document under one of its names."""

    name: str
    sources: tuple[str, ...]
    head: Head
    read_text: Callable[[], str] = field(repr=False)
    found_from: tuple[Origin, ...] = ()

    @cached_property
    def text(self) -> str:
        """The text, or ``""`` where it is not known yet."""
        return self.read_text()

    @cached_property
    def clues(self) -> TextClues:
        """What the text says."""
        return text_clues(self.text)

    @cached_property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Years in the name, as first and last."""
        return file_years(self.name)


def leads(subject: Subject, register: Register) -> Iterator[Lead]:
    """The leads of a document, surest first; weaker clues are read only when asked for."""
    for find in (
        _url,
        _found_from,
        _file_number,
        _file_name,
        _title,
        _text_number,
        _like_name,
        _opening,
    ):
        yield from (lead for lead in find(subject, register) if lead.statements)


def _url(subject: Subject, register: Register) -> Iterator[Lead]:
    moved = {origin.url for origin in subject.found_from if origin.moved}
    stayed = (source for source in subject.sources if source not in moved)
    sources = [url_key(s) for s in stayed if s.lower().startswith(("http:", "https:"))]
    for key in dict.fromkeys((*sources, *subject.head.urls)):
        if key and key in register.by_url:
            home = is_home_page(key)
            yield Lead(
                "url",
                _MENTION_QUALITY if home else 1.0,
                register.by_url[key],
                f"address {key}",
                SIGNATORY_AND_DATE_AGREE if home else SURE,
            )


def _found_from(subject: Subject, register: Register) -> Iterator[Lead]:
    """The registry's address that a link, a correction or an archive led on from; else the
    organisation whose site it was found on."""
    for origin in subject.found_from:
        key = url_key(origin.url)
        if key and origin.registry and key in register.by_url:
            home = is_home_page(key)
            yield Lead(
                "url",
                _FROM_HOME_QUALITY if home else _LINKED_QUALITY,
                register.by_url[key],
                f"found from {key}",
                _floor(origin, home=home),
            )
        found = register.named(name_key(origin.organisation), legal_form(origin.organisation))
        if found:
            yield Lead(
                "name_exact",
                _FROM_HOME_QUALITY,
                _statements(found),
                f"found on the site of {found[0].name}",
                DATE_AGREES if _one(found) else SIGNATORY_AGREES,
            )


def _floor(origin: Origin, *, home: bool) -> int:
    """What is there today, or was last, may be another year's; elsewhere, another company's too."""
    if origin.moved:
        return SIGNATORY_AND_DATE_AGREE
    return DATE_AGREES if home or origin.linked else SURE


def _file_number(subject: Subject, register: Register) -> Iterator[Lead]:
    numbers = [number for number in file_numbers(subject.name) if number in register.by_number]
    if len(numbers) == 1:
        statements = register.by_number[numbers[0]].statements
        yield Lead(
            "company_number", 1.0, statements, f"company number {numbers[0]} in file name", SURE
        )


def _file_name(subject: Subject, register: Register) -> Iterator[Lead]:
    for key in file_name_keys(subject.name):
        found = register.named(key, legal_form(subject.name.rpartition(".")[0] or subject.name))
        if found:
            floor = SURE if _one(found) else SIGNATORY_AGREES
            yield Lead("name_exact", 1.0, _statements(found), f"file name: {found[0].name}", floor)
            return


def _title(subject: Subject, register: Register) -> Iterator[Lead]:
    for title in subject.head.titles:
        key = next((key for key in title_keys(title) if register.named(key)), "")
        if not key:
            continue
        form = legal_form(title)
        found = register.named(key, form)
        sure = _one(found) and (form or " " in key)
        yield Lead(
            "name_exact",
            _TITLE_QUALITY,
            _statements(found),
            f"page title: {found[0].name}",
            SURE if sure else SIGNATORY_AGREES,
        )


def _text_number(subject: Subject, register: Register) -> Iterator[Lead]:
    """The publisher's number; a group's many numbers count where one statement covers them."""
    numbers = [n for n in subject.clues.numbers if n in register.by_number]
    covered = [register.by_number[number].statements for number in numbers]
    if covered:
        shared = frozenset.intersection(*covered) or frozenset.union(*covered)
        yield Lead(
            "company_number",
            _TEXT_NUMBER_QUALITY,
            shared,
            f"company number {numbers[0]} in text",
            SIGNATORY_AND_DATE_AGREE,
        )


def _like_name(subject: Subject, register: Register) -> Iterator[Lead]:
    """Names of like spelling; two that are about as near are both doubtful."""
    keys = file_name_keys(subject.name)
    if any(squash(key) in register.squashed_keys for key in keys):
        return
    for key in keys:
        if len(squash(key)) < MIN_FUZZY_CHARACTERS:
            continue
        near = process.extract(
            key,
            register.keys,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=REVIEW,
            limit=_MAX_LIKE,
        )
        if near:
            yield _like_lead(key, [(str(name), float(score)) for name, score, _ in near], register)
            return


def _like_lead(key: str, near: Sequence[tuple[str, float]], register: Register) -> Lead:
    best, score = near[0]
    rivals = [name for name, other in near if score - other < MARGIN]
    found = tuple(o for name in rivals for o in register.named(name))
    doubtful = (
        score < ACCEPT
        or len(rivals) > 1
        or len(squash(best)) < MIN_FUZZY_CHARACTERS
        or likeness(key, best).distinct
    )
    names = ", ".join(dict.fromkeys(organisation.name for organisation in found))
    return Lead(
        "name_fuzzy",
        score / 100,
        _statements(found),
        f"file name is like {names}",
        NEVER if doubtful else SURE,
    )


def _opening(subject: Subject, register: Register) -> Iterator[Lead]:
    keys = opening_names(subject.text, register.squashed_keys)
    found = tuple(o for key in keys[:_MAX_MENTIONED] for o in register.by_key[key])
    if found:
        yield Lead(
            "name_exact",
            _MENTION_QUALITY,
            _statements(found),
            f"named in the opening: {', '.join(o.name for o in found)}",
            SIGNATORY_AND_DATE_AGREE,
        )


def _one(organisations: Sequence[Registered]) -> bool:
    """Whether the organisations are one as far as statements go: each has the very same."""
    return len({organisation.statements for organisation in organisations}) == 1


def _statements(organisations: Sequence[Registered]) -> frozenset[int]:
    return frozenset().union(*(organisation.statements for organisation in organisations))
