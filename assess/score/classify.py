"""Labels for a table of sentences; design contract 3."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import IO, TYPE_CHECKING

from assess.files import writing
from assess.score.aims import SentenceTable, read_sentences
from assess.score.explain_file import check_apart, write_explanations
from assess.score.labels import LABELS
from assess.score.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def classify_table(
    table: Path,
    output: Path,
    model: SentenceModel,
    explanations: Path | None = None,
    *,
    all_labels: bool = False,
) -> int:
    """Write ``table`` with a 0/1 column and a probability for each label; returns the rows.

    ``explanations``: where to write why (`explain_file`), for each label a sentence is called to
    be of, or for all nine.

    Raises:
        InputError: the table cannot be read or an output not be written, or two are one file.
    """
    if explanations is not None:
        check_apart(explanations, table, output)
    sentences = read_sentences(table)
    found = model.probabilities(sentences.rows)
    called = found >= model.thresholds
    if explanations is None:
        with writing(output) as handle:
            _write_table(handle, sentences, found, called)
    else:
        with writing(output) as handle, writing(explanations) as reasons:
            _write_table(handle, sentences, found, called)
            wanted = called | all_labels
            write_explanations(reasons, sentences.rows, wanted, model)
    return len(sentences.rows)


def _write_table(
    handle: IO[str],
    sentences: SentenceTable,
    found: NDArray[np.float32],
    called: NDArray[np.bool_],
) -> None:
    added = [*LABELS, *(f"{label}_p" for label in LABELS)]
    columns = [*(name for name in sentences.columns if name not in added), *added]
    writer = csv.DictWriter(handle, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for cells, row, calls in zip(sentences.cells, found, called, strict=True):
        for label, is_called, probability in zip(LABELS, calls, row, strict=True):
            cells[label] = str(int(is_called))
            cells[f"{label}_p"] = f"{probability:.6f}"
        writer.writerow(cells)
