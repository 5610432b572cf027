"""Numbers of the page against the queries of docs/reports.md, on the corpus."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assess.compare.sectors import LEVELS
from assess.report.compared.refresh import refresh_for_reports
from assess.report.national.write import write_national_report
from assess.report.sectors import write_sector_report
from assess.score.rubric import load_rubric
from assess.store import open_workspace
from tests.report.test_sector_page import SCRIPT, section, text_of

MINIMUM = 3
DOCS = Path(__file__).parents[2] / "docs" / "reports.md"
# As the table of criteria writes them.
LEVEL_WORDS = {"partial": "in part", "1+": "any mention", "2+": "specific"}
Rows = list[tuple[str, ...]]


@cache
def queries() -> Mapping[str, str]:
    """The SQL of the docs, by its first line."""
    blocks = re.findall(r"```sql\n-- (.*?)\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    return dict(blocks)


@pytest.fixture(scope="module")
def database(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus with its groups compared, and both reports beside it."""
    folder = tmp_path_factory.mktemp("traced")
    shutil.copyfile(corpus_db, folder / "corpus.db")
    with open_workspace(folder / "corpus.db", create=False) as workspace:
        refresh_for_reports(workspace, load_rubric(), MINIMUM)
        write_sector_report(workspace, folder / "report.html", minimum=MINIMUM)
        write_national_report(workspace, folder / "national.html", minimum=MINIMUM)
    return folder / "corpus.db"


def asked(database: Path, name: str) -> list[tuple[str | int | float | None, ...]]:
    with sqlite3.connect(database) as connection:
        found = connection.execute(queries()[name]).fetchall()
    assert found
    return found


def tree(path: Path) -> ET.Element:
    page = path.read_text("utf-8").removeprefix("<!doctype html>")
    return ET.fromstring(SCRIPT.sub(r"\1\3", re.sub(r"(<meta [^>]*)>", r"\1/>", page)))


@pytest.fixture(scope="module")
def page(database: Path) -> ET.Element:
    return tree(database.with_name("report.html"))


def table(page: ET.Element, id_: str, place: int = 0) -> dict[str, list[str]]:
    """Cells of each row by its header, small print included."""
    body = section(page, id_).findall(".//table/tbody")[place]
    return {
        name_of(row[0]): [" ".join(cell.itertext()).strip() for cell in row[1:]] for row in body
    }


def name_of(header: ET.Element) -> str:
    return (header.text or "").strip()


def first(cell: str) -> str:
    return cell.split(maxsplit=1)[0]


def counted(cell: str) -> tuple[int, int]:
    """(number, of) of a share's small print."""
    found = re.search(r"([\d,]+) of ([\d,]+)", cell)
    assert found, cell
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


def test_counts_and_medians_of_sectors(database: Path, page: ET.Element) -> None:
    rows = table(page, "sectors")
    for sector, statements, documents, assessed in asked(
        database, "sectors: statements, with a document, assessed"
    ):
        cells = rows[str(sector)]
        assert (first(cells[0]), first(cells[2])) == (str(statements), str(assessed))
        assert f"{documents} with a document" in cells[0]
    for sector, compliance, substance in asked(
        database, "medians of compliance and substance by sector"
    ):
        cells = rows[str(sector)]
        assert (first(cells[3]), first(cells[4])) == (f"{compliance:.0f}", f"{substance:.0f}")


def test_minimal_compliance_and_kinds(database: Path, page: ET.Element) -> None:
    rows, pooled = table(page, "sectors"), table(page, "minimal")
    for sector, number, of in asked(database, "minimal compliance by sector: number, of"):
        assert counted(rows[str(sector)][5]) == counted(pooled[str(sector)][1]) == (number, of)
    kinds = table(page, "types")
    places = {"silent": 2, "ritual": 3, "policy_led": 4, "practising": 5, "leading": 6}
    for sector, kind, number in asked(database, "kinds of statement by sector"):
        assert kinds[str(sector)][places[str(kind)]].endswith(f"· {number}")
    ranks = asked(database, "pooled shares, ranks and differences, as the page has them")
    told = [(name, cells[0]) for name, cells in pooled.items()]
    assert told == [(row[0], str(row[1] or "–")) for row in ranks]


