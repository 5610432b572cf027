"""One organisation across years: by company number, else by normalised name and legal form.

A row without a number is the organisation of that name if there is exactly one. It is worked out
from all rows each time, so that the order in which files were read makes no difference. Two numbers
are two organisations, whatever their names; two legal forms too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from sqlite_utils import Database

from assess.scrape.names import legal_form, squash

_Key = tuple[str, str]
_NAMES: Final = """
    SELECT id, names.name, names.name_key
    FROM organisations JOIN organisation_names AS names ON organisation_id = id
    WHERE {} ORDER BY identity, names.name"""


def unite(db: Database) -> None:
    """Say for each organisation without a number which other it is (`organisations.same_as`)."""
    unnumbered: dict[_Key, list[int]] = defaultdict(list)
    for number, key in _named(db, "company_number IS NULL"):
        if number not in unnumbered[key]:
            unnumbered[key].append(number)
    # Of the others, who are most, only those of the same names are of interest.
    numbered: dict[_Key, set[int]] = defaultdict(set)
    for number, key in _named(db, "company_number IS NOT NULL"):
        if key in unnumbered:
            numbered[key].add(number)
    same_as = dict(_pairs(numbered, unnumbered))
    before = dict(db.execute("SELECT id, same_as FROM organisations WHERE same_as IS NOT NULL"))
    db.conn.executemany(
        "UPDATE organisations SET same_as = ? WHERE id = ?",
        [
            (same_as.get(number), number)
            for number in before | same_as
            if before.get(number) != same_as.get(number)
        ],
    )


def _named(db: Database, which: str) -> Iterator[tuple[int, _Key]]:
    """The organisations with each of their names, folded."""
    for number, name, key in db.execute(_NAMES.format(which)):
        if key:
            yield number, (squash(key), legal_form(name))


def _pairs(
    numbered: dict[_Key, set[int]], unnumbered: dict[_Key, list[int]]
) -> list[tuple[int, int]]:
    found = []
    for key, rows in unnumbered.items():
        with_number = numbered.get(key, set())
        if len(with_number) == 1:
            (one,) = with_number
            found += [(number, one) for number in rows]
        else:
            # Spellings of one name; if several numbers have it, it is nobody's for certain.
            found += [(number, rows[0]) for number in rows[1:]]
    return found
