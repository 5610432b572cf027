"""A page's text in pieces: paragraphs, headings, list items and table rows, in page order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

# Deeper pages are attacks; libxml2 itself stops at 256 levels.
MAX_DEPTH: Final = 200

_DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "video", "audio", "select", "button", "textarea", "title", "datalist", "map",
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
_CONTENT_TAGS = frozenset({"html", "body", "main", "article"})
_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu",
    "menubar",
})  # fmt: skip
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?\w*|consent|gdpr|ccpa|nav|navbar|navigation|menu|submenu|mega-?menu|"
    r"breadcrumbs?|sidebar|social|share|sharing|newsletter|subscribe|popup|modal|footer|"
    r"site-?header|masthead|topbar|top-bar|skip-?(?:link|to)|pagination|related|comments?|"
    r"screen-reader-text|sr-only|visually-hidden)(?:$|[\s_-])",
    re.I,
)
# A named box that holds most of the page is its frame ("has-sidebar"), not a side box.
_FRAME_SHARE: Final = 0.4
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SENTENCE = re.compile(r"\w\W+\w.{20,}[.!?][\"'”’)]*$", re.S)


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
        return bool(_SENTENCE.search(self.text)) and len(self.text.split()) > 8


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
    heading: bool = False
    bullet: str = ""
    row: bool = False
    lists: list[int] = field(default_factory=list)

    def flush(self) -> None:
        """End the current piece."""
        text = " ".join("".join(self.parts).split())
        linked, self.linked = self.linked, 0
        self.parts.clear()
        if text.isdigit() or not any(character.isalnum() for character in text):
            return
        share = min(1.0, linked / len(text))
        chrome = self.chrome > 0
        item = bool(self.bullet)
        self.pieces.append(Piece(self.bullet + text, self.heading, item, chrome, share))
        self.bullet = ""

    def add(self, text: str | None) -> None:
        """Add text inside the current piece."""
        if text and not self.dropped:
            self.parts.append(text)
            self.linked += len(text.strip()) if self.links else 0


def read_pieces(text: str) -> tuple[list[Piece], bool]:
    """Return the pieces of a page, and whether it is nested too deep for other readers."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    text = _DECLARATION.sub("", text)
    if not text.strip():
        return [], False
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
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
    if tag in _DROPPED or state.dropped:
        state.dropped += 1
        return "dropped"
    marks = ""
    if tag in _BLOCKS:
        _start_block(state, tag)
    elif tag == "br":
        state.parts.append(" ")
        if not state.row:
            state.flush()
    elif tag in ("td", "th"):
        state.parts.append(" | " if "".join(state.parts).strip() else "")
    elif tag == "a":
        state.links += 1
    if state.chrome or _is_chrome(state, element):
        state.chrome += 1
        marks = "chrome"
    if tag in ("main", "article"):
        state.main += 1
    state.add(element.text)
    return marks


def _start_block(state: _State, tag: str) -> None:
    if state.row and tag not in ("tr", "table"):
        state.parts.append(" ")  # a paragraph inside a cell
        return
    state.flush()
    if tag in ("ul", "ol"):
        state.lists.append(0 if tag == "ol" else -1)
    elif tag == "li":
        state.bullet = "• "
        if state.lists and state.lists[-1] >= 0:
            state.lists[-1] += 1
            state.bullet = f"{state.lists[-1]}. "
    elif tag in _HEADINGS:
        state.heading = True
    elif tag == "tr":
        state.row = True


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
    if marks == "chrome":
        state.chrome -= 1
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


def _is_chrome(state: _State, element: Any) -> bool:
    tag = element.tag
    if tag in _CHROME_TAGS:
        return not (state.main and tag != "nav")
    if tag == "header":
        # A header with a headline is the article's own, and holds its title and date.
        return not state.main and element.find(".//h1") is None
    if element.get("role", "").lower() in _CHROME_ROLES:
        return True
    if tag in _CONTENT_TAGS:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if len(names) < 4 or not _CHROME_NAMES.search(names):
        return False
    return len(element.xpath("string()")) < _FRAME_SHARE * state.total
