"""A fetched page as a tree, within bounds that no page can push."""

from __future__ import annotations

import codecs
from itertools import dropwhile
from typing import Any, Final

from assess.extract.html.charset import decode_page
from assess.extract.html.pieces import parsed
from assess.extract.plain import decode

# Real home pages are below 2 MB; of larger ones (inlined pictures, attacks) both ends are read,
# as menus stand at the one and footers at the other. A tree takes up to 40 times its text.
_BEGINNING: Final = 2_000_000
_END: Final = 500_000
_OF_HEAD: Final = frozenset(
    {"title", "meta", "link", "base", "script", "style", "noscript", "template"}
)
# The web's standard reads these labels as Windows' sets.
_WIDER: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def read_tree(page: bytes, charset: str = "") -> Any:
    """The page's root element; None where there is none.

    ``charset`` is the server's, which goes before the page's own label, but not before a
    byte-order mark, nor before text that is plainly UTF-8.
    """
    text = _decoded(page, charset).replace("\0", "")
    if len(text) > _BEGINNING + _END:
        text = f"{text[:_BEGINNING]} {text[-_END:]}"
    root = parsed(text)
    if root is not None:
        _give_body(root)
    return root


def _give_body(root: Any) -> None:
    """Move out of the head what is not of it: HTML lets the tags of head and body be left out,
    and libxml2, which does not know <main> or <nav>, then leaves these in the head."""
    head = root.find("head")
    strays = list(dropwhile(_is_of_head, head)) if head is not None else []
    if strays:
        body = root.find("body")
        if body is None:
            body = root.makeelement("body")
            root.append(body)
        body[:0] = strays


def _is_of_head(element: Any) -> bool:
    return element.tag in _OF_HEAD


def _decoded(page: bytes, charset: str) -> str:
    try:
        name = codecs.lookup(charset).name if charset else ""
        b"".decode(name or "utf-8")  # codecs between bytes, as "hex", are no charsets
    except LookupError:
        return decode_page(page)
    return decode(page, _WIDER.get(name, name)) if name else decode_page(page)
