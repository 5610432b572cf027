"""Write the tables of docs/database.md from what describes them: ``python -m tools.database``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assess.store.descriptions import Relation, sections

PAGE = Path(__file__).parents[1] / "docs" / "database.md"
_BEGIN = (
    "<!-- From here on made from assess/store/descriptions.yaml by `python -m tools.database`. -->"
)
_END = "<!-- To here. -->"


def page(current: str) -> str:
    """The page with its tables made anew; what stands before and after them is kept."""
    before, _, rest = current.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + "\n\n".join([_BEGIN, *_blocks(), _END]) + after


def _blocks() -> Iterator[str]:
    for section in sections():
        yield f"## {section.title}"
        if section.introduction:
            yield section.introduction
        for relation in section.relations:
            yield from _relation(relation)


def _relation(relation: Relation) -> Iterator[str]:
    yield f"### {relation.name}\n{relation.description}"
    if relation.columns and not relation.like:
        rows = [f"| {column} | {meaning} |" for column, meaning in relation.columns.items()]
        yield "\n".join(["| column | meaning |", "|---|---|", *rows])
    if relation.note:
        yield relation.note


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
