"""Hostile documents: small programs that write what attacks, broken exporters and dumps contain."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from tests.extract.makers import PARAGRAPH, archive, docx, raw_pdf

_PAGE: Final = b"/Type/Page/Parent 2 0 R/Resources<</Font<</F 5 0 R>>>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def flate(content: bytes, times: int = 1) -> bytes:
    """A stream compressed ``times`` over."""
    for _ in range(times):
        content = zlib.compress(content, 1)
    return stream(content, b"/Filter[%s]" % (b"/FlateDecode" * times))


def page_pdf(
    content: bytes,
    *,
    box: bytes = b"[0 0 600 800]",
    extra: tuple[bytes, ...] = (),
    more: bytes = b"",
) -> bytes:
    """One page with the stream object ``content``; objects in ``extra`` count from 6."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % more,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<<%s/MediaBox%s/Contents 4 0 R>>" % (_PAGE, box),
            content,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *extra,
        ]
    )


def shown(text: bytes = PARAGRAPH.encode(), x: bytes = b"50", y: bytes = b"700") -> bytes:
    """Page content that shows one line."""
    return b"BT /F 10 Tf %s %s Td (%s) Tj ET\n" % (x, y, text)


def glued() -> bytes:
    """Page content that asks for the second engine."""
    words = (b"weareagainstslavery%sinsupplychains" % bytes([97 + i]) for i in range(9))
    return b"".join(shown(word * 2, y=b"%d" % (700 - 20 * i)) for i, word in enumerate(words))


def nested(opening: bytes) -> bytes:
    """A catalogue with one value that is opened and never closed."""
    return page_pdf(stream(shown()), more=b"/X " + opening)


def inflating(megabytes: int, times: int = 1) -> bytes:
    """A page whose content is white space, and a line at its end."""
    return page_pdf(flate(b" " * 1_000_000 * megabytes + shown(), times))


def page_tree(count: int, *, content: bool = False) -> bytes:
    """Many pages that share one content, or have none."""
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%s>>" % (
        b"/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>" if content else b""
    )
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            stream(shown()),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *[page] * count,
        ]
    )


def cyclic_pages() -> bytes:
    """A page tree that contains itself twice."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1000000>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 1000000>>",
        ]
    )


def deep_pages(depth: int = 20_000) -> bytes:
    """Each node of the page tree holds one other."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (3 + i) for i in range(depth)]
    page = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 600 800]>>" % (depth + 1)
    return raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, page])


def drawn(form: bytes, *, calls: bytes = b"/X Do ", own: bytes = b"") -> bytes:
    """A page that draws a form; ``own`` are resources of the form beside the font."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>%s>>" % own
    whole = page_pdf(stream(calls), extra=(stream(form, entries),))
    return whole.replace(b"<</F 5 0 R>>>>/Media", b"<</F 5 0 R>>/XObject<</X 6 0 R>>>>/Media")


def self_drawing_form() -> bytes:
    """A form that draws itself twice."""
    return drawn(shown() + b"/X Do /X Do", own=b"/XObject<</X 6 0 R>>")


def wide_form_bomb(kilobytes: int = 500) -> bytes:
    """Half a megabyte of form calls, each of them drawing half a page of words."""
    return drawn(shown() * 40, calls=b"/X Do " * (kilobytes * 1000 // 6))


def second_engine_bomb(calls: int = 3_000) -> bytes:
    """Glued words drawn so often that pdfium copes and pdfplumber does not."""
    return drawn(glued() * 10, calls=b"/X Do " * calls)


def fields(count: int = 20_000) -> bytes:
    """A form with so many text fields, all on one page."""
    first = 7
    names = b" ".join(b"%d 0 R" % (first + i) for i in range(count))
    widgets = [
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/V(Approved by the board %d)/Rect[%d %d %d %d]>>"
        % (i, i, i % 500, i % 700, i % 500 + 90, i % 700 + 12)
        for i in range(count)
    ]
    whole = page_pdf(
        stream(shown()),
        extra=(b"[%s]" % names, *widgets),
        more=b"/AcroForm<</Fields 6 0 R>>",
    )
    return whole.replace(b"/Contents 4 0 R", b"/Contents 4 0 R/Annots 6 0 R", 1)


def locked(user: str) -> bytes:
    """Encrypted; with an empty user password anyone may read it."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, "owner", canCopy=0))
    canvas.drawString(50, 700, PARAGRAPH)
    canvas.save()
    return buffer.getvalue()


def tiny_texts(count: int) -> bytes:
    """One letter a text object, all over the page."""
    one = b"BT /F 5 Tf 1 0 0 1 %d %d Tm (a) Tj ET\n"
    return page_pdf(flate(b"".join(one % (i * 7 % 590, i * 13 % 790) for i in range(count))))


