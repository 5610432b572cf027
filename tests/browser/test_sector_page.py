"""The sector report in a browser."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from assess.report.compared.refresh import refresh_for_reports
from assess.report.sectors import write_sector_report
from assess.score.rubric import load_rubric
from assess.store import open_workspace
from tests.browser.conftest import WIDTHS, Browser, Opened
from tests.compare.factory import RUBRIC, Factory

MINIMUM = 5


@pytest.fixture(scope="module")
def report(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus with its sectors compared."""
    folder = tmp_path_factory.mktemp("sectors")
    database = folder / "corpus.db"
    shutil.copyfile(corpus_db, database)
    with open_workspace(database, create=False) as workspace:
        refresh_for_reports(workspace, load_rubric(), MINIMUM)
        write_sector_report(workspace, folder / "report.html", minimum=MINIMUM)
    return folder / "report.html"


@pytest.fixture(scope="module", params=[*WIDTHS.values()], ids=[*WIDTHS])
def page(request: pytest.FixtureRequest, browser: Browser, report: Path) -> Generator[Opened]:
    opened = browser.open(report, request.param)
    yield opened
    opened.close()


@pytest.fixture
def desk(browser: Browser, report: Path) -> Generator[Any]:
    """A page of its own, to be changed; what it complains of is a failure."""
    opened = browser.open(report)
    yield opened.page
    assert (opened.complaints, opened.requests) == ([], [])
    opened.close()


def test_is_quiet_and_asks_for_nothing(page: Opened) -> None:
    assert page.complaints == []
    assert page.requests == []


def test_can_be_used_by_all(page: Opened) -> None:
    assert page.faults_of_access() == []


def test_fits_the_window(page: Opened) -> None:
    assert not page.overflows()


def names(page: Any) -> list[str]:
    found: list[str] = page.locator("#list .name:visible").all_inner_texts()
    return found


def heat(page: Any) -> list[list[str]]:
    """Text, class and title of all cells of the criteria table, and its headers."""
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#heat td, #heat thead th')]"
        ".map((cell) => [cell.textContent, cell.className, cell.title])"
    )
    return found


def test_what_the_script_counts_is_what_the_page_said(browser: Browser, report: Path) -> None:
    """Without a filter, the numbers of the table are computed anew and are the same."""
    plain = report.with_name("plain.html")
    plain.write_text(report.read_text("utf-8").split("<script>")[0] + "</body></html>", "utf-8")
    still, live = browser.open(plain), browser.open(report)
    assert heat(still.page) == heat(live.page) and len(heat(still.page)) > 500
    assert still.page.locator("#filters").is_hidden()
    assert len(names(still.page)) == len(names(live.page)) == 49
    still.close()
    live.close()


def test_filters_choose_statements_and_say_how_many(desk: Any) -> None:
    assert desk.locator("#count").inner_text() == "Of 49 statements, 49 match."
    desk.locator("#f-sector").select_option(label="Fashion, textiles, apparel and luxury goods")
    assert desk.locator("#count").inner_text() == "Of 49 statements, 6 match."
    assert len(names(desk)) == 6
    assert desk.locator("#heat thead th.sector:visible").count() == 0
    assert "Selected" in desk.locator("#heat thead").inner_text()
    said = "Sector: Fashion, textiles, apparel and luxury goods. Counted for the 6 selected of 49"
    assert said in desk.locator("#recomputed").inner_text()
    desk.locator("#f-year").select_option(label="2023")
    left = names(desk)
    assert 0 < len(left) < 6
    desk.locator("#f-text").fill("no such name")
    assert names(desk) == [] and "0 match" in desk.locator("#count").inner_text()
    desk.locator("#reset").click()
    assert len(names(desk)) == 49 and desk.locator("#reset").is_disabled()


def test_the_summary_is_of_the_selection(desk: Any) -> None:
    desk.locator("#f-sector").select_option(label="Cleaning and security services")
    told = desk.locator("#summary").inner_text()
    assert "60%" in told and "23–88% · 3 of 5" in told  # as the table of sectors
    desk.locator("#f-type").select_option(label="Leading")
    assert "0%" in desk.locator("#summary").inner_text()


