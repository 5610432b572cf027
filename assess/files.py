"""Reading and writing files so that neither a special file nor a kill does harm."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from assess.errors import InputError

_SQLITE = b"SQLite format 3\0"


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises:
        InputError: missing, unreadable, larger, or a device, pipe or folder.
    """
    with opened_regular(path, limit) as handle:
        return handle.read()


@contextmanager
def opened_regular(path: Path, limit: int) -> Generator[BinaryIO]:
    """A regular file of at most ``limit`` bytes, to be read in parts.

    Raises:
        InputError: missing, unreadable (also later on), larger, or a device, pipe or folder.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{path}: not a file")
        if found.st_size > limit:
            raise InputError(f"{path}: larger than {limit:,} bytes")
        with path.open("rb") as handle:
            yield handle
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def is_same(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, there or not yet there."""
    try:
        return path.resolve() == other.resolve() or path.samefile(other)
    except (OSError, RuntimeError):  # cannot be looked at: writing or reading it tells why
        return False


@contextmanager
def alone_in(folder: Path) -> Generator[None]:
    """Make a folder if it is not there, and hold it: nobody else who asks for it writes to it.

    Raises:
        InputError: another process holds it, or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror})") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InputError(
            f"{folder}: another assess process is writing to it; try again when it has ended"
        ) from None
    finally:
        os.close(handle)
        with suppress(OSError):
            folder.rmdir()  # only if nothing came of it


@contextmanager
def writing(path: Path) -> Generator[TextIO]:
    """A text file that replaces ``path`` when all of it is written, and not before.

    A link is followed; what is not a plain file, or is a database, is left alone.

    Raises:
        InputError: the folder is missing or not writable, or something else stands there.
    """
    try:
        target = _target(path)
        mode = _refuse_other(target, path)
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed below, then renamed
            "w",
            dir=target.parent,
            # A name may have 255 bytes, of which a character takes up to four.
            prefix=f".{target.name[:50]}.",
            delete=False,
            encoding="utf-8",
            newline="",
        )
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    try:
        with handle:
            yield cast("TextIO", handle.file)
            handle.flush()
            os.fsync(handle.fileno())
        Path(handle.name).chmod(_new_mode() if mode is None else mode)
        Path(handle.name).replace(target)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        Path(handle.name).unlink(missing_ok=True)


def _target(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # no OSError before Python 3.13
        raise InputError(f"{path}: cannot be written (its links lead in a circle)") from None


def _new_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _refuse_other(target: Path, path: Path) -> int | None:
    """The permissions of the file that is to be replaced, which stay; None where none is there."""
    if not target.exists():
        return None
    if not target.is_file():
        raise InputError(f"{path}: is not a plain file; give the name of a file to write")
    with target.open("rb") as handle:
        if handle.read(len(_SQLITE)) == _SQLITE:
            raise InputError(f"{path}: is a database; give another name for the output")
    return stat.S_IMODE(target.stat().st_mode)
