"""A benchmark as page, Markdown and table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assess.compare.peers import Benchmark, PersonSaid, Seen
from assess.errors import InputError
from assess.report.benchmark.write import write_benchmark
from tests.compare.factory import RUBRIC
from tests.report.benchmarks import FOUND, GAP, HOSTILE, KEPT, LONG, QUOTE


def written(found: Benchmark, folder: Path, form: str) -> str:
    path = folder / f"b{form}"
    write_benchmark(found, RUBRIC, path, folder / "w.documents")
    return path.read_text("utf-8")


class Tags(HTMLParser):
    """Names of tags, addresses, and attributes that no page of ours may have."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.forbidden: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.forbidden += [name for name, _ in attrs if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("form", [".html", ".md", ".csv"])
def test_made_twice_it_is_the_same(tmp_path: Path, form: str) -> None:
    assert written(HOSTILE, tmp_path, form) == written(HOSTILE, tmp_path, form)


def test_the_page_shows_what_others_wrote_as_text(tmp_path: Path) -> None:
    page = Tags(written(HOSTILE, tmp_path, ".html"))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert page.forbidden == []
    assert not [link for link in page.links if "javascript" in link]
    text = (tmp_path / "b.html").read_text("utf-8")
    assert "[U+202E]" in text
    assert LONG not in text


def test_markdown_shows_it_as_text_too(tmp_path: Path) -> None:
    text = written(HOSTILE, tmp_path, ".md")
    assert "<img" not in text
    assert "](javascript" not in text.replace("\\](", "")
    assert "- [ ] Audits carried out (BENCHMARK): not found in the text, p. 2" in text


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path) -> None:
    text = written(HOSTILE, tmp_path, ".csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 3
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_the_table_has_the_gap_beside_its_item(tmp_path: Path) -> None:
    text = written(FOUND, tmp_path, ".csv").removeprefix("\ufeff")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["place_of_gap"], row["peers_with_it"], row["peers"]) == ("1", "9", "12")
    assert row["example_1"] == (
        "“We audited 12 sites.” (Peer Limited, 2024, p. 4; https://peer.example/statement)"
    )


def test_examples_lead_to_statement_and_kept_page(tmp_path: Path) -> None:
    links = Tags(written(FOUND, tmp_path, ".html")).links
    assert "https://peer.example/statement" in links
    assert "w.documents/ab/abc.pdf#page=4" in links
    assert "(w.documents/ab/abc.pdf#page=4)" in written(FOUND, tmp_path, ".md")


@pytest.mark.parametrize("form", [".html", ".md", ".csv"])
def test_an_example_that_is_a_plan_is_told_as_one(tmp_path: Path, form: str) -> None:
    plan = replace(QUOTE, status="planned", confirmed=True)
    found = replace(FOUND, gaps=(replace(GAP, quotes=(plan,)),))
    assert ", planned, confirmed by a person" in written(found, tmp_path, form)
    assert ", planned" not in written(FOUND, tmp_path, form)


def test_a_persons_word_is_shown(tmp_path: Path) -> None:
    person = PersonSaid("Ann", "2026-05-01", "a plan", corrected=True)
    found = replace(FOUND, gaps=(replace(GAP, person=person),))
    for form in (".html", ".md"):
        assert "corrected by Ann on 2026-05-01: a plan" in written(found, tmp_path, form)


def test_what_is_seen_but_does_not_count_is_not_called_missing(tmp_path: Path) -> None:
    seen = (Seen("We will audit.", 2, "planned"), Seen("We audit.", 3, "implemented"))
    text = written(replace(FOUND, gaps=(replace(GAP, seen=seen),)), tmp_path, ".md")
    assert "In the text: seen, not counted" in text
    assert "“We will audit.” (planned, p. 2)" in text
    assert "“We audit.” (stated, but not enough for this, p. 3)" in text


def test_a_kept_statement_is_linked_at_its_pages(tmp_path: Path) -> None:
    found = replace(HOSTILE, kind="organisation", kept=KEPT)
    assert "w.documents/ab/abc.pdf#page=2" in Tags(written(found, tmp_path, ".html")).links


def test_nothing_to_compare_is_a_page_too(tmp_path: Path) -> None:
    empty = replace(FOUND, gaps=(), checklist=(), standings=(), peers=0, too_few=True)
    for form in (".html", ".md", ".csv"):
        assert written(empty, tmp_path, form)


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_benchmark(FOUND, RUBRIC, tmp_path / "no" / "b.html", tmp_path)
