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


def element(xml: str) -> Any:
    from docx.oxml import parse_xml

    spaces = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }
    declared = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    head, rest = xml.split(">", 1)
    return parse_xml(f"{head} {declared}>{rest}")


def numbered(document: Any, text: str, level: int, number: int = 99) -> None:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(element(place))


def test_automatic_numbers_are_written_out() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (start, form, text) in enumerate(
            [(3, "decimal", "%1."), (1, "decimal", "%1.%2"), (1, "lowerRoman", "(%3)")]
        )
    )

    def build(document: Any) -> None:
        lists = document.part.numbering_part.element
        lists.insert(0, element(f'<w:abstractNum w:abstractNumId="98">{levels}</w:abstractNum>'))
        lists.append(element('<w:num w:numId="99"><w:abstractNumId w:val="98"/></w:num>'))
        for level, text in enumerate(["Policies", "Code", "Scope"]):
            numbered(document, text, level)
        document.add_paragraph("Between", style="List Paragraph")
        numbered(document, "Limits", 2)
        numbered(document, "Training", 1)
        numbered(document, "", 0)
        numbered(document, "Results", 0)
        document.add_paragraph("First", style="List Number")

    assert extract(docx(build), NAME).content.splitlines() == [
        "3. Policies", "3.1 Code", "(i) Scope", "Between", "(ii) Limits", "3.2 Training",
        "4. Results", "1. First",
    ]  # fmt: skip


def test_notes_boxes_prompts_and_signatures() -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>As set by the '
        "foundation.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def build(document: Any) -> None:
        body = document.element.body
        part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), None)
        document.part.relate_to(part, kind)
        for index, xml in enumerate([
            '<w:p><w:r><w:t>We pay the living wage.</w:t><w:footnoteReference w:id="2"/></w:r>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Draft</w:t></w:r><w:r><w:softHyphen/><w:t> We "
            "recruit</w:t></w:r><w:r><w:softHyphen/><w:t>ed nobody.</w:t></w:r></w:p>",
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here "
            "to enter a date.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>In a box</w:t>"
            "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
            '<w:p><w:r><w:pict><v:shape><o:signatureline o:suggestedsigner="Jane Doe" '
            'o:suggestedsigner2="Chair"/></v:shape></w:pict></w:r></w:p>',
            "<w:p><w:r><w:t>Signed</w:t><w:tab/><w:t>Date: 4 May 2024</w:t></w:r></w:p>",
            '<w:p><w:hyperlink><w:r><w:t>Our code</w:t></w:r></w:hyperlink></w:p>',
        ]):  # fmt: skip
            body.insert(index, element(xml))

    assert extract(docx(build), NAME).content.splitlines() == [
        "We pay the living wage. [1] We recruited nobody.", "In a box", "Jane Doe", "Chair",
        "Signed Date: 4 May 2024", "Our code", "[1] As set by the foundation.",
    ]  # fmt: skip


def test_page_laid_out_by_a_table_stays_lines() -> None:
    def build(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "Example Limited"
        table.cell(0, 1).text = PARAGRAPH
        table.cell(0, 1).add_paragraph(PARAGRAPH.upper())
        inner = table.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Audits", "31"

    assert extract(docx(build), NAME).content.splitlines() == [
        "Example Limited", PARAGRAPH, PARAGRAPH.upper(), "Audits | 31",
    ]  # fmt: skip


def test_first_page_header_and_page_numbers() -> None:
    def build(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Alder Group Modern Slavery Statement"
        section.footer.paragraphs[0].text = "Page 1 of 3"
        document.add_paragraph(PARAGRAPH)

    assert extract(docx(build), NAME).content.splitlines() == [
        "Alder Group Modern Slavery Statement", PARAGRAPH,
    ]  # fmt: skip


def test_template_says_what_to_do() -> None:
    types = b'<Types xmlns="x"><Override ContentType="application/macroEnabled"/></Types>'
    data = archive({"[Content_Types].xml": types, "_rels/.rels": b"", "word/document.xml": b"<a/>"})
    assert reason(data) == "unsupported_type"


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
