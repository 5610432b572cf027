"""Explanations of a table's labels as JSON lines; see docs/methodology.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from assess.errors import InputError
from assess.files import is_same
from assess.score.explain import Explainer, Explanation
from assess.score.features import Row
from assess.score.labels import LABELS, Label
from assess.score.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many that rounding changes neither sums nor what is above its threshold.
_DECIMALS: Final = 9


def check_apart(path: Path, table: Path, output: Path) -> None:
    """That the explanations have a file of their own.

    Raises:
        InputError: they would replace the table that is read, or the one that is written.
    """
    for other, what in ((table, "the table to read"), (output, "the table to write")):
        if is_same(path, other):
            raise InputError(f"{path}: is {what}; give another name for the explanations")


def write_explanations(
    handle: IO[str],
    rows: Sequence[Row],
    wanted: NDArray[np.bool_],
    model: SentenceModel,
    before: int = 0,
) -> int:
    """A line for each label of a row that is wanted (rows, labels); returns how many.

    Statement by statement, each where its first row stands; one statement is in memory at a time.
    ``before``: rows of the table that stand before these.
    """
    count = 0
    for indices in _statements(rows):
        for index, found in _explained(
            [rows[at].sentence for at in indices], wanted[indices], model
        ):
            at = indices[index]
            head = {"statement_id": rows[at].statement_id, "row": before + at + 1}
            handle.write(json.dumps(head | _plain(found), ensure_ascii=False) + "\n")
            count += 1
    return count


def _statements(rows: Sequence[Row]) -> list[list[int]]:
    """The indices of the rows of each statement, wherever they stand."""
    places: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        places.setdefault(row.statement_id, []).append(index)
    return list(places.values())


def _explained(
    sentences: Sequence[str], wanted: NDArray[np.bool_], model: SentenceModel
) -> Iterator[tuple[int, Explanation]]:
    """Index and explanation of what is wanted (sentences, labels) of one statement."""
    if not wanted.any():
        return
    explainer = Explainer(model, sentences)
    for index, row in enumerate(wanted):
        labels: list[Label] = [label for label, told in zip(LABELS, row, strict=True) if told]
        if labels:
            for found in explainer.explain(index, labels):
                yield index, found


def _plain(told: Any) -> Any:
    """What JSON knows, numbers rounded."""
    if isinstance(told, float):
        return round(told, _DECIMALS)
    if is_dataclass(told):
        return {field.name: _plain(getattr(told, field.name)) for field in fields(told)}
    if isinstance(told, tuple) and hasattr(told, "_asdict"):
        return {key: _plain(value) for key, value in told._asdict().items()}
    return [_plain(part) for part in told] if isinstance(told, tuple) else told
