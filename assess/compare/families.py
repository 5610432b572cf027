"""Which organisations belong together, so that what they share is not called copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from sqlite_utils import Database

from assess.scrape.names import fold_words, name_key
from assess.scrape.urls import is_file_store, site_of, url_key

Relation = Literal["same_organisation", "same_group", "different", "unknown"]

# What people write where a parent is asked for and there is none.
_NO_PARENT: Final = frozenset({"", "n a", "na", "none", "no", "nil", "not applicable", "tbc"})
# Words of a town and its postcode.
_TOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Family:
    """Organisations that belong together as far as the registry tells."""

    id: int
    """The smallest id of its organisations."""
    because: str
    """What links this organisation to it: ``one statement``, ``one document``, ``parent``,
    ``one website`` or ``one address``."""


@dataclass(frozen=True, slots=True)
class Owners:
    """The organisations whose statement a document is."""

    organisations: frozenset[int]
    families: frozenset[int]

    def relation(self, other: Owners) -> Relation:
        """How two documents' owners are related; unknown where one has no registry row."""
        if not self.organisations or not other.organisations:
            return "unknown"
        if self.organisations & other.organisations:
            return "same_organisation"
        return "same_group" if self.families & other.families else "different"


NOBODY: Final = Owners(frozenset(), frozenset())


def families(db: Database) -> dict[int, Family]:
    """The family of each organisation that has others in it.

    Organisations are one family if a statement covers both, if one document is the statement of
    both, if one is named as the other's parent or both name the same parent, if their statements
    lie on one website, or if they have one address. What is not a group may be taken for one so
    (tenants of one address); better than to call a group's own text copied.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = [
        *_by_statement(db),
        *_by_document(db),
        *_by_parent(db),
        *_by_website(db),
        *_by_address(db),
    ]
    numbers = sorted({one for a, b, _ in links for one in (a, b)})
    place = {number: at for at, number in enumerate(numbers)}
    rows = [place[a] for a, _, _ in links]
    columns = [place[b] for _, b, _ in links]
    size = len(numbers)
    graph = coo_array((np.ones(len(links)), (rows, columns)), shape=(size, size))
    label = [int(one) for one in connected_components(graph, directed=False)[1]] if links else []
    first: dict[int, int] = {}
    for number, family in zip(numbers, label, strict=True):
        first.setdefault(family, number)
    because: dict[int, str] = {}
    for a, b, why in links:
        because.setdefault(a, why)
        because.setdefault(b, why)
    return {
        number: Family(first[family], because[number])
        for number, family in zip(numbers, label, strict=True)
    }


def document_owners(db: Database, known: Mapping[int, Family]) -> dict[str, Owners]:
    """By document hash, its owners; documents without a registry row are left out."""
    found: dict[str, set[int]] = defaultdict(set)
    for sha256, organisation in db.execute(_DOCUMENTS):
        found[sha256].add(organisation)
    return {
        sha256: Owners(
            frozenset(ids),
            frozenset(known[one].id if one in known else one for one in ids),
        )
        for sha256, ids in found.items()
    }


Link = tuple[int, int, str]

_COVERED: Final = """
    SELECT DISTINCT statement_id, coalesce(same_as, organisations.id)
    FROM statement_organisations JOIN organisations ON organisations.id = organisation_id
    ORDER BY 1, 2"""

# Also of withdrawn statements: the text stays theirs, and what links them stays known.
_DOCUMENTS: Final = """
    SELECT DISTINCT document_sha256, coalesce(same_as, organisations.id)
    FROM statement_documents AS links
    JOIN statement_organisations AS owners ON owners.statement_id = links.statement_id
    JOIN organisations ON organisations.id = organisation_id
    WHERE links.state = 'accepted' ORDER BY 1, 2"""

_PARENTS: Final = """
    SELECT DISTINCT coalesce(same_as, organisations.id), parent_name
    FROM statement_organisations JOIN statements ON statements.id = statement_id
    JOIN organisations ON organisations.id = organisation_id
    WHERE parent_name IS NOT NULL ORDER BY 1, 2"""

_NAMES: Final = """
    SELECT organisation_names.name_key, coalesce(same_as, id)
    FROM organisation_names JOIN organisations ON id = organisation_id ORDER BY 1, 2"""


def _by_statement(db: Database) -> Iterator[Link]:
    yield from _linked(db.execute(_COVERED), "one statement")


def _by_document(db: Database) -> Iterator[Link]:
    yield from _linked(db.execute(_DOCUMENTS), "one document")


def _by_parent(db: Database) -> Iterator[Link]:
    of_name: dict[str, int] = {}
    for key, number in db.execute(_NAMES):
        of_name.setdefault(key, number)
    children: dict[str, list[int]] = defaultdict(list)
    for number, parent in db.execute(_PARENTS):
        key = name_key(parent)
        if key not in _NO_PARENT:
            children[key].append(number)
    rows = (
        (key, number)
        for key, numbers in sorted(children.items())
        for number in ([of_name[key], *numbers] if key in of_name else numbers)
    )
    yield from _linked(rows, "parent")


_WEBSITES: Final = """
    SELECT statement_url, min(coalesce(same_as, organisations.id))
    FROM statements JOIN statement_organisations ON statement_id = statements.id
    JOIN organisations ON organisations.id = organisation_id
    WHERE statement_url IS NOT NULL GROUP BY statements.id"""
# A group seldom has statements of more members (of each statement one, the others are linked to it)
# on one site, or so many at one address: a site of more is a platform, an address of more an office
# that companies are registered at.
_MOST_OF_A_PLACE: Final = 50


def _by_website(db: Database) -> Iterator[Link]:
    yield from _of_one_place(
        ((_own_site(url), number) for url, number in db.execute(_WEBSITES)), "one website"
    )


def _by_address(db: Database) -> Iterator[Link]:
    rows = db.execute(
        "SELECT address, coalesce(same_as, id) FROM organisations WHERE address IS NOT NULL"
    )
    yield from _of_one_place(
        ((_own_address(address), number) for address, number in rows), "one address"
    )


def _of_one_place(rows: Iterable[tuple[str | None, int]], because: str) -> Iterator[Link]:
    at: dict[str, set[int]] = defaultdict(set)
    for place, number in rows:
        if place:
            at[place].add(number)
    for place, numbers in sorted(at.items()):
        if len(numbers) <= _MOST_OF_A_PLACE:
            yield from _linked([(place, number) for number in sorted(numbers)], because)


def _own_site(url: str) -> str | None:
    """The site of an address, which may lack its scheme; None where everybody's files lie."""
    key = url_key(url)
    site = site_of(f"https://{key}") if key else ""
    return None if not site or is_file_store(site) or is_file_store(f"www.{site}") else site


def _own_address(address: str) -> str | None:
    """An address as words; None where it names only a town."""
    words = fold_words(address)
    return " ".join(words) if len(words) > _TOWN and any(map(str.isdigit, address)) else None


def _linked(rows: Iterable[tuple[object, int]], because: str) -> Iterator[Link]:
    """Links between neighbours with the same key; rows are ordered by it."""
    for (key, number), (other, following) in pairwise(rows):
        if key == other and number != following:
            yield number, following, because
