"""The sentence classifier: nine AIMS labels, stored as plain data (npz and JSON, no pickle)."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from assess.errors import InputError, ModelError
from assess.resources import models_folder
from assess.score.features import BLOCKS, Features, Row
from assess.score.status_model import STATUS_FILE, StatusModel, from_json, to_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

    def probabilities(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Probability of each label for each row; shape (rows, labels)."""
        import numpy as np
        from scipy.special import expit

        if not rows:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        scores = self.features.matrix(rows) @ self.weights + self.intercepts
        return np.asarray(expit(scores), dtype=np.float32)

    def label_sentences(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """Label -> probability for the sentences of one statement, in reading order."""
        found = self.probabilities([Row("", sentence) for sentence in sentences])
        return [dict(zip(LABELS, map(float, row), strict=True)) for row in found]


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
    status = to_json(model.status) if model.status else b""
    text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS_FILE).write_bytes(buffer.getvalue())
        (folder / TERMS_FILE).write_bytes(text.encode("utf-8"))
        (folder / STATUS_FILE).unlink(missing_ok=True)
        if model.status:
            (folder / STATUS_FILE).write_bytes(status)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror})") from None
    return _key(text.encode("utf-8") + status)


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
    folder = folder or models_folder()
    try:
        return _key((folder / TERMS_FILE).read_bytes() + _status_bytes(folder))
    except OSError as error:
        raise ModelError(f"{folder}: no classifier there ({error.strerror})") from None


@cache
def _load(folder: Path) -> SentenceModel:
    import numpy as np

    try:
        terms_bytes = (folder / TERMS_FILE).read_bytes()
        weights_bytes = (folder / WEIGHTS_FILE).read_bytes()
        status_bytes = _status_bytes(folder)
    except OSError as error:
        raise ModelError(f"{folder}: no classifier there ({error.strerror})") from None
    terms = _checked_terms(terms_bytes, weights_bytes, folder)
    try:
        with np.load(io.BytesIO(weights_bytes), allow_pickle=False) as arrays:
            idf = {name: arrays[f"idf_{name}"] for name in BLOCKS}
            return SentenceModel(
                Features.restore(terms["vocabularies"], idf),
                arrays["weights"].astype(np.float32),
                arrays["intercepts"],
                arrays["thresholds"],
                _key(terms_bytes + status_bytes),
                from_json(status_bytes, folder / STATUS_FILE) if status_bytes else None,
            )
    except (KeyError, ValueError, OSError) as error:
        raise ModelError(f"{folder}: classifier files do not fit together ({error})") from None


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


def _status_bytes(folder: Path) -> bytes:
    """The learned part of evidence status; empty where there is none and cues decide alone."""
    path = folder / STATUS_FILE
    return path.read_bytes() if path.exists() else b""


def _key(content: bytes) -> str:
    return f"sentences+{hashlib.sha256(content).hexdigest()[:12]}"
