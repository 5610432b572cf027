"""Expressions over evidence, and what they may not be."""

from __future__ import annotations

import pytest

from assess.score.expressions import Counts, parse_expression

COUNTS = {
    "audits": Counts(2, {"planned": 1}),
    "training": Counts(0, {"planned": 1, "negated": 2}),
    "risk": Counts(level=2),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("audits", True),
        ("training", False),
        ("unheard_of", False),
        ("audits and not training", True),
        ("count(audits) >= 2", True),
        ("count(audits) > 2", False),
        ("mentioned(training)", True),
        ("level(risk) >= 2 and not risk", True),
        ("level(risk) >= 3 or level(audits)", False),
        ("planned(training) and negated(training) >= 2", True),
        ("(audits or training) and conditional(audits)", False),
    ],
)
def test_holds(source: str, expected: bool) -> None:
    assert parse_expression(source).holds(COUNTS) is expected


@pytest.mark.parametrize(
    "source",
    [
        "audits +",
        "__import__('os')",
        "audits.x",
        "count(audits, training)",
        "lambda: 1",
        "1",
        "(" * 500,
        "not " * 5_000 + "a",
        "level(risk, audits)",
    ],
)
def test_refuses(source: str) -> None:
    with pytest.raises(ValueError, match="expression"):
        parse_expression(source)


def test_names() -> None:
    found = parse_expression("a and count(b) >= 2 or not planned(c) or level(d) >= 1")
    assert found.names == {"a", "b", "c", "d"}
    assert found.areas == {"d"}
