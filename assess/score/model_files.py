"""Files of a classifier read with distrust, and written so that a kill leaves no false whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.errors import InputError, ModelError, in_words
from assess.files import read_regular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Many times the shipped ones.
MAX_MODEL_BYTES: Final = 500_000_000
# What the arrays of one file take in memory; the shipped ones take a tenth at most.
MAX_UNPACKED_BYTES: Final = 500_000_000
# Far beyond any weight that was learned, and far from where sums overflow.
MAX_NUMBER: Final = 1e6
# What zipfile, zlib and numpy make of a damaged file; a plain array is no archive (TypeError).
_DAMAGE: Final = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, SyntaxError, MemoryError),
    *(NotImplementedError, RuntimeError, OverflowError),
    *(struct.error, zipfile.BadZipFile, zlib.error, tokenize.TokenError),
)
# What numpy writes. Of others a few bytes are unpacked to gigabytes before the size that the zip
# directory tells, which may be false, is looked at.
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
AGAIN: Final = "install or train the model again"


def read_file(path: Path) -> bytes:
    """The bytes of a model's file.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        return read_regular(path, MAX_MODEL_BYTES)
    except InputError as error:
        raise ModelError(f"{error}; {AGAIN}") from None


def read_object(content: bytes, path: Path, model_format: str) -> dict[str, Any]:
    """The JSON object of a file.

    Raises:
        ModelError: not JSON, or not of the format.
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise ModelError(f"{path}: not valid JSON; {AGAIN}") from None
    if not isinstance(found, dict) or found.get("format") != model_format:
        raise ModelError(f"{path}: not a model of format {model_format}; {AGAIN}")
    return found


def read_arrays(
    content: bytes, path: Path, shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, NDArray[np.float32]]:
    """The named arrays of an ``.npz`` file.

    Raises:
        ModelError: damaged, or an array is missing, of another shape, or holds what is no number.
    """
    unpacked = unpack_arrays(content, path, shapes)
    return {name: checked_numbers(unpacked[name], shapes[name], name, path) for name in shapes}


def checked_numbers(
    array: NDArray[Any], shape: tuple[int, ...], name: str, path: Path
) -> NDArray[np.float32]:
    """An array of a file as float32.

    Raises:
        ModelError: it is of another shape, or holds what is no number or beyond MAX_NUMBER.
    """
    import numpy as np

    if array.shape != shape or array.dtype.kind != "f":
        raise ModelError(
            f"{path}: {name!r} is {array.dtype} of shape {array.shape}, not numbers of shape "
            f"{shape}; it was not made for the other files; {AGAIN}"
        )
    with np.errstate(over="ignore"):
        found = array.astype(np.float32)
    if not (np.abs(found) <= MAX_NUMBER).all():
        problem = f"{name!r} holds what is no number, or too large a one"
        raise ModelError(f"{path}: {problem}; {AGAIN}")
    return found


def checked_integers(
    array: NDArray[Any], shape: tuple[int, ...], limits: tuple[int, int], name: str, path: Path
) -> NDArray[np.int64]:
    """An array of a file as int64.

    Raises:
        ModelError: it is of another shape, or not of integers from the first limit to the last.
    """
    import numpy as np

    if array.shape != shape or array.dtype.kind not in "iu":
        raise ModelError(
            f"{path}: {name!r} is {array.dtype} of shape {array.shape}, not integers of shape "
            f"{shape}; it was not made for the other files; {AGAIN}"
        )
    # Compared before the conversion, which would wrap the largest unsigned ones.
    if not ((array >= limits[0]) & (array <= limits[1])).all():
        problem = f"{name!r} holds a number that is not from {limits[0]} to {limits[1]}"
        raise ModelError(f"{path}: {problem}; {AGAIN}")
    return array.astype(np.int64)


def unpack_arrays(content: bytes, path: Path, names: Collection[str]) -> dict[str, NDArray[Any]]:
    """The named arrays of an ``.npz`` file, of whatever type and shape they are.

    Raises:
        ModelError: damaged, or an array is missing.
    """
    import numpy as np

    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            parts = arrays.zip.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise ModelError(f"{path}: unpacks to over {MAX_UNPACKED_BYTES:,} bytes; {AGAIN}")
            if any(part.compress_type not in _METHODS for part in parts):
                raise ModelError(f"{path}: compressed in a way that numpy does not write; {AGAIN}")
            missing = next((name for name in names if name not in arrays.files), None)
            if missing is None:
                found = {name: arrays[name] for name in names}
                # Of what is no array, numpy gives the bytes.
                odd = [name for name in names if not isinstance(found[name], np.ndarray)]
                if not odd:
                    return found
                problem = f"{odd[0]!r} is not an array"
            else:
                problem = f"lacks {missing!r}"
    except _DAMAGE as error:
        problem = f"not a readable .npz file ({type(error).__name__})"
    raise ModelError(f"{path}: {problem}; {AGAIN}")


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by name."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def replace_files(folder: Path, files: Mapping[str, bytes], obsolete: Iterable[str]) -> None:
    """Write the files beside, then rename them in their order, then remove the obsolete ones.

    The last file must vouch for the others: until it is renamed, and while an obsolete one is
    there, the folder is refused.

    Raises:
        InputError: the folder cannot be created or written.
    """
    beside = {name: folder / f".{name}.new" for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with beside[name].open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
        for name, path in beside.items():
            path.replace(folder / name)
        for name in obsolete:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        for path in beside.values():
            _remove(path)
        raise InputError(f"{folder}: cannot be written {in_words(error)}") from None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder itself is what failed
