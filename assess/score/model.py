"""The sentence classifier: nine AIMS labels, stored as plain data (npz and JSON, no pickle)."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from assess.errors import InputError, ModelError
from assess.resources import models_folder
from assess.score import criteria_model
from assess.score.criteria_model import CriteriaModel, Learned
from assess.score.features import BLOCKS, Features, Row
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
    terms = {
        "format": FORMAT,
        "labels": list(LABELS),
        "weights_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
        "notes": notes,
        "vocabularies": model.features.vocabularies(),
    }
    text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    files = {WEIGHTS_FILE: buffer.getvalue(), TERMS_FILE: text.encode("utf-8")}
    if model.status:
        files[STATUS_FILE] = to_json(model.status)
    if model.criteria:
        files |= criteria_model.to_files(model.criteria)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in OPTIONAL_FILES:
            (folder / name).unlink(missing_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror})") from None
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
    import numpy as np

    files = _files(folder)
    terms = _checked_terms(files[TERMS_FILE], files[WEIGHTS_FILE], folder)
    try:
        with np.load(io.BytesIO(files[WEIGHTS_FILE]), allow_pickle=False) as arrays:
            idf = {name: arrays[f"idf_{name}"] for name in BLOCKS}
            weights = arrays["weights"].astype(np.float32)
            return SentenceModel(
                Features.restore(terms["vocabularies"], idf),
                weights,
                arrays["intercepts"],
                arrays["thresholds"],
                _key(files),
                from_json(files[STATUS_FILE], folder / STATUS_FILE)
                if STATUS_FILE in files
                else None,
                criteria_model.from_files(files, len(weights), folder),
            )
    except (KeyError, ValueError, OSError) as error:
        raise ModelError(f"{folder}: classifier files do not fit together ({error})") from None


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a model that are there; without the optional ones, cues and rules decide alone.

    Raises:
        ModelError: one of the others is missing.
    """
    try:
        files = {name: (folder / name).read_bytes() for name in (WEIGHTS_FILE, TERMS_FILE)}
        optional = [name for name in OPTIONAL_FILES if (folder / name).exists()]
        return files | {name: (folder / name).read_bytes() for name in optional}
    except OSError as error:
        raise ModelError(f"{folder}: no classifier there ({error.strerror})") from None


def _checked_terms(terms_bytes: bytes, weights_bytes: bytes, folder: Path) -> dict[str, Any]:
    try:
        terms = json.loads(terms_bytes)
    except ValueError:
        raise ModelError(f"{folder / TERMS_FILE}: not valid JSON") from None
    if not isinstance(terms, dict) or terms.get("format") != FORMAT:
        raise ModelError(f"{folder / TERMS_FILE}: not a classifier of format {FORMAT}")
    if terms.get("weights_sha256") != hashlib.sha256(weights_bytes).hexdigest():
        raise ModelError(f"{folder / WEIGHTS_FILE}: checksum differs; install it again")
    return terms


def _key(files: Mapping[str, bytes]) -> str:
    """From the JSON files: the hashes of the weights are in them."""
    told = b"".join(files[name] for name in KEY_FILES if name in files)
    return f"sentences+{hashlib.sha256(told).hexdigest()[:12]}"
