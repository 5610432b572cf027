"""What the sentence classifier is trained on: tables of labelled sentences, cut into folds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess.errors import InputError
from assess.score.aims import SentenceTable, read_sentences
from assess.score.features import Row, together
from assess.score.labels import LABELS
from assess.score.reviews import UNKNOWN, ReviewedSentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UK_SILVER: Final = "uk_silver.csv"
UK_GOLD: Final = "uk_dev.csv"
# Statements of other countries disclose more and otherwise; they help, at half weight. The
# expert's own UK labels are few, and those of which the classifier is to agree.
WEIGHTS: Final[Mapping[str, float]] = {
    UK_SILVER: 1.0,
    UK_GOLD: 2.0,
    "ca.csv": 0.5,
    "au_gold.csv": 0.5,
}
# Trained on where it is there; all others must be.
OPTIONAL: Final = (UK_GOLD,)
REVIEWS: Final = "reviews"
REVIEW_WEIGHT: Final = 2.0
FOLDS: Final = 5
SEED: Final = 20151029  # the day section 54 came into force
# Two statements that share this part of the shorter one's word triples are the same one, reworked.
_SAME: Final = 0.5


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Labelled rows; those of one statement stand together, in reading order."""

    rows: tuple[Row, ...]
    labels: NDArray[np.int8]
    """Shape (rows, labels): 0, 1, or -1 where nobody said."""
    source: NDArray[np.str_]
    """The table that each row is of."""
    fold: NDArray[np.int64]
    """From 0; a statement, and its near-duplicates, are in one."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """Shape (rows, labels); 0 where the label is not known."""
        import numpy as np

        known = {**WEIGHTS, REVIEWS: REVIEW_WEIGHT}
        of_row = np.array([known[source] for source in self.source.tolist()])
        weights: NDArray[np.float64] = of_row[:, None] * (self.labels != UNKNOWN)
        return weights

    def of(self, *sources: str) -> NDArray[np.bool_]:
        """Which rows are of these tables."""
        import numpy as np

        return np.isin(self.source, sources)


def load_training_set(data: Path, reviewed: ReviewedSentences | None = None) -> TrainingSet:
    """The tables in ``data/aims``, but for what is kept for measuring, and reviewed sentences.

    Raises:
        InputError: a table is missing, has no rows to train on, or is not of its format; or there
            are too few statements to cut into folds.
    """
    import numpy as np

    folder = data / "aims"
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder that holds aims/")
    rows: list[Row] = []
    labels: list[NDArray[np.int8]] = []
    source: list[str] = []
    for name in WEIGHTS:
        if name in OPTIONAL and not (folder / name).exists():
            continue
        of_table, told = _table(read_sentences(folder / name, LABELS), name)
        rows += of_table
        labels.append(told)
        source += [name] * len(of_table)
    if reviewed is not None and reviewed.rows:
        rows += reviewed.rows
        labels.append(reviewed.labels)
        source += [REVIEWS] * len(reviewed.rows)
    known = np.concatenate(labels)
    training = TrainingSet(tuple(rows), known, np.array(source), _folds(rows, source, folder))
    _check_folds(training, folder)
    return training


def _table(table: SentenceTable, name: str) -> tuple[list[Row], NDArray[np.int8]]:
    """The rows to train on: not those of statements on which criteria are measured."""
    import numpy as np

    kept = [i for i, cells in enumerate(table.cells) if cells.get("split", "train") == "train"]
    if not kept:
        raise InputError(f"{table.path}: holds no sentence to train on")
    # One statement's rows together, as the classifier reads them.
    groups = together([table.rows[index] for index in kept])
    kept = [kept[place] for places in groups for place in places]
    rows = [Row(f"{name}:{table.rows[i].statement_id}", table.rows[i].sentence) for i in kept]
    labels = np.array([table.ones(label) for label in LABELS], dtype=np.int8).T
    return rows, labels[kept]


def _folds(rows: Sequence[Row], source: Sequence[str], place: Path) -> NDArray[np.int64]:
    """A fold for each row: groups of near-duplicates dealt out, table by table."""
    import numpy as np

    texts: dict[str, list[str]] = {}
    table_of: dict[str, str] = {}
    for row, name in zip(rows, source, strict=True):
        texts.setdefault(row.statement_id, []).append(row.sentence)
        table_of[row.statement_id] = name
    ids = list(texts)
    if len(ids) < FOLDS:
        raise InputError(f"{place}: {len(ids)} statements; {FOLDS} at least are needed")
    group_of = dict(zip(ids, near_duplicates(map("\n".join, texts.values())), strict=True))
    members: dict[int, list[str]] = {}
    for statement, group in group_of.items():
        members.setdefault(group, []).append(statement)
    groups: dict[str, list[int]] = {}
    for group, statements in members.items():
        # Of a group over several tables, the expert's is the one to deal evenly.
        tables = {table_of[statement] for statement in statements}
        groups.setdefault(UK_GOLD if UK_GOLD in tables else min(tables), []).append(group)
    random = np.random.default_rng(SEED)
    fold: dict[int, int] = {}
    dealt = 0
    for name in sorted(groups):
        for group in random.permutation(groups[name]).tolist():
            fold[group] = dealt % FOLDS
            dealt += 1
    return np.array([fold[group_of[row.statement_id]] for row in rows], dtype=np.int64)


def near_duplicates(texts: Iterable[str]) -> list[int]:
    """For each text the number of its group: texts that share most of their words are in one."""
    import numpy as np
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import CountVectorizer

    triples = CountVectorizer(ngram_range=(3, 3), binary=True, dtype=np.int32)
    told = list(texts)
    try:
        found = triples.fit_transform(told)
    except ValueError:  # no text has three words
        return list(range(len(told)))
    sizes = np.maximum(np.asarray(found.sum(axis=1)).ravel(), 1)
    shared = (found @ found.T).tocoo()
    alike = shared.data >= _SAME * np.minimum(sizes[shared.row], sizes[shared.col])
    shared.data = alike.astype(np.int32)
    shared.eliminate_zeros()
    _, group = connected_components(shared, directed=False)
    return [int(number) for number in group]


def _check_folds(training: TrainingSet, place: Path) -> None:
    """Raises InputError where a fold would learn a label without examples of it."""
    for index, label in enumerate(LABELS):
        for fold in range(FOLDS):
            for other in range(FOLDS):
                seen = (training.fold != fold) & (training.fold != other)
                values = set(training.labels[seen, index].tolist()) - {UNKNOWN}
                if values != {0, 1}:
                    raise InputError(
                        f"{place}: label {label!r}: too few statements with and without it; "
                        "add some"
                    )
