"""A page read once: its links with place and visibility, its title, and its own text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import urldefrag, urljoin

from lxml import etree, html

from assess.extract.html.charset import decode_page

Place = Literal["header", "menu", "body", "footer"]

# What follows in a longer page are data or an attack; the longest home pages have 2 MB.
_MAX_BYTES: Final = 5_000_000
_MAX_LINKS: Final = 5_000
_MAX_WORDS: Final = 200
# A block of more characters says too much to be a link's label.
_MAX_CONTEXT: Final = 300
_REFRESH = re.compile(r"\s*(\d{1,3})[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'>]+)", re.I)
# Later refreshes reload a ticker.
_REFRESH_SECONDS: Final = 10
_SPACE = re.compile(r"\s+")
_NOT_TEXT: Final = frozenset({"script", "style", "template", "svg", "head", "select", "textarea"})
_BLOCKS: Final = frozenset(
    {"p", "li", "td", "th", "dd", "dt", "div", "section", "article", "h1", "h2", "h3", "h4", "h5"}
    | {"figure", "aside", "main", "tr", "ul", "ol", "table", "footer", "header", "nav", "body"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_PLACES: Final[tuple[tuple[Place, re.Pattern[str]], ...]] = (
    ("footer", re.compile(r"footer|contentinfo|colophon|\bsubfoot|bottom-?nav|sitemap", re.I)),
    ("menu", re.compile(r"(?<![a-z])(?:nav|menu|navbar|navigation|dropdown|submenu)", re.I)),
    ("header", re.compile(r"(?<![a-z])(?:header|masthead|banner|topbar|top-bar)", re.I)),
)
# Their classes tell how they look, or what the whole page is.
_NO_PLACE: Final = frozenset({"html", "body", "a", "span", "p", "article", "main"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(
    r"(?<![\w-])(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text|hidden)(?![\w-])", re.I
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands on a page."""

    url: str
    """Absolute, without fragment."""
    text: str
    """Its own words; of a picture its description."""
    place: Place
    visible: bool
    """Not hidden from a visitor; an entry of a drop-down menu counts as visible."""
    order: int
    """From 0, in the page's order."""
    context: str = ""
    """The words of the short block that it stands in, and the heading above."""

    @property
    def pdf(self) -> bool:
        """Whether its address is called a PDF."""
        return self.url.lower().partition("?")[0].endswith(".pdf")


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page says, links apart."""

    url: str
    title: str
    headings: tuple[str, ...]
    text: str
    """Its own text: without links, menus, footer and what is hidden."""
    words: int
    """All that a visitor sees, links and menus included."""
    links: tuple[Link, ...]
    refresh: str = ""
    """Where it sends a visitor by itself."""
    password: bool = False
    """Whether it asks for a password."""
    shell: bool = False
    """Whether it has an empty box for scripts to fill, or says that scripts are needed."""


def read_page(data: bytes, url: str, charset: str = "") -> WebPage:
    """Read a page; of what is none, an empty one.

    Args:
        charset: as the server names it; the page's own label and its bytes go before it.
    """
    root = _root(_decode(data[:_MAX_BYTES], charset))
    if root is None:
        return WebPage(url, "", (), "", 0, ())
    reader = _Reader(url, _base(root, url))
    reader.walk(root)
    return reader.page(root)


def _decode(data: bytes, charset: str) -> str:
    try:
        known = codecs.lookup(charset).name if charset else ""
    except (LookupError, UnicodeError):
        known = ""
    # Servers say UTF-8 or Latin-1 of anything; other charsets are stated by those who know.
    if (
        known
        and known not in ("utf-8", "iso8859-1", "ascii", "cp1252")
        and b"charset" not in data[:2048]
    ):
        return data.decode(known, "replace")
    return decode_page(data)


def _root(text: str) -> Any:
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace").replace(b"\0", b""), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _base(root: Any, url: str) -> str:
    for element in root.iter("base"):
        if element.get("href"):
            return _join(url, element.get("href")) or url
    return url


def _join(base: str, href: str) -> str | None:
    """The absolute address without fragment, or None for what is no web address."""
    href = "".join(href.split("\n")).replace("\t", "").replace("\r", "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urldefrag(urljoin(base, href)).url
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


@dataclass(frozen=True, slots=True)
class _Where:
    """What an element inherits."""

    place: Place = "body"
    hidden: bool = False
    in_link: bool = False


@dataclass
class _Reader:
    url: str
    base: str
    links: list[Link] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    words: int = 0

    def walk(self, root: Any) -> None:
        """Visit all elements, without recursion: pages nest thousands deep."""
        stack: list[tuple[Any, _Where]] = [(root, _Where())]
        while stack:
            element, outer = stack.pop()
            if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
                continue
            where = _where(element, outer)
            self._own_text(element.text, where)
            if element.tag in _HEADINGS and not where.hidden:
                self.headings.append(_fold(element.text_content())[:_MAX_CONTEXT])
            if element.tag in ("a", "area") and element.get("href"):
                self._link(element, where)
            for child in reversed(element):
                stack.append((child, where))
                self._own_text(child.tail, where)

    def _own_text(self, text: str | None, where: _Where) -> None:
        if not text or where.hidden or not text.strip():
            return
        self.words += len(text.split())
        if where.place == "body" and not where.in_link:
            self.text.append(text)

    def _link(self, element: Any, where: _Where) -> None:
        url = _join(self.base, element.get("href"))
        if url is None or len(self.links) >= _MAX_LINKS:
            return
        # A closed drop-down is hidden until it is pointed at; what hides a menu hides no link.
        visible = not where.hidden or where.place == "menu"
        words = _label(element)
        context = _context(element, self.headings[-1] if self.headings else "")
        self.links.append(Link(url, words, where.place, visible, len(self.links), context))

    def page(self, root: Any) -> WebPage:
        """What was read."""
        title = next((_fold(t.text_content()) for t in root.iter("title")), "")
        return WebPage(
            url=self.url,
            title=title[:_MAX_CONTEXT],
            headings=tuple(filter(None, self.headings)),
            text=_fold(" ".join(self.text)),
            words=self.words,
            links=tuple(self.links),
            refresh=_refresh(root, self.base),
            password=bool(root.xpath("//input[translate(@type, 'PASWORD', 'pasword')='password']")),
            shell=_is_shell(root),
        )


def _where(element: Any, outer: _Where) -> _Where:
    return _Where(
        place=_place(element, outer.place),
        hidden=outer.hidden or _is_hidden(element),
        in_link=outer.in_link or element.tag == "a",
    )


def _place(element: Any, outer: Place) -> Place:
    """A footer stays one whatever is in it; a menu in a header is a menu."""
    if outer == "footer":
        return outer
    if element.tag in _NO_PLACE:
        return outer
    named = " ".join(
        (
            element.tag,
            element.get("role") or "",
            element.get("id") or "",
            element.get("class") or "",
        )
    )
    for place, pattern in _PLACES:
        if pattern.search(named):
            return outer if (outer, place) == ("menu", "header") else place
    return outer


def _is_hidden(element: Any) -> bool:
    if element.tag == "noscript" or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" and element.tag != "a":
        return True
    style, classes = element.get("style"), element.get("class")
    return bool(
        (style and _HIDDEN_STYLE.search(style)) or (classes and _HIDDEN_CLASS.search(classes))
    )


def _label(element: Any) -> str:
    words = _fold(" ".join(_visible_text(element)))
    if words:
        return words[:_MAX_CONTEXT]
    for name in ("aria-label", "title"):
        if element.get(name):
            return _fold(element.get(name))[:_MAX_CONTEXT]
    pictures = (image.get("alt") or image.get("title") or "" for image in element.iter("img"))
    return _fold(" ".join(pictures))[:_MAX_CONTEXT]


def _visible_text(element: Any) -> Iterator[str]:
    stack = [(element, False)]
    while stack:
        node, left = stack.pop()
        if left:
            yield node.tail or ""
        elif isinstance(node.tag, str) and node.tag not in _NOT_TEXT:
            yield node.text or ""
            for child in reversed(node):
                stack += [(child, True), (child, False)]


def _context(element: Any, heading: str) -> str:
    """The words around a link, where they are few, after the heading above."""
    for outer in element.iterancestors():
        if outer.tag in _BLOCKS:
            words = _fold(outer.text_content()) if len(outer) < _MAX_WORDS else ""
            if len(words) <= _MAX_CONTEXT:
                return f"{heading} {words}".strip()
            break
    return heading


def _refresh(root: Any, base: str) -> str:
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.match(meta.get("content") or "")
            if match and int(match[1]) <= _REFRESH_SECONDS:
                return _join(base, match[2]) or ""
    return ""


def _is_shell(root: Any) -> bool:
    boxes = root.xpath(
        "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby' or"
        " @id='app-root' or self::app-root][not(normalize-space(string()))]"
    )
    asks = root.xpath("//noscript[contains(translate(., 'JAVSCRIPT', 'javscript'), 'javascript')]")
    return bool(boxes or asks)


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
