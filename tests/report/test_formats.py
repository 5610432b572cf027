"""Reports as Markdown, CSV tables and workbooks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assess.errors import InputError
from assess.report.national.write import write_national_report
from assess.report.sectors import write_sector_tables
from assess.report.tables.columns import integer, year
from assess.report.tables.delimited import safe_cell
from assess.report.tables.markdown import markdown, plain
from assess.report.tables.records import Column, Table, Tabular
from assess.report.tables.write import Format, format_of
from tests.compare.factory import RUBRIC, Factory
from tests.report.test_sector_page import HOSTILE, RLO

FORMULA = '=HYPERLINK("https://evil.example","x")'
FORMATS: tuple[Format, ...] = ("md", "csv", "xlsx")


@pytest.fixture
def filled(made: Factory) -> Factory:
    """Two statements with hostile names among honest ones."""
    for place, name in enumerate((FORMULA, HOSTILE, "@org", "A | B * C")):
        sha = made.document(f"d{place}", minimal_flag=place % 2, minimal_reasons=[FORMULA])
        made.statement(name, [FORMULA, "Food"], document=sha, turnover="-1")
    return made


def write(made: Factory, output: Path, form: Format) -> None:
    write_sector_tables(made.workspace, output, form, minimum=2, rubric=RUBRIC)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.html", "html"), ("a", "html"), ("a.MD", "md"), ("a.xlsx", "xlsx"), ("a.csv", "csv")],
)
def test_the_ending_tells_the_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@x", "\t=1", "  =1", "＝1"], ids=repr)
def test_no_cell_is_a_formula(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")
    assert safe_cell(-1.5) == -1.5
    assert safe_cell("plain") == "plain"


def test_csv_is_a_folder_of_described_tables(filled: Factory, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(filled, folder, "csv")
    with (folder / "statements.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 4 and {row["approval"] for row in rows} == {"met"}
    assert sum(row["statement"].startswith("'") for row in rows) == 2
    with (folder / "definitions.csv").open(encoding="utf-8-sig", newline="") as handle:
        defined = {(row["table"], row["column"]) for row in csv.DictReader(handle)}
    for table in folder.glob("*.csv"):
        if table.stem not in ("findings", "definitions"):
            header = table.read_text("utf-8-sig").splitlines()[0].split(",")
            assert {(table.stem, column) for column in header} <= defined
    for cell in (cell for row in rows for cell in row.values()):
        assert not cell.startswith(tuple("=+@")) and RLO not in cell


def test_the_workbook_is_typed_and_its_headers_stay(filled: Factory, tmp_path: Path) -> None:
    write(filled, tmp_path / "r.xlsx", "xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    sheet = book["sectors"]
    assert sheet.freeze_panes == "B2"
    names = [cell.value for cell in sheet[1]]
    share = sheet.cell(2, names.index("minimal_share") + 1)
    assert share.value == 0.5 and share.number_format == "0.0%"
    assert {cell.data_type for row in book["statements"].iter_rows() for cell in row} <= set("snb")
    assert "definitions" in book.sheetnames


def test_markdown_has_the_findings_and_no_markup_of_others(filled: Factory, tmp_path: Path) -> None:
    write(filled, tmp_path / "r.md", "md")
    text = (tmp_path / "r.md").read_text("utf-8")
    assert "2 of 4 statements (50%, 95% interval 15–85%) look like minimal compliance" in text
    assert "| Food | 4 | 4 | 4 | 4 |" in text
    assert "<img" not in text and RLO not in text
    widths = {line.count("|") - line.count("\\|") for line in text.split("## ")[2].splitlines()[2:]}
    assert len(widths - {0}) == 1


def test_markup_is_shown_as_it_is() -> None:
    assert plain("[x](javascript:y) <b> `c` | *d*") == (
        "\\[x\\](javascript:y) &lt;b&gt; \\`c\\` \\| \\*d\\*"
    )
    # A backslash before a digit would be shown.
    assert plain("1. x\n# y") == "1\\. x # y"
    assert plain("3.14 Limited") == "3\\.14 Limited"


def test_years_and_large_numbers_read_as_such() -> None:
    columns = (year("year", "y"), integer("n", "n"), Column("points", "number", "p"))
    table = Table("t", "T", columns, ((2023, 2023, 100.0), (2024, 1, -0.067)))
    text = markdown(Tabular("Title", (), (), (table,)))
    assert "| 2023 | 2,023 | 100 |" in text and "| 2024 | 1 | -0.067 |" in text


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_give_the_same_bytes(filled: Factory, tmp_path: Path, form: Format) -> None:
    for name in ("a", "b"):
        write(filled, tmp_path / name, form)
        write_national_report(filled.workspace, tmp_path / f"n{name}", form, rubric=RUBRIC)
    for one, other in (("a", "b"), ("na", "nb")):
        files = sorted((tmp_path / one).iterdir()) if form == "csv" else [tmp_path / one]
        for file in files:
            twin = tmp_path / other / file.name if form == "csv" else tmp_path / other
            assert file.read_bytes() == twin.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_a_place_that_cannot_be_written_is_a_clear_error(
    filled: Factory, tmp_path: Path, form: Format
) -> None:
    (tmp_path / "file").write_text("x")
    output = tmp_path / "file" if form == "csv" else tmp_path
    with pytest.raises(InputError, match=r"cannot be written|plain file"):
        write(filled, output, form)
    assert (tmp_path / "file").read_text() == "x"


def test_an_empty_workspace_still_gives_tables(made: Factory, tmp_path: Path) -> None:
    for form in FORMATS:
        write(made, tmp_path / form, form)
        write_national_report(made.workspace, tmp_path / f"n{form}", form, rubric=RUBRIC)
    assert "nothing to compare" in (tmp_path / "md").read_text("utf-8")
