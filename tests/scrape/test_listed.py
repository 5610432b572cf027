"""Groups that a user lists, found by number or exact name, never by likeness."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.scrape.listed import import_groups
from assess.scrape.lists import Listed, read_groups
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from tests.scrape.made import registry_bytes, row


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    registry = tmp_path / "registry.csv"
    registry.write_bytes(
        registry_bytes(
            [
                row("ALDERMOOR BREAD LIMITED", "a", CompanyNumber="123"),
                row("BRACKEN CAKE LIMITED", "b"),
                row("TWIN LIMITED", "c", CompanyNumber="00000777"),
                row("TWIN LIMITED", "d", CompanyNumber="00000888"),
            ]
        )
    )
    with open_workspace(tmp_path / "w.db") as opened:
        import_registry(opened, registry)
        yield opened


def refuse(number: int, why: str) -> None:
    raise AssertionError((number, why))


def test_found_by_number_or_by_the_only_one_of_a_name(workspace: Workspace) -> None:
    listed = [
        Listed("", "00000123"),
        Listed("Bracken Cake Ltd", ""),
        Listed("Bracken Cakes Ltd", ""),
        Listed("Twin Ltd", ""),
        Listed("Bracken Cake Ltd", "00009999"),  # the registry gives it no number
        Listed("Aldermoor Bread Ltd", "00009999"),
        Listed("Bracken Cake plc", ""),
    ]
    (report,) = import_groups(workspace, {"index": listed})
    assert (report.organisations, report.by_number, report.by_name) == (7, 1, 2)
    assert report.not_found == 4


def test_a_group_of_the_same_name_is_replaced(workspace: Workspace) -> None:
    import_groups(workspace, {"index": [Listed("A", "")], "other": [Listed("B", "")]})
    import_groups(workspace, {"index": [Listed("C", ""), Listed("C", "")]})
    assert workspace.db.execute(
        "SELECT group_name, organisation FROM listed_groups ORDER BY 1, 2"
    ).fetchall() == [("index", "C"), ("other", "B")]


def test_file_with_groups(tmp_path: Path) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("Company,Index\nA plc,FTSE 100\nB plc,FTSE 250\nC plc,FTSE 100\n")
    assert read_groups(path, None, refuse) == {
        "FTSE 100": [Listed("A plc", ""), Listed("C plc", "")],
        "FTSE 250": [Listed("B plc", "")],
    }


def test_file_of_one_group(tmp_path: Path) -> None:
    path = tmp_path / "suppliers.txt"
    path.write_text("A plc\nB plc\n")
    assert read_groups(path, "suppliers", refuse) == {
        "suppliers": [Listed("A plc", ""), Listed("B plc", "")]
    }


def test_bad_rows_cost_themselves_and_a_file_without_groups_is_refused(tmp_path: Path) -> None:
    path, bad = tmp_path / "groups.csv", []
    path.write_text("group,organisation\n,A plc\nX,\nX,B plc\n")
    assert read_groups(path, None, lambda number, _: bad.append(number)) == {
        "X": [Listed("B plc", "")]
    }
    assert bad == [2, 3]
    path.write_text("organisation\nA plc\n")
    with pytest.raises(InputError, match="--name"):
        read_groups(path, None, lambda _number, _why: None)
