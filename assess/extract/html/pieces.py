"""A page's text in pieces: paragraphs, headings, list items and table rows, in page order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from assess.extract.html.boxes import is_chrome, is_overlay, is_panel_title

# Deeper pages are attacks; libxml2 itself stops at 256 levels.
MAX_DEPTH: Final = 200

_DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "video", "audio", "select", "button", "textarea", "title", "datalist", "map",
    "del",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SIGNED = re.compile(r"\bsign(?:ed|ature)\b", re.I)
_NOTE_MARK = re.compile(r"[\[(]?\s*(\d{1,2})\s*[\])]?")
_UNIT = re.compile(r"\b[ckm]?m$")
_UNNUMBERED: Final = -1_000_000
_EMPTY_CELLS = re.compile(r"(?:\| )+\|")
# A cell with so many characters and with blocks in it is a part of the page, not of a table.
_LAYOUT_CELL: Final = 300
# Old pages write Windows' punctuation by the numbers of control characters.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_C1[0x85] = "…"
_STOP = re.compile(r"[.!?][\"'”’)]{0,3}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a page."""

    text: str
    heading: bool
    item: bool
    chrome: bool
    """It stands in a menu, footer, banner or side box."""
    link_share: float
    """Share of its characters that are links, 0 to 1."""

    @property
    def sentence(self) -> bool:
        """Whether it reads as running text."""
        return bool(_STOP.search(self.text[-4:])) and len(self.text.split()) > 8


@dataclass(slots=True)
class _State:
    """Where the walk stands."""

    total: int
    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    dropped: int = 0
    chrome: int = 0
    links: int = 0
    main: int = 0
    titles: int = 0
    verbatim: int = 0
    heading: bool = False
    bullet: str = ""
    row: bool = False
    lists: list[int] = field(default_factory=list)

    def flush(self) -> None:
        """End the current piece."""
        text = " ".join("".join(self.parts).translate(_C1).split())
        if self.row:
            text = _EMPTY_CELLS.sub("|", text).removesuffix(" |")
        linked, self.linked = self.linked, 0
        self.parts.clear()
        if text.isdigit() or not any(character.isalnum() for character in text):
            return
        share = min(1.0, linked / len(text))
        heading = self.heading or self.titles > 0
        chrome = self.chrome > 0
        self.pieces.append(Piece(self.bullet + text, heading, bool(self.bullet), chrome, share))
        self.bullet = ""

    def add(self, text: str | None) -> None:
        """Add text inside the current piece; lines count where the page keeps them."""
        if not text or self.dropped:
            return
        lines = text.split("\n") if self.verbatim and not self.row else [text]
        for index, line in enumerate(lines):
            if index:
                self.flush()
            self.parts.append(line)
        self.linked += len(text.strip()) if self.links and not self.titles else 0

    def cell(self) -> None:
        """Begin a table cell."""
        if not self.row:
            self.flush()
        elif "".join(self.parts).strip():
            self.parts.append(" | ")


