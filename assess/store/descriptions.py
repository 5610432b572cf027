"""What tables, views and columns mean, as data: `descriptions.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view; texts are Markdown."""

    name: str
    description: str
    columns: dict[str, str] = field(default_factory=dict)
    """Meaning of each column; of a view only of those that no relation of `like` has."""
    note: str = ""
    like: tuple[str, ...] = ()
    """Relations whose descriptions hold for the other columns, the first that has one."""


@dataclass(frozen=True, slots=True)
class Section:
    """Relations that belong together."""

    title: str
    introduction: str
    relations: tuple[Relation, ...]


@cache
def sections() -> tuple[Section, ...]:
    """All that is described, in the order of docs/database.md."""
    text = Path(__file__).with_name("descriptions.yaml").read_text(encoding="utf-8")
    return tuple(_section(section) for section in yaml.safe_load(text))


def _section(given: dict[str, Any]) -> Section:
    relations = (_relation(name, relation) for name, relation in given["relations"].items())
    return Section(given["title"], given.get("introduction", "").strip(), tuple(relations))


def _relation(name: str, given: dict[str, Any]) -> Relation:
    return Relation(
        name,
        given["description"].strip(),
        given.get("columns", {}),
        given.get("note", "").strip(),
        tuple(given.get("like", ())),
    )


@cache
def relations() -> dict[str, Relation]:
    """Every table and view that is described, by name."""
    return {relation.name: relation for section in sections() for relation in section.relations}


def column_meaning(relation: str, column: str) -> str | None:
    """What a column of a table or view means (Markdown); None where that is not described."""
    known = relations().get(relation)
    if known is None:
        return None
    if column in known.columns:
        return known.columns[column]
    inherited = (column_meaning(other, column) for other in known.like)
    return next((meaning for meaning in inherited if meaning), None)
