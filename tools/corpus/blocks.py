"""The small Markdown of the sources as blocks, which every writer turns into its own format."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(r"(?:- |(\d+)\. )(.+)")
_SPAN = re.compile(r"\[([^\[\]]+)\]\{([a-z0-9_, ]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that stay apart (a sign-off has several)."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``start`` is the first number, or ``None`` for bullets."""

    start: int | None
    items: tuple[str, ...]

    def marks(self, bullet: str) -> list[str]:
        """Return the mark of each item: ``bullet``, or its number and a full stop."""
        if self.start is None:
            return [bullet] * len(self.items)
        return [f"{number}." for number in range(self.start, self.start + len(self.items))]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


def fold(text: str) -> str:
    """Return ``text`` with line breaks, kept or not, and runs of spaces as single spaces."""
    return " ".join(re.sub(r"\\\n", " ", text).split())


def evidence(body: str) -> dict[str, list[str]]:
    """Return ``{criterion: [quote]}`` for the marked spans of a source body."""
    found: dict[str, list[str]] = {}
    for quote, ids in _SPAN.findall(body):
        for criterion in ids.split(","):
            found.setdefault(criterion.strip(), []).append(fold(quote))
    return found


def unmarked(body: str) -> str:
    """Return the body without its evidence marks."""
    text = _SPAN.sub(r"\1", body)
    if left := re.search(r"[\[\]{}].{0,40}", text):
        raise ValueError(f"an evidence mark is not closed near {left.group()!r}")
    return text


def bold_parts(text: str) -> list[tuple[str, bool]]:
    """Split ``text`` at its ``**bold**`` parts into ``(words, is_bold)``."""
    parts = _BOLD.split(text)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def plain(text: str) -> str:
    """Return ``text`` without bold marks."""
    return _BOLD.sub(r"\1", text)


def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of an unmarked body."""
    return tuple(_block(chunk.split("\n")) for chunk in re.split(r"\n\s*\n", text.strip()))


def _block(lines: list[str]) -> Block:
    if heading := re.fullmatch(r"(#{1,3}) (.+)", lines[0]):
        return Heading(len(heading[1]), heading[2])
    if lines[0].startswith("|"):
        rows = [tuple(cell.strip() for cell in line.strip("| ").split(" | ")) for line in lines]
        width = max(len(row) for row in rows)
        padded = [("",) * (width - len(row)) + row for row in rows]
        return Table((padded[0], *padded[2:]))
    items = [_ITEM.fullmatch(line) for line in lines]
    if items[0]:
        start = int(items[0][1]) if items[0][1] else None
        return Items(start, tuple(item[2] for item in items if item))
    return Paragraph(tuple(fold(line) for line in "\n".join(lines).split("\\\n")))
