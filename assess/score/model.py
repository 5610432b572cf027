"""The sentence classifier: nine AIMS labels, stored as plain data (npz and JSON, no pickle).

Two stages. The first reads a sentence's words, by a small network (`encoder`) and by a logistic
regression over terms (`features`). The second (`trees`) weighs those scores, those of the
sentences around, cues and the place in the statement (`signals`). Its log odds are calibrated.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from assess.errors import ModelError
from assess.resources import models_folder
from assess.score import criteria_model, encoder_files, left_out
from assess.score.criteria_model import CriteriaModel, Learned
from assess.score.cues import cues
from assess.score.encoder import Encoders
from assess.score.features import BLOCKS, Features, Row, columns, together
from assess.score.labels import LABELS
from assess.score.left_out import LeftOut
from assess.score.model_files import (
    AGAIN,
    digests,
    read_arrays,
    read_file,
    read_object,
    replace_files,
    unpack_arrays,
)
from assess.score.signals import signal_names, signals
from assess.score.status_model import STATUS_FILE, StatusModel, from_json, to_json
from assess.score.trees import ARRAYS as TREE_ARRAYS
from assess.score.trees import BoostedTrees, from_arrays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

FORMAT: Final = "assess-sentences-2"
WEIGHTS_FILE: Final = "sentences.npz"
TERMS_FILE: Final = "sentences.json"
TREES_FILE: Final = "trees.npz"
REQUIRED_FILES: Final = (
    TERMS_FILE,
    WEIGHTS_FILE,
    TREES_FILE,
    encoder_files.TERMS_FILE,
    encoder_files.WEIGHTS_FILE,
)
OPTIONAL_FILES: Final = (
    STATUS_FILE,
    criteria_model.TERMS_FILE,
    criteria_model.WEIGHTS_FILE,
    left_out.FILE,
)
# Sentences worked on at once, but for those of one statement, which are never parted.
CHUNK: Final = 4_000


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """The stages, and what turns their log odds into probabilities and calls."""

    features: Features
    weights: NDArray[np.float32]
    """Shape (features, labels)."""
    intercepts: NDArray[np.float32]
    encoder: Encoders
    trees: BoostedTrees
    calibration: NDArray[np.float32]
    """Shape (2, labels): slope and offset of the log odds."""
    thresholds: NDArray[np.float32]
    """Shape (labels,): probability from which a sentence is called to be of the label."""
    key: str = "unsaved"
    """Identifies the artifact: name and digest."""
    status: StatusModel | None = None
    """The learned part of evidence status, which is trained with it."""
    criteria: CriteriaModel | None = None
    """The learned part of some criteria, over the same features."""
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    """By digest of a statement trained on: what was said of it while it was not."""
    learned: frozenset[int] = frozenset()
    """Hashes of the sentences trained on (`left_out.sentence_hashes`)."""

    def probabilities(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Probability of each label for each row; shape (rows, labels).

        Rows of one statement are its sentences in order, wherever they stand. They have the same
        probabilities, to the last bit, alone and among any others.
        """
        import numpy as np

        found = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
        for indices in _chunks(rows):
            chosen = [rows[index] for index in indices]
            found[indices] = self._probabilities(chosen, self.features.matrix(chosen))
        return found

    def sense(self, sentences: Sequence[str]) -> Sensed:
        """What the model sees in the sentences of one statement, in reading order."""
        rows = [Row("", sentence) for sentence in sentences]
        matrix = self.features.matrix(rows)
        labels: list[Mapping[str, float]] = [
            dict(zip(LABELS, map(float, row), strict=True))
            for row in self._probabilities(rows, matrix)
        ]
        if self.criteria is None:
            return Sensed(labels, None)
        return Sensed(
            labels, Learned(self.criteria, self.criteria.leanings(matrix), matrix, self.features)
        )

    def signals(self, rows: Sequence[Row], matrix: csr_matrix) -> NDArray[np.float32]:
        """What the trees weigh of each row; rows of one statement must stand together."""
        import numpy as np

        terms = (matrix @ self.weights + self.intercepts).astype(np.float32)
        told = [
            signals(
                self.encoder.logits([row.sentence for row in rows[start:end]]),
                terms[start:end],
                np.array([cues(row.sentence) for row in rows[start:end]], dtype=np.float32),
            )
            for start, end in statement_spans(rows)
        ]
        return np.concatenate(told)

    def _probabilities(self, rows: Sequence[Row], matrix: csr_matrix) -> NDArray[np.float32]:
        import numpy as np
        from scipy.special import expit

        if not rows:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        slope, offset = self.calibration
        raw = self.trees.scores(self.signals(rows, matrix))
        return np.asarray(expit(raw * slope + offset), dtype=np.float32)


