"""A page's links: where they lead, what they say, where they stand, and whether they are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from assess.scrape.sites.boxes import Place, box_place, inner_place, is_unseen, opened_ids

# A page of more links is a trap or a catalogue; real home pages have up to a thousand.
_MAX_LINKS: Final = 5_000
# Addresses of more characters are refused by servers.
_MAX_URL: Final = 2_000
# Whole cards are links; their label is in the first words.
_MAX_WORDS: Final = 300
# A sentence before "here" fits.
_MAX_BEFORE: Final = 200
# Elements that are looked at; a real page has some ten thousand.
_MAX_ELEMENTS: Final = 400_000
_SILENT = frozenset({"script", "style", "template", "noscript", "select", "textarea", "title"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend"})
_BLOCKS = _HEADINGS | frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div",
    "dl", "fieldset", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p",
    "section", "table", "tbody", "thead", "tr", "ul",
})  # fmt: skip
_VIEWERS: Final = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
# Addresses in scripts of links and buttons: location.href = "...", window.open("...").
_SCRIPTED = re.compile(
    r"(?:location(?:\.href)?\s*=|window\.open\s*\(|location\.assign\s*\()\s*[\"']([^\"']{1,2000})",
    re.I,
)
_REFRESH = re.compile(r"^\s*\d{1,4}(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", re.I)
# Soft hyphens and marks without width, which part words for machines only.
_UNSEEN_LETTERS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAKS = re.compile(r"[\t\r\n]")
_SAFE: Final = "/%:@!$&'()*+,;=~?[]"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a visitor of the page meets it."""

    url: str
    """Absolute, http or https, without fragment; the page's own where only a script knows."""
    text: str
    """Its visible words; without text, what its picture, label or title says."""
    place: Place
    visible: bool
    """Items of drop-down menus are; styles in sheets are not looked up."""
    order: int
    """Position on the page, from 0."""
    pdf: bool
    heading: str = ""
    """The heading that it stands under, in the same part of the page."""
    before: str = ""
    """What stands before it in its paragraph, list item or table row."""
    fragment: str = ""


def read_refresh(root: Any, url: str) -> str | None:
    """Where a page sends its visitors by ``<meta http-equiv="refresh">``, or None.

    ``root`` is of `read_tree`, ``url`` the page's address.
    """
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match((meta.get("content") or "")[: _MAX_URL + 20])
            target = _absolute(found[1].strip(), url) if found else None
            if target and target[0] != url:
                return target[0]
    return None


def _absolute(href: str, base: str) -> tuple[str, str] | None:
    """An address and its fragment; None for mail, telephones, scripts and what is broken."""
    href = _BREAKS.sub("", href.strip())
    if len(href) > _MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base, href.replace("\\", "/")))
        host = parts.hostname
        path, query = quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or " " in parts.netloc:
        return None
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, query, "")), parts.fragment


