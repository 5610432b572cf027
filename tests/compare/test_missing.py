"""Who has no statement: certain, doubtful, and what was tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.compare.missing import Held, Known, Result, find_missing, read_known, year_is_complete
from assess.scrape.lists import Listed
from assess.scrape.registry_store import import_registry
from assess.store import open_workspace
from tests.scrape.made import registry_bytes, row

NOW, BEFORE = Held(2024, False, "kept"), Held(2023, False, "kept")
GONE = Held(2024, True, "kept")


def known(
    key: int, name: str, number: str = "", *held: Held, former: tuple[str, ...] = ()
) -> Known:
    return Known(key, name, number, (name, *former), held)


REGISTER = (
    known(1, "ALDERMOOR FOODS LIMITED", "00000123", NOW, BEFORE, former=("OLDMOOR FOODS LIMITED",)),
    known(2, "BRACKENFOLD LOGISTICS PLC", "00000456", BEFORE),
    known(3, "CORVANE TEXTILES LIMITED", "", NOW),
    known(4, "DUNMARROW LIMITED", "00000777", NOW),
    known(5, "DUNMARROW LIMITED", "00000888", NOW),
    known(6, "ESKERBY DAIRIES LIMITED", "00000999", GONE),
)


def one(name: str, number: str = "") -> Result:
    (found,) = find_missing(REGISTER, [Listed(name, number)], 2024)
    return found


@pytest.mark.parametrize(
    ("name", "number", "state", "method"),
    [
        ("", "123", "found", "company_number"),
        ("Aldermoor Food Group", "00000123", "found", "company_number"),
        ("Zzyzx Holdings", "123", "doubtful", "company_number"),
        ("Aldermoor Foods Ltd", "", "found", "name_exact"),
        ("Oldmoor Foods", "", "found", "name_exact"),
        ("Corvane Textiles", "00055555", "found", "name_exact"),
        ("Corvane Textilles Limited", "", "found", "name_fuzzy"),
        # A person must look: another form, another number, several, like names.
        ("Aldermoor Foods plc", "", "doubtful", "name_exact"),
        ("Aldermoor Foods Ltd", "00009999", "doubtful", "name_exact"),
        ("Dunmarrow Ltd", "", "doubtful", "name_exact"),
        ("Corvane Textiles UK Limited", "", "doubtful", "name_fuzzy"),
        # None for the year.
        ("Brackenfold Logistics plc", "", "missing", "name_exact"),
        ("Eskerby Dairies Limited", "", "missing", "name_exact"),
        ("Zzyzx Holdings", "", "missing", ""),
        ("", "00077777", "missing", ""),
        ("---", "", "missing", ""),
    ],
)
def test_states(name: str, number: str, state: str, method: str) -> None:
    found = one(name, number)
    assert (found.state, found.method) == (state, method)
    assert found.tried


def test_other_years_and_what_was_tried_are_told() -> None:
    assert one("Brackenfold Logistics plc").other_years == (2023,)
    assert "withdrawn" in one("Eskerby Dairies").tried
    assert "several" in one("Dunmarrow Ltd").tried
    assert "not in the registry" in one("Zzyzx", "00077777").tried
    assert "no company number" in one("Zzyzx", "12-AB-??").tried


def test_the_order_of_the_list_is_kept() -> None:
    listed = [Listed(name, "") for name in ("Zzyzx", "Aldermoor Foods", "Qqq Qqq", "Dunmarrow")]
    found = find_missing(REGISTER, listed, 2024)
    assert [result.organisation for result in found] == [entry.organisation for entry in listed]


def test_an_empty_register_misses_everybody() -> None:
    (found,) = find_missing((), [Listed("Aldermoor Foods", "123")], 2024)
    assert found.state == "missing"


def test_read_from_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    group = [row("PARENT LTD", "g", CompanyNumber="1"), row("CHILD LTD", "g")]
    path.write_bytes(registry_bytes([*group, row("OTHER LTD", "o", StatementYear="2021")]))
    with open_workspace(tmp_path / "a.db") as workspace:
        import_registry(workspace, path)
        assert not year_is_complete(workspace.db, 2022)
        import_registry(workspace, path, complete=True)
        assert year_is_complete(workspace.db, 2022)
        listed = [Listed(name, "") for name in ("Child Ltd", "Other Ltd")]
        child, other = find_missing(read_known(workspace.db), listed, 2022)
    assert (child.state, child.document) == ("found", "not fetched")
    assert (other.state, other.other_years) == ("missing", (2021,))
