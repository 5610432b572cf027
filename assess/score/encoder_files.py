"""The encoder as plain data: ``encoder.npz`` for weights, ``encoder.json`` for all else."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from assess.errors import ModelError
from assess.score.encoder import Encoders
from assess.score.encoder_network import Network, Widths, names, shapes_for
from assess.score.model_files import AGAIN, read_arrays, read_object
from assess.score.pieces import Pieces

FORMAT: Final = "assess-encoder-1"
WEIGHTS_FILE: Final = "encoder.npz"
TERMS_FILE: Final = "encoder.json"
# Many times what is shipped.
MAX_PIECES: Final = 200_000
MAX_PIECE: Final = 100
MAX_WIDTH: Final = 2_048
MAX_NETWORKS: Final = 16
_NAME: Final = re.compile(r"[a-z]{1,20}")
_HASH: Final = re.compile(r"[0-9a-f]{12}")


def statement_hash(sentences: Sequence[str]) -> str:
    """Twelve hexadecimal digits for a statement, whatever its blanks and capitals."""
    told = "\n".join(" ".join(sentence.split()).lower() for sentence in sentences)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def to_files(encoders: Encoders) -> dict[str, bytes]:
    """The two files, by name. Same input, same bytes. Weights are rounded to float16.

    Raises:
        ModelError: a weight is too large for that, or no number.
    """
    import numpy as np

    arrays = {
        f"{name}_{part}": _rounded(getattr(network, part), f"{name}_{part}")
        for name, network in sorted(encoders.networks.items())
        for part in names()
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    terms = {
        "format": FORMAT,
        "weights_sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
        "vocabulary": list(encoders.pieces.vocabulary),
        "networks": {name: list(network.widths) for name, network in encoders.networks.items()},
        "seen": {name: sorted(hashes) for name, hashes in encoders.seen.items()},
        "notes": dict(encoders.notes),
    }
    text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    return {WEIGHTS_FILE: buffer.getvalue(), TERMS_FILE: text.encode("utf-8")}


def read_encoders(files: Mapping[str, bytes], folder: Path) -> Encoders | None:
    """The encoder in a folder's files, by name; None if it has none.

    Raises:
        ModelError: one of the two is missing, damaged, or of another format.
    """
    for name, other in ((WEIGHTS_FILE, TERMS_FILE), (TERMS_FILE, WEIGHTS_FILE)):
        if name not in files and other in files:
            raise ModelError(f"{folder / name}: missing, {other} goes with it; {AGAIN}")
    if TERMS_FILE not in files:
        return None
    path = folder / TERMS_FILE
    terms = read_object(files[TERMS_FILE], path, FORMAT)
    if terms.get("weights_sha256") != hashlib.sha256(files[WEIGHTS_FILE]).hexdigest():
        raise ModelError(f"{folder / WEIGHTS_FILE}: checksum differs; {AGAIN}")
    _check(terms, path)
    pieces = Pieces(terms["vocabulary"])
    widths = {name: Widths(*numbers) for name, numbers in terms["networks"].items()}
    networks = _networks(files[WEIGHTS_FILE], folder / WEIGHTS_FILE, len(pieces.vocabulary), widths)
    seen = {name: frozenset(hashes) for name, hashes in terms["seen"].items()}
    return Encoders(pieces, networks, seen, terms["notes"])


def _rounded(array: Any, name: str) -> Any:
    import numpy as np

    with np.errstate(over="ignore"):
        rounded = array.astype(np.float16)
    if not np.isfinite(rounded).all():
        raise ModelError(f"encoder: {name!r} holds what float16 cannot; train the encoder again")
    return rounded


def _networks(
    content: bytes, path: Path, pieces: int, widths: Mapping[str, Widths]
) -> dict[str, Network]:
    shapes = {
        f"{name}_{part}": shape
        for name, numbers in widths.items()
        for part, shape in shapes_for(pieces, numbers).items()
    }
    arrays = read_arrays(content, path, shapes)
    return {
        name: Network(**{part: arrays[f"{name}_{part}"] for part in names()}) for name in widths
    }


def _check(terms: Mapping[str, Any], path: Path) -> None:
    networks, notes = terms.get("networks"), terms.get("notes")
    if not _is_vocabulary(terms.get("vocabulary")):
        raise ModelError(f"{path}: 'vocabulary' must be a list of different pieces; {AGAIN}")
    if not _are_networks(networks):
        told = f"three widths of 1 to {MAX_WIDTH} for each of 1 to {MAX_NETWORKS} names"
        raise ModelError(f"{path}: 'networks' must give {told}; {AGAIN}")
    if not _are_seen(terms.get("seen"), networks or ()):
        raise ModelError(f"{path}: 'seen' must list hashes of statements by network; {AGAIN}")
    if not isinstance(notes, dict):
        raise ModelError(f"{path}: 'notes' must be an object; {AGAIN}")


def _is_vocabulary(pieces: object) -> bool:
    return (
        isinstance(pieces, list)
        and 0 < len(pieces) <= MAX_PIECES
        and all(isinstance(piece, str) and 0 < len(piece) <= MAX_PIECE for piece in pieces)
        and len(set(pieces)) == len(pieces)
    )


def _are_networks(networks: object) -> bool:
    return (
        isinstance(networks, dict)
        and 0 < len(networks) <= MAX_NETWORKS
        and all(_NAME.fullmatch(name) for name in networks)
        and all(map(_are_widths, networks.values()))
    )


def _are_widths(widths: object) -> bool:
    return (
        isinstance(widths, list)
        and len(widths) == len(Widths._fields)
        and all(type(width) is int and 0 < width <= MAX_WIDTH for width in widths)
    )


def _are_seen(seen: object, networks: Collection[str]) -> bool:
    return (
        isinstance(seen, dict)
        and set(seen) <= set(networks)
        and all(isinstance(hashes, list) for hashes in seen.values())
        and all(
            isinstance(one, str) and _HASH.fullmatch(one)
            for hashes in seen.values()
            for one in hashes
        )
    )
