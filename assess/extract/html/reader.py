"""HTML -> text: headings, list items and table rows as lines; menus and banners left out.

The page is read in full, piece by piece. trafilatura's main text, in recall mode, then decides the
doubtful pieces; by itself it drops lists and whole sections of legal pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.html.boxes import SUBJECT
from assess.extract.html.charset import decode_page
from assess.extract.html.markdown import without_template
from assess.extract.html.pieces import Piece, parsed, read_pieces
from assess.extract.parts.landing import MAX_WORDS
from assess.extract.prose.repair import clean

# A piece whose characters are links to this share is a menu.
_LINK_SHARE: Final = 0.6
# A signature block is shorter than this many pieces; what stands further down is the site's.
_SIGNATURE_PIECES: Final = 12
# Below this share of the page's own words the main text lost a section.
_MIN_COVERAGE: Final = 0.3
# trafilatura is quadratic on some huge pages; the page's own pieces must do there.
_MAX_TRAFILATURA: Final = 2_000_000
_KEY_LENGTH: Final = 60
# Lines of a signature block; links at either side of one that tell whether it is the site's.
_SIGN_OFF: Final = 5
_BESIDE: Final = 3
# Copies of more pieces are not looked for: comparing costs time.
_MAX_RUN: Final = 300
# A page of so few words that has a box for its scripts to fill is filled by them.
_SHELL_WORDS: Final = 25
_SHELL = (
    "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby' or "
    "@id='app-root' or self::app-root][not(normalize-space(string()))]"
)
_TITLE_PARTS = re.compile(r"\s+[|–—·:-]\s+")
EMBEDDED: Final = "embedded_document"
"""The page shows another file inside a frame; what that file says is not in the text."""
_DOCUMENT = re.compile(
    r"\.pdf\b|docs\.google\.com|drive\.google\.com|issuu\.com|scribd\.com|flipsnack|"
    r"view\.officeapps|flippingbook|yumpu|pdfjs|calameo",
    re.I,
)
_SIGNS = re.compile(
    r"^signed\b|\bsigned\s+(?:by|on\s+(?:its\s+)?behalf)|on\s+behalf\s+of\s+the\s+board"
    r"|\bapproved\s+by\b.{0,60}\b(?:board|directors|partners|members|trustees)\b",
    re.I,
)
_LEADS = re.compile(
    r"slavery|traffick|\b(?:our|the|full|latest|annual)\s+statement\b|\bstatement\s+(?:for\s+)?20\d\d"
    r"|\bdownload\b|\bpdf\b",
    re.I,
)
"""A link to the statement, by its words."""
_FOOT = re.compile(
    r"©|\bcopyright\b|all rights reserved|privacy policy|cookie|terms (?:and|&) conditions|"
    r"\bsitemap\b|website by|site by|follow us|^subscribe|newsletter|back to top|"
    r"^share (?:this|on)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Main:
    """trafilatura's main text: letters and digits only, whole and by line."""

    text: str
    lines: frozenset[str]

    def has(self, piece: Piece) -> bool:
        """Whether a piece is in it; a menu's short words have to be lines of their own."""
        key = _folded(piece.text)[:_KEY_LENGTH]
        if piece.chrome and len(key) < _KEY_LENGTH // 2:
            return key in self.lines
        return bool(key) and key in self.text


def read_html(data: bytes) -> Draft:
    """Extract the readable text of a page.

    Raises:
        UnreadableDocument: ``no_text`` where the page shows no words without scripts or frames;
            ``damaged`` where it is nested beyond reading.
    """
    text = without_template(decode_page(data))
    root = parsed(text)
    pieces, deep = read_pieces(root)
    if deep and not pieces:
        raise UnreadableDocument("damaged", "the page's elements are nested too deep to be read")
    _check_text(pieces, root)
    kept = _choose(pieces, _main_text("" if deep else text))
    kept = _headed(kept, pieces, (root.findtext(".//title") or "") if root is not None else "")
    flags = {EMBEDDED} if _embeds(root) else set[str]()
    return Draft((PageText(_lines(kept), "html"),), frozenset(flags))


def _check_text(pieces: Sequence[Piece], root: Any) -> None:
    few = root is not None and _words(pieces) < _SHELL_WORDS
    if few and root.find(".//frame") is not None:
        raise UnreadableDocument(
            "no_text", "the page is made of frames; save the framed page by itself"
        )
    shell = few and root.find(".//script") is not None and root.xpath(_SHELL)
    if shell or not pieces:
        raise UnreadableDocument(
            "no_text",
            "the page shows no text without running its scripts; open it in a browser and save it "
            "as PDF",
        )


def _embeds(root: Any) -> bool:
    sources = root.xpath("//iframe/@src | //iframe/@data-src | //embed/@src | //object/@data")
    return any(_DOCUMENT.search(source[:2000]) for source in sources)


def _main_text(text: str) -> _Main:
    if not text or len(text) > _MAX_TRAFILATURA:
        return _Main("", frozenset())
    import trafilatura

    found = trafilatura.extract(
        text, favor_recall=True, include_tables=True, include_comments=False, include_links=False
    )
    return _Main(_folded(found or ""), frozenset(map(_folded, (found or "").splitlines())))


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _choose(pieces: Sequence[Piece], main: _Main) -> list[Piece]:
    """Keep what is content, or what trafilatura takes for content."""
    kept = _content(pieces, main)
    if _words(kept) <= MAX_WORDS:
        kept = _content(pieces, main, leads=_leads(pieces))
    if main.text:
        kept = _without_edges(kept, main)
    if _words(kept) < _MIN_COVERAGE * _words(pieces):
        loose = [piece for piece in pieces if piece.link_share < _LINK_SHARE]
        if _words(kept) < _MIN_COVERAGE * _words(loose):
            kept = loose
        kept = kept or list(pieces)
    return _once(kept)


