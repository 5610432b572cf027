"""How long a dossier takes to be made and to open: ``python -m benchmarks.dossier``.

The statement is made of the corpus' own texts until it has as many words as one of the longest real
ones. It opens in Debian's chromium; opened is what is loaded, laid out and has run its script.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from assess.batch import extract_pending, score_pending
from assess.report.dossier import write_dossier
from assess.resources import corpus_folder
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace

WORDS: Final = 11_000
RUNS: Final = 7
MAX_SECONDS: Final = 1.0
# An organisation of the corpus' registry with one statement, which the file's name matches.
NAME: Final = "OSTRELLE PHARMA LIMITED"


def long_text(words: int = WORDS) -> str:
    """Own texts of the corpus, one after the other, with at least so many words."""
    pages: list[str] = []
    for content in _texts():
        pages.append(content.replace("\f", "\n\n"))
        if sum(len(page.split()) for page in pages) >= words:
            break
    return "\f".join(pages)


def _texts() -> Iterator[str]:
    for path in sorted((corpus_folder() / "documents").iterdir()):
        if path.suffix in (".txt", ".md"):
            yield path.read_text("utf-8")
    with tempfile.TemporaryDirectory() as scratch, open_workspace(Path(scratch) / "w.db") as opened:
        import_files(opened, [corpus_folder() / "documents"])
        extract_pending(opened)
        rows = opened.db.execute("SELECT content FROM texts ORDER BY document_sha256").fetchall()
    yield from (str(content) for (content,) in rows)


def fill(workspace: Workspace, folder: Path) -> int:
    """Assess the long statement; gives its organisation."""
    (folder / f"{NAME}.txt").write_text(long_text(), "utf-8")
    import_registry(workspace, corpus_folder() / "registry.csv")
    import_files(workspace, [folder / f"{NAME}.txt"])
    match_documents(workspace)
    extract_pending(workspace)
    match_documents(workspace)
    score_pending(workspace, load_rubric(), model_key(), None)
    row = workspace.db.execute("SELECT id FROM organisations WHERE name = ?", [NAME]).fetchone()
    return int(row[0])


def opening_seconds(page: Path) -> list[float]:
    """Seconds of each run, of a browser that is already there."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        return [_opened(browser, page) for _ in range(RUNS)]


def _opened(browser: Any, page: Path) -> float:
    window = browser.new_page(viewport={"width": 1440, "height": 900})
    begin = time.perf_counter()
    window.goto(page.absolute().as_uri())
    window.evaluate("document.body.getBoundingClientRect().height")  # makes it lay all out
    seconds = time.perf_counter() - begin
    window.close()
    return seconds


def main() -> None:
    """Print the figures; exit code 1 if it opens too slowly."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with open_workspace(folder / "w.db") as workspace:
            organisation = fill(workspace, folder)
            begin = time.perf_counter()
            done = write_dossier(workspace, organisation, folder / "dossier.html")
            making = time.perf_counter() - begin
        marks = done.path.read_text("utf-8").count("<mark")
        seconds = opening_seconds(done.path)
        size = done.path.stat().st_size
    print(
        f"dossier of {WORDS:,} words: {size / 1e6:.2f} MB with {marks:,} marks, made in"
        f" {making:.2f} s, opened in {median(seconds):.2f} s ({min(seconds):.2f} to"
        f" {max(seconds):.2f} s in {RUNS} runs)"
    )
    sys.exit(0 if median(seconds) < MAX_SECONDS else f"over {MAX_SECONDS} s")


if __name__ == "__main__":
    main()
