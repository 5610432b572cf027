"""One organisation across years, in whatever order its files come."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from assess.scrape.register import read_register
from assess.scrape.registry_store import import_registry
from assess.store import open_workspace
from tests.scrape.made import registry_bytes, row

Rows = list[dict[str, str]]


def named(name: str, summary: str, number: str = "", year: str = "2022") -> dict[str, str]:
    day = f"01/02/{year}"
    return row(name, summary, CompanyNumber=number, StatementYear=year, LastUpdated=day)


def united(folder: Path, files: list[Rows]) -> set[tuple[str, frozenset[str]]]:
    """Current name and statements of each organisation."""
    folder.mkdir()
    with open_workspace(folder / "a.db") as workspace:
        for number, rows in enumerate(files):
            path = folder / f"{number}.csv"
            path.write_bytes(registry_bytes(rows))
            import_registry(workspace, path)
        urls = dict(workspace.db.execute("SELECT id, summary_url FROM statements").fetchall())
        names = dict(workspace.db.execute("SELECT id, name FROM organisations").fetchall())
        register = read_register(workspace.db)
        return {
            (names[one.id], frozenset(urls[key] for key in one.statements))
            for one in register.organisations
        }


@pytest.mark.parametrize(
    ("rows", "organisations"),
    [
        # The same number: one, under its latest name.
        ([named("OLD LTD", "a", "123", "2021"), named("NEW LTD", "b", "123")], 1),
        # A row without a number is the one organisation of that name.
        ([named("ACME FOODS LTD", "a", "123"), named("Acme Foods Limited", "b")], 1),
        ([named("ACME FOODS LTD", "a"), named("Acme Foods Limited", "b", year="2021")], 1),
        # A former name counts as well.
        (
            [
                named("OLD FOODS LTD", "a", "123", "2021"),
                named("NEW FOODS LTD", "b", "123"),
                named("Old Foods Limited", "c", year="2020"),
            ],
            1,
        ),
        # Two numbers are two, and a third without one is neither for certain.
        ([named("ACME LTD", "a", "123"), named("ACME LTD", "b", "456")], 2),
        ([named("ACME LTD", "a", "123"), named("ACME LTD", "b", "456"), named("ACME LTD", "c")], 3),
        # Another legal form is another company.
        ([named("ACME PLC", "a", "123"), named("ACME LTD", "b")], 2),
        # Names that are numbers, or nothing.
        ([named("1234", "a"), named("12345", "b"), named("---", "c")], 2),
    ],
)
def test_who_is_one_in_any_order(tmp_path: Path, rows: Rows, organisations: int) -> None:
    found = [
        united(tmp_path / str(number), [[one] for one in order])
        for number, order in enumerate(permutations(rows))
    ]
    assert all(one == found[0] for one in found)
    assert len({statements for _, statements in found[0]}) == organisations


def test_former_names_are_kept_and_lead_to_the_organisation(tmp_path: Path) -> None:
    rows = [named("OLD FOODS LTD", "a", "123", "2021"), named("NEW FOODS LTD", "b", "123")]
    path = tmp_path / "r.csv"
    path.write_bytes(registry_bytes(rows))
    with open_workspace(tmp_path / "a.db") as workspace:
        import_registry(workspace, path)
        names = [row["name"] for row in workspace.db.table("organisation_names").rows]
        assert sorted(names) == ["NEW FOODS LTD", "OLD FOODS LTD"]
        register = read_register(workspace.db)
        (old,), (new,) = register.named("old foods"), register.named("new foods")
        assert old.id == new.id
        assert len(new.statements) == 2
