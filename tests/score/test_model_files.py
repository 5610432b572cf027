"""Archives of arrays that were made to harm: refused before they take memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assess.errors import ModelError
from assess.files import alone_in
from assess.score.model_files import MAX_UNPACKED_BYTES, replace_files, unpack_arrays

PATH = Path("trees.npz")
SIZE_AT = 24  # of the unpacked size, in an entry of the zip directory
UNPACKED = 50_000_000


def archive(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as packed:
        packed.writestr("a.npy", content)
    return buffer.getvalue()


def telling(size: int, packed: bytes) -> bytes:
    """The archive with another size in its directory."""
    at = packed.rindex(b"PK\1\2") + SIZE_AT
    return packed[:at] + size.to_bytes(4, "little") + packed[at + 4 :]


def large() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(UNPACKED, np.int8))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (archive(b"no array"), "'a' is not an array"),
        (archive(b"", zipfile.ZIP_BZIP2), "compressed in a way"),
        (telling(MAX_UNPACKED_BYTES + 1, archive(b"")), "unpacks to over 500,000,000 bytes"),
    ],
)
def test_refuses(content: bytes, says: str) -> None:
    with pytest.raises(ModelError, match=rf"^trees\.npz: {says}.*; install or train"):
        unpack_arrays(content, PATH, ["a"])


def test_names_the_array_that_is_missing() -> None:
    with pytest.raises(ModelError, match=r"^trees\.npz: lacks 'baseline'; install"):
        unpack_arrays(archive(b""), PATH, ["baseline"])


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_directory_that_tells_too_small_a_size(method: int) -> None:
    content = telling(1_000, archive(large(), method))
    tracemalloc.start()
    try:
        with pytest.raises(ModelError):
            unpack_arrays(content, PATH, ["a"])
        # numpy makes room by the array's own header, which takes no memory until it is filled.
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < UNPACKED * 1.2


def test_who_holds_the_folder_can_write_the_model(tmp_path: Path) -> None:
    """`assess train` holds it from the beginning on."""
    pool = ThreadPoolExecutor(1)
    with alone_in(tmp_path / "models"):
        pool.submit(replace_files, tmp_path / "models", {"a": b"1"}, []).result(timeout=10)
    assert (tmp_path / "models" / "a").read_bytes() == b"1"
