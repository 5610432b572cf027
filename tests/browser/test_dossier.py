"""The dossier and the list of dossiers in a browser."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from assess.report.dossier import write_dossiers
from assess.store import open_workspace
from tests.browser.conftest import WIDTHS, Browser, Opened

# Evidence of several areas and statuses, of which some overlap; a year before; peers; declarations.
RICH = "brackenwhistle-logistics-limited.html"


@pytest.fixture(scope="module")
def folder(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("dossiers") / "all"
    with open_workspace(corpus_db, create=False, write=False) as workspace:
        write_dossiers(workspace, output)
    return output


@pytest.fixture(params=[*WIDTHS.values()], ids=[*WIDTHS])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("name", [RICH, "quillfeather-mills-limited.html", "index.html"])
def test_is_quiet_fits_and_can_be_used_by_all(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    page = browser.open(folder / name, width)
    assert (page.complaints, page.requests) == ([], [])
    assert not page.overflows()
    assert page.faults_of_access() == []
    page.close()


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Generator[Opened]:
    page = browser.open(folder / RICH)
    yield page
    assert (page.complaints, page.requests) == ([], [])
    page.close()


def test_areas_and_statuses_are_switched_off_and_on(opened: Opened) -> None:
    page = opened.page
    every = page.locator("mark:not(.off)").count()
    page.get_by_role("button", name="No area").click()
    assert page.locator("mark:not(.off)").count() == 0
    page.get_by_role("checkbox", name="Training on modern slavery").check()
    assert page.locator("mark:not(.off)").all_text_contents() == [
        "No training on modern slavery was given in the year."
    ]
    page.get_by_role("checkbox", name="denied").uncheck()
    assert page.locator("mark:not(.off)").count() == 0
    page.get_by_role("checkbox", name="denied").check()
    page.get_by_role("button", name="All areas").click()
    assert page.locator("mark:not(.off)").count() == every


def test_the_script_gives_marks_the_classes_that_the_page_has_without_it(opened: Opened) -> None:
    marks = opened.page.locator("mark")
    before = marks.evaluate_all("found => found.map(mark => mark.className)")
    opened.page.get_by_role("checkbox", name="denied").uncheck()
    assert marks.evaluate_all("found => found.map(mark => mark.className)") != before
    opened.page.get_by_role("checkbox", name="denied").check()
    assert marks.evaluate_all("found => found.map(mark => mark.className)") == before


def test_a_mark_leads_to_its_finding_and_the_quote_back(opened: Opened) -> None:
    page = opened.page
    mark = page.locator("mark a", has_text="No training on modern slavery")
    mark.focus()
    page.keyboard.press("Enter")
    quote = page.locator(".quote:target")
    assert "No training on modern slavery" in quote.inner_text()
    assert quote.is_visible() and "denied" in quote.inner_text()
    quote.get_by_role("link", name="In the text").click()
    assert "No training on modern slavery" in page.locator("mark:target").inner_text()


def test_pointing_at_a_mark_tells_what_it_is(opened: Opened) -> None:
    page = opened.page
    tip = page.locator("#tip")
    assert tip.is_hidden()
    page.locator("mark", has_text="No audits of labour providers").hover()
    assert "denied: seen, not counted" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_a_link_opens_what_is_folded_away(opened: Opened) -> None:
    page = opened.page
    folded = page.locator("details.more .quote").first
    id_ = folded.get_attribute("id")
    assert folded.is_hidden()
    page.evaluate(f"location.hash = '{id_}'")
    folded.wait_for(state="visible")


def test_without_its_script_the_page_is_complete(browser: Browser, folder: Path) -> None:
    context = browser._browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / RICH).absolute().as_uri())
    page.locator("mark a", has_text="No training on modern slavery").click()
    assert page.url.split("#")[1].startswith("q")
    assert page.get_by_role("button").count() == 0
    context.close()


def test_the_list_is_searched_and_sorted(browser: Browser, folder: Path) -> None:
    opened = browser.open(folder / "index.html")
    page = opened.page
    page.get_by_label("Find an organisation").fill("footwear hobnail")
    assert page.locator("tbody tr:visible").count() == 1
    page.get_by_label("Find an organisation").fill("")
    page.get_by_role("button", name="Substance").click()
    page.get_by_role("button", name="Substance").click()
    values = page.locator("tbody tr td:nth-child(4)").all_text_contents()
    assert [float(one) for one in values] == sorted(map(float, values), reverse=True)
    page.locator("tbody a").first.click()
    assert "Text and scorecard" in page.content()
    opened.close()


def test_all_of_the_text_is_printed(browser: Browser, folder: Path) -> None:
    opened = browser.open(folder / "quillfeather-mills-limited.html")
    opened.page.emulate_media(media="print")
    for pane in opened.page.locator(".pane").all():
        assert pane.evaluate("one => one.scrollHeight - one.clientHeight") == 0
    assert opened.page.locator("#key input:visible, #key button:visible").count() == 0
    opened.close()
