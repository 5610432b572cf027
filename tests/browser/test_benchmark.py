"""The benchmark's page in a browser."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from assess.compare.peers import Asked, benchmark_asked
from assess.report.benchmark.write import write_benchmark
from assess.resources import corpus_folder
from assess.score.rubric import load_rubric
from assess.store import open_workspace
from tests.browser.conftest import WIDTHS, Browser, Opened
from tests.compare.factory import RUBRIC
from tests.report.benchmarks import HOSTILE

DOCUMENTS = corpus_folder() / "documents"


@pytest.fixture(scope="module")
def file(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("benchmark") / "benchmark.html"
    draft = DOCUMENTS / "KEYHOLLOW GUARDING LIMITED.txt"
    earlier = DOCUMENTS / "FERRYWICK COACHES LIMITED.txt"
    rubric = load_rubric()
    with open_workspace(corpus_db, create=False, write=False) as workspace:
        asked = Asked(draft, before=earlier, sectors=("Food",))
        write_benchmark(
            benchmark_asked(workspace, asked, rubric), rubric, output, workspace.documents
        )
    return output


@pytest.fixture(params=[*WIDTHS.values()], ids=[*WIDTHS])
def page(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Generator[Opened]:
    opened = browser.open(file, request.param)
    yield opened
    opened.close()


def test_is_quiet_and_asks_for_nothing(page: Opened) -> None:
    assert page.complaints == []
    assert page.requests == []


def test_can_be_used_by_all(page: Opened) -> None:
    assert page.faults_of_access() == []


def test_fits_the_window(page: Opened) -> None:
    page.page.click("button[name=unfold]")
    assert not page.overflows()


def test_gaps_are_chosen_by_authority_area_and_words(page: Opened) -> None:
    gaps = page.page.locator("article.gap:visible")
    rows = page.page.locator(".overview tbody tr:visible")
    every = gaps.count()
    page.page.select_option("select[name=authority]", "LAW")
    assert 0 < gaps.count() < every
    assert rows.count() == gaps.count()
    assert {one.get_attribute("data-authority") for one in gaps.all()} == {"LAW"}
    assert page.page.locator("#filters output").text_content().startswith(f"{gaps.count()} of")
    page.page.select_option("select[name=authority]", "")
    page.page.select_option("select[name=area]", index=1)
    assert 0 < gaps.count() < every
    page.page.select_option("select[name=area]", "")
    page.page.fill("input[name=words]", "RECRUITMENT FEES")
    assert 0 < gaps.count() < every
    assert page.complaints == []


def test_a_title_leads_to_its_gap_and_opens_it(page: Opened) -> None:
    last = page.page.locator(".overview a").last
    last.click()
    article = page.page.locator(last.get_attribute("href"))
    article.locator("dl").wait_for(state="visible")
    page.page.click("button[name=fold]")
    assert page.page.locator("article.gap dl:visible").count() == 0


def test_ticks_are_counted_and_what_is_done_can_be_hidden(page: Opened) -> None:
    page.page.locator(".check label").first.click()
    assert page.page.locator("#ticks output").text_content().startswith("1 of ")
    page.page.check("input[name=open]")
    assert page.page.locator(".check li[data-state=done]:visible").count() == 0
    assert page.page.locator(".check li[data-state=open]:visible").count() > 0


def test_hostile_words_are_text(browser: Browser, tmp_path: Path) -> None:
    write_benchmark(HOSTILE, RUBRIC, tmp_path / "h.html", tmp_path / "w.documents")
    opened = browser.open(tmp_path / "h.html", WIDTHS["phone"])
    assert opened.complaints == []
    assert opened.requests == []
    assert not opened.overflows()
    assert "<img src=x" in opened.page.locator("h1").text_content()
    opened.close()
