"""Reading and writing files so that neither a special file nor a kill does harm."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assess.errors import InputError

_SQLITE = b"SQLite format 3\0"


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises:
        InputError: missing, unreadable, larger, or a device, pipe or folder.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{path}: not a file")
        if found.st_size > limit:
            raise InputError(f"{path}: larger than {limit:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


@contextmanager
def writing(path: Path) -> Generator[IO[str]]:
    """A text file that replaces ``path`` when all of it is written, and not before.

    A link is followed; what is not a plain file, or is a database, is left alone.

    Raises:
        InputError: the folder is missing or not writable, or something else stands there.
    """
    try:
        target = path.resolve()
        _refuse_other(target, path)
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed below, then renamed
            "w",
            dir=target.parent,
            prefix=f".{target.name[:100]}.",
            delete=False,
            encoding="utf-8",
            newline="",
        )
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    try:
        with handle:
            yield handle.file
            handle.flush()
            os.fsync(handle.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(handle.name).chmod(0o666 & ~umask)
        Path(handle.name).replace(target)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        Path(handle.name).unlink(missing_ok=True)


def _refuse_other(target: Path, path: Path) -> None:
    if not target.exists():
        return
    if not target.is_file():
        raise InputError(f"{path}: is not a plain file; give the name of a file to write")
    with target.open("rb") as handle:
        if handle.read(len(_SQLITE)) == _SQLITE:
            raise InputError(f"{path}: is a database; give another name for the output")
