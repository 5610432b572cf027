"""Word documents: everything a reader sees, and archives that attack."""

from __future__ import annotations

from typing import Any

import pytest

from assess.errors import UnreadableDocument
from assess.extract import extract
from tests.extract.makers import PARAGRAPH, archive, docx

NAME = "a.docx"


def fill(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Example Limited"
    document.add_heading("Modern Slavery Statement", 1)
    document.add_paragraph(PARAGRAPH)
    document.add_paragraph("Supplier Code of Conduct", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Measure", "2024", "Audits", "31"], strict=True):
        cell.text = text
    document.add_paragraph("Signed\nJane Doe")


def test_paragraphs_lists_tables_and_headers() -> None:
    assert extract(docx(fill), NAME).content.splitlines() == [
        "Example Limited",
        "Modern Slavery Statement",
        PARAGRAPH,
        "• Supplier Code of Conduct",
        "Measure | 2024",
        "Audits | 31",
        "Signed",
        "Jane Doe",
    ]


def test_insertions_are_read_and_deletions_are_not() -> None:
    def build(document: Any) -> None:
        from docx.oxml import parse_xml

        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        document.element.body.insert(
            0,
            parse_xml(
                f"<w:sdt {space}><w:sdtContent><w:p><w:ins><w:r><w:t>We train buyers.</w:t></w:r>"
                "</w:ins><w:del><w:r><w:delText>We did nothing.</w:delText></w:r></w:del></w:p>"
                "</w:sdtContent></w:sdt>"
            ),
        )

    assert extract(docx(build), NAME).content == "We train buyers."


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as error:
        extract(data, NAME)
    return error.value.reason


def test_zip_bomb_is_refused_before_it_inflates() -> None:
    assert reason(archive({"word/document.xml": b" " * 100_000_000})) == "too_large"
    assert reason(archive({"word/document.xml": b" " * 50_000_000})) == "too_large"


def test_entity_bomb_and_cut_archive_are_damaged() -> None:
    whole = docx(fill)
    assert reason(whole[: len(whole) // 2]) == "damaged"
    bomb = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    assert reason(archive({"[Content_Types].xml": bomb, "word/document.xml": bomb})) == "damaged"


def test_empty_document_holds_no_text() -> None:
    assert reason(docx(lambda document: None)) == "no_text"
