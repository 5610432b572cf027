"""Labels for a table of sentences; design contract 3."""

from __future__ import annotations

import csv
from pathlib import Path

from assess.files import writing
from assess.score.aims import read_sentences
from assess.score.labels import LABELS
from assess.score.model import SentenceModel


def classify_table(table: Path, output: Path, model: SentenceModel) -> int:
    """Write ``table`` with a 0/1 column and a probability for each label; returns the rows.

    Raises:
        InputError: the table cannot be read or the output not be written.
    """
    sentences = read_sentences(table)
    found = model.probabilities(sentences.rows)
    added = [*LABELS, *(f"{label}_p" for label in LABELS)]
    columns = [*(name for name in sentences.columns if name not in added), *added]
    with writing(output) as handle:
        writer = csv.DictWriter(handle, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for cells, row in zip(sentences.cells, found, strict=True):
            called = row >= model.thresholds
            for label, is_called, probability in zip(LABELS, called, row, strict=True):
                cells[label] = str(int(is_called))
                cells[f"{label}_p"] = f"{probability:.6f}"
            writer.writerow(cells)
    return len(sentences.rows)