def test_random_cells_of_the_criteria(database: Path, page: ET.Element) -> None:
    values: dict[tuple[object, object], dict[object, object]] = {}
    for sector, criterion, value, number in asked(
        database, "criteria by sector: how many have each value"
    ):
        values.setdefault((sector, criterion), {})[value] = number
    cells = list(criteria_cells(database, page))
    for sector, criterion, wanted, cell in random.Random(54).sample(cells, 200):
        own = values[sector, criterion]
        of = sum(int(str(n)) for value, n in own.items() if value != "na")
        count = sum(int(str(own.get(value, 0))) for value in wanted)
        assert cell.get("title", "").startswith(f"{count} of {of}" if of else "no statement")
        assert text_of(cell) in (f"{count}/{of}", f"{100 * count / max(of, 1):.0f}", "–")


def criteria_cells(
    database: Path, page: ET.Element
) -> Iterator[tuple[str, str, frozenset[str], ET.Element]]:
    """Sector, criterion, values that count, and the cell, of sectors with assessed statements."""
    with sqlite3.connect(database) as connection:
        known = connection.execute("SELECT title, id, kind FROM criteria").fetchall()
    labels = {
        title if level in ("met", "true") else f"{title}: {LEVEL_WORDS[level]}": (id_, counts)
        for title, id_, kind in known
        for level, counts in LEVELS[kind]
    }
    heat = section(page, "criteria").find(".//table")
    assert heat is not None
    headers = [text_of(cell).rsplit(" (", 1) for cell in heat.findall("thead/tr/th")[4:]]
    for row in heat.findall("tbody/tr[@data-m]"):
        criterion, wanted = labels[text_of(row[0])]
        for (sector, assessed), cell in zip(headers, row[4:], strict=True):
            if assessed != "0)":
                yield sector, criterion, wanted, cell


def test_years_turnover_and_declarations(database: Path, page: ET.Element) -> None:
    years = table(page, "years")
    for year, assessed, number in asked(database, "years: assessed, minimal compliance"):
        cells = years[str(year)]
        assert (first(cells[0]), counted(cells[3])) == (str(assessed), (number, assessed))
    bands = table(page, "sectors", 1)
    for band, assessed, number in asked(database, "turnover: assessed, minimal compliance"):
        assert counted(bands[str(band)][3]) == (number, assessed)
    for name, place in (
        ("declared by sector: answers and their results", 0),
        ("declared by field: answers and their results", 1),
    ):
        rows = table(page, "declared", place)
        if place:
            rows = {cells_of_field(section(page, "declared"), row): rows[row] for row in rows}
        for group, answers, *results in asked(database, name):
            checked = sum(int(str(number)) for number in results)
            if checked:
                cells = rows[str(group)]
                assert first(cells[1]) == f"{answers:,}"
                assert [counted(cell) for cell in cells[3:]] == [(n, checked) for n in results]


def cells_of_field(declared: ET.Element, name: str) -> str:
    """The registry's column of a row, which stands below its name."""
    rows = declared.findall(".//table/tbody")[1]
    [header] = [row[0] for row in rows if name_of(row[0]) == name]
    return text_of(header[0]) if len(header) else name


def test_the_national_report(database: Path) -> None:
    page = tree(database.with_name("national.html"))
    rows = table(page, "registry")
    for year, statements, organisations, late in asked(
        database, "national: statements, organisations and late ones by year"
    ):
        cells = rows[str(year)]
        assert [first(cell) for cell in cells[1:3]] == [str(statements), str(organisations)]
        assert counted(cells[5])[0] == late
    contradicted = section(page, "contradicted")
    quotes = [text_of(quote) for quote in contradicted.iter("q")]
    found = asked(database, "national: answers that the text contradicts")
    assert sorted(quotes) == sorted(" ".join(str(row[-1]).split()) for row in found)


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_query_of_the_docs_runs(database: Path, name: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(queries()[name])
