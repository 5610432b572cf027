"""Labels for a table of sentences; design contract 3."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from assess.errors import InputError
from assess.files import is_same, writing
from assess.score.aims import SentenceFile, open_sentences
from assess.score.explain_file import check_apart, write_explanations
from assess.score.features import Row
from assess.score.labels import LABELS
from assess.score.model import CHUNK, SentenceModel

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

    Statement by statement: memory does not grow with the table, unless rows of one statement
    stand apart with others between.

    ``explanations``: where to write why (`explain_file`), for each label a sentence is called to
    be of, or for all nine.

    Raises:
        InputError: the table cannot be read or an output not be written, two are one file, or
            labels in the table would be lost.
    """
    if explanations is not None:
        check_apart(explanations, table, output)
    with open_sentences(table) as sentences, ExitStack() as opened:
        replaced = tuple(name for name in sentences.columns if name in _ADDED)
        if replaced and is_same(table, output):
            raise InputError(
                f"{output}: its columns {', '.join(replaced)} would be lost; give another name "
                "for the output"
            )
        # Before the work: what cannot be read or written is told at once.
        batches = _batches(sentences, parted=_are_parted(sentences))
        handle = opened.enter_context(writing(output))
        reasons = opened.enter_context(writing(explanations)) if explanations else None
        write = _writer(handle, sentences.columns)
        count = 0
        for batch in batches:
            rows = [Row(cells["statement_id"], cells["sentence"]) for cells in batch]
            found = model.probabilities(rows)
            called = found >= model.thresholds
            write(batch, found, called)
            if reasons:
                write_explanations(reasons, rows, called | all_labels, model, count)
            count += len(batch)
        # What fails to be written must fail before either file is replaced.
        for file in filter(None, (reasons, handle)):
            file.flush()
    return Classified(count, replaced)


def _are_parted(sentences: SentenceFile) -> bool:
    """Whether rows of one statement stand apart, with others between; reads all of the table."""
    seen: set[str] = set()
    for statement, _ in groupby(sentences.rows(), key=_statement):
        if statement in seen:
            for _ in sentences.rows():  # what is wrong further on is told before the work as well
                pass
            return True
        seen.add(statement)
    return False


def _statement(line: tuple[int, dict[str, str]]) -> str:
    return line[1]["statement_id"]


def _batches(sentences: SentenceFile, *, parted: bool) -> Iterator[list[dict[str, str]]]:
    """Cells of whole statements, some thousands of rows at a time; all at once where they are
    parted, as any row may belong to the first one."""
    batch: list[dict[str, str]] = []
    for _, of_statement in groupby(sentences.rows(), key=_statement):
        batch += (cells for _, cells in of_statement)
        if len(batch) >= CHUNK and not parted:
            yield batch
            batch = []
    if batch:
        yield batch


_Write = Callable[[Sequence[Mapping[str, str]], "NDArray[np.float32]", "NDArray[np.bool_]"], None]


def _writer(handle: IO[str], names: Sequence[str]) -> _Write:
    """Writes the header, and gives what writes rows with their probabilities and calls."""
    kept = [name for name in names if name not in _ADDED]
    plain = csv.writer(handle, lineterminator="\n")
    # A bare carriage return ends a line for readers, yet the writer does not quote it.
    quoted = csv.writer(handle, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def write_row(row: list[str]) -> None:
        (quoted if any("\r" in cell for cell in row) else plain).writerow(row)

    def write(
        batch: Sequence[Mapping[str, str]],
        found: NDArray[np.float32],
        called: NDArray[np.bool_],
    ) -> None:
        for cells, shares, calls in zip(batch, found, called, strict=True):
            told = (*(str(int(call)) for call in calls), *(f"{share:.6f}" for share in shares))
            write_row([*(cells[name] for name in kept), *told])

    write_row([*kept, *_ADDED])
    return write
