"""Take the pictures of README and docs, by Debian's Chromium: ``python -m tools.screenshots``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[1] / "docs"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, the part of it that is shown, and the picture's file below docs/."""

    name: str
    page: str
    width: int = 1200
    height: int = 800
    section: str = ""
    """CSS selector of what is scrolled to the top; none: the page's beginning."""


PICTURES = (
    Picture("report.png", "sectors.html", height=1000),
    Picture("filters.png", "sectors.html", section="#criteria"),
    Picture("national.png", "national.html"),
    Picture("dossier.png", "organisation.html", section="#statement"),
    Picture("benchmark.png", "benchmark.html", section="#gaps"),
)


def take(folder: Path) -> Iterator[Path]:
    """Take all pictures of the pages that `assess demo` wrote to ``folder``."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Debian's chromium is needed: sudo apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            yield _taken(browser, folder, picture)
        browser.close()


def _taken(browser: Any, folder: Path, picture: Picture) -> Path:
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
    page.goto((folder / picture.page).absolute().as_uri())
    if picture.section:
        page.locator(picture.section).first.evaluate("one => one.scrollIntoView()")
    path = DOCS / picture.name
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    """Walk through the demonstration and take its pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "assess.cli", "demo", "--folder", str(folder)], check=True
        )
        for path in take(folder):
            print(path)


if __name__ == "__main__":
    main()
