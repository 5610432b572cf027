"""Markdown -> text, through markdown-it-py: the marks go, headings, items and rows stay lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from assess.extract.assemble import Draft, PageText
from assess.extract.html.pieces import parsed, read_pieces
from assess.extract.plain import decode
from assess.extract.prose.blocks import CELL
from assess.extract.prose.repair import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

# Deeper lists are attacks; markdown-it then leaves the marks as text.
_MAX_NESTING: Final = 40
# Site generators put settings before the text, between two lines of three hyphens.
_FRONT_MATTER = re.compile(
    r"\A\s*(?:---|\+\+\+)[ \t]*\n.{0,20000}?\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.S
)
_TEMPLATE = re.compile(r"\{%[^%\n]{0,500}%\}|\{\{[^}\n]{0,500}\}\}")
# A title that so many lines at the top do not hold stands in the page's settings only.
_HEAD_LINES: Final = 3
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*([\"']?)(.{1,300}?)\1[ \t]*$", re.M | re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def read_markdown(data: bytes) -> Draft:
    """Extract the text of a Markdown page."""
    from markdown_it import MarkdownIt

    text = decode(data).replace("\r\n", "\n").replace("\f", "\n")
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    lines = _lines(parser.parse(without_template(text)))
    return Draft((PageText("\n".join(_titled(lines, _title(text))), "markdown"),))


def _title(text: str) -> str:
    """The title among a page's settings, which its layout would have set above the text."""
    settings = _FRONT_MATTER.match(text)
    found = _TITLE.search(settings[0]) if settings else None
    return clean(found[2].strip()) if found and "{" not in found[2] else ""


def _titled(lines: list[str], title: str) -> list[str]:
    head = [line for line in lines if line][:_HEAD_LINES]
    known = not title or any(title.casefold() in line.casefold() for line in head)
    return lines if known else [title, "", *lines]


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
        raw = "".join(_inlines(token.children or []))
    elif token.type in ("code_block", "fence"):
        raw = token.content
    elif token.type == "html_block":
        raw = "\n".join(piece.text for piece in read_pieces(parsed(token.content))[0])
    else:
        return ""
    lines = (" ".join(line.split()) for line in clean(raw).split("\n"))
    return "\n".join(line for line in lines if line)


def _inlines(tokens: Sequence[Token]) -> Iterator[str]:
    struck = 0
    for token in tokens:
        struck += {"s_open": 1, "s_close": -1}.get(token.type, 0)
        if not struck:
            yield _inline(token)


def _inline(token: Token) -> str:
    if token.type in ("text", "code_inline", "image"):
        return token.content
    if token.type == "softbreak":
        return " "
    broken = token.type == "html_inline" and _BREAK.fullmatch(token.content)
    return "\n" if broken or token.type == "hardbreak" else ""
