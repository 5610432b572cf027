"""Small boolean expressions of a rubric: ``audits and (count(kpi_value) >= 2 or not planned(x))``.

A bare name is true where evidence that counts was found. ``count(name)`` is the number of
sentences of such evidence; ``mentioned(name)`` is true for evidence of any status, and
``planned(name)``, ``conditional(name)``, ``negated(name)``, ``vague(name)`` for that status.
``level(area) >= 2`` is the level, 0 to 3, that a depth criterion was judged to reach.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from assess.records import KeptStatus

_COMPARE: Mapping[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.GtE: lambda a, b: a >= b,
    ast.Gt: lambda a, b: a > b,
    ast.LtE: lambda a, b: a <= b,
    ast.Lt: lambda a, b: a < b,
    ast.Eq: lambda a, b: a == b,
}

_FUNCTIONS = ("count", "mentioned", "planned", "conditional", "negated", "vague", "level")


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences of evidence for one name: those that count, and all of them by status."""

    counting: int = 0
    by_status: Mapping[KeptStatus, int] | None = None
    level: int = 0
    """Of a depth criterion, once it is judged."""

    def call(self, function: str) -> int:
        """The value of ``function(name)``."""
        statuses = self.by_status or {}
        if function == "count":
            return self.counting
        if function == "level":
            return self.level
        if function == "mentioned":
            return self.counting + sum(statuses.values())
        return {str(status): number for status, number in statuses.items()}.get(function, 0)


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression and the names it uses."""

    tree: ast.expr
    names: frozenset[str]
    areas: frozenset[str]
    """The names of which it asks the level."""

    def holds(self, counts: Mapping[str, Counts]) -> bool:
        """Whether it is true for these counts; a name without an entry has no evidence."""
        return bool(_value(self.tree, counts))


@cache
def parse_expression(source: str) -> Expression:
    """Parse one expression.

    Raises:
        ValueError: not of the forms above.
    """
    names: set[str] = set()
    areas: set[str] = set()
    try:
        tree = ast.parse(source, mode="eval").body
        _check(tree, source, names, areas)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"expression {source!r} cannot be read") from None
    return Expression(tree, frozenset(names), frozenset(areas))


def _check(node: ast.expr, source: str, names: set[str], areas: set[str]) -> None:
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                _check(value, source, names, areas)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _check(operand, source, names, areas)
        case ast.Name(id=name):
            names.add(name)
        case ast.Call(func=ast.Name(id=function), args=[ast.Name(id=name)], keywords=[]) if (
            function in _FUNCTIONS
        ):
            names.add(name)
            areas |= {name} if function == "level" else set()
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=int())]) if (
            type(op) in _COMPARE
        ):
            _check(left, source, names, areas)
        case _:
            raise ValueError(f"expression {source!r}: only names, and/or/not, count(name) >= 2")


def _value(node: ast.expr, counts: Mapping[str, Counts]) -> int:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return int(all(_value(value, counts) for value in values))
        case ast.BoolOp(values=values):
            return int(any(_value(value, counts) for value in values))
        case ast.UnaryOp(operand=operand):
            return int(not _value(operand, counts))
        case ast.Name(id=name):
            return counts.get(name, Counts()).counting
        case ast.Call(func=ast.Name(id=function), args=[ast.Name(id=name)]):
            return counts.get(name, Counts()).call(function)
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=int() as right)]):
            return int(_COMPARE[type(op)](_value(left, counts), right))
        case _:
            raise AssertionError(ast.dump(node))
