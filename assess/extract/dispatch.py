"""One document's bytes -> its Text, whatever its type."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract import media
from assess.extract.assemble import Draft, assemble
from assess.extract.limits import MAX_BYTES, TOO_LARGE
from assess.extract.plain import text_draft
from assess.records import Text

_NOT_BLANK = re.compile(rb"[^\0 \t\r\n]")
WRONG_EXTENSION: Final = "wrong_extension"


def extract(data: bytes, name: str) -> Text:
    """Read a document in this process; the type is told from its bytes, not its name.

    Raises:
        UnreadableDocument: ``empty``, ``needs_ocr``, ``ocr_failed``, ``encrypted``,
            ``damaged``, ``unsupported_type``, ``too_large`` or ``no_text``, with what a reader can
            do about it.
    """
    if not _NOT_BLANK.search(data):
        raise UnreadableDocument("empty", "the file has no content")
    if len(data) > MAX_BYTES:
        raise UnreadableDocument("too_large", TOO_LARGE)
    media_type = media.sniff(data, name)
    draft = _read(data, media_type)
    if media.wrong_extension(media_type, name):
        draft = replace(draft, flags=draft.flags | {WRONG_EXTENSION})
    return assemble(draft)


def from_plain_text(content: str, method: str = "text") -> Text:
    """Give offsets and sentences to what is text already.

    Characters are cleaned and run-together words taken apart as for every other format; form
    feeds part pages.

    Raises:
        UnreadableDocument: ``empty``, ``no_text`` or ``too_large``.
    """
    if not content.strip():
        raise UnreadableDocument("empty", "the text has no content")
    return assemble(text_draft(content, method))


def _read(data: bytes, media_type: str) -> Draft:
    match media_type:
        case media.PDF:
            from assess.extract.pdf.reader import read_pdf as read
        case media.HTML:
            from assess.extract.html.reader import read_html as read
        case media.DOCX:
            from assess.extract.word.docx import read_docx as read
        case media.ODT:
            from assess.extract.word.odt import read_odt as read
        case media.RTF:
            from assess.extract.word.rtf import read_rtf as read
        case media.ENCRYPTED:
            raise UnreadableDocument("encrypted", "the Office document asks for a password")
        case media.MARKDOWN:
            from assess.extract.html.markdown import read_markdown as read
        case media.TEXT:
            from assess.extract.plain import read_text as read
        case _:
            detail = media.CONVERT.get(
                media_type, "not PDF, HTML, DOCX, ODT, RTF, Markdown or text"
            )
            raise UnreadableDocument("unsupported_type", detail)
    return read(data)
