"""Reason codes: those that the source uses are those that are explained."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import assess.scrape
from assess.scrape.fetch.reasons import REASONS

_SOURCES = sorted(Path(assess.scrape.__file__).parent.rglob("*.py"))
_TAKES_REASON = {"FetchFailed", "Failure", "close"}


def _codes(source: Path) -> Iterator[str]:
    """First arguments of what takes a reason, where they are written out."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in _TAKES_REASON and isinstance(first, ast.Constant):
                yield str(first.value)


def test_every_code_that_is_used_is_explained() -> None:
    used = {code for source in _SOURCES for code in _codes(source)}
    assert {"bad_url", "host_asked_to_wait", "no_statement"} <= used
    assert used <= REASONS.keys()


@pytest.mark.parametrize("code", REASONS)
def test_every_code_says_what_it_means_and_what_to_do(code: str) -> None:
    reason = REASONS[code]
    assert reason.meaning
    assert reason.advice
    assert code == code.lower().replace(" ", "_")
