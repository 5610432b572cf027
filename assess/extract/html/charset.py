"""A page's bytes -> characters, as browsers decode them: labels are often wrong."""

from __future__ import annotations

import codecs
import re
from typing import Final

from assess.extract.plain import decode

_LABEL = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,40})",
    re.I,
)
_LABEL_WITHIN: Final = 4096
# The web's standard reads these labels as Windows' sets, which hold the curly quotes.
_WIDER: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
# With fewer broken sequences than one in so many, a page is UTF-8 with slips, not another set.
_SLIPS: Final = 10


def decode_page(data: bytes) -> str:
    """Decode a page by its byte-order mark, as UTF-8, by its label, else as Windows-1252."""
    label = _label(data)
    if label == "utf-8" and _nearly_utf8(data):
        return data.decode("utf-8", "replace")
    return decode(data, label if label not in ("utf-8", "utf-16") else None)


def _label(data: bytes) -> str | None:
    found = _LABEL.search(data[:_LABEL_WITHIN])
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _nearly_utf8(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return broken * _SLIPS <= whole
