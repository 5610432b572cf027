"""The numbers and bullets that Word draws before paragraphs; they are not in the text itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from assess.errors import UnreadableDocument

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET: Final = "•"
_MAX_LEVEL: Final = 8
# Styles inherit from each other; longer chains are loops.
_MAX_PARENTS: Final = 20
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts a document's list items in reading order."""

    levels: dict[str, dict[int, _Level]]
    """By the list's number, then by level."""
    abstract: dict[str, str]
    styles: dict[str, tuple[str, int]]
    """The list and level that a paragraph style stands for."""
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def label(self, paragraph: Any) -> str:
        """Return the mark before a paragraph, or ``""``; call once for each, in order."""
        number, level = self._place(paragraph)
        found = self.levels.get(number, {}).get(level)
        if found is None:
            return BULLET if number in self.levels or _named_bullet(paragraph) else ""
        if found.format == "bullet":
            return BULLET
        if found.format == "none":
            return ""
        count = self.counts[self.abstract.get(number, number)]
        while len(count) <= level:
            start = self.levels[number].get(len(count), found).start
            count.append(start - 1 if len(count) == level else start)
        count[level] += 1
        del count[level + 1 :]
        return self._written(number, found.text, count)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(f"{_W}pPr")
        own = None if properties is None else properties.find(f"{_W}numPr")
        style = None if properties is None else properties.find(f"{_W}pStyle")
        name = style.get(f"{_W}val", "") if style is not None else ""
        number, level = self.styles.get(name, ("", 0))
        if own is None:
            return number, level
        return _value(own, "numId", number), _level(_value(own, "ilvl", str(level)))

    def _written(self, number: str, pattern: str, count: list[int]) -> str:
        for level in range(len(count) - 1, -1, -1):
            found = self.levels[number].get(level)
            form = found.format if found else "decimal"
            pattern = pattern.replace(f"%{level + 1}", _figure(count[level], form))
        return pattern.strip()


def read_numbering(document: Any) -> Numbering:
    """Read a document's list definitions; without any, nothing is numbered."""
    root = _find_root(document, "numbering")
    if root is None:
        return Numbering({}, {}, {})
    levels = {
        item.get(f"{_W}abstractNumId", ""): dict(map(_read_level, item.iterfind(f"{_W}lvl")))
        for item in root.iterfind(f"{_W}abstractNum")
    }
    abstract = {
        item.get(f"{_W}numId", ""): _value(item, "abstractNumId", "")
        for item in root.iterfind(f"{_W}num")
    }
    by_number = {number: levels.get(name, {}) for number, name in abstract.items()}
    return Numbering(by_number, abstract, _styles(document))


def part_root(part: Any) -> Any:
    """The root element of one of the archive's parts, whatever type it declares.

    Raises:
        UnreadableDocument: ``damaged``.
    """
    from lxml import etree

    if hasattr(part, "element"):
        return part.element
    try:
        return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableDocument("damaged", "a part of the Word document is broken") from None


def _find_root(document: Any, kind: str) -> Any:
    for relation in document.part.rels.values():
        if (relation.reltype or "").endswith(f"/{kind}") and not relation.is_external:
            return part_root(relation.target_part)
    return None


def _read_level(item: Any) -> tuple[int, _Level]:
    start = _value(item, "start", "1")
    return _level(item.get(f"{_W}ilvl", "0")), _Level(
        _value(item, "numFmt", "decimal"),
        _value(item, "lvlText", ""),
        int(start) if start.isdecimal() and len(start) < 6 else 1,
    )


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    root = _find_root(document, "styles")
    items = {} if root is None else {s.get(f"{_W}styleId", ""): s for s in root.iter(f"{_W}style")}
    found = {}
    for name, style in items.items():
        at = style
        for _ in range(_MAX_PARENTS):
            numbered = at.find(f"{_W}pPr/{_W}numPr")
            if numbered is not None:
                level = _level(_value(numbered, "ilvl", "0"))
                found[name] = (_value(numbered, "numId", ""), level)
                break
            at = items.get(_value(at, "basedOn", ""))
            if at is None:
                break
    return found


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(f"{_W}{name}")
    return default if child is None else str(child.get(f"{_W}val", default))


def _level(text: str) -> int:
    return min(int(text), _MAX_LEVEL) if text.isdecimal() and len(text) < 4 else 0


def _named_bullet(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val", "").startswith(("ListBullet", "ListNumber"))


def _figure(number: int, form: str) -> str:
    if form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * min(3, 1 + (number - 1) // 26)
    elif form.endswith("Roman") and 0 < number < 40:
        text, rest = "", number
        for value, letters in _ROMAN:
            text += letters * (rest // value)
            rest %= value
    else:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text