def read_pieces(root: Any) -> tuple[list[Piece], bool]:
    """Return the pieces of a page, and whether it is nested too deep for other readers."""
    from lxml import etree

    if root is None:
        return [], False
    state = _State(total=_visible(root) or 1)
    depth = deepest = 0
    marked: list[tuple[Any, str]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            deepest = max(deepest, depth)
            marked.append((element, _start(state, element)))
        else:
            depth -= 1
            _end(state, element, marked.pop()[1])
    state.flush()
    return state.pieces, deepest >= MAX_DEPTH


def parsed(text: str) -> Any:
    """Return the page's root element, or ``None`` where there is none."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    text = _DECLARATION.sub("", text)
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _visible(root: Any) -> int:
    """Count the characters of a page that are not its scripts and styles."""
    total = 0
    for element in root.iter():
        inside = 0 if element.tag in _DROPPED else len(element.text or "")
        total += inside + len(element.tail or "")
    return total


def _start(state: _State, element: Any) -> str:
    """Enter an element; return what it switched on, for leaving it."""
    tag = element.tag
    if state.dropped or _is_dropped(state, element):
        state.dropped += 1
        return "dropped"
    marks = ""
    if tag in _BLOCKS:
        _start_block(state, element)
    elif tag in ("td", "th"):
        state.cell()
    elif tag in ("br", "img"):
        _break(state, element)
    elif tag == "a":
        state.links += 1
    if state.chrome or is_chrome(element, state.total, inside_main=state.main > 0):
        state.chrome += 1
        marks = "chrome"
    elif state.titles or (not state.row and is_panel_title(element)):
        if not state.titles:
            state.flush()
        state.titles += 1
        marks = "title"
    if tag in ("main", "article"):
        state.main += 1
    state.add(element.text)
    return marks


def _is_dropped(state: _State, element: Any) -> bool:
    tag = element.tag
    if tag == "button":
        # The titles of panels that open are buttons in many pages.
        return not (state.heading or state.titles or (not state.chrome and is_panel_title(element)))
    if tag == "template":
        return element.get("shadowrootmode") is None
    if tag == "sup":
        return _note_mark(state, element)
    return tag in _DROPPED or is_overlay(element, state.total)


def _note_mark(state: _State, element: Any) -> bool:
    """Set a note's number apart, so that 36 with note 1 is not read as 361."""
    mark = _NOTE_MARK.fullmatch("".join(element.itertext()).strip())
    if mark is None or _UNIT.search("".join(state.parts[-2:])):
        return False
    state.parts.append(f" [{mark[1]}]")
    return True


def _break(state: _State, element: Any) -> None:
    if element.tag == "img":
        text = element.get("alt") or ""
        if not _SIGNED.search(text):
            return
        state.parts.append(f" {text} ")
    state.parts.append(" ")
    if not state.row:
        state.flush()


def _start_block(state: _State, element: Any) -> None:
    tag = element.tag
    if state.row and tag not in ("tr", "table"):
        state.parts.append(" ")  # a paragraph inside a cell
        return
    state.flush()
    if tag in ("ul", "ol"):
        state.lists.append(_first_number(element) if tag == "ol" else _UNNUMBERED)
    elif tag == "li":
        state.bullet = "• "
        if state.lists and state.lists[-1] != _UNNUMBERED:
            state.lists[-1] += 1
            state.bullet = f"{state.lists[-1]}. "
    elif tag in _HEADINGS:
        state.heading = True
    elif tag == "tr":
        state.row = not _is_layout(element)
    elif tag == "pre":
        state.verbatim += 1


def _first_number(element: Any) -> int:
    """One below the number of a list's first item."""
    start = (element.get("start") or "").strip()
    return int(start) - 1 if start.isdecimal() and len(start) < 5 else 0


def _is_layout(row: Any) -> bool:
    """Whether a table's row lays out the page: its cells hold blocks of text, or other tables."""
    return any(
        cell.find(".//table") is not None
        or (
            any(cell.find(f".//{tag}") is not None for tag in ("p", "ul", "ol", "h1", "h2", "h3"))
            and len(cell.xpath("string()")) > _LAYOUT_CELL
        )
        for cell in row.iterchildren("td", "th")
    )


def _end(state: _State, element: Any, marks: str) -> None:
    tag = element.tag
    if marks == "dropped":
        state.dropped -= 1
        state.add(element.tail)
        return
    if tag in _BLOCKS:
        _end_block(state, tag)
    elif tag == "a":
        state.links -= 1
    elif tag in ("td", "th") and not state.row:
        state.flush()
    if marks == "chrome":
        state.chrome -= 1
    elif marks == "title":
        if state.titles == 1:
            state.flush()
        state.titles -= 1
    if tag in ("main", "article"):
        state.main -= 1
    state.add(element.tail)


def _end_block(state: _State, tag: str) -> None:
    if state.row and tag not in ("tr", "table"):
        state.parts.append(" ")
        return
    state.flush()
    if tag in ("ul", "ol") and state.lists:
        state.lists.pop()
    elif tag in _HEADINGS:
        state.heading = False
    elif tag == "li":
        state.bullet = ""
    elif tag in ("tr", "table"):
        state.row = False
    elif tag == "pre":
        state.verbatim = max(0, state.verbatim - 1)
