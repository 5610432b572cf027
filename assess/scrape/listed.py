"""Groups of organisations that a user lists: an index, suppliers, constituencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from assess.scrape.company_numbers import company_number
from assess.scrape.lists import Listed
from assess.scrape.names import name_key
from assess.store.workspace import Workspace


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
    finder = Finder(workspace.db)
    return [_report(finder, name, groups[name]) for name in sorted(groups)]


class Finder:
    """Finds listed organisations among the registry's: never by a name that is only alike."""

    def __init__(self, db: Database) -> None:
        self._of_number: dict[str, int] = {}
        self._of_name: dict[str, set[int]] = {}
        for number, identity, written in db.execute(
            "SELECT company_number, coalesce(same_as, id), name_key FROM organisations"
            " UNION SELECT NULL, coalesce(same_as, id), organisation_names.name_key"
            " FROM organisation_names JOIN organisations ON id = organisation_id ORDER BY 2"
        ):
            if number:
                self._of_number.setdefault(number, identity)
            self._of_name.setdefault(written, set()).add(identity)

    def by_number(self, listed: Listed) -> int | None:
        """The organisation of its company number."""
        number = company_number(listed.company_number) or listed.company_number
        return self._of_number.get(number)

    def by_name(self, listed: Listed) -> int | None:
        """The one organisation of its name; not if it has a number, which then is another's."""
        if listed.company_number:
            return None
        found = self._of_name.get(name_key(listed.organisation), set())
        return min(found) if len(found) == 1 else None

    def find(self, listed: Listed) -> int | None:
        """The organisation's id, or None."""
        found = self.by_number(listed) if listed.company_number else None
        return self.by_name(listed) if found is None else found


def _report(finder: Finder, name: str, listed: Iterable[Listed]) -> GroupReport:
    rows = list(listed)
    numbers = sum(finder.by_number(one) is not None for one in rows if one.company_number)
    found = sum(finder.find(one) is not None for one in rows)
    return GroupReport(name, len(rows), numbers, found - numbers, len(rows) - found)
