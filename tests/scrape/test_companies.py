"""Companies House's file: joined by number, one bad row costs itself, nothing fills the memory."""

from __future__ import annotations

import csv
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.scrape.companies import import_companies
from assess.scrape.registry_store import import_registry
from assess.scrape.sic_sections import activity
from assess.store import Workspace, open_workspace
from tests.scrape.made import registry_bytes, row

HEADER = (
    "CompanyName, CompanyNumber,RegAddress.CareOf,CompanyCategory,CompanyStatus,"
    "IncorporationDate,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4\n"
)
BREAD = "10710 - Manufacture of bread; manufacture of fresh pastry goods and cakes"
TAKE_AWAY = "56103 - Take-away food shops and mobile food stands"
KIND = '"","Private Limited Company","Active","01/02/1999"'
BAKERY = f'"ALDERMOOR BREAD LIMITED","00000123",{KIND},"{BREAD}","{TAKE_AWAY}","",""\n'
OTHER = f'"SOMEBODY ELSE LIMITED","09999999",{KIND},"None Supplied","","",""\n'
SIC = Path(__file__).parents[3] / "shared" / "data" / "companies" / "sic2007.csv"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    registry = tmp_path / "registry.csv"
    registry.write_bytes(
        registry_bytes(
            [
                row("ALDERMOOR BREAD LIMITED", "a", CompanyNumber="123"),
                row("BRACKEN CAKE LIMITED", "b", CompanyNumber="SC012345"),
            ]
        )
    )
    with open_workspace(tmp_path / "w.db") as opened:
        import_registry(opened, registry)
        yield opened


def given(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "companies.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


def test_companies_of_the_registry_are_kept_with_their_activities(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = import_companies(workspace, given(tmp_path, OTHER, BAKERY))
    assert (report.rows, report.kept, report.bad) == (2, 1, 0)
    assert (report.organisations, report.not_found) == (2, 1)
    assert list(workspace.db.query("SELECT * FROM companies")) == [
        {
            "company_number": "00000123",
            "name": "ALDERMOOR BREAD LIMITED",
            "category": "Private Limited Company",
            "status": "Active",
            "incorporated_on": "1999-02-01",
        }
    ]
    assert workspace.db.execute(
        "SELECT position, code, division, section, section_title FROM company_sic"
    ).fetchall() == [
        (1, "10710", "10", "C", "Manufacturing"),
        (2, "56103", "56", "I", "Accommodation and food service activities"),
    ]


def test_read_again_changes_nothing_and_a_newer_file_replaces(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_companies(workspace, given(tmp_path, BAKERY))
    before = workspace.db.execute("SELECT * FROM company_sic").fetchall()
    import_companies(workspace, given(tmp_path, BAKERY))
    assert workspace.db.execute("SELECT * FROM company_sic").fetchall() == before
    import_companies(workspace, given(tmp_path, BAKERY.replace("10710", "10720")))
    assert workspace.db.execute("SELECT code FROM company_sic").fetchall() == [
        ("10720",),
        ("56103",),
    ]


def test_bad_rows_cost_themselves(workspace: Workspace, tmp_path: Path) -> None:
    rows = ('"TOO SHORT","1"\n', '"X","no number","","","","","","","",""\n', "\n", BAKERY)
    report = import_companies(workspace, given(tmp_path, *rows))
    assert (report.kept, report.bad) == (1, 2)
    issues = workspace.db.execute("SELECT stage, code FROM issues WHERE stage = 'companies'")
    assert issues.fetchall() == [("companies", "bad_row")] * 2


def test_zip_of_parts(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "BasicCompanyData.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "not read")
        archive.writestr("part1.csv", HEADER + OTHER)
        archive.writestr("part2.csv", HEADER + BAKERY)
    assert import_companies(workspace, path).kept == 1


def test_latin_letters_and_nul(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes((HEADER + BAKERY.replace("BREAD", "BRÉAD\0")).encode("latin-1"))
    import_companies(workspace, path)
    assert workspace.db.execute("SELECT name FROM companies").fetchone() == (
        "ALDERMOOR BRÉAD LIMITED",
    )


@pytest.mark.parametrize(
    "content", [b"", b"a,b,c\n1,2,3\n", b"\x00\x01\x02" * 1000, HEADER.encode("utf-16")]
)
def test_another_file_is_refused(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match="free company data"):
        import_companies(workspace, path)


def test_broken_zip_and_folder_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file"):
        import_companies(workspace, tmp_path)
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("part.csv", HEADER + BAKERY)
    broken = path.read_bytes()
    path.write_bytes(broken[:60] + b"\xff" * 40 + broken[100:])
    with pytest.raises(InputError, match="unpacked"):
        import_companies(workspace, path)
    assert workspace.db.execute("SELECT count(*) FROM companies").fetchone() == (0,)


def test_one_endless_line_does_not_fill_the_memory(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    with path.open("w", encoding="utf-8") as handle:
        handle.write(HEADER)
        for _ in range(40):
            handle.write("x" * 1_000_000)
        handle.write("\n" + BAKERY)
    tracemalloc.start()
    report = import_companies(workspace, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.kept, report.bad) == (1, 1)
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("code", "section"),
    [("01110", "A"), ("70100", "M"), ("99999", None), ("00000", None), ("1", None)],
)
def test_sections(code: str, section: str | None) -> None:
    found = activity(code)
    assert (found and found.section) == section


@pytest.mark.skipif(
    not SIC.is_file(), reason="the list of SIC codes is not at hand (../shared/data)"
)
def test_every_code_of_companies_house_has_a_division() -> None:
    with SIC.open(encoding="utf-8") as handle:
        codes = [line["code"] for line in csv.DictReader(handle)]
    assert len(codes) > 700
    assert {code for code in codes if activity(code) is None} == {"74990", "98000", "99999"}
