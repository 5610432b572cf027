"""One organisation across years: by company number, else by normalised name and legal form.

A row without a number is the organisation of that name if there is exactly one. It is worked out
from all rows each time, so that the order in which files were read makes no difference. Two numbers
are two organisations, whatever their names; two legal forms too.
"""

from __future__ import annotations

from collections import defaultdict

from sqlite_utils import Database

from assess.scrape.names import legal_form, squash

_Key = tuple[str, str]


def unite(db: Database) -> None:
    """Say for each organisation without a number which other it is (`organisations.same_as`)."""
    numbered: dict[_Key, set[int]] = defaultdict(set)
    unnumbered: dict[_Key, list[int]] = defaultdict(list)
    for number, has_number, name, key in db.execute(
        "SELECT id, company_number IS NOT NULL, names.name, names.name_key"
        " FROM organisations JOIN organisation_names AS names ON organisation_id = id"
        " ORDER BY identity, names.name"
    ):
        if not key:
            continue
        folded = (squash(key), legal_form(name))
        if has_number:
            numbered[folded].add(number)
        elif number not in unnumbered[folded]:
            unnumbered[folded].append(number)
    same_as = dict(_pairs(numbered, unnumbered))
    before = dict(db.execute("SELECT id, same_as FROM organisations").fetchall())
    db.conn.executemany(
        "UPDATE organisations SET same_as = ? WHERE id = ?",
        [
            (same_as.get(number), number)
            for number in before
            if before[number] != same_as.get(number)
        ],
    )


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
