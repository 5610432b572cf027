"""Hostile documents: each ends in its row within its limits, and the next document is read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assess.errors import UnreadableDocument
from assess.extract import Extractor, extract
from assess.extract.limits import MAX_BYTES, MAX_PAGES
from assess.records import Text
from assess.scrape.files import iter_documents
from tests.extract import hostile
from tests.extract.hostile import paragraph, repeated, word_file
from tests.extract.makers import PARAGRAPH, form_bomb, pdf, wrapped
from tools.fuzz.invariants import broken

GOOD = pdf([wrapped(PARAGRAPH, 60, 60, 80)])
SECONDS = 3.0
MEMORY = 800_000_000
# A busy machine, and a new worker.
MARGIN = 4.0
LIMIT = ("pdf_limit",)
READ = ("text",)


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    """One worker for all of them, its limits below a run's own so that they are met sooner."""
    with Extractor(seconds=SECONDS, memory=MEMORY) as one:
        yield one


def outcome(extractor: Extractor, data: bytes, name: str) -> tuple[str, Text | None]:
    """The reason or ``text``; the time limit held, and the worker goes on."""
    start = time.monotonic()
    try:
        text, reason = extractor.extract(data, name), "text"
    except UnreadableDocument as error:
        text, reason = None, error.reason
    assert time.monotonic() - start < SECONDS + MARGIN
    assert text is None or broken(text) is None
    assert extractor.extract(GOOD, "good.pdf").content == PARAGRAPH
    return reason, text


Attacks = dict[str, tuple[Callable[[], bytes], tuple[str, ...]]]

