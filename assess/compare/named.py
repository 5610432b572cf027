"""The organisation that a person means by a name or number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from assess.errors import InputError
from assess.scrape.company_numbers import company_number
from assess.scrape.names import name_key, squash

# More names than this nobody reads on a terminal.
_NAMES_TOLD: Final = 10
# Names at least so alike (rapidfuzz, 0-100) are offered as what may have been meant.
_CLOSE: Final = 70


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation of the registry."""

    id: int
    name: str
    company_number: str | None


_EVERY: Final = """
    SELECT DISTINCT coalesce(organisations.same_as, organisations.id), names.name, whole.name,
        whole.company_number
    FROM organisation_names AS names
    JOIN organisations ON organisations.id = names.organisation_id
    JOIN organisations AS whole ON whole.id = coalesce(organisations.same_as, organisations.id)
    ORDER BY whole.name, whole.id, names.name"""


def find_organisation(db: Database, wanted: str) -> Named:
    """The organisation of a company number, of a name (former ones too), or of a part of one name.

    Raises:
        InputError: none or several fit; lists the names that fit, or that are close.
    """
    names: dict[Named, list[str]] = {}
    for id_, name, current, number in db.execute(_EVERY):
        names.setdefault(Named(id_, current, number), []).append(name)
    found = _of_number(names, wanted) or _of_name(names, wanted) or _of_part(names, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{wanted!r} fits {len(found)} organisations: {_listed(found)}")
    raise InputError(f"{wanted!r}: no such organisation in this database{_close(names, wanted)}")


def _of_number(names: Iterable[Named], wanted: str) -> list[Named]:
    number = company_number(wanted)
    return [one for one in names if number and one.company_number == number]


def _of_name(names: dict[Named, list[str]], wanted: str) -> list[Named]:
    exact = [one for one, own in names.items() if wanted.casefold() in map(str.casefold, own)]
    key = squash(name_key(wanted))
    same = (
        one for one, own in names.items() if key and key in {squash(name_key(name)) for name in own}
    )
    return exact or list(same)


def _of_part(names: dict[Named, list[str]], wanted: str) -> list[Named]:
    part = " ".join(wanted.casefold().split())
    return [
        one for one, own in names.items() if part and any(part in name.casefold() for name in own)
    ]


def _listed(found: Collection[Named]) -> str:
    told = [
        f"{one.name} ({one.company_number or 'no number'})" for one in list(found)[:_NAMES_TOLD]
    ]
    more = f" and {len(found) - len(told):,} more" if len(found) > len(told) else ""
    return f"{'; '.join(told)}{more}; give one's whole name or number"


def _close(names: dict[Named, list[str]], wanted: str) -> str:
    from rapidfuzz import fuzz, process

    every = {name: one for one, own in names.items() for name in own}
    close = process.extract(
        wanted, list(every), scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=3, processor=str.lower
    )
    told = "; ".join(dict.fromkeys(every[name].name for name, *_ in close))
    return f"; did you mean {told}?" if told else ""