def many_words(count: int) -> bytes:
    """One endless page with so many words in running lines."""
    lines = count // 20
    line = b"0 -6 Td (" + b"slavery risk " * 10 + b") Tj\n"
    content = b"BT /F 5 Tf 10 %d Td\n" % (6 * lines + 20) + line * lines + b"ET"
    return page_pdf(flate(content), box=b"[0 0 600 %d]" % (6 * lines + 40))


def cells(columns: int = 60, rows: int = 400) -> bytes:
    """A page of figures in columns: what the reading order and the tables work on."""
    content = b"".join(
        b"BT /F 3 Tf %d %d Td (a%d) Tj ET\n" % (10 * x, 2 * y, x * y)
        for y in range(rows)
        for x in range(columns)
    )
    return page_pdf(flate(content))


def ruled(lines: int = 1500) -> bytes:
    """Lines that cross each other everywhere, on a page that asks for the second engine."""
    rules = b"".join(
        b"%d %d.5 m 600 %d.5 l S %d.5 0 m %d.5 800 l S\n" % (0, i // 2, i // 2, i // 3, i // 3)
        for i in range(lines)
    )
    return page_pdf(flate(glued() + rules))


def character_map() -> bytes:
    """A character map with four thousand million entries: the second engine writes them out."""
    mapping = (
        b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange\n1 beginbfrange <00000100> <FFFFFFFF> <0041> endbfrange\nendcmap end"
    )
    whole = page_pdf(stream(glued()), extra=(stream(mapping),))
    return whole.replace(b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/ToUnicode 6 0 R")


def looped_xref() -> bytes:
    """A cross-reference table that names itself as the one before."""
    whole = page_pdf(stream(shown()))
    place = whole.rindex(b"xref\n0")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def boxed(box: bytes) -> bytes:
    """A page of that size."""
    return page_pdf(stream(shown()), box=box)


def far_text() -> bytes:
    """Text where no coordinate can be, and some where it can."""
    odd = (
        b"1e39",
        b"-1e39",
        b"999999999999999999999999",
        b"nan",
        b"inf",
        b"--5",
        b"1e-45",
        b"2147483648",
    )
    moved = b"".join(shown(b"slavery", x, y) for x in odd for y in odd)
    scaled = b"".join(b"BT /F %s Tf %s 0 0 %s 5 5 Tm (risk) Tj ET\n" % (n, n, n) for n in odd)
    return page_pdf(stream(moved + scaled + shown()))


def word_file(body: bytes, *, doctype: bytes = b"") -> bytes:
    """A Word document with that body, as written."""
    namespace = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    good = docx(lambda document: document.add_paragraph("We act."))
    document = (
        b'<?xml version="1.0"?>%s<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>'
        % (doctype, namespace, body)
    )
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return archive({**parts, "word/document.xml": document})


def paragraph(text: bytes) -> bytes:
    """A Word paragraph."""
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def entity_bomb() -> bytes:
    """Entities that name ten others each: ten thousand million words."""
    entities = b"".join(
        b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 11)
    )
    return word_file(
        paragraph(b"&e10;"), doctype=b'<!DOCTYPE d [<!ENTITY e0 "slavery">%s]>' % entities
    )


def long_entity() -> bytes:
    """One long entity, used often: no nesting to notice."""
    return word_file(
        paragraph(b"&e;" * 20_000), doctype=b'<!DOCTYPE d [<!ENTITY e "%s">]>' % (b"risk " * 20_000)
    )


def outer_entity() -> bytes:
    """An entity that names a file of the machine."""
    return word_file(
        paragraph(b"We act. &e;"), doctype=b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    )


def nested_archive(levels: int = 8) -> bytes:
    """Archives in archives, a Word document's part at the end."""
    data = b"\0" * 50_000_000
    for _ in range(levels):
        data = archive({"word/document.xml": data, "word/again.zip": data[:1_000_000]})
    return data


def lying_archive(size: int = 1000) -> bytes:
    """The directory says that the document's part is small; it inflates to 55 MB."""
    data = archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b" " * 55_000_000})
    return data.replace((55_000_000).to_bytes(4, "little"), size.to_bytes(4, "little"))


def climbing_names() -> bytes:
    """Parts with names that lead out of any folder, beside good ones."""
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph(PARAGRAPH.encode())))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return archive({**parts, "../../../tmp/out.txt": b"x", "/etc/out.txt": b"x", "C:\\out": b"x"})


def nested_word(depth: int = 3_000) -> bytes:
    """Tables in tables."""
    return word_file(
        b"<w:tbl><w:tr><w:tc>" * depth + paragraph(b"We act.") + b"</w:tc></w:tr></w:tbl>" * depth
    )


def repeated(piece: str, size: int) -> Callable[[], bytes]:
    """Text of one piece, ``size`` bytes or a little more."""
    data = piece.encode()
    return lambda: data * (size // len(data) + 1)


def cuts(data: bytes, places: int = 100) -> Iterator[bytes]:
    """``data`` cut at so many places."""
    return (data[: len(data) * place // places] for place in range(places))
