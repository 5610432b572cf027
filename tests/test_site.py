"""The docs as a site: built strictly, complete, and closed to the outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[1]
# Attributes whose address a browser asks for by itself; `a` is followed by the reader only.
LOADS = {"src", "srcset", "data", "poster", "action"}
SECONDS = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it: every warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - started < SECONDS
    return folder


class _Page(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") not in ("canonical", "prev", "next"):
            self.loaded.append(given.get("href", ""))
        self.loaded += [given[name] for name in LOADS & set(given)]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    return {path: _Page(path) for path in sorted(site.rglob("*.html"))}


def test_all_pages_of_docs_are_there(site: Path, pages: dict[Path, _Page]) -> None:
    docs = ROOT / "docs"
    for text in docs.rglob("*.md"):
        assert site / text.relative_to(docs).with_suffix(".html") in pages, text
    assert len(pages) > 25


def test_every_page_is_in_the_navigation(site: Path, pages: dict[Path, _Page]) -> None:
    home = pages[site / "index.html"]
    listed = {(site / urlsplit(link).path).resolve() for link in home.links if link != "."}
    assert set(pages) - listed - {site / "404.html"} <= {site / "index.html"}


def test_nothing_is_asked_of_other_hosts(site: Path, pages: dict[Path, _Page]) -> None:
    outside = [
        (path.name, address)
        for path, page in pages.items()
        for address in page.loaded
        if urlsplit(address).scheme not in ("", "data") or address.startswith("//")
    ]
    assert outside == []
    assert list(_fetched_by_styles(site)) == []


def _fetched_by_styles(site: Path) -> Iterator[str]:
    for style in site.rglob("*.css"):
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", style.read_text(encoding="utf-8")):
            if not address.startswith("data:") and urlsplit(address).scheme:
                yield address


def test_links_lead_somewhere(site: Path, pages: dict[Path, _Page]) -> None:
    broken = [
        (path.relative_to(site).as_posix(), link)
        for path, page in pages.items()
        if path.name != "404.html"  # served for any address: its links are of the host's root
        for link in page.links
        if not _leads_somewhere(path, link, pages)
    ]
    assert broken == []


def _leads_somewhere(path: Path, link: str, pages: dict[Path, _Page]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or not link:
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    place = unquote(parts.fragment)
    # The theme's own mark of a page's top.
    known = target in pages and place in pages[target].ids | {"", "__skip", "__toc"}
    return known or (target.is_file() and target not in pages)
