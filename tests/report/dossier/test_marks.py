"""The text is cut at all boundaries of evidence, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.extract import split_sentences
from assess.records import Page, Part, Text
from assess.report.dossier.blocks import LONGEST_BLOCK
from assess.report.dossier.marks import PageText, Piece, Span, marked_pages


def text(content: str) -> Text:
    pages: list[Page] = []
    at = 0
    for number, page in enumerate(content.split("\f"), 1):
        pages.append(Page(number, at, at + len(page), "text"))
        at += len(page) + 1
    return Text(content, tuple(pages), split_sentences(content, tuple(pages)), "en")


def pieces(pages: tuple[PageText, ...]) -> list[Piece]:
    return [piece for page in pages for block in page.blocks for piece in block.pieces]


def shape(content: str) -> list[tuple[str, str]]:
    [page] = marked_pages(text(content), [])
    return [("".join(p.text for p in block.pieces), block.kind) for block in page.blocks]


def test_overlaps_are_cut_apart() -> None:
    found = pieces(marked_pages(text("abcdefgh ij"), [Span(0, 5), Span(3, 8), Span(3, 5)]))
    assert [(p.text, p.spans) for p in found] == [
        ("abc", (0,)),
        ("de", (0, 1, 2)),
        ("fgh", (1,)),
        (" ij", ()),
    ]


def test_evidence_over_a_page_break_is_marked_on_both_pages() -> None:
    one, two = marked_pages(text("end of one\fstart of two"), [Span(7, 16)])
    assert [p.text for p in pieces((one,)) if p.spans] == ["one"]
    assert [p.text for p in pieces((two,)) if p.spans] == ["start"]


def test_a_link_finds_its_place() -> None:
    found = pieces(marked_pages(text("one two three"), [Span(0, 3)], anchors={4}))
    assert [(p.start, p.text) for p in found if p.anchored] == [(4, "two three")]


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 2), Span(-1, 4), Span(2, 999)])
def test_a_span_that_cannot_be_is_left_out(span: Span) -> None:
    assert all(not piece.spans for piece in pieces(marked_pages(text("some words"), [span])))


def test_what_is_not_judged_is_told_apart() -> None:
    content = "Pay gap report.\n\nOur statement.\n\nNotre engagement."
    parts = (
        Part(17, 49, "statement", "", "en", 0.9, judged=True),
        Part(33, 50, "other_language", "", "fr", 0.9, judged=False),
    )
    [page] = marked_pages(replace(text(content), parts=parts), [])
    assert [(block.judged, block.language) for block in page.blocks] == [
        (False, ""),
        (True, ""),
        (False, "fr"),
    ]


def test_paragraphs_lists_and_headings_are_kept() -> None:
    said = "We audit suppliers every year."
    assert shape(f"Our policies\n\n{said}\n• a code\n• a hotline\n\nThe end of it.") == [
        ("Our policies", "heading"),
        (said, "p"),
        ("• a code", "item"),
        ("• a hotline", "item"),
        ("The end of it.", "p"),
    ]


def test_lines_of_wrapped_text_are_one_paragraph_and_short_lines_stay() -> None:
    wrapped = "We audited the suppliers of all our factories in the\nyear and found two cases."
    assert shape(f"{wrapped}\n\nA. Person\nDirector") == [
        (wrapped, "p"),
        ("A. Person\nDirector", "lines"),
    ]


def test_lines_of_text_that_is_not_wrapped_are_paragraphs() -> None:
    long = "We audit our suppliers every year and " * 5
    assert [words for words, _ in shape(f"{long}end.\nNext one.")] == [f"{long}end.", "Next one."]
    item = "• our code of conduct for the\nsuppliers"
    assert shape(f"{long}end.\n{item}")[1] == (item, "item")


def test_a_page_without_line_breaks_is_broken_after_sentences() -> None:
    blocks = shape("We audited one of our suppliers in the year. " * 80)
    assert [kind for _, kind in blocks] == ["p", *["more"] * (len(blocks) - 1)]
    assert all(len(words) < LONGEST_BLOCK and words.rstrip().endswith(".") for words, _ in blocks)


@given(
    st.text(alphabet="ab .\n\f•", min_size=1, max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=12),
)
def test_all_words_stand_once_and_under_just_their_evidence(
    content: str, ends: list[tuple[int, int]]
) -> None:
    spans = [Span(*sorted(pair)) for pair in ends]
    found = pieces(marked_pages(text(content), spans))
    assert "".join("".join(p.text for p in found).split()) == "".join(content.split())
    for piece in found:
        end = piece.start + len(piece.text)
        assert content[piece.start : end] == piece.text
        assert set(piece.spans) == {
            place
            for place, span in enumerate(spans)
            if span.start <= piece.start and end <= span.end <= len(content)
        }