PDFS: Attacks = {
    "arrays nested": (lambda: hostile.nested(b"[" * 500_000), READ),
    "dictionaries nested": (lambda: hostile.nested(b"<</X " * 300_000), READ),
    "arrays nested in the content": (
        lambda: hostile.page_pdf(hostile.stream(b"[" * 500_000 + hostile.shown())),
        ("no_text", "text"),
    ),
    "100 MB in 100 kB": (lambda: hostile.inflating(100), ("text", *LIMIT)),
    "400 MB in 1 kB": (lambda: hostile.inflating(400, times=2), LIMIT),
    "forms that draw forms": (form_bomb, LIMIT),
    "500 kB of forms": (hostile.wide_form_bomb, LIMIT),
    "form that draws itself": (hostile.self_drawing_form, ("text", *LIMIT)),
    "forms for the second engine": (hostile.second_engine_bomb, ("text", *LIMIT)),
    "character map without end": (hostile.character_map, ("text", *LIMIT)),
    "rules that cross": (hostile.ruled, READ),
    "5,000 fields": (lambda: hostile.fields(5_000), ("text", *LIMIT)),
    "300,000 text objects": (lambda: hostile.tiny_texts(300_000), ("text", *LIMIT)),
    "a million words on a page": (lambda: hostile.many_words(1_000_000), ("too_large", *LIMIT)),
    "24,000 cells": (hostile.cells, READ),
    "10,000 empty pages": (lambda: hostile.page_tree(10_000), ("no_text",)),
    "pages in a circle": (hostile.cyclic_pages, ("damaged",)),
    "pages 20,000 deep": (hostile.deep_pages, ("damaged",)),
    "references in a circle": (hostile.looped_xref, READ),
    "coordinates nowhere": (hostile.far_text, READ),
    "password": (lambda: hostile.locked("secret"), ("encrypted",)),
    "owner's password only": (lambda: hostile.locked(""), READ),
}
WEB: Attacks = {
    "nested 100,000 deep": (repeated("<div>", 500_000), ("damaged", "no_text", *LIMIT)),
    "lists nested 100,000 deep": (repeated("<ul><li>a", 900_000), ("text", "damaged", *LIMIT)),
    "attribute of 5 MB": (lambda: b"<p title='%s'>We act.</p>" % (b"a " * 2_500_000), READ),
    "class of 5 MB": (lambda: b"<p class='%s'>We act.</p>" % (b"nav-a " * 800_000), READ),
    "one row of 20,000 cells": (lambda: b"<table><tr>" + b"<td>a" * 20_000, ("text", *LIMIT)),
    "entities": (lambda: b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>" + b"&a;" * 300_000, READ),
    "24 MB of one word": (repeated("slavery", 24_000_000), ("no_text", "too_large", *LIMIT)),
}
WORD: Attacks = {
    "entities that name entities": (hostile.entity_bomb, ("damaged",)),
    "one long entity": (hostile.long_entity, ("damaged",)),
    "archives in archives": (hostile.nested_archive, ("damaged", "unsupported_type")),
    "small in the directory, 55 MB inside": (hostile.lying_archive, ("damaged",)),
    "names that climb": (hostile.climbing_names, READ),
    "tables in tables": (hostile.nested_word, ("damaged",)),
    "100 MB in 300 kB": (lambda: word_file(paragraph(b"We act. ") * 2_500_000), ("too_large",)),
}
MARKDOWN = {
    "quotes": ("> ", 200_000), "brackets": ("[", 50_000), "links": ("[a](", 50_000),
    "images": ("![", 30_000), "stars": ("**a *b ", 100_000), "comments": ("<!-- ", 100_000),
    "tags": ("<div \n\n", 100_000), "templates": ("{{ {% ", 300_000), "ticks": ("`a``", 100_000),
}  # fmt: skip
# What our own patterns could stumble over. Each is long enough that quadratic work shows.
BAIT = (
    "a-", " - A", "- a", ". ", "...", "A ", "Aa ", "a", "1.1.", "1. a ", "Page 1 of ", "e.g. ",
    "a.b@c", "(a) ", "Mr. A. ", "THE ", "Signed ", "a | b\n", "a-\n", "\n• a", "• ", "\n", "\f",
    "\u0301", "a\u0301", "\0", "\u202ea", "\u2028a", "ﬁ", "we act. ",
)  # fmt: skip


@pytest.mark.parametrize("attack", PDFS)
def test_pdf(extractor: Extractor, attack: str) -> None:
    make, expected = PDFS[attack]
    assert outcome(extractor, make(), "a.pdf")[0] in expected


@pytest.mark.parametrize("attack", WEB)
def test_html(extractor: Extractor, attack: str) -> None:
    make, expected = WEB[attack]
    assert outcome(extractor, b"<html><body>" + make(), "a.html")[0] in expected


@pytest.mark.parametrize("attack", WORD)
def test_docx(extractor: Extractor, attack: str) -> None:
    make, expected = WORD[attack]
    assert outcome(extractor, make(), "a.docx")[0] in expected


@pytest.mark.parametrize("attack", MARKDOWN)
def test_markdown(extractor: Extractor, attack: str) -> None:
    make = repeated(*MARKDOWN[attack])
    assert outcome(extractor, make(), "a.md")[0] in ("text", "no_text")


@pytest.mark.parametrize("piece", BAIT)
def test_bait(extractor: Extractor, piece: str) -> None:
    data = repeated(piece, 150_000)()
    assert outcome(extractor, data, "a.txt")[0] in ("text", "no_text", "empty", "unsupported_type")


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 14173 14173", "0 0 nan inf", "0 0 1e38 1e38", ""])
def test_odd_page_sizes_are_read(box: str) -> None:
    text = extract(hostile.boxed(b"[%s]" % box.encode()), "a.pdf")
    assert text.content == PARAGRAPH


def test_pdf_cut_at_100_places(extractor: Extractor) -> None:
    for data in hostile.cuts(GOOD):
        reason, _ = outcome(extractor, data, "a.pdf")
        assert reason in ("damaged", "empty", "unsupported_type")


def test_text_drawn_a_thousand_times_is_read_once(extractor: Extractor) -> None:
    data = hostile.page_pdf(hostile.stream(hostile.shown() * 1000))
    _, text = outcome(extractor, data, "a.pdf")
    assert text is not None and text.content == PARAGRAPH


def test_outer_entities_stay_outside(extractor: Extractor) -> None:
    _, text = outcome(extractor, hostile.outer_entity(), "a.docx")
    assert text is not None and text.content.strip() == "We act."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (hostile.page_tree(MAX_PAGES + 1, content=True), "a.pdf"),
        (b"\f".join([b"We act."] * (MAX_PAGES + 1)), "a.txt"),
    ],
)
def test_pages_are_capped_and_it_is_said(extractor: Extractor, data: bytes, name: str) -> None:
    _, text = outcome(extractor, data, name)
    assert text is not None and len(text.pages) == MAX_PAGES and "pages_capped" in text.flags


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.pdf"])
def test_50_mb_of_one_word(extractor: Extractor, name: str) -> None:
    assert outcome(extractor, b"slavery" * 7_200_000, name)[0] == "too_large"


def test_30_mb_on_disk_are_told_about(tmp_path: Path) -> None:
    (tmp_path / "good.pdf").write_bytes(GOOD)
    (tmp_path / "large.pdf").write_bytes(GOOD)
    os.truncate(tmp_path / "large.pdf", MAX_BYTES + 5_000_000)
    issues: list[tuple[str, str]] = []
    found = list(iter_documents([tmp_path], on_issue=lambda i: issues.append((i.code, i.message))))
    assert [document.name for document, _ in found] == ["good.pdf"]
    assert issues == [("too_large", "more than 25 MB; left out")]