def statement_spans(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of rows of one statement."""
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index].statement_id != rows[start].statement_id:
            yield start, index
            start = index


def _chunks(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Indices of rows, those of one statement together, some thousands at a time."""
    chunk: list[int] = []
    for indices in together(rows):
        chunk += indices
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class Sensed(NamedTuple):
    """Of each sentence: label -> probability; and what is learned of the criteria."""

    labels: Sequence[Mapping[str, float]]
    learned: Learned | None


def save_model(model: SentenceModel, folder: Path, notes: Mapping[str, object]) -> str:
    """Write the files of a model; returns its key. Same input, same bytes.

    Raises:
        InputError: the folder cannot be created or written.
    """
    import numpy as np

    weights = _npz(
        weights=model.weights.astype(np.float16),
        intercepts=model.intercepts.astype(np.float32),
        calibration=model.calibration.astype(np.float32),
        thresholds=model.thresholds.astype(np.float32),
        **{f"idf_{name}": values for name, values in model.features.idf().items()},
    )
    parts = {TREES_FILE: _npz(**model.trees.to_arrays()), **encoder_files.to_files(model.encoder)}
    if model.criteria:
        parts |= criteria_model.to_files(model.criteria)
    if model.left_out:
        parts[left_out.FILE] = left_out.to_bytes(model.left_out, model.learned)
    if model.status:
        parts[STATUS_FILE] = to_json(model.status)
    terms = {
        "format": FORMAT,
        "labels": list(LABELS),
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        "parts": digests(parts),
        "notes": notes,
        "vocabularies": model.features.vocabularies(),
    }
    text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    files = {WEIGHTS_FILE: weights, **parts, TERMS_FILE: text.encode("utf-8")}
    replace_files(folder, files, [name for name in OPTIONAL_FILES if name not in parts])
    return _key(files)


def _npz(**arrays: NDArray[Any]) -> bytes:
    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def load_model(folder: Path | None = None) -> SentenceModel:
    """Load a model (the shipped one by default).

    Raises:
        ModelError: missing, damaged, or of another format.
    """
    return _load(folder or models_folder())


def load_encoder(folder: Path | None = None) -> Encoders:
    """The encoder of a model (the shipped one by default).

    Raises:
        ModelError: missing, damaged, or of another format.
    """
    folder = folder or models_folder()
    names = (encoder_files.TERMS_FILE, encoder_files.WEIGHTS_FILE)
    there = [name for name in names if os.path.lexists(folder / name)]
    return _encoder_in({name: read_file(folder / name) for name in there}, folder)


def _encoder_in(files: Mapping[str, bytes], folder: Path) -> Encoders:
    found = encoder_files.read_encoders(files, folder)
    if found is None:
        raise ModelError(f"{folder}: no encoder there; give the folder of a model that has one")
    return found


def model_key(folder: Path | None = None) -> str:
    """The key of a model without loading it.

    Raises:
        ModelError: there is none.
    """
    return _key(_files(folder or models_folder()))


@cache
def _load(folder: Path) -> SentenceModel:
    files = _files(folder)
    terms = _checked_terms(files, folder)
    vocabularies = terms["vocabularies"]
    sizes = {name: len(vocabulary) for name, vocabulary in vocabularies.items()}
    width = columns(sizes)
    arrays = read_arrays(
        files[WEIGHTS_FILE],
        folder / WEIGHTS_FILE,
        {
            "weights": (width, len(LABELS)),
            "intercepts": (len(LABELS),),
            "calibration": (2, len(LABELS)),
            "thresholds": (len(LABELS),),
            **{f"idf_{name}": (sizes[name],) for name in BLOCKS},
        },
    )
    if not ((arrays["thresholds"] >= 0) & (arrays["thresholds"] <= 1)).all():
        raise ModelError(
            f"{folder / WEIGHTS_FILE}: 'thresholds' holds one that is not from 0 to 1; {AGAIN}"
        )
    status = files.get(STATUS_FILE)
    trees_path = folder / TREES_FILE
    return SentenceModel(
        Features(vocabularies, {name: arrays[f"idf_{name}"] for name in BLOCKS}),
        arrays["weights"],
        arrays["intercepts"],
        _encoder_in(files, folder),
        from_arrays(
            unpack_arrays(files[TREES_FILE], trees_path, TREE_ARRAYS),
            len(signal_names(LABELS)),
            len(LABELS),
            trees_path,
        ),
        arrays["calibration"],
        arrays["thresholds"],
        _key(files),
        None if status is None else from_json(status, folder / STATUS_FILE),
        criteria_model.from_files(files, width, folder),
        *(
            left_out.from_bytes(files[left_out.FILE], folder / left_out.FILE)
            if left_out.FILE in files
            else ()
        ),
    )


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a model that are there; without the optional ones, cues and rules decide alone.

    Raises:
        ModelError: one of the others is missing, or one cannot be read.
    """
    for name in REQUIRED_FILES:
        if not os.path.lexists(folder / name):
            raise ModelError(
                f"{folder}: no classifier there ({name} is missing); give the folder of a model"
                " or train one"
            )
    # What is there but leads nowhere, as a link can, is not absent.
    optional = [name for name in OPTIONAL_FILES if os.path.lexists(folder / name)]
    return {name: read_file(folder / name) for name in (*REQUIRED_FILES, *optional)}


def _checked_terms(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    path = folder / TERMS_FILE
    terms = read_object(files[TERMS_FILE], path, FORMAT)
    if terms.get("weights_sha256") != hashlib.sha256(files[WEIGHTS_FILE]).hexdigest():
        raise ModelError(f"{folder / WEIGHTS_FILE}: checksum differs; {AGAIN}")
    if terms.get("labels") != list(LABELS):
        raise ModelError(f"{path}: 'labels' are not those of this version; {AGAIN}")
    vocabularies = terms.get("vocabularies")
    if (
        not isinstance(vocabularies, dict)
        or set(vocabularies) != set(BLOCKS)
        or not all(map(_is_vocabulary, vocabularies.values()))
    ):
        told = f"a list of different terms for each of {', '.join(BLOCKS)}"
        raise ModelError(f"{path}: 'vocabularies' must hold {told}; {AGAIN}")
    _check_parts(terms.get("parts"), files, folder)
    return terms


def _is_vocabulary(terms: object) -> bool:
    return (
        isinstance(terms, list)
        and bool(terms)
        and all(isinstance(term, str) for term in terms)
        and len(set(terms)) == len(terms)
    )


def _check_parts(listed: object, files: Mapping[str, bytes], folder: Path) -> None:
    """Whether the other files are those that were written with this one."""
    if not isinstance(listed, dict):
        raise ModelError(f"{folder / TERMS_FILE}: 'parts' must give a hash for each file; {AGAIN}")
    there = digests({name: files[name] for name in files if name not in (TERMS_FILE, WEIGHTS_FILE)})
    for name in sorted({*listed, *there}):
        if name not in there:
            raise ModelError(f"{folder / name[:100]}: missing, a part of this model; {AGAIN}")
        if listed.get(name) != there[name]:
            raise ModelError(f"{folder / name}: not the part made with {TERMS_FILE}; {AGAIN}")


def _key(files: Mapping[str, bytes]) -> str:
    """From the one file that holds the hashes of all others."""
    return f"sentences+{hashlib.sha256(files[TERMS_FILE]).hexdigest()[:12]}"
