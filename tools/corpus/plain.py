"""Markdown, plain text and JSON Lines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable

from tools.corpus.blocks import Block, Heading, Items, Paragraph, Table, plain
from tools.corpus.notice import NOTICE
from tools.corpus.sources import Source

WIDTH = 78
"""Columns of a text file: what an old mail program would wrap at."""


def markdown(source: Source) -> str:
    """Return the document as Markdown."""
    parts = [_markdown_block(block) for block in source.blocks]
    return "\n\n".join([*parts, "---", f"*{NOTICE}*"]) + "\n"


def _markdown_block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return "#" * level + " " + text
        case Paragraph(lines):
            return "  \n".join(lines)
        case Items():
            return "\n".join(_markers(block))
        case Table(rows):
            head, *body = ["| " + " | ".join(row) + " |" for row in rows]
            return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _markers(block: Items) -> list[str]:
    pairs = zip(block.marks("-"), block.items, strict=True)
    return [f"{mark} {item}" for mark, item in pairs]


def text(source: Source, width: int = WIDTH) -> str:
    """Return the document as plain text, wrapped at ``width`` columns."""
    parts = [_text_block(block, width) for block in source.blocks]
    return "\n\n".join([*parts, NOTICE]) + "\n"


def _text_block(block: Block, width: int) -> str:
    match block:
        case Heading(1, title):
            return f"{plain(title)}\n{'=' * min(len(title), width)}"
        case Heading(_, title):
            return plain(title)
        case Paragraph(lines):
            return "\n".join(textwrap.fill(plain(line), width) for line in lines)
        case Items():
            return "\n".join(
                textwrap.fill(plain(line), width, subsequent_indent="  ")
                for line in _markers(block)
            )
        case Table(rows):
            return "\n".join("\t".join(row) for row in rows)


def json_lines(sources: Iterable[Source]) -> str:
    """Return one ``{"id", "text"}`` object a line; paragraphs stay apart, lines are not wrapped."""
    rows = ({"id": source.id, "text": text(source, width=100_000)} for source in sources)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
