"""Markdown -> text, through markdown-it-py: the marks go, headings, items and rows stay lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from assess.extract.assemble import Draft, PageText
from assess.extract.order import CELL
from assess.extract.plain import decode
from assess.extract.repair import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

# Deeper lists are attacks; markdown-it then leaves the marks as text.
_MAX_NESTING: Final = 40
# Site generators put settings before the text, between two lines of three hyphens.
_FRONT_MATTER = re.compile(
    r"\A\s*(?:---|\+\+\+)[ \t]*\n.{0,20000}?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.S
)
_TEMPLATE = re.compile(r"\{%[^%\n]{0,500}%\}|\{\{[^}\n]{0,500}\}\}")
_TAG = re.compile(r"<(?:!--.{0,5000}?--|/?[a-zA-Z][^<>]{0,2000})>", re.S)


def read_markdown(data: bytes) -> Draft:
    """Extract the text of a Markdown page."""
    from markdown_it import MarkdownIt

    text = without_template(decode(data).replace("\r\n", "\n").replace("\f", "\n"))
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    return Draft((PageText("\n".join(_lines(parser.parse(text))), "markdown"),))


def without_template(text: str) -> str:
    """Drop front matter and template tags, which a site generator would have replaced."""
    return _TEMPLATE.sub("", _FRONT_MATTER.sub("", text, count=1))


def _lines(tokens: Sequence[Token]) -> list[str]:
    lines: list[str] = []
    bullet = ""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            bullet = f"{token.info}. " if token.info else "• "
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            lines.append(CELL.join(cell for cell in row or [] if cell))
            row = None
        else:
            text = _text(token)
            if row is not None and text:
                row.append(" ".join(text.split()))
            elif text:
                lines += ([] if bullet or not lines else [""]) + [bullet + text]
                bullet = ""
    return lines


def _text(token: Token) -> str:
    if token.type == "inline":
        raw = "".join(_inline(child) for child in token.children or [])
    elif token.type in ("code_block", "fence"):
        raw = token.content
    elif token.type == "html_block":
        raw = _TAG.sub(" ", token.content)
    else:
        return ""
    lines = (" ".join(line.split()) for line in clean(raw).split("\n"))
    return "\n".join(line for line in lines if line)


def _inline(token: Token) -> str:
    if token.type in ("text", "code_inline", "image"):
        return token.content
    if token.type == "softbreak":
        return " "
    return "\n" if token.type == "hardbreak" else ""
