"""Where on a page an element stands, and whether a visitor sees it."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from assess.extract.html.boxes import names

Place = Literal["header", "menu", "body", "footer"]

_NO_BOXES = frozenset({"html", "body", "main", "article", "a", "p", "span", "li"})
_BY_TAG: Final[dict[str, Place]] = {"header": "header", "nav": "menu", "footer": "footer"}
_BY_ROLE: Final[dict[str, Place]] = {
    "banner": "header", "navigation": "menu", "menu": "menu", "menubar": "menu",
    "contentinfo": "footer",
}  # fmt: skip
_START, _END = r"(?:^|[\s_-])(?:", r")(?:$|[\s_-])"
_BY_NAME: Final[tuple[tuple[Place, re.Pattern[str]], ...]] = (
    ("footer", re.compile(_START + r"(?:site|page|main|global)?-?footer|colophon" + _END, re.I)),
    (
        "menu",
        re.compile(
            _START + r"nav|navbar|navigation|menu|submenu|sub-menu|mega-?menu|dropdown" + _END, re.I
        ),
    ),
    ("header", re.compile(_START + r"site-?header|masthead|top-?bar" + _END, re.I)),
)
_UNSEEN_TAGS = frozenset({"noscript", "template"})
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN_NAMES = frozenset({
    "hidden", "d-none", "invisible", "sr-only", "visually-hidden", "visuallyhidden",
    "screen-reader-text",
})  # fmt: skip
# Names that show again on a wide screen, or on focus, what the name above hides.
_SEEN_AGAIN = re.compile(
    r"(?:^|\s)(?:(?:sm|md|lg|xl|2xl):(?:block|flex|grid|inline\S*|table\S*|visible|contents)"
    r"|d-(?:sm|md|lg|xl|xxl)-(?!none)\w+)(?=\s|$)"
)


def box_place(element: Any) -> Place | None:
    """The part of the page that an element frames, or None."""
    tag = element.tag
    if tag in _NO_BOXES:
        return None
    by_mark = _BY_TAG.get(tag) or _BY_ROLE.get((element.get("role") or "").lower())
    if by_mark:
        return by_mark
    named = names(element)
    return next((place for place, pattern in _BY_NAME if pattern.search(named)), None)


def inner_place(outer: Place, box: Place, *, inside_main: bool) -> Place:
    """The place within a box that stands in ``outer``: a footer's menu is the footer."""
    if outer == "footer" or (box == "header" and (inside_main or outer == "menu")):
        return outer
    if outer == "menu" and box != "footer":
        return outer
    return box


def is_unseen(element: Any) -> bool:
    """Whether an element is hidden by its own marks; styles in sheets are not looked up."""
    if element.tag in _UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    if (element.get("aria-hidden") or "").lower() == "true":
        return True
    if _UNSEEN_STYLE.search((element.get("style") or "")[:2000]):
        return True
    classes = (element.get("class") or "")[:2000]
    return bool(_UNSEEN_NAMES.intersection(classes.split())) and not _SEEN_AGAIN.search(classes)


def opened_ids(root: Any) -> frozenset[str]:
    """Ids of the boxes that a button or link of the page opens."""
    marks = root.xpath("//@aria-controls | //@data-target | //@data-bs-target")
    return frozenset(name.lstrip("#") for mark in marks for name in str(mark)[:2000].split())
