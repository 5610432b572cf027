"""The sector report in a browser."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.browser.conftest import WIDTHS, Browser, Opened


@pytest.fixture(scope="module", params=[*WIDTHS.values()], ids=[*WIDTHS])
def page(
    request: pytest.FixtureRequest, browser: Browser, corpus_report: Path
) -> Generator[Opened]:
    opened = browser.open(corpus_report, request.param)
    yield opened
    opened.close()


def test_is_quiet_and_asks_for_nothing(page: Opened) -> None:
    assert page.complaints == []
    assert page.requests == []


def test_can_be_used_by_all(page: Opened) -> None:
    assert page.faults_of_access() == []


def test_fits_the_window(page: Opened) -> None:
    assert not page.overflows()