def test_the_choice_stands_in_the_address(desk: Any, browser: Browser, report: Path) -> None:
    desk.locator("#f-year").select_option(label="2024")
    assert desk.url.endswith("#choose?year=2")
    again = browser.open(f"{report.as_uri()}#choose?year=2")
    assert again.page.locator("#count").inner_text() == desk.locator("#count").inner_text()
    again.close()


def test_tables_sort_by_mouse_and_keyboard(desk: Any) -> None:
    header = desk.locator("#list th[data-sort=substance]")
    header.locator("button").focus()
    desk.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    scores = [
        int(cell.split()[-1])
        for cell in desk.locator("#list tbody tr:first-child td:nth-child(4)").all_inner_texts()
    ]
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[-1]
    sectors = desk.locator("#types table")
    sectors.locator("th button", has_text="Silent").click()
    assert sectors.locator("tbody th").first.inner_text() == "All sectors"  # stays on top
    assert sectors.locator("[aria-sort]").count() == 1


def test_long_tables_can_be_searched(desk: Any) -> None:
    place = desk.locator("#sectors")
    place.locator("input[type=search]").fill("fashion")
    assert place.locator("table").first.locator("tbody tr:visible").count() == 1


def test_evidence_opens_where_it_stands(desk: Any) -> None:
    row = desk.locator("#list tbody.row").first
    row.locator("summary").click()
    assert row.locator("q:visible").count() > 3
    holder = "document.querySelector('#list').parentNode"
    assert desk.evaluate(f"{holder}.scrollWidth <= {holder}.clientWidth")


def test_the_data_can_be_taken_along_and_no_cell_is_a_formula(desk: Any) -> None:
    desk.locator("#f-sector").select_option(index=1)
    with desk.expect_download() as started:
        desk.locator("#csv-statements").click()
    text = started.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(names(desk)) and {row["statement"] for row in rows} == set(names(desk))
    assert rows[0]["approval"] in ("met", "partial", "absent", "na")
    with desk.expect_download() as started:
        desk.locator("#csv-criteria").click()
    first = next(csv.DictReader(io.StringIO(started.value.path().read_text("utf-8-sig"))))
    assert first["sector"] == "All" and int(first["of"]) <= len(rows)


def test_on_paper_all_is_there_and_nothing_to_press(desk: Any) -> None:
    desk.emulate_media(media="print")
    desk.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert (
        desk.locator("#filters, #pager, .searching, .sort, #downloads")
        .locator("visible=true")
        .count()
        == 0
    )
    assert desk.locator("#list > tbody:visible").count() == 49
    assert desk.locator("#summary").is_hidden()
    header = "getComputedStyle(document.querySelector('#list th'), '::before').content"
    assert desk.evaluate(header) == '"Organisation and sectors"'


def test_documents_without_a_registry_can_be_chosen_too(browser: Browser, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w.db") as workspace:
        made = Factory(workspace)
        for place in range(3):
            made.document(f"loose{place}.pdf", minimal_flag=place % 2)
        write_sector_report(workspace, tmp_path / "r.html", minimum=2, rubric=RUBRIC)
    opened = browser.open(tmp_path / "r.html")
    assert opened.page.locator("#count").inner_text() == "Of 3 statements, 3 match."
    opened.page.locator("#f-flag").select_option(label="Looks like it")
    assert names(opened.page) == ["loose1.pdf"]
    assert opened.complaints == []
    opened.close()


def test_an_empty_report_has_nothing_to_choose(browser: Browser, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w.db") as workspace:
        write_sector_report(workspace, tmp_path / "r.html")
    opened = browser.open(tmp_path / "r.html")
    assert opened.page.locator("#filters").count() == 0
    assert (opened.complaints, opened.requests) == ([], [])
    opened.close()
