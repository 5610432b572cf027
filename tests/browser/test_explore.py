"""The pages of `assess explore` in a browser."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `explore` is not installed")

from assess.explore.server import listen, serving
from tests.browser.conftest import WIDTHS, Browser

PAGES = (
    "",
    "assess/league_table?sector=food",
    "assess/search?q=recruitment+fees",
    "assess/findings",
    "-/dossier/1",
)


@pytest.fixture(scope="module")
def address(corpus_db: Path) -> Iterator[str]:
    """The corpus, served on the loopback until the tests of this file have run."""
    with listen("127.0.0.1", 0) as listening:
        server: Any = serving(corpus_db, "127.0.0.1")
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_only_this_machine(browser: Browser, address: str, page: str, width: int) -> None:
    opened = browser.open(address + page, width)
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(address)] == []
    assert not opened.overflows()
    opened.close()


def test_from_the_front_page_to_a_passage(browser: Browser, address: str) -> None:
    opened = browser.open(address)
    opened.page.get_by_label("Search in the texts").fill('"labour providers"')
    opened.page.get_by_role("button", name="Search").click()
    passages = opened.page.locator("td.col-passage")
    passages.first.wait_for()
    assert "«labour providers»" in passages.first.inner_text()
    assert opened.complaints == []
    opened.close()


def test_a_facet_narrows_the_table(browser: Browser, address: str) -> None:
    opened = browser.open(f"{address}assess/evidence")
    opened.page.get_by_role("link", name="planned", exact=True).click()
    opened.page.wait_for_url("**/evidence?status=planned")
    statuses = opened.page.locator("td.col-status").all_inner_texts()
    assert set(statuses) == {"planned"}
    assert opened.complaints == []
    opened.close()
