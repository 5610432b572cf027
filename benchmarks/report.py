"""The sector report of very many statements: its size, and how soon a browser has it open.

``make bench-report`` repeats the corpus to 5,000 statements; ``python -m benchmarks.report 5000
DATABASE`` repeats the statements of another workspace, which itself is left as it is.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assess.report.sectors import write_sector_report
from assess.store import open_workspace
from benchmarks.filled import fill, repeat

STATEMENTS = 5000
MINIMUM = 10
RUNS = 3
# From the start of loading to the last event of it, and then to the list after a first filter.
LOADED = "performance.timing.loadEventEnd - performance.timing.navigationStart"
FILTERED = """() => {
    const begin = performance.now();
    const field = document.getElementById("f-sector");
    field.selectedIndex = 1;
    field.dispatchEvent(new Event("change"));
    document.body.getBoundingClientRect();
    return performance.now() - begin;
}"""


def make(folder: Path, wanted: int, source: Path | None) -> Path:
    """A workspace with so many statements, and its report."""
    path, page = folder / "bench.db", folder / "report.html"
    if source:
        shutil.copyfile(source, path)
        repeat(path, wanted)
    else:
        fill(path, wanted)
    with open_workspace(path) as workspace:
        begin = time.perf_counter()
        write_sector_report(workspace, page, minimum=MINIMUM)
        written = time.perf_counter()
        write_sector_report(workspace, page, minimum=MINIMUM)
        again = time.perf_counter() - written
    print(
        f"{wanted:,} statements: written in {written - begin:.1f} s ({again:.1f} s when nothing "
        f"changed), {page.stat().st_size / 1e6:.2f} MB"
    )
    return page


def browse(page: Path) -> None:
    """Open the page as often as `RUNS` and print the times."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times: list[Sequence[float]] = []
        for _ in range(RUNS):
            opened = browser.new_page(viewport={"width": 1440, "height": 900})
            opened.goto(page.as_uri())
            times.append((opened.evaluate(LOADED), opened.evaluate(FILTERED)))
            opened.close()
        browser.close()
    for loaded, filtered in times:
        print(f"opened in {loaded:.0f} ms; a filter took {filtered:.0f} ms")


def main() -> None:
    """Make the report, and open it."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else STATEMENTS
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        browse(make(Path(folder), wanted, source))


if __name__ == "__main__":
    main()
