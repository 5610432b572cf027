"""Labels for a table of sentences; design contract 3."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from assess.errors import InputError
from assess.files import is_same, writing
from assess.score.aims import SentenceTable, read_sentences
from assess.score.explain_file import check_apart, write_explanations
from assess.score.labels import LABELS
from assess.score.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ADDED: Final = (*LABELS, *(f"{label}_p" for label in LABELS))


class Classified(NamedTuple):
    """What was done."""

    rows: int
    replaced: tuple[str, ...]
    """Columns of the table that stand in the output with the classifier's values."""


def classify_table(
    table: Path,
    output: Path,
    model: SentenceModel,
    explanations: Path | None = None,
    *,
    all_labels: bool = False,
) -> Classified:
    """Write ``table`` with a 0/1 column and a probability for each label.

    ``explanations``: where to write why (`explain_file`), for each label a sentence is called to
    be of, or for all nine.

    Raises:
        InputError: the table cannot be read or an output not be written, two are one file, or
            labels in the table would be lost.
    """
    if explanations is not None:
        check_apart(explanations, table, output)
    sentences = read_sentences(table)
    replaced = tuple(name for name in sentences.columns if name in _ADDED)
    if replaced and is_same(table, output):
        raise InputError(
            f"{output}: its columns {', '.join(replaced)} would be lost; give another name for "
            "the output"
        )
    with ExitStack() as opened:
        # Before the work: what cannot be written is told at once.
        handle = opened.enter_context(writing(output))
        reasons = opened.enter_context(writing(explanations)) if explanations else None
        found = model.probabilities(sentences.rows)
        called = found >= model.thresholds
        _write_table(handle, sentences, found, called)
        if reasons:
            write_explanations(reasons, sentences.rows, called | all_labels, model)
            # What fails to be written must fail before either file is replaced.
            reasons.flush()
            handle.flush()
    return Classified(len(sentences.rows), replaced)


def _write_table(
    handle: IO[str],
    sentences: SentenceTable,
    found: NDArray[np.float32],
    called: NDArray[np.bool_],
) -> None:
    columns = [*(name for name in sentences.columns if name not in _ADDED), *_ADDED]
    plain = csv.writer(handle, lineterminator="\n")
    # A bare carriage return ends a line for readers, yet the writer does not quote it.
    quoted = csv.writer(handle, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def write(row: list[str]) -> None:
        (quoted if any("\r" in cell for cell in row) else plain).writerow(row)

    write(columns)
    for cells, row, calls in zip(sentences.cells, found, called, strict=True):
        kept = [cells[name] for name in columns[: -len(_ADDED)]]
        write([*kept, *(str(int(call)) for call in calls), *(f"{share:.6f}" for share in row)])