def _content(pieces: Sequence[Piece], main: _Main, leads: Set[int] = frozenset()) -> list[Piece]:
    """The pieces that are content, and those at the places ``leads``."""
    inner = _inner_links(pieces, main)
    kept: list[Piece] = []
    signing = 0
    for place, piece in enumerate(pieces):
        linked = kept and _is_linked_list(piece, kept[-1])
        signing = _signing(piece, signing)
        if _is_content(piece, main) or linked or signing or place in inner or place in leads:
            kept.append(piece)
    return kept


def _signing(piece: Piece, signing: int) -> int:
    """How many lines of a signature block in a page's footer may stand here; 0: it is none."""
    if not piece.chrome or piece.link_share >= _LINK_SHARE or _FOOT.search(piece.text):
        return 0
    if _SIGNS.search(piece.text):
        return _SIGN_OFF
    return max(0, signing - 1) if len(piece.text) <= _KEY_LENGTH else 0


def _leads(pieces: Sequence[Piece]) -> frozenset[int]:
    """The places of links to the statement, which on a page that says little tell what it is."""
    found = (i for i, piece in enumerate(pieces) if _LEADS.search(piece.text) and not piece.chrome)
    return frozenset(
        index
        for index in found
        if not any(
            _FOOT.search(piece.text)
            for piece in pieces[max(0, index - _BESIDE) : index + _BESIDE + 1]
            if piece.link_share >= _LINK_SHARE and not piece.chrome
        )
    )


def _inner_links(pieces: Sequence[Piece], main: _Main) -> frozenset[int]:
    """The places of linked items between paragraphs of the text: companies, or policies."""
    told = [i for i, piece in enumerate(pieces) if piece.sentence and main.has(piece)]
    if not told:
        return frozenset()
    headings = {_folded(piece.text) for piece in pieces if piece.heading}
    return frozenset(
        index
        for index in range(told[0], told[-1])
        if pieces[index].item
        and not pieces[index].chrome
        and _folded(pieces[index].text.removeprefix("• ")) not in headings
        and not _FOOT.search(pieces[index].text.removeprefix("• "))
    )


def _is_content(piece: Piece, main: _Main) -> bool:
    if piece.chrome:
        long = len(piece.text) > _KEY_LENGTH or piece.heading
        return piece.link_share < _LINK_SHARE and long and main.has(piece)
    return piece.heading or piece.link_share < _LINK_SHARE or main.has(piece)


def _is_linked_list(piece: Piece, above: Piece) -> bool:
    """Whether a linked item goes on with a list in the text: "our policies:" and their names."""
    if piece.chrome or above.chrome or not piece.item:
        return False
    return above.text.endswith(":") or (above.item and above.link_share >= _LINK_SHARE)


def _without_edges(kept: list[Piece], main: _Main) -> list[Piece]:
    """Drop what stands well before and after the main text; keep headings and signatures."""
    inside = [index for index, piece in enumerate(kept) if main.has(piece)]
    if not inside:
        return kept
    first, last = inside[0], inside[-1]
    headed = next((index for index in range(first) if kept[index].heading), first)
    before = [piece for piece in kept[:headed] if piece.sentence]
    before += [
        piece
        for piece in kept[headed:first]
        if piece.heading or not piece.link_share or _LEADS.search(piece.text)
    ]
    return before + kept[first : last + 1] + _tail(kept[last + 1 :])


def _tail(pieces: Sequence[Piece]) -> list[Piece]:
    """The signature below the main text, and sections that trafilatura dropped."""
    tail: list[Piece] = []
    away = 0
    for piece in pieces:
        spoken = piece.sentence and not piece.chrome and bool(SUBJECT.search(piece.text))
        away = 0 if spoken else away + 1
        if away > _SIGNATURE_PIECES or (_FOOT.search(piece.text) and not spoken):
            break
        tail.append(piece)
    while tail and tail[-1].heading and tail[-1].chrome:
        tail.pop()
    return tail


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop runs of pieces that come twice in a row: once for wide and once for small screens.

    What comes again elsewhere is content: two years' statements on one page say the same of much.
    """
    kept: list[Piece] = []
    seen: dict[str, int] = {}
    index = 0
    while index < len(pieces):
        text = pieces[index].text
        length = len(kept) - seen.get(text, len(kept))
        if 0 < length <= _MAX_RUN and _is_copy(kept[-length:], pieces[index : index + length]):
            index += length
            continue
        seen[text] = len(kept)
        kept.append(pieces[index])
        index += 1
    return kept


def _is_copy(run: Sequence[Piece], other: Sequence[Piece]) -> bool:
    long = any(len(piece.text) > _KEY_LENGTH for piece in run)
    return long and [piece.text for piece in run] == [piece.text for piece in other]


def _headed(kept: list[Piece], pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Put the page's title on top where only a trail of links shows it: it may name the year."""
    titles = {_folded(part) for part in (title, *_TITLE_PARTS.split(title)) if SUBJECT.search(part)}
    if any(_folded(piece.text) in titles for piece in kept):
        return kept
    shown = (piece for piece in pieces if _folded(piece.text) in titles)
    return [
        replace(piece, item=False, text=piece.text.removeprefix("• "), heading=True)
        for piece in islice(shown, 1)
    ] + kept


def _words(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces)


def _lines(pieces: Sequence[Piece]) -> str:
    lines = []
    for index, piece in enumerate(pieces):
        gap = "\n" if index and not (piece.item and pieces[index - 1].item) else ""
        lines.append(gap + clean(piece.text))
    return "\n".join(lines)
