"""Which boxes of a page are the site's: told by tag, role and the names that site builders use."""

from __future__ import annotations

import re
from typing import Any, Final

_CONTENT_TAGS = frozenset({
    "html", "body", "main", "article", "p", "li", "td", "tr", "tbody", "h1", "h2", "h3", "h4", "h5",
    "h6",
})  # fmt: skip
_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu",
    "menubar",
})  # fmt: skip
_START, _END = r"(?:^|[\s_-])(?:", r")(?:$|[\s_-])"
_CHROME_NAMES = re.compile(
    _START + r"consent|gdpr|ccpa|nav|navbar|navigation|\w*topnavigation|menu|submenu|mega-?menu|"
    r"breadcrumbs?|sidebar|social|share|sharing|newsletter|subscribe|popup|modal|footer|"
    r"site[-_]?header|masthead|topbar|top-bar|skip-?(?:link|to)|pagination|related|comments?|"
    r"screen-reader-text|sr-only|visually-hidden" + _END,
    re.I,
)
# Consent boxes, baskets and chats are never part of a document, however much text they hold.
_OVERLAY_NAMES = re.compile(
    r"cookie[-_]?(?:banner|bar|alert|notice|consent|law|popup|message|modal|dialog|bot)|"
    + _START
    + r"cookies?|onetrust\w*|cky|cmplz|cc-window|consent-(?:banner|bar|box|manager|modal|popup)|"
    r"cart-?drawer|mini-?cart|chat-?widget|live-?chat|intercom\w*|tawk\w*|drift-widget"
    + _END,
    re.I,
)  # fmt: skip
_PANEL: Final = r"(?:accordion|toggle|collaps\w{1,5}|tabs?|faq|expander)"
_TITLE_NAMES = re.compile(
    _PANEL + r"[-_]{1,2}(?:item[-_]+)?(?:title|header|heading|button|trigger|label)", re.I
)
_MENU = re.compile(r"nav|menu|search", re.I)
_OPENS = re.compile(rf"^{_PANEL}", re.I)
_MAX_TITLE: Final = 200
# Builders write some hundred characters of classes; the patterns look at no more.
_MAX_NAMES: Final = 1000
# A named box that holds most of the page is its frame ("has-sidebar"), not a side box.
_FRAME_SHARE: Final = 0.4
# A side box that speaks of the subject in sentences is a part of the statement.
SUBJECT = re.compile(
    r"slavery|traffick|forced labour|child labour|supply chain|suppliers?\b|workers?\b|exploit",
    re.I,
)
_RUNNING_TEXT = re.compile(r"[^.!?\n]{60,600}[.!?](?:\s|$)")
_TOLD = re.compile(r"(?:\w[\w’'-]*[ ,;:]+){5}[^.!?\n]{0,600}[.!?](?:\s|$)")
_MAX_LINKED: Final = 0.3
# An aside is looked at so far: the pattern takes time, and case studies are short.
_MAX_ASIDE: Final = 20_000


def is_chrome(element: Any, total: int, *, inside_main: bool) -> bool:
    """Whether a box is a menu, banner, footer or side box of a page of ``total`` characters."""
    tag = element.tag
    if tag == "aside" and _tells(element):
        return False
    if tag in _CHROME_TAGS:
        return not (inside_main and tag != "nav")
    if tag == "header":
        # A header with a headline is the article's own, and holds its title and date.
        return not inside_main and not _has_headline(element)
    if (element.get("role") or "").lower() in _CHROME_ROLES:
        return True
    if tag in _CONTENT_TAGS or element.get("role") == "main":
        return False
    if not _CHROME_NAMES.search(names(element)):
        return False
    text = element.xpath("string()")
    return len(text) < _FRAME_SHARE * total and not _speaks(element, text)


def is_overlay(element: Any, total: int) -> bool:
    """Whether a box lies over the page: consent, chat or basket."""
    if element.tag in _CONTENT_TAGS or not _OVERLAY_NAMES.search(names(element)):
        return False
    return len(element.xpath("string()")) < _FRAME_SHARE * total


def is_panel_title(element: Any) -> bool:
    """Whether an element is the title of a panel that opens: accordion, toggle or tab."""
    if element.tag in _CONTENT_TAGS or _MENU.search(names(element)):
        return False
    if (element.get("role") or "").lower() == "tab":
        return True
    named = _OPENS if element.tag == "button" else _TITLE_NAMES
    if not any(named.search(name) for name in names(element).split()):
        return False
    return len(element.xpath("string()")) < _MAX_TITLE and element.find(".//p") is None


def names(element: Any) -> str:
    """Class and id of an element, as far as names go."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:_MAX_NAMES]


def _has_headline(element: Any) -> bool:
    heads = element.xpath(".//h1 | .//h2[not(.//a)][not(ancestor::nav)]")
    return any(len("".join(head.itertext()).split()) > 1 for head in heads)


def _speaks(element: Any, text: str) -> bool:
    return bool(SUBJECT.search(text) and _RUNNING_TEXT.search(text)) and not _linked(element, text)


def _tells(element: Any) -> bool:
    """Whether an aside is a part of the text, as a case study is, and not a list of other pages."""
    text = element.xpath("string()")[:_MAX_ASIDE]
    return bool(SUBJECT.search(text) and _TOLD.search(text)) and not _linked(element, text)


def _linked(element: Any, text: str) -> bool:
    linked = sum(len(link.xpath("string()")) for link in element.iter("a"))
    return linked >= _MAX_LINKED * len(text)
