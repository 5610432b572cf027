"""Groups of organisations that a user lists: an index, suppliers, constituencies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlite_utils import Database

from assess.scrape.company_numbers import company_number
from assess.scrape.lists import Listed
from assess.scrape.names import legal_form, name_key, squash
from assess.store.workspace import Workspace

Found = Literal["number", "name"]


@dataclass(frozen=True, slots=True)
class GroupReport:
    """One group, and how many of its organisations the registry's files have."""

    group: str
    organisations: int
    by_number: int
    by_name: int
    """By the same name but for case, punctuation and legal form, where only one has it."""
    not_found: int


def import_groups(
    workspace: Workspace, groups: Mapping[str, Sequence[Listed]]
) -> list[GroupReport]:
    """Write groups, each in place of the one of its name, in one transaction."""
    with workspace.db.atomic():
        for name in sorted(groups):
            workspace.db.table("listed_groups").delete_where("group_name = ?", [name])
            workspace.db.table("listed_groups").insert_all(
                (
                    {
                        "group_name": name,
                        "organisation": one.organisation,
                        "company_number": one.company_number,
                    }
                    for one in groups[name]
                ),
                ignore=True,
            )
    register = Register(workspace.db)
    return [_report(register, name, groups[name]) for name in sorted(groups)]


class Register:
    """The registry's organisations, to find listed ones in: never by a name that is only alike."""

    def __init__(self, db: Database) -> None:
        self._by_number: dict[str, int] = {}
        self._by_key: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
        for owner, name, number in db.execute(_NAMES):
            if number:
                self._by_number[number] = owner
            if key := squash(name_key(name)):
                self._by_key[key].setdefault(owner, (name, number))

    def find(self, listed: Listed) -> tuple[int, Found] | None:
        """The id of an organisation: by its number, else the only one of exactly that name.

        Of one name are organisations with the same key; another legal form, or another number, is
        another organisation.
        """
        number = company_number(listed.company_number) if listed.company_number else None
        if number and number in self._by_number:
            return self._by_number[number], "number"
        named = self._by_key.get(squash(name_key(listed.organisation)), {})
        if len(named) != 1:
            return None
        ((owner, (name, other_number)),) = named.items()
        forms = {legal_form(listed.organisation), legal_form(name)} - {""}
        return None if len(forms) > 1 or (number and other_number) else (owner, "name")


def listed_organisations(db: Database) -> Iterator[tuple[int, str]]:
    """The organisations of the registry that are on a list, each with the name of its group."""
    register = Register(db)
    for group, *listed in db.execute(
        "SELECT group_name, organisation, company_number FROM listed_groups ORDER BY 1, 2, 3"
    ):
        if found := register.find(Listed(*listed)):
            yield found[0], group


# Every name that an organisation was written by, with the number of the organisation that it is.
_NAMES: Final = """
    SELECT coalesce(rows.same_as, rows.id), names.name, coalesce(organisations.company_number, '')
    FROM organisation_names AS names
    JOIN organisations AS rows ON rows.id = names.organisation_id
    JOIN organisations ON organisations.id = coalesce(rows.same_as, rows.id)
    ORDER BY 1, 2"""


def _report(register: Register, name: str, listed: Iterable[Listed]) -> GroupReport:
    rows = list(listed)
    how = Counter(found[1] for one in rows if (found := register.find(one)))
    return GroupReport(name, len(rows), how["number"], how["name"], len(rows) - how.total())
