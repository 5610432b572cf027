"""Names of sectors and turnover bands, as a person types them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from sqlite_utils import Database

from assess.errors import InputError
from assess.store.workspace import Workspace

# Words at least so alike (rapidfuzz, 0-100) are one word mistyped; "banking" and "fishing" have 57.
SAME_WORD: Final = 80
# A name with at least this share of the words given is offered as "did you mean".
CLOSE_NAME: Final = 0.5
CLOSE_NAMES: Final = 3

_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset({"and", "of", "or", "the", "including", "other", "services"})


def find_sector(workspace: Workspace, sector: str) -> str:
    """The database's own name of a sector, given in any case, or by its unmistakable beginning.

    Raises:
        InputError: no or several sectors fit; lists close names and all names.
    """
    known = _names(workspace.db, "SELECT DISTINCT sector FROM statement_sectors ORDER BY 1")
    if not known:
        raise InputError(
            f"sector {sector!r}: the database has no sectors; read a registry file first"
        )
    return _one_of(known, sector, "sector")


def find_turnover(workspace: Workspace, band: str) -> str:
    """The database's own name of a turnover band, by its beginning or an unmistakable part.

    Raises:
        InputError: no or several bands fit; lists them.
    """
    known = _names(
        workspace.db,
        "SELECT DISTINCT turnover FROM statements"
        " WHERE turnover NOT IN ('', 'Not provided') ORDER BY 1",
    )
    if not known:
        raise InputError(f"turnover {band!r}: no statement of the database gives its turnover")
    return _one_of(known, band, "turnover band")


def _names(db: Database, sql: str) -> list[str]:
    return [str(row[0]) for row in db.execute(sql)]


def _one_of(known: Sequence[str], given: str, noun: str) -> str:
    wanted = given.strip().rstrip("…").casefold()
    exact = [name for name in known if name.casefold() == wanted]
    begun = [name for name in known if wanted and name.casefold().lstrip("£").startswith(wanted)]
    begun = begun or [name for name in known if wanted and name.casefold().startswith(wanted)]
    if exact or len(begun) == 1:
        return (exact or begun)[0]
    raise InputError(_unknown(given, known, begun, noun))


def _unknown(given: str, known: Sequence[str], begun: Sequence[str], noun: str) -> str:
    likeness = {name: _likeness(given, name) for name in known}
    close = begun or sorted(
        (name for name in known if likeness[name] >= CLOSE_NAME), key=lambda name: -likeness[name]
    )
    meant = " or ".join(repr(name) for name in close[:CLOSE_NAMES])
    asked = f"; did you mean {meant}?" if meant else "."
    return f"no {noun} {given!r} in the database{asked} It has: {'; '.join(known)}"


def _likeness(given: str, name: str) -> float:
    """The share of the words given that a name has, typing errors allowed."""
    from rapidfuzz import fuzz

    asked = [word for word in _WORD.findall(given.casefold()) if word not in _SMALL_WORDS]
    words = _WORD.findall(name.casefold())
    hits = [max(fuzz.ratio(word, other) for other in words) >= SAME_WORD for word in asked]
    return fmean(hits) if hits else 0.0
