"""The registry reader: real shapes, broken shapes."""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assess.errors import RegistryError
from assess.scrape.columns import KNOWN, SECTORS
from assess.scrape.registry import MAX_BYTES, RegistryFile, parse_registry, read_registry
from tests.scrape.made import HEADER, raw_bytes, registry_bytes, row

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "registry.csv"


def codes(file: RegistryFile) -> set[str]:
    return {issue.code for issue in file.issues}


def corpus_rows() -> list[list[str]]:
    return list(csv.reader(io.StringIO(CORPUS.read_text("utf-8-sig"), newline="")))


def as_csv(rows: list[list[str]], *, doubled: bool = True) -> bytes:
    """The rows by the standard writer, or with quotes left undoubled as the registry's does."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    text = out.getvalue()
    return (text if doubled else re.sub('""(?=[^",\r\n])', '"', text)).encode()


def test_a_group_is_one_statement_of_many_organisations() -> None:
    rows = [
        row("B LIMITED", "g1", ParentName="A PLC"),
        row("A PLC", "g1", CompanyNumber="123"),
        row("404", "s1"),
    ]
    file = parse_registry(registry_bytes(rows), "r.csv")
    assert [len(s.organisations) for s in file.statements] == [2, 1]
    assert file.row_count == 3
    assert file.statements[0].parent_name == "A PLC"
    assert file.statements[0].organisations[1].company_number == "00000123"
    assert file.statements[1].organisations[0].name == "404"
    assert not codes(file)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_cells_with_line_breaks_become_lists(newline: str) -> None:
    sectors = newline.join((SECTORS[12], SECTORS[7]))
    file = parse_registry(
        registry_bytes([row("A", "a", OrganisationSectors=sectors)], newline=newline), "r.csv"
    )
    assert file.statements[0].sectors == (SECTORS[12], SECTORS[7])


def test_dates_are_day_first_and_a_bad_one_costs_itself() -> None:
    file = parse_registry(
        registry_bytes([row("A", "a", StatementStartDate="03/04/2021", DateApproved="31/02/2022")]),
        "r.csv",
    )
    assert file.statements[0].start_date == date(2021, 4, 3)
    assert file.statements[0].date_approved is None
    assert codes(file) == {"bad_date_DateApproved"}


def test_rows_of_one_summary_that_disagree_leave_an_issue() -> None:
    rows = [row("A", "g"), row("B", "g", Turnover="Over £500 million")]
    file = parse_registry(registry_bytes(rows), "r.csv")
    assert file.statements[0].turnover is None
    assert codes(file) == {"rows_disagree"}
    assert "Turnover" in file.issues[0].message


def test_unknown_columns_are_kept_and_reported() -> None:
    file = parse_registry(registry_bytes([row("A", "a", NewQuestion="Yes")]), "r.csv")
    assert file.extra_columns == ("NewQuestion",)
    assert file.statements[0].declarations == {"NewQuestion": "Yes"}


def test_unknown_sectors_are_kept_with_an_issue() -> None:
    file = parse_registry(registry_bytes([row("A", "a", OrganisationSectors="Alchemy")]), "r.csv")
    assert file.statements[0].sectors == ("Alchemy",)
    assert codes(file) == {"unknown_sector"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"StatementSummaryURL": ""}, "no_summary_url"),
        ({"OrganisationName": " "}, "no_organisation"),
        ({"StatementYear": "x", "StatementSummaryURL": "https://r.example/s/a"}, "no_year"),
    ],
)
def test_a_row_without_identity_costs_itself(cells: dict[str, str], code: str) -> None:
    bad = row("B", "b") | cells
    file = parse_registry(registry_bytes([row("A", "a"), bad]), "r.csv")
    assert len(file.statements) == 1
    assert codes(file) == {code}
    assert file.issues[0].subject == "r.csv row 3"


def test_undoubled_quotes_are_put_together_again() -> None:
    progress = 'we ran a "mystery shopper" scheme,\r\n"twice", in all sites'
    start = '"big name" vendors only'
    rows = [
        row("A", "a"),
        row("B", "b", DemonstrateProgress=progress, OrganisationSectors=SECTORS[12]),
        row("C", "c", DemonstrateProgress=start),
        row("D, E AND F", "d", DemonstrateProgress='"unclosed, and\r\n2022,200 again'),
    ]
    file = parse_registry(raw_bytes(rows), "r.csv")
    assert [s.organisations[0].name for s in file.statements] == ["A", "B", "C", "D, E AND F"]
    told = [s.declarations.get("DemonstrateProgress") for s in file.statements]
    assert told == [None, progress.replace("\r\n", "\n"), start, '"unclosed, and\n2022,200 again']
    assert file.statements[1].sectors == (SECTORS[12],)
    assert codes(file) == {"broken_quotes"}


def test_a_hopeless_row_costs_itself() -> None:
    good = raw_bytes([row("A", "a"), row("B", "b")])
    lines = good.split(b"\r\n")
    broken = b"\r\n".join([lines[0], b'2022,"X LIMITED,,,"oops', *lines[1:]])
    file = parse_registry(broken, "r.csv")
    assert [s.organisations[0].name for s in file.statements] == ["A", "B"]
    assert codes(file) == {"broken_row"}


@pytest.mark.parametrize("number", range(1, 69, 3))
@pytest.mark.parametrize("damage", ["short", "long"])
def test_a_row_of_another_width_costs_only_itself(number: int, damage: str) -> None:
    rows = corpus_rows()
    without = parse_registry(as_csv(rows[:number] + rows[number + 1 :]), "r.csv")
    for column in (0, number, len(rows[0]) - 1):
        odd = list(rows[number])
        odd[column : column + (damage == "short")] = [] if damage == "short" else ["No"]
        damaged = [*rows[:number], odd, *rows[number + 1 :]]
        for doubled in (True, False):
            file = parse_registry(as_csv(damaged, doubled=doubled), "r.csv")
            told = {s.summary_url: s for s in file.statements}
            assert told == {s.summary_url: s for s in without.statements}
            found = [(i.subject, i.code) for i in file.issues if i.code != "broken_quotes"]
            assert found == [(f"r.csv row {number + 1}", "broken_row")]


@pytest.mark.parametrize("short", [1, 3])
@pytest.mark.parametrize("doubled", [True, False])
def test_rows_that_are_all_short_do_not_fit_the_header(short: int, doubled: bool) -> None:
    rows = corpus_rows()
    data = as_csv([rows[0], *(cells[:-short] for cells in rows[1:])], doubled=doubled)
    with pytest.raises(RegistryError, match="none of its 68 rows fits its header of 73 columns"):
        parse_registry(data, "r.csv")


def test_two_broken_rows_do_not_make_one() -> None:
    lines = raw_bytes([row("A", "a", DemonstrateProgress="so, yes"), row("B", "b"), row("C", "c")])
    data = lines.replace(b'"so, yes",', b'"so, yes').replace(b"2022,B,", b"2022,")
    file = parse_registry(data, "r.csv")
    assert [s.organisations[0].name for s in file.statements] == ["C"]
    assert [i.code for i in file.issues] == ["broken_row", "broken_row"]


@pytest.mark.parametrize(
    "cells",
    [
        # '"x" z' and 'q r", s "t', or 'x" z,"q r' and ' s "t"'.
        b'"x" z,"q r", s "t"',
        # Sound quotes and one cell too many, though two of them could be joined.
        b'B,"1 Road, Town", by "Dock"',
    ],
)
def test_quotes_with_two_readings_are_not_guessed(cells: bytes) -> None:
    data = raw_bytes([row("A", "a"), row("@", "b", Address="@"), row("C", "c")])
    file = parse_registry(data.replace(b"@,@", cells), "r.csv")
    assert [s.organisations[0].name for s in file.statements] == ["A", "C"]
    assert codes(file) == {"broken_row"}


def test_half_a_quotation_in_a_list_is_no_value() -> None:
    data = raw_bytes([row("A", "a"), row("B", "b", OrganisationSectors=SECTORS[12])])
    file = parse_registry(data.replace(b'"Food and beverages, ', b""), "r.csv")
    assert [s.organisations[0].name for s in file.statements] == ["A"]
    assert codes(file) == {"broken_row"}


def test_a_file_cut_in_its_last_row_keeps_the_rest() -> None:
    data = registry_bytes([row("A", "a"), row("B", "b", Address='1 "Old" Road,\nTown')])
    file = parse_registry(data[:-60], "r.csv")
    assert [s.organisations[0].name for s in file.statements] == ["A"]
    assert codes(file) == {"broken_row", "cut_off"}


def test_one_windows_byte_does_not_garble_the_pounds() -> None:
    data = registry_bytes([row("A", "a", Turnover="Over £500 million"), row("CAFE", "c")])
    file = parse_registry(data.replace(b"CAFE", b"CAF\xc9"), "r.csv")
    assert file.statements[0].turnover == "Over £500 million"
    assert file.statements[1].organisations[0].name == "CAFÉ"
    assert codes(file) == {"not_utf8"}


def test_columns_in_another_order_are_read_by_name() -> None:
    cells = row("A", "a")
    file = parse_registry(registry_bytes([dict(reversed(cells.items()))]), "r.csv")
    assert file.statements[0].organisations[0].name == "A"


def test_missing_columns_are_named() -> None:
    cells = row("A", "a")
    del cells["StatementURL"], cells["OrganisationSectors"]
    with pytest.raises(RegistryError, match="columns StatementURL, OrganisationSectors"):
        parse_registry(registry_bytes([cells]), "r.csv")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"PK\x03\x04\0\0", "not a text file"),
        (b"<html><body>503</body></html>", "not a table"),
        (b"name,price\nx,1\n", "none of its columns"),
        ((",".join(HEADER) + "\r\n").encode(), "no statement in its 0 rows"),
    ],
)
def test_what_is_no_registry_file_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(RegistryError, match=message) as caught:
        parse_registry(data, "r.csv")
    assert "\n" not in str(caught.value)


def test_paths_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    pipe, large = tmp_path / "pipe.csv", tmp_path / "large.csv"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for path, message in [
        (tmp_path, "is a folder"),
        (tmp_path / "none.csv", "no such file"),
        (pipe, "not a regular file"),
        (Path("/dev/zero"), "not a regular file"),
        (large, "more than 100 MB"),
    ]:
        with pytest.raises(RegistryError, match=message) as caught:
            read_registry(path)
        assert str(caught.value).startswith(f"{path}: ")


def test_errors_name_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/r.csv").write_bytes(b"name,price\nx,1\n")
    with pytest.raises(RegistryError, match=r"^in/r\.csv: none of its columns"):
        read_registry(Path("in/r.csv"))


REAL = registry_bytes([row("A", "a", Address="1 Road,\nTown"), row("B", "a"), row("C", "c")])


@given(st.binary())
@example(b'\xff"')
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(RegistryError):
        parse_registry(data, "r.csv")


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, len(REAL)),
    st.integers(0, 80),
    st.text('",\r\n\u00a32022/é', max_size=12).map(str.encode) | st.binary(max_size=6),
)
def test_a_damaged_file_is_read_or_refused(place: int, cut: int, put: bytes) -> None:
    data = REAL[:place] + put + REAL[place + cut :]
    try:
        file = parse_registry(data, "r.csv")
    except RegistryError:
        return
    assert 1 <= len(file.statements) <= file.row_count


def test_the_real_header_is_known_to_the_last_column(shared: Path) -> None:
    for path in sorted((shared / "registry").glob("*.csv")):
        header = path.read_text("utf-8-sig").split("\n", 1)[0].strip().split(",")
        assert set(header) <= KNOWN


@pytest.mark.parametrize(
    ("name", "rows", "statements"),
    [
        ("StatementSummaries2022-food-sector.csv", 689, 248),
        ("StatementSummaries2022-early.csv", 282, 90),
    ],
)
def test_real_files_are_read_whole(shared: Path, name: str, rows: int, statements: int) -> None:
    file = read_registry(shared / "registry" / name)
    assert (file.row_count, len(file.statements)) == (rows, statements)
    assert sum(len(s.organisations) for s in file.statements) == rows
    assert not file.issues
    assert not file.extra_columns
