"""A broken row of Companies House's file costs itself: no row beside it, no wrong name."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.scrape.companies import import_companies
from assess.store import Workspace
from tests.scrape.made import matched, row

HEADER = "CompanyName, CompanyNumber,CompanyStatus,SICCode.SicText_1\n"
BEFORE = '"BEFORE LIMITED","00000001","Active","10710 - Bread"\n'
AFTER = '"AFTER LIMITED","00000002","Active","49410 - Freight"\n'
NAMES = [("00000001", "BEFORE LIMITED"), ("00000002", "AFTER LIMITED")]


@pytest.fixture
def known(workspace: Workspace, tmp_path: Path) -> Workspace:
    rows = [row(name, name.split()[0], CompanyNumber=number) for number, name in NAMES]
    matched(workspace, tmp_path, rows)
    return workspace


def companies(workspace: Workspace) -> list[tuple[str, str]]:
    return list(workspace.db.execute("SELECT company_number, name FROM companies ORDER BY 1"))


@pytest.mark.parametrize(
    "broken",
    [
        '"OPEN LIMITED,"00000003","Active","10710 - Bread"\n',
        '"OPEN LIMITED","00000003,"Active","10710 - Bread"\n',
        '"OPEN LIMITED","00000003","Active,"10710 - Bread"\n',
        '"' + "a" * 200_000 + "\n",
        '"SHIFTED",LIMITED,"00000001","Active","10710 - Bread"\n',
        '"TOO MANY","00000001","Active","10710 - Bread",""\n',
    ],
)
def test_one_row(known: Workspace, tmp_path: Path, broken: str) -> None:
    (tmp_path / "c.csv").write_text(HEADER + BEFORE + broken + AFTER)
    report = import_companies(known, tmp_path / "c.csv")
    assert companies(known) == NAMES
    assert (report.rows, report.bad) == (3, 1)


def test_a_last_cell_left_open(known: Workspace, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(HEADER + BEFORE.replace('Bread"', "Bread") + AFTER)
    import_companies(known, tmp_path / "c.csv")
    assert companies(known) == NAMES


def test_limits_of_other_readers_do_not_matter(known: Workspace, tmp_path: Path) -> None:
    csv.field_size_limit(50_000_000)
    (tmp_path / "c.csv").write_text(HEADER + '"' + "\n".join(["x"] * 9) + "\n" + BEFORE + AFTER)
    import_companies(known, tmp_path / "c.csv")
    assert companies(known) == NAMES


def test_what_a_mac_puts_into_a_zip_is_left_out(known: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("data.csv", HEADER + BEFORE + AFTER)
        archive.writestr("__MACOSX/._data.csv", b"\0\5\x16\7")
    import_companies(known, tmp_path / "c.zip")
    assert companies(known) == NAMES


def test_another_table_in_a_zip_is_named(known: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("data.csv", HEADER + BEFORE)
        archive.writestr("notes.csv", "a,b\n1,2\n")
    with pytest.raises(InputError, match=r"notes\.csv: has no column"):
        import_companies(known, tmp_path / "c.zip")
    assert companies(known) == []


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip(known: Workspace, tmp_path: Path, way: int) -> None:
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w", way) as archive:
        archive.writestr("data.csv", HEADER + BEFORE + "".join(map(_other, range(10, 3000))))
    data = bytearray(path.read_bytes())
    data[300:340] = b"\xa5" * 40
    path.write_bytes(bytes(data))
    with pytest.raises(InputError):
        import_companies(known, path)
    assert companies(known) == []


def _other(number: int) -> str:
    return BEFORE.replace("00000001", f"{number:08}")
