"""HTML -> text: headings, list items and table rows as lines; menus and banners left out.

The page is read in full, piece by piece. trafilatura's main text, in recall mode, then decides the
doubtful pieces; by itself it drops lists and whole sections of legal pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.html_pieces import Piece, read_pieces
from assess.extract.markdown import without_template
from assess.extract.plain import decode
from assess.extract.repair import clean

# A piece whose characters are links to this share is a menu.
_LINK_SHARE: Final = 0.6
# A signature block is shorter than this many pieces; what stands further down is the site's.
_SIGNATURE_PIECES: Final = 12
# Below this share of the page's own words the main text lost a section.
_MIN_COVERAGE: Final = 0.3
# trafilatura is quadratic on some huge pages; the page's own pieces must do there.
_MAX_TRAFILATURA: Final = 2_000_000
_KEY_LENGTH: Final = 60

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_CHARSET_WITHIN: Final = 4096
_FOOT = re.compile(
    r"©|\bcopyright\b|all rights reserved|privacy policy|cookie|terms (?:and|&) conditions|"
    r"\bsitemap\b|website by|site by|follow us|subscribe|newsletter|back to top",
    re.I,
)


def read_html(data: bytes) -> Draft:
    """Extract the readable text of a page.

    Raises:
        UnreadableDocument: ``no_text`` where the page shows no words without scripts;
            ``damaged`` where it is nested beyond reading.
    """
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    text = decode(data, declared[1].decode("ascii") if declared else None)
    text = without_template(text)
    pieces, deep = read_pieces(text)
    if deep and not pieces:
        raise UnreadableDocument("damaged", "the page's elements are nested too deep to be read")
    if not pieces:
        raise UnreadableDocument("no_text", "the page shows no text without running its scripts")
    kept = _choose(pieces, "" if deep else _main_text(text))
    return Draft((PageText(_lines(kept), "html"),))


def _main_text(text: str) -> str:
    if len(text) > _MAX_TRAFILATURA:
        return ""
    import trafilatura

    found = trafilatura.extract(
        text, favor_recall=True, include_tables=True, include_comments=False, include_links=False
    )
    return _folded(found or "")


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _choose(pieces: Sequence[Piece], main: str) -> list[Piece]:
    """Keep what is content, or what trafilatura takes for content."""
    in_main = [_is_in(piece, main) for piece in pieces]
    kept = [
        piece for piece, found in zip(pieces, in_main, strict=True) if _is_content(piece, found)
    ]
    if main:
        kept = _without_edges(kept, main)
    if _words(kept) >= _MIN_COVERAGE * _words(pieces):
        return kept
    loose = [piece for piece in pieces if piece.link_share < _LINK_SHARE]
    return kept if _words(kept) >= _MIN_COVERAGE * _words(loose) else loose or list(pieces)


def _is_in(piece: Piece, main: str) -> bool:
    key = _folded(piece.text)[:_KEY_LENGTH]
    return bool(key) and key in main


def _is_content(piece: Piece, in_main: bool) -> bool:
    if piece.chrome:
        long = len(piece.text) > _KEY_LENGTH or piece.heading
        return in_main and piece.link_share < _LINK_SHARE and long
    return in_main or piece.heading or piece.link_share < _LINK_SHARE


def _without_edges(kept: list[Piece], main: str) -> list[Piece]:
    """Drop what stands well before and after the main text; keep headings and signatures."""
    inside = [index for index, piece in enumerate(kept) if _is_in(piece, main)]
    if not inside:
        return kept
    first, last = inside[0], inside[-1]
    headed = next((index for index in range(first) if kept[index].heading), first)
    before = [piece for piece in kept[:headed] if piece.sentence]
    before += [piece for piece in kept[headed:first] if piece.heading or not piece.link_share]
    after: list[Piece] = []
    for piece in kept[last + 1 :]:
        if _FOOT.search(piece.text) or len(after) >= _SIGNATURE_PIECES:
            break
        after.append(piece)
    return before + kept[first : last + 1] + after


def _words(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces)


def _lines(pieces: Sequence[Piece]) -> str:
    lines = []
    for index, piece in enumerate(pieces):
        gap = "\n" if index and not (piece.item and pieces[index - 1].item) else ""
        lines.append(gap + clean(piece.text))
    return "\n".join(lines)
