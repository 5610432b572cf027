"""PDF: reading order, running lines, repairs, and files that cannot be read."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from assess.errors import UnreadableDocument
from assess.extract import extract
from tests.extract.makers import HEIGHT, PARAGRAPH, image_pdf, pdf, raw_pdf, wrapped

LEFT = "First we map our suppliers and then we rank them by the risk of harm to their workers. " * 4
RIGHT = "Second we visit the sites that rank worst and we speak with workers without managers. " * 4


def test_wrapped_lines_become_one_paragraph_and_headings_stay_lines() -> None:
    page = [(60, 60, "Modern Slavery Statement"), *wrapped(PARAGRAPH, 60, 90, 70)]
    text = extract(pdf([page]), "a.pdf")
    assert text.content == f"Modern Slavery Statement\n\n{PARAGRAPH}"
    assert text.pages[0].method == "pdfium"
    assert [sentence.is_heading for sentence in text.sentences] == [True, False, False]


@pytest.mark.parametrize("scrambled", [False, True])
def test_two_columns_are_read_one_after_the_other(scrambled: bool) -> None:
    left, right = wrapped(LEFT, 50, 120, 42), wrapped(RIGHT, 320, 120, 42)
    rows = [cell for pair in zip(left, right, strict=False) for cell in pair]
    title = [(50, 60, "Modern Slavery Statement of Example Limited for the year to 31 March 2024")]
    text = extract(pdf([title + (rows if scrambled else left + right)]), "a.pdf")
    joined = " ".join(text.content.split())
    assert LEFT.strip()[:300] in joined and RIGHT.strip()[:300] in joined
    assert joined.index("First we map") < joined.index("Second we visit")
    assert "two_columns" in text.flags


def test_three_columns_with_shifted_baselines_do_not_interleave() -> None:
    words = ["alpha beta gamma delta and more of the same", "one two three four and so on and on"]
    words.append("red green blue white and other colours of paint")
    columns = [
        wrapped((word + " ") * 8, 40 + 180 * index, 100 + 4 * index, 28)
        for index, word in enumerate(words)
    ]
    page = [cell for row in zip(*columns, strict=False) for cell in row]
    content = " ".join(extract(pdf([page]), "a.pdf").content.split())
    assert content.rindex("alpha") < content.index("one two")
    assert content.rindex("four") < content.index("red green")


def test_table_rows_keep_label_and_value_together() -> None:
    rows = [("Measure", "2023", "2024"), ("Staff trained", "81%", "97%"), ("Audits", "12", "31")]
    cells = [
        (x, 200.0 + 16 * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip((60, 300, 420), row, strict=True)
    ]
    page = [*wrapped(PARAGRAPH, 60, 90, 80), *cells]
    lines = extract(pdf([page]), "a.pdf").content.splitlines()
    assert lines[-3:] == ["Measure | 2023 | 2024", "Staff trained | 81% | 97%", "Audits | 12 | 31"]


def test_signature_block_keeps_its_lines() -> None:
    block = ["Signed", "Jane Doe", "Chief Executive Officer", "Example Limited", "Date: 4 May 2024"]
    page = wrapped(PARAGRAPH, 60, 60, 80) + [
        (60, 140 + 14 * number, line) for number, line in enumerate(block)
    ]
    assert extract(pdf([page]), "a.pdf").content.splitlines()[-5:] == block


def test_running_lines_are_kept_once_and_the_title_stays() -> None:
    pages = [
        [
            (60, 30, "Example Limited Modern Slavery Statement 2024"),
            *wrapped(f"Page text number {number} is here. " + PARAGRAPH, 60, 120, 80),
            (60, 800, "Registered in England no. 01234567"),
            (500, 820, f"Page {number} of 4"),
        ]
        for number in range(1, 5)
    ]
    content = extract(pdf(pages), "a.pdf").content
    assert content.count("Example Limited Modern Slavery Statement 2024") == 1
    assert content.count("01234567") == 1
    assert content.index("Example Limited") < content.index("number 1")
    assert "of 4" not in content and content.count("Page text number") == 4


def test_hyphens_at_line_ends_go_or_stay_as_they_belong() -> None:
    lines = [
        "We improve the work-",
        "ing conditions and the well-",
        "being of all our people. " * 2,
    ]
    page = [(60.0, 60.0 + 13 * number, line) for number, line in enumerate(lines)]
    content = extract(pdf([page]), "a.pdf").content
    assert "working conditions" in content and "well-being" in content


def test_letter_spaced_heading_is_closed_up() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    text = canvas.beginText(60, HEIGHT - 60)
    text.setFont("Helvetica", 14)
    text.setCharSpace(5)
    text.textLine("OUR POLICIES")
    canvas.drawText(text)
    for x, y, line in wrapped(PARAGRAPH, 60, 100, 80):
        canvas.drawString(x, HEIGHT - y, line)
    canvas.save()
    assert "OUR POLICIES" in extract(buffer.getvalue(), "a.pdf").content


@pytest.mark.parametrize("angle", [90, 270])
def test_text_that_runs_sideways_is_read_in_order(angle: int) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.translate(300, 400)
    canvas.rotate(angle)
    for x, y, line in wrapped(PARAGRAPH, 0, 0, 60):
        canvas.drawString(x - 150, 100 - y, line)
    canvas.save()
    assert extract(buffer.getvalue(), "a.pdf").content == PARAGRAPH


def test_filled_form_field_is_read_beside_its_label() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for x, y, line in [*wrapped(PARAGRAPH, 60, 60, 80), (60, 140, "Signed by:")]:
        canvas.drawString(x, HEIGHT - y, line)
    canvas.acroForm.textfield(
        name="who", value="Jane Doe", x=130, y=HEIGHT - 146, width=200, height=18
    )
    canvas.save()
    assert "Signed by: Jane Doe" in extract(buffer.getvalue(), "a.pdf").content.replace(" | ", " ")


def test_sentence_over_a_page_break_is_one() -> None:
    pages = [wrapped(PARAGRAPH[:200].rsplit(" ", 1)[0], 60, 60, 80)]
    rest = PARAGRAPH[len(PARAGRAPH[:200].rsplit(" ", 1)[0]) + 1 :]
    text = extract(pdf([*pages, wrapped(rest, 60, 60, 80)]), "a.pdf")
    assert text.content.count("\f") == 1
    assert len(text.sentences) == 2 and text.sentences[1].page == 1
    assert [text.content[p.start : p.end] for p in text.pages] == text.content.split("\f")


def reason(data: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(UnreadableDocument) as error:
        extract(data, name)
    assert error.value.detail
    return error.value.reason


def test_image_only_needs_ocr_and_empty_pages_hold_no_text(without_tesseract: None) -> None:
    assert reason(image_pdf()) == "needs_ocr"
    assert reason(pdf([[], []])) == "no_text"


def test_encrypted() -> None:
    assert reason(pdf([wrapped(PARAGRAPH, 60, 60, 80)], password="secret")) == "encrypted"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_truncated(share: float) -> None:
    whole = pdf([wrapped(PARAGRAPH * 20, 60, 60, 90)] * 3)
    assert reason(whole[: int(len(whole) * share)]) == "damaged"


@pytest.mark.parametrize(
    "objects",
    [
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>"],
        [b"<</Type/Catalog/Pages 2 0 R>>", b"[" * 200_000 + b"]" * 200_000],
        [b"\0\xff" * 10_000],
    ],
    ids=["cyclic pages", "deep arrays", "noise"],
)
def test_broken_structures(objects: list[bytes]) -> None:
    assert reason(raw_pdf(objects)) == "damaged"


def test_a_thousand_pages_are_capped() -> None:
    text = extract(pdf([wrapped(PARAGRAPH, 60, 60, 80)] + [[]] * 1000), "a.pdf")
    assert "pages_capped" in text.flags and len(text.pages) == 400


WRAPPING = [
    ["Risk", "What we did about it in the year", "Owner"],
    ["Agency labour on farms", "We visited nine farms and spoke with two hundred pickers", ""],
    ["Cocoa", "We joined a programme that finds and repairs child labour", "Head of buying"],
    ["Workers in warehouses", "Interviews in their own languages and a hotline", "HR"],
]
"""Cells wrap, but white space parts the rows."""
DENSE = [
    ["Finding", "Cases", "What happened"],
    ["Several workers paid into one account", "3", "Two explained; one reported"],
    *([f"Missing paper {number}", "9", "Advice offered"] for number in "ABCDEF"),
]
"""White space parts nothing: a cell that wraps upwards is told by its ruled lines only."""


@pytest.mark.parametrize(
    ("rows", "padding", "align"),
    [(WRAPPING, 3, "TOP"), (WRAPPING, 3, "BOTTOM"), (DENSE, 0, "TOP"), (DENSE, 0, "BOTTOM")],
)
def test_table_with_wrapped_cells(rows: list[list[str]], padding: int, align: str) -> None:
    style = getSampleStyleSheet()["Normal"]
    whole = (0, 0), (-1, -1)
    lines = [
        ("GRID", *whole, 0.5, "black"),
        ("VALIGN", *whole, align),
        ("TOPPADDING", *whole, padding),
        ("BOTTOMPADDING", *whole, padding),
    ]
    cells = [[Paragraph(cell, style) for cell in row] for row in rows]
    buffer = io.BytesIO()
    table = Table(cells, colWidths=(110, 150, 150), style=lines)
    SimpleDocTemplate(buffer).build([Paragraph(PARAGRAPH, style), table])
    text = extract(buffer.getvalue(), "a.pdf")
    found = [line for line in text.content.splitlines() if line][-len(rows) :]
    assert found == [" | ".join(cell for cell in row if cell) for row in rows]
