"""What Datasette says of the database: titles, descriptions, facets and the ready questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from markdown_it import MarkdownIt

from assess.store.descriptions import Relation, column_meaning, relations

DATABASE: Final = "assess"
"""Its name in addresses, whatever the file is called: links to questions stay as they are."""

_TITLE: Final = "Modern slavery statements: what was found"
_DESCRIPTION: Final = """
What `assess` read in statements under section 54 of the Modern Slavery Act 2015, and what it makes
of them. Read by machine: every finding rests on a quote in a kept document, which can be opened.
All of this is about text: that something is **not found in the text** is no proof of a breach, nor
are words proof of action. What organisations told the registry is self-declared.
"""
_SOURCE: Final = {
    "source": "the registry of statements on GOV.UK; statements of their publishers",
    "source_url": "https://modern-slavery-statement-registry.service.gov.uk",
    "license": "Registry: Open Government Licence v3.0; statements belong to their publishers",
    "license_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})


def metadata(columns: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Datasette's metadata of a workspace.

    Args:
        columns: The tables and views that it has, with their columns.
    """
    tables = {
        relation.name: _table(relation, columns.get(relation.name, ()))
        for relation in relations().values()
    }
    for name, shown in _data("tables.yaml").items():
        tables[name] = tables.get(name, {}) | shown
    described = _described(_DESCRIPTION)
    database = {"title": _TITLE, **described, "queries": queries(), "tables": tables}
    return {"title": _TITLE, **described, **_SOURCE, "databases": {DATABASE: database}}


def queries() -> dict[str, dict[str, Any]]:
    """The ready questions, by name: title, description, params and sql (shown when asked for)."""
    return {
        name: query | _described(query["description"]) | {"hide_sql": True}
        for name, query in _data("queries.yaml").items()
    }


def plain(markdown: str) -> str:
    """Markdown as plain text on one line: no marks, and of links to pages of the docs the words."""
    return " ".join(re.sub(r"[`*]", "", _LINK.sub(r"\1", markdown)).split())


def _table(relation: Relation, columns: Iterable[str]) -> dict[str, Any]:
    meanings = {column: column_meaning(relation.name, column) for column in columns}
    told = {column: plain(meaning) for column, meaning in meanings.items() if meaning}
    text = f"{relation.description}\n\n{relation.note}"
    return _described(text) | ({"columns": told} if told else {})


def _described(markdown: str) -> dict[str, str]:
    html = _MARKDOWN.render(_LINK.sub(r"\1", markdown)).strip()
    return {"description": plain(markdown), "description_html": html}


@cache
def _data(name: str) -> dict[str, Any]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
