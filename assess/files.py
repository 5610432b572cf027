"""Reading and writing files so that neither a special file nor a kill does harm."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

from assess.errors import InputError, in_words
from assess.temporary import new_file

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
        InputError: the folder is missing or not writable, it has no room, or something else stands
            there.
    """
    try:
        target = _target(path)
        mode = _refuse_other(target, path)
        with new_file(target) as handle:
            yield cast("TextIO", handle)
            handle.flush()
            os.fsync(handle.fileno())
            os.fchmod(handle.fileno(), _new_mode() if mode is None else mode)
            Path(handle.name).replace(target)
    except OSError as error:
        raise InputError(f"{path}: cannot be written {in_words(error)}") from None


class ZipTarget:
    """A file for a zip writer, which is told of no failure: of those it learns where it is thrown
    away it could only complain on standard error. `check` tells."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._failed: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, or do nothing once a write has failed: the file is not kept."""
        self._try(lambda: self._file.write(data))
        return len(data)

    def flush(self) -> None:
        """As of a file."""
        self._try(self._file.flush)

    def tell(self) -> int:
        """As of a file."""
        return self._try(self._file.tell)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As of a file."""
        return self._try(lambda: self._file.seek(offset, whence))

    def check(self) -> None:
        """Raise the first failure.

        Raises:
            OSError: as the file raised it.
        """
        if self._failed:
            raise self._failed

    def _try(self, work: Callable[[], int | None]) -> int:
        try:
            return (0 if self._failed else work()) or 0
        except OSError as error:
            self._failed = error
            return 0


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
