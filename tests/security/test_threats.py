"""The page of threats names a test for each defence, and each test is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# What the page says is not prevented.
UNTESTED = 2


@cache
def named_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_named_test_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 40
    assert [f"{file}::{test}" for file, test in named if test not in named_in(file)] == []


def test_each_threat_has_a_defence_a_default_and_a_test() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if line.startswith("|") and not line.startswith(("|-", "| What", "| Where"))
    ]
    threats = [row for row in rows if len(row) == 4]
    assert len(threats) > 40 and all(all(row[:3]) for row in threats)
    assert sum(not NAMED.search(row[3]) for row in threats) == UNTESTED


def test_each_actor_has_its_table() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    actors = ("site", "document", "CSV", "database", "rubric", "model", "shared", "cluster")
    for actor in (*actors, "report"):
        assert any(actor in heading for heading in headings), actor
