"""Tables of labelled sentences, and models whose probabilities are told beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assess.score.features import Row
from assess.score.labels import LABELS
from assess.score.left_out import LeftOut

# Labels that a sentence has.
Labels = tuple[str, ...]


@dataclass
class Told:
    """Stands for a model: gives each sentence the probabilities told for it, 0.1 if none is."""

    told: Mapping[str, Mapping[str, float]]
    key: str = "told"
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    learned: frozenset[int] = frozenset()
    thresholds: NDArray[np.float32] = field(
        default_factory=lambda: np.full(len(LABELS), 0.5, np.float32)
    )

    def probabilities(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        found = [[self.told.get(row.sentence, {}).get(n, 0.1) for n in LABELS] for row in rows]
        return np.array(found, dtype=np.float32).reshape(-1, len(LABELS))


def told(**by_sentence: Mapping[str, float]) -> Any:
    return Told(by_sentence)


def write_table(
    path: Path,
    rows: Sequence[tuple[str, str, Labels]],
    llama: Sequence[Labels] = (),
    named: Sequence[str] = LABELS,
) -> Path:
    """Rows of statement, sentence and the labels it has; the Llama model's likewise."""
    header = ["statement_id", "sentence", *named, *(f"llama_{n}" for n in LABELS if llama)]
    lines = [",".join(header)]
    for index, (statement, sentence, labels) in enumerate(rows):
        cells = [str(int(name in labels)) for name in named]
        theirs = [str(0.9 if name in llama[index] else 0.2) for name in LABELS if llama]
        lines.append(",".join([statement, sentence, *cells, *theirs]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
