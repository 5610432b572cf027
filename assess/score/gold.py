"""Statements judged by careful readers: `criteria/gold.jsonl` and the two readers' agreement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assess.errors import InputError
from assess.records import Value

Truth = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One statement as the readers judged it."""

    id: str
    split: str
    """``dev``: read twice, for measuring only; ``train``: read once, rules are written from it."""
    text: str
    truth: Truth
    """All judged keys, criteria and overall ones."""


def read_gold(data: Path) -> list[GoldStatement]:
    """Read ``data/criteria/gold.jsonl``.

    Raises:
        InputError: it is missing or not of that format.
    """
    path = data / "criteria" / "gold.jsonl"
    try:
        with path.open(encoding="utf-8") as handle:
            return [_statement(line, path, number) for number, line in enumerate(handle, 1)]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _statement(line: str, path: Path, number: int) -> GoldStatement:
    try:
        row = json.loads(line)
        truth = {key: value for key, value in row.items() if key not in ("id", "split", "text")}
        return GoldStatement(row["id"], row["split"], row["text"], truth)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}, line {number}: not a judged statement ({error})") from None


def readers_agreement(data: Path) -> dict[str, float]:
    """Agreement of the two readings per criterion: the practical ceiling. Empty if not there."""
    path = data / "criteria" / "agreement.json"
    if not path.is_file():
        return {}
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return {key: float(value["agreement"]) for key, value in loaded.items()}


def of_split(statements: Iterable[GoldStatement], split: str) -> list[GoldStatement]:
    """The statements of one split, in order."""
    return [statement for statement in statements if statement.split == split]
