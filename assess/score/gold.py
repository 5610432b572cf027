"""Statements judged by careful readers: `criteria/gold.jsonl` and the two readers' agreement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assess.errors import InputError
from assess.files import read_regular
from assess.records import Value
from assess.score.rubric import Kind, Rubric

Truth = Mapping[str, Value]
# Some hundred thousand statements; far more than were ever judged.
MAX_GOLD_BYTES = 2_000_000_000
MAX_AGREEMENT_BYTES = 1_000_000
_OWN_KEYS = ("id", "split", "text")
_EVIDENCE = "evidence"
_KINDS: Mapping[Kind, tuple[Value, ...]] = {
    "legal": ("met", "partial", "absent", "na"),
    "depth": (0, 1, 2, 3),
    "flag": (False, True),
    "indicator": (False, True),
}
# The readers' scale of substance.
_LOWEST, _HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One statement as the readers judged it."""

    id: str
    split: str
    """``dev``: read twice, for measuring only; ``train``: read once, rules are written from it."""
    text: str
    truth: Truth
    """All judged keys, criteria and overall ones."""
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By criterion: quotes that the readers rest their judgement on."""
    rejected: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By criterion: quotes that a reader says are no evidence."""
    complete: bool = True
    """Whether a criterion without a value is absent; if not, nobody judged it."""


def gold_path(data: Path) -> Path:
    """Where the judged statements are in a data folder."""
    return data / "criteria" / "gold.jsonl"


def read_gold(data: Path) -> list[GoldStatement]:
    """Read ``data/criteria/gold.jsonl``.

    Raises:
        InputError: it is missing or not of that format.
    """
    path = gold_path(data)
    lines = read_regular(path, MAX_GOLD_BYTES).splitlines()
    statements = [
        _statement(line, f"{path}, line {number}") for number, line in enumerate(lines, 1)
    ]
    if not statements:
        raise InputError(f"{path}: holds no statement; give the folder with the judged statements")
    return statements


def _statement(line: bytes, place: str) -> GoldStatement:
    row = _json_object(line, place)
    for key in _OWN_KEYS:
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            raise InputError(f"{place}: not a judged statement ({key!r} must be a text, not empty)")
    truth = {key: value for key, value in row.items() if key not in (*_OWN_KEYS, _EVIDENCE)}
    check_overall(truth, place)
    return GoldStatement(row["id"], row["split"], row["text"], truth, _evidence(row, place))


def _evidence(row: Mapping[str, Any], place: str) -> dict[str, list[str]]:
    found = row.get(_EVIDENCE, {})
    if not isinstance(found, dict):
        raise InputError(f"{place}: {_EVIDENCE!r} must give a list of quotes for each criterion")
    for criterion, quotes in found.items():
        if not isinstance(quotes, list) or not all(isinstance(quote, str) for quote in quotes):
            raise InputError(f"{place}: {_EVIDENCE!r}, {criterion!r}: must be a list of quotes")
    return found


def check_overall(truth: Mapping[str, Any], place: str) -> None:
    """Raises InputError for an overall judgement that cannot be; None leaves one open."""
    substance = truth.get("substance", _LOWEST)
    number = isinstance(substance, int | float) and not isinstance(substance, bool)
    fits = {
        "substance": substance is None or (number and _LOWEST <= substance <= _HIGHEST),
        "minimal_compliance": isinstance(truth.get("minimal_compliance"), bool | None),
        "statement_kind": isinstance(truth.get("statement_kind"), str | None),
    }
    for key in (key for key, fit in fits.items() if not fit):
        raise InputError(f"{place}: {key!r} cannot be {str(truth[key])[:40]!r}")


def possible_values(kind: Kind) -> tuple[Value, ...]:
    """The values that criteria of a kind can have, all of one type."""
    return _KINDS[kind]


def check_values(statements: Iterable[GoldStatement], rubric: Rubric, path: Path) -> None:
    """Raises InputError where a value is none that its criterion can have; ``path`` has them."""
    for statement in statements:
        for criterion in rubric.criteria:
            allowed = _KINDS[criterion.kind]
            value = statement.truth.get(criterion.id, allowed[0])
            # The types as well, as 1 equals True.
            if type(value) is not type(allowed[0]) or value not in allowed:
                raise InputError(
                    f"{path}, statement {statement.id}: "
                    f"{criterion.id!r} is {str(value)[:40]!r}, not one of {allowed}"
                )


def _json_object(data: bytes, place: str) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError(f"{place}: not UTF-8 text; save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not valid JSON ({error})") from None
    if not isinstance(found, dict):
        raise InputError(f"{place}: not a JSON object ({{...}} was expected)")
    return found


def readers_agreement(data: Path) -> dict[str, float]:
    """Agreement of the two readings per criterion: the practical ceiling. Empty if not there.

    Raises:
        InputError: it is there but not of that format.
    """
    path = data / "criteria" / "agreement.json"
    if not path.exists():
        return {}
    loaded = _json_object(read_regular(path, MAX_AGREEMENT_BYTES), str(path))
    return {key: _agreement(value, f"{path}, {key!r}") for key, value in loaded.items()}


def _agreement(entry: object, place: str) -> float:
    share = entry.get("agreement") if isinstance(entry, dict) else None
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise InputError(f"{place}: must hold 'agreement', a number from 0 to 1")
    return float(share)


def of_split(statements: Iterable[GoldStatement], split: str) -> list[GoldStatement]:
    """The statements of one split, in order."""
    return [statement for statement in statements if statement.split == split]
