"""A browser for the tests of pages: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

WIDTHS = {"phone": 360, "desk": 1440}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# No service of the browser's own may ask the network while pages are watched.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
GRAVE = ("serious", "critical")


@dataclass
class Opened:
    """A page in the browser, and what it did that it should not have done."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings on the console, and exceptions of scripts."""
    requests: list[str] = field(default_factory=list)
    """Addresses that were asked for beside the page's own."""

    def faults_of_access(self) -> list[str]:
        """What axe-core finds that is serious or worse: rule, and the first element."""
        from axe_playwright_python.sync_playwright import Axe

        return [
            f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
            for fault in Axe().run(self.page).response["violations"]
            if fault["impact"] in GRAVE
        ]

    def overflows(self) -> bool:
        """Whether the page as a whole is wider than the window."""
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )

    def close(self) -> None:
        """Close the page's window."""
        self.page.close()


class Browser:
    """Opens pages of files."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def open(self, path: Path | str, width: int = WIDTHS["desk"], height: int = 900) -> Opened:
        """A file (or an address) in a window, as it is when all has run."""
        page = self._browser.new_page(viewport={"width": width, "height": height})
        opened = Opened(page)
        address = path.absolute().as_uri() if isinstance(path, Path) else path
        page.on("console", lambda message: _complain(opened, message))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.split("#")[0] == address.split("#")[0]
                else opened.requests.append(request.url)
            ),
        )
        page.goto(address)
        return opened


def _complain(opened: Opened, message: Any) -> None:
    if message.type in ("error", "warning"):
        opened.complaints.append(message.text)


# Of a module only: while it is open an event loop runs, and tests elsewhere start their own.
@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """The browser; tests are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Browser(started)
        started.close()