def _is_pdf(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.lower().endswith(".pdf") or ".pdf" in parts.query.lower()


@dataclass(slots=True)
class _Box:
    """An element that is open, with what was in force before it."""

    place: Place
    unseen: bool
    inside_main: bool
    in_menu: bool
    opened: bool


@dataclass(slots=True)
class _State:
    """Where the walk stands."""

    page_url: str
    base: str
    opened: frozenset[str]
    links: list[Link] = field(default_factory=list)
    heading: str = ""
    heading_place: Place = "body"
    heading_parts: list[str] | None = None
    block: list[str] = field(default_factory=list)
    block_length: int = 0
    silent: int = 0

    def say(self, text: str | None) -> None:
        """Take up text that the page shows."""
        if not text or self.silent:
            return
        if self.block_length < 10 * _MAX_BEFORE:
            self.block.append(text)
            self.block_length += len(text)
        if self.heading_parts is not None:
            self.heading_parts.append(text[:_MAX_WORDS])

    def end_block(self) -> None:
        self.block.clear()
        self.block_length = 0


def read_links(root: Any, url: str) -> tuple[Link, ...]:
    """The links of a page in its order; ``root`` is of `read_tree`, ``url`` the page's address."""
    from lxml import etree

    state = _State(url, _base(root, url), opened_ids(root))
    boxes = [_Box("body", unseen=False, inside_main=False, in_menu=False, opened=False)]
    for count, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if count > 2 * _MAX_ELEMENTS or len(state.links) >= _MAX_LINKS:
            break
        if event == "start":
            boxes.append(_inside(boxes[-1], element, state))
            _start(state, element, boxes[-1])
        else:
            _end(state, element, boxes.pop().place)
    return tuple(state.links)


def _base(root: Any, url: str) -> str:
    for base in root.iter("base"):
        target = _absolute(base.get("href") or "", url)
        if target and base.get("href"):
            return target[0]
    return url


def _inside(outer: _Box, element: Any, state: _State) -> _Box:
    """What is in force inside an element.

    What is hidden inside a menu, or is opened by a button of the page, is an obvious drop-down;
    a hidden link itself, or what stands in a hidden part outside any menu, is not.
    """
    place = box_place(element)
    inner = inner_place(outer.place, place, inside_main=outer.inside_main) if place else outer.place
    opened = outer.opened or (element.get("id") or " ") in state.opened
    drops_down = opened or (outer.in_menu and element.tag not in ("a", "li", "noscript"))
    hidden = is_unseen(element) and not drops_down
    main = outer.inside_main or element.tag in ("main", "article", "section")
    return _Box(inner, outer.unseen or hidden, main, outer.in_menu or place == "menu", opened)


def _start(state: _State, element: Any, box: _Box) -> None:
    tag = element.tag
    if tag in _BLOCKS:
        state.end_block()
    if tag in _HEADINGS and not state.silent:
        state.heading_parts = []
    if tag in _SILENT:
        state.silent += 1
    target = _target(element, state)
    if target is not None:
        state.links.append(_link(state, element, box, target))
    state.say(element.text)


def _end(state: _State, element: Any, place: Place) -> None:
    tag = element.tag
    if tag in _SILENT:
        state.silent -= 1
    if tag in _HEADINGS and state.heading_parts is not None:
        state.heading = _squeezed("".join(state.heading_parts)) or state.heading
        state.heading_place = place
        state.heading_parts = None
    if tag in _BLOCKS:
        state.end_block()
    state.say(element.tail)


def _target(element: Any, state: _State) -> tuple[str, str] | None:
    """Where an element leads, if it leads anywhere."""
    tag = element.tag
    if tag in _VIEWERS:
        target = _absolute(element.get(_VIEWERS[tag]) or "", state.base)
        return target if target and (tag == "frame" or _is_pdf(target[0])) else None
    href = element.get("href") if tag in ("a", "area") else None
    scripted = element.get("onclick") or ""
    if href is not None and href.lstrip().lower().startswith("javascript:"):
        scripted, href = f"{href} {scripted}", None
    if href is not None:
        # A lone fragment is the page's own, whatever its base says.
        return _absolute(href, state.page_url if href.startswith("#") else state.base)
    if not scripted:
        return None
    found = _SCRIPTED.search(scripted[:_MAX_URL])
    if found:
        return _absolute(found[1], state.base)
    return _absolute("", state.page_url) if tag == "a" else None


def _link(state: _State, element: Any, box: _Box, target: tuple[str, str]) -> Link:
    url, fragment = target
    return Link(
        url=url,
        text=_words(element),
        place=box.place,
        visible=not box.unseen,
        order=len(state.links),
        pdf=_is_pdf(url),
        heading=state.heading if state.heading_place == box.place else "",
        before=_squeezed("".join(state.block))[-_MAX_BEFORE:],
        fragment=fragment,
    )


def _words(element: Any) -> str:
    """The words of a link; without text its label, its pictures' or its title."""
    if element.tag in _VIEWERS:
        return _squeezed(element.get("title") or "")
    text = _squeezed(" ".join(_shown(element)))
    if any(map(str.isalnum, text)):
        return text
    labels = [element.get("aria-label"), *(_labels(element)), element.get("title")]
    return next((said for said in map(_squeezed, filter(None, labels)) if said), text)


def _shown(element: Any) -> Iterator[str]:
    """Text inside an element that is not silent or hidden, without going deep into huge ones."""
    length, pending = 0, [(element, True)]
    while pending and length < _MAX_WORDS:
        node, inner = pending.pop()
        text = node.text if inner else node.tail
        if not inner or node is element or _speaks(node):
            if text:
                yield text
                length += len(text)
            if inner:
                for child in reversed(node[:_MAX_WORDS]):
                    pending += [(child, False), (child, True)]


def _speaks(element: Any) -> bool:
    return element.tag not in _SILENT and element.tag != "svg" and not is_unseen(element)


def _labels(element: Any) -> Iterator[str]:
    """What pictures and icons inside a link are called."""
    for count, node in enumerate(element.iter()):
        if count > _MAX_WORDS:
            return
        if node is element:
            continue
        if node.tag in ("img", "input", "area"):
            yield node.get("alt") or node.get("title") or ""
        elif node.tag == "title":
            yield node.text or ""
        else:
            yield node.get("aria-label") or ("" if _speaks(node) else str(node.xpath("string()")))


def _squeezed(text: str) -> str:
    return " ".join(_UNSEEN_LETTERS.sub("", text).split())[:_MAX_WORDS]
