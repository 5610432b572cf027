"""Text, Markdown, media types and the contract of the Text record."""

from __future__ import annotations

import pytest

from assess.errors import UnreadableDocument
from assess.extract import EXTRACTOR_VERSION, extract, from_plain_text
from assess.extract.media import sniff
from tests.extract.makers import PARAGRAPH, archive

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = b"From: a@b.example\nSubject: Statement\nMIME-Version: 1.0\nContent-Type: "


def wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def test_plain_text_stays_verbatim_and_offsets_hold() -> None:
    text = from_plain_text("  Our  Policy\r\nWe act.  Now. \f\nPage two   here.\f")
    assert text.content == "  Our  Policy\nWe act.  Now. \f\nPage two   here.\f"
    assert [text.content[page.start : page.end] for page in text.pages] == [
        "  Our  Policy\nWe act.  Now. ",
        "\nPage two   here.",
        "",
    ]
    for sentence in text.sentences:
        assert " ".join(text.content[sentence.start : sentence.end].split()) == sentence.text
    assert [sentence.page for sentence in text.sentences] == [1, 1, 1, 2]
    assert (text.extractor, text.language) == (EXTRACTOR_VERSION, "und")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert extract("Our café – £36 million".encode(encoding), "a.txt").content == (
        "Our café – £36 million"
    )


def test_markdown_loses_its_marks_and_front_matter() -> None:
    page = (
        "---\ntitle: Our policies\n---\n# Our *policies*\n\nWe have [a code](http://x.y) and\n"
        "**more**:\n\n- one\n- two\n\n1. first\n2. second\n\n"
        "| Measure | 2024 |\n|---|---|\n| Audits | 31 |\n"
    )
    assert [line for line in extract(page.encode(), "a.md").content.splitlines() if line] == [
        "Our policies",
        "We have a code and more:",
        "• one",
        "• two",
        "1. first",
        "2. second",
        "Measure | 2024",
        "Audits | 31",
    ]


def test_markdown_with_html_in_it_and_a_title_in_its_settings() -> None:
    page = (
        '---\ntitle: "Modern Slavery Statement 2024"\n---\nWe act.<br>We ~~hid~~ report.\n\n'
        "<details><summary>Risk &amp; remedy</summary>\n\nFees were repaid.\n\n</details>\n\n"
        "<table><tr><td>Audits</td><td>31</td></tr></table>\n\n<script>var x = 1;</script>\n\n"
        "| A | B |\n|---|---|\n| one<br>two | 3 |\n"
    )
    assert [line for line in extract(page.encode(), "a.md").content.splitlines() if line] == [
        "Modern Slavery Statement 2024",
        "We act.",
        "We report.",
        "Risk & remedy",
        "Fees were repaid.",
        "Audits | 31",
        "A | B",
        "one two | 3",
    ]


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.4", "a", "application/pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "a.txt", "text/html"),
        (b"<?xml version='1.0'?><html>", "a", "text/html"),
        (b"<p>a fragment</p>", "a.html", "text/html"),
        (b"# Title", "a.md", "text/markdown"),
        (b"plain words", "a.html", "text/plain"),
        ("wide words".encode("utf-16"), "a.txt", "text/plain"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.pdf", "image/*"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpg", "image/*"),
        (b"\0\1\2\3\4\5", "a.pdf", "application/octet-stream"),
        (b"From: a@b.example\nTo: c\nMIME-Version: 1.0\n\nHi", "a", "message/rfc822"),
        (b"Approved by: Jane\nDate: May\nReceived by: Bo\n", "a.txt", "text/plain"),
        (b"PK\x03\x04 cut", "a.docx", "application/octet-stream"),
        (b"{\\rtf1", "a.doc", "application/rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword"),
    ],
)
def test_sniff(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "reason", "detail"),
    [
        (b"", "a.pdf", "empty", "no content"),
        (b" \r\n\0", "a.txt", "empty", "no content"),
        (b"\0\1\2\3", "a.bin", "unsupported_type", "not PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.png", "unsupported_type", "convert it to PDF"),
        (
            archive({"xl/workbook.xml": b""}),
            "a.xlsx",
            "unsupported_type",
            "save or print it as PDF",
        ),
        (archive({"ppt/presentation.xml": b""}), "a.pptx", "unsupported_type", "slides"),
        (archive({"Index/Document.iwa": b""}), "a.pages", "unsupported_type", "export it as PDF"),
        (archive({"statement.pdf": b""}), "a.zip", "unsupported_type", "unpack it"),
        (OLE + wide("WordDocument"), "a.doc", "unsupported_type", "soffice --headless"),
        (OLE + wide("Workbook"), "a.doc", "unsupported_type", "spreadsheet"),
        (OLE + wide("__substg1.0_"), "a.msg", "unsupported_type", "Outlook"),
        (OLE + wide("EncryptedPackage"), "a.docx", "encrypted", "password"),
        (MAIL + b"text/plain\n\nHello", "a.eml", "unsupported_type", "e-mail"),
        (MAIL + b"multipart/related\n\nHello", "a.mhtml", "unsupported_type", "web archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "unsupported_type", "save it as .docx"),
        (b"123 456 ...", "a.txt", "no_text", "no words"),
        (b"a" * 3_000_001, "a.txt", "too_large", "characters"),
    ],
)
def test_unreadable(data: bytes, name: str, reason: str, detail: str) -> None:
    with pytest.raises(UnreadableDocument) as error:
        extract(data, name)
    assert error.value.reason == reason and detail in error.value.detail


def test_language_is_told_and_only_told() -> None:
    welsh = (
        "Mae’r datganiad hwn yn nodi’r camau a gymerwyd gan y cyngor i atal caethwasiaeth fodern "
        "a masnachu pobl yn ei fusnes a’i gadwyni cyflenwi yn ystod y flwyddyn ariannol."
    )
    assert from_plain_text(PARAGRAPH).language == "en"
    assert from_plain_text(welsh).language == "cy"


def test_run_together_words_are_taken_apart_and_flagged() -> None:
    glued = "Thisstatementsetsoutthestepsthatwetook duringtheyeartopreventmodernslavery "
    text = from_plain_text(glued + "inourbusinessandinoursupplychains.")
    assert "words_separated" in text.flags
    assert "the steps that we took during the year" in text.content


def test_letters_that_are_no_words_are_flagged() -> None:
    glued = " ".join("qxzv" * 9 + letter for letter in "abcdefgh")
    assert "words_run_together" in from_plain_text(f"Our statement: {glued}").flags


def test_addresses_and_single_seams_are_left_alone() -> None:
    content = "Write to EthicsLine at www.verylongcompanynameofourspeakupservice.example today."
    assert from_plain_text(content).content == content
