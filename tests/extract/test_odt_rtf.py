"""OpenDocument text and rich text."""

from __future__ import annotations

import time

import pytest

from assess.errors import UnreadableDocument
from assess.extract import extract
from tests.extract.makers import PARAGRAPH, archive

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("manifest", "manifest"),
    ]
)  # fmt: skip
MIMETYPE = b"application/vnd.oasis.opendocument.text"


def odt(body: str, *, styles: str = "", lists: str = "", manifest: str = "") -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{lists}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    parts = {"mimetype": MIMETYPE, "content.xml": content.encode()}
    if styles:
        parts["styles.xml"] = (
            f"<office:document-styles {SPACES}>{styles}</office:document-styles>".encode()
        )
    if manifest:
        parts["META-INF/manifest.xml"] = (
            f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>".encode()
        )
    return archive(parts)


def lines(data: bytes, name: str) -> list[str]:
    return [line for line in extract(data, name).content.splitlines() if line]


def test_odt() -> None:
    body = (
        "<text:tracked-changes><text:p>deleted words</text:p></text:tracked-changes>"
        "<text:h>Modern Slavery Statement</text:h>"
        f"<text:p>{PARAGRAPH}<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>See our code.</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>a comment</text:p></office:annotation></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>Train<text:s/>buyers</text:p>'
        "<text:list><text:list-item><text:p>Twice</text:p></text:list-item></text:list>"
        "</text:list-item><text:list-item><text:p>Visit</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L2"><text:list-item><text:p>Code</text:p></text:list-item>'
        "</text:list><table:table><table:table-row><table:table-cell><text:p>Audits</text:p>"
        "</table:table-cell><table:table-cell/><table:table-cell><text:p>31</text:p>"
        "</table:table-cell></table:table-row></table:table><text:p>Signed<text:line-break/>Jane "
        "<text:span>Doe</text:span><draw:frame><draw:text-box><text:p>In a box</text:p>"
        "</draw:text-box></draw:frame></text:p>"
    )
    numbers = '<text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>'
    edges = (
        "<style:header><text:p>Example Limited</text:p></style:header><style:footer><text:p>Page "
        "<text:page-number>1</text:page-number></text:p></style:footer>"
    )
    assert lines(odt(body, styles=edges, lists=numbers), "a.odt") == [
        "Example Limited", "Modern Slavery Statement", f"{PARAGRAPH} [1]", "1. Train buyers",
        "1. Twice", "2. Visit", "• Code", "Audits | 31", "Signed", "Jane Doe", "In a box",
        "[1] See our code.",
    ]  # fmt: skip


BOMB = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(""), "no_text"),
        (odt("<text:p><draw:image/></text:p>"), "needs_ocr"),
        (odt("x", manifest="<manifest:encryption-data/>"), "encrypted"),
        (archive({"mimetype": MIMETYPE, "content.xml": b"<a><b></a>"}), "damaged"),
        (archive({"mimetype": MIMETYPE, "content.xml": BOMB}), "no_text"),
        (archive({"mimetype": MIMETYPE, "content.xml": b" " * 70_000_000}), "too_large"),
        (odt("<text:section>" * 3000 + "x" + "</text:section>" * 3000), "damaged"),
    ],
    ids=["empty", "image", "locked", "broken", "entities", "bomb", "deep"],
)
def test_odt_that_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as error:
        extract(data, "a.odt")
    assert error.value.reason == reason


def test_rtf() -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Calibri;}{\f1\fcharset2 Symbol;}}"
        r"{\info{\title secret}}{\header \pard Example Limited\par}\pard\b Our policies\b0\par "
        r"Caf\'e9\'92s \u8220?code\u8221? costs \'a336 and \u-10179?\u-8704?"
        r"{\super 1}{\footnote \pard See our code.\par}.{\deleted\b gone} {\v hidden}\par "
        r"{\listtext\f1\'b7\tab}Train buyers\par {\pntext 2.\tab}Visit sites\par "
        r"\trowd\cellx1000\cellx2000\intbl Audits\cell 31\cell\row "
        r"{\field{\*\fldinst{PAGEREF x}}{\fldrslt Signed}}\par\tab Jane \{Doe\}\par "
        r"{\*\shppict{\pict\pngblip 89504e47}}{\shp{\*\shpinst{\shptxt In a box\par}}}}"
    )
    assert lines(source.encode("ascii"), "a.rtf") == [
        "Our policies", "Café’s “code” costs £36 and 😀1.", "• Train buyers", "2. Visit sites",
        "Audits | 31", "Signed", "Jane {Doe}", "Example Limited", "See our code.", "In a box",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        rb"{\rtf1 " + b"{" * 500_000,
        rb"{\rtf1 " + rb"{\footnote " * 100_000,
        rb"{\rtf1 " + rb"{\field{\*\fldinst{" * 20_000,
        rb"{\rtf1\uc\u9999999999 ?}",
        rb"{\rtf1{\pict\bin999999999 x}}",
        rb"{\rtf1\ansicpg99999 \'ff}",
    ],
    ids=["braces", "notes", "fields", "numbers", "binary", "charset"],
)
def test_hostile_rtf_ends_in_its_row(data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableDocument) as error:
        extract(data, "a.rtf")
    assert error.value.reason in ("damaged", "no_text", "needs_ocr")
    assert time.process_time() - start < 10
