"""The national report in a browser, and hostile data in both reports."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from assess.report.national.write import write_national_report
from assess.report.sectors import write_sector_report
from assess.store import open_workspace
from tests.browser.conftest import WIDTHS, Browser, Opened
from tests.compare.factory import RUBRIC, Factory
from tests.report.test_sector_page import HOSTILE


@pytest.fixture(scope="module")
def report(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("national")
    shutil.copyfile(corpus_db, folder / "corpus.db")
    with open_workspace(folder / "corpus.db", create=False, write=False) as workspace:
        write_national_report(workspace, folder / "national.html", minimum=5)
    return folder / "national.html"


@pytest.fixture(scope="module", params=[*WIDTHS.values()], ids=[*WIDTHS])
def page(request: pytest.FixtureRequest, browser: Browser, report: Path) -> Generator[Opened]:
    opened = browser.open(report, request.param)
    yield opened
    opened.close()


def test_is_quiet_and_asks_for_nothing(page: Opened) -> None:
    assert page.complaints == []
    assert page.requests == []


def test_can_be_used_by_all(page: Opened) -> None:
    assert page.faults_of_access() == []


def test_fits_the_window(page: Opened) -> None:
    assert not page.overflows()


def test_its_tables_sort(browser: Browser, report: Path) -> None:
    opened = browser.open(report)
    table: Any = opened.page.locator("#registry table")
    years = table.locator("tbody th")
    assert years.all_inner_texts() == ["2022", "2023", "2024"]
    table.locator("th button", has_text="Registry year").click()
    table.locator("th button", has_text="Registry year").click()
    assert years.all_inner_texts() == ["2024", "2023", "2022"]
    opened.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both reports of statements with names that attack; many, so that the script writes rows."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [HOSTILE, "=1+1", "</script><script>document.title='x'</script>", "@SUM(A1)"]
    with open_workspace(folder / "w.db") as workspace:
        made = Factory(workspace)
        for place in range(210):
            name = f"{names[place % 4]} {place}" if place % 4 else f"{place} {names[0]}"
            sha = made.document(f"{name}.pdf", tier=HOSTILE, substance=float(place % 90))
            made.statement(
                name, [HOSTILE], document=sha, statement_url="javascript:alert(1)", turnover=HOSTILE
            )
        write_sector_report(workspace, folder / "sectors.html", rubric=RUBRIC)
        write_national_report(workspace, folder / "national.html", rubric=RUBRIC)
    return folder


@pytest.mark.parametrize("name", ["sectors", "national"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_hostile_data_stays_text(browser: Browser, hostile: Path, name: str, width: int) -> None:
    opened = browser.open(hostile / f"{name}.html", width)
    assert (opened.complaints, opened.requests) == ([], [])
    assert opened.page.title().startswith("Modern slavery statements")
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("a[href^='javascript']").count() == 0
    assert not opened.overflows()
    opened.close()


def test_rows_that_the_script_writes_are_text_and_can_be_turned(
    browser: Browser, hostile: Path
) -> None:
    opened = browser.open(hostile / "sectors.html")
    page = opened.page
    assert page.locator("#place").inner_text() == "1 to 100 of 210"
    page.locator("#on").click()
    page.locator("#on").click()
    assert page.locator("#list > tbody").count() == 10 and page.locator("#on").is_disabled()
    page.locator("#f-text").fill("document.title")
    assert page.locator("#list > tbody").count() > 40
    assert page.title().startswith("Modern slavery statements")
    written = page.locator("#list > tbody:not([data-i])")
    assert written.count() > 0 and "</script>" in written.first.inner_text()
    with page.expect_download() as started:
        page.locator("#csv-statements").click()
    text = started.value.path().read_text("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        assert not [cell for cell in row.values() if cell.lstrip().startswith(tuple("=+@"))]
    assert opened.complaints == []
    opened.close()


def test_no_cell_that_is_taken_along_is_a_formula(browser: Browser, hostile: Path) -> None:
    opened = browser.open(hostile / "sectors.html")
    opened.page.locator("#f-text").fill("=1+1")
    with opened.page.expect_download() as started:
        opened.page.locator("#csv-statements").click()
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text("utf-8-sig"))))
    assert len(rows) > 40 and {row["statement"][:5] for row in rows} == {"'=1+1"}
    opened.close()
