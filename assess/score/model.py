"""The sentence classifier: nine AIMS labels, stored as plain data (npz and JSON, no pickle)."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from assess.errors import ModelError
from assess.resources import models_folder
from assess.score import criteria_model
from assess.score.criteria_model import CriteriaModel, Learned
from assess.score.features import BLOCKS, Features, Row, columns
from assess.score.model_files import (
    AGAIN,
    digests,
    read_arrays,
    read_file,
    read_object,
    replace_files,
)
from assess.score.status_model import STATUS_FILE, StatusModel, from_json, to_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

Label = Literal[
    "approval",
    "signature",
    "structure",
    "operations",
    "supply_chains",
    "risk",
    "mitigation",
    "remediation",
    "effectiveness",
]
LABELS: tuple[Label, ...] = get_args(Label)
FORMAT = "assess-sentences-1"
WEIGHTS_FILE = "sentences.npz"
TERMS_FILE = "sentences.json"
OPTIONAL_FILES: Final = (STATUS_FILE, criteria_model.TERMS_FILE, criteria_model.WEIGHTS_FILE)
KEY_FILES: Final = (TERMS_FILE, STATUS_FILE, criteria_model.TERMS_FILE)


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """One logistic regression a label over shared features."""

    features: Features
    weights: NDArray[np.float32]
    """Shape (features, labels)."""
    intercepts: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    key: str = "unsaved"
    """Identifies the artifact: name and digest."""
    status: StatusModel | None = None
    """The learned part of evidence status, which is trained with it."""
    criteria: CriteriaModel | None = None
    """The learned part of some criteria, over the same features."""

    def probabilities(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Probability of each label for each row; shape (rows, labels)."""
        return self._probabilities(self.features.matrix(rows))

    def _probabilities(self, matrix: csr_matrix) -> NDArray[np.float32]:
        import numpy as np
        from scipy.special import expit

        return np.asarray(expit(matrix @ self.weights + self.intercepts), dtype=np.float32)

    def sense(self, sentences: Sequence[str]) -> Sensed:
        """What the model sees in the sentences of one statement, in reading order."""
        matrix = self.features.matrix([Row("", sentence) for sentence in sentences])
        labels: list[Mapping[str, float]] = [
            dict(zip(LABELS, map(float, row), strict=True)) for row in self._probabilities(matrix)
        ]
        if self.criteria is None:
            return Sensed(labels, None)
        return Sensed(labels, Learned(self.criteria, self.criteria.leanings(matrix)))


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

    arrays: dict[str, Any] = {
        "weights": model.weights.astype(np.float16),
        "intercepts": model.intercepts.astype(np.float32),
        "thresholds": model.thresholds.astype(np.float32),
        **{f"idf_{name}": values for name, values in model.features.idf().items()},
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    parts = criteria_model.to_files(model.criteria) if model.criteria else {}
    if model.status:
        parts[STATUS_FILE] = to_json(model.status)
    terms = {
        "format": FORMAT,
        "labels": list(LABELS),
        "weights_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
        "parts": digests(parts),
        "notes": notes,
        "vocabularies": model.features.vocabularies(),
    }
    text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    files = {WEIGHTS_FILE: buffer.getvalue(), **parts, TERMS_FILE: text.encode("utf-8")}
    replace_files(folder, files, [name for name in OPTIONAL_FILES if name not in parts])
    return _key(files)


def load_model(folder: Path | None = None) -> SentenceModel:
    """Load a model (the shipped one by default).

    Raises:
        ModelError: missing, damaged, or of another format.
    """
    return _load(folder or models_folder())


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
            "thresholds": (len(LABELS),),
            **{f"idf_{name}": (sizes[name],) for name in BLOCKS},
        },
    )
    status = files.get(STATUS_FILE)
    return SentenceModel(
        Features.restore(vocabularies, {name: arrays[f"idf_{name}"] for name in BLOCKS}),
        arrays["weights"],
        arrays["intercepts"],
        arrays["thresholds"],
        _key(files),
        None if status is None else from_json(status, folder / STATUS_FILE),
        criteria_model.from_files(files, width, folder),
    )


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a model that are there; without the optional ones, cues and rules decide alone.

    Raises:
        ModelError: one of the others is missing, or one cannot be read.
    """
    for name in (TERMS_FILE, WEIGHTS_FILE):
        if not os.path.lexists(folder / name):
            raise ModelError(
                f"{folder}: no classifier there ({name} is missing); give the folder of a model"
            )
    # What is there but leads nowhere, as a link can, is not absent.
    optional = [name for name in OPTIONAL_FILES if os.path.lexists(folder / name)]
    return {name: read_file(folder / name) for name in (WEIGHTS_FILE, TERMS_FILE, *optional)}


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
    if "parts" in terms:  # models trained by older versions do not list them
        _check_parts(terms["parts"], files, folder)
    return terms


def _is_vocabulary(terms: object) -> bool:
    return (
        isinstance(terms, list)
        and bool(terms)
        and all(isinstance(term, str) for term in terms)
        and len(set(terms)) == len(terms)
    )


def _check_parts(listed: object, files: Mapping[str, bytes], folder: Path) -> None:
    """Whether the optional files are those that were written with the others."""
    if not isinstance(listed, dict):
        raise ModelError(f"{folder / TERMS_FILE}: 'parts' must give a hash for each file; {AGAIN}")
    there = digests({name: files[name] for name in OPTIONAL_FILES if name in files})
    for name in sorted({*listed, *there}):
        if name not in there:
            raise ModelError(f"{folder / name[:100]}: missing, a part of this model; {AGAIN}")
        if listed.get(name) != there[name]:
            raise ModelError(f"{folder / name}: not the part made with {TERMS_FILE}; {AGAIN}")


def _key(files: Mapping[str, bytes]) -> str:
    """From the JSON files: the hashes of the weights are in them."""
    told = b"".join(files[name] for name in KEY_FILES if name in files)
    return f"sentences+{hashlib.sha256(told).hexdigest()[:12]}"
