"""Files and folders on their way: locked while they are written, so that what a killed run left is
known and removed, and what another run is writing is left alone."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Final

from assess.errors import InputError, in_words

_NEW: Final = ".assess-new-"
# In the folder of temporary files, which we share with every other program.
_SCRATCH: Final = "assess-tmp-"
# Of a file's name: it may have 255 bytes, of which a character takes up to four.
_NAME_CHARACTERS: Final = 50
# The system, or this kind of disk, has no locks: nothing is known to be left, nothing is removed.
_NO_LOCKS: Final = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)


@contextmanager
def new_file(target: Path) -> Generator[IO[str]]:
    """A text file beside ``target``, to take its place; gone at the end unless renamed.

    Raises:
        OSError: it cannot be made or written.
    """
    _remove_left_once(target.parent)
    while True:
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed below
            "w",
            dir=target.parent,
            prefix=_prefix(target),
            delete=False,
            encoding="utf-8",
            newline="",
        )
        if _is_ours(handle.fileno(), Path(handle.name)):
            break
        handle.close()  # another run took it for left over, between our making and locking it
    try:
        with handle:
            yield handle.file
    finally:
        Path(handle.name).unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path) -> Generator[Path]:
    """A folder beside ``target``, to take its place; gone at the end unless renamed.

    Raises:
        OSError: it cannot be made.
    """
    remove_left(target.parent)
    with _locked_folder(target.parent, _prefix(target)) as folder:
        yield folder


@contextmanager
def scratch_folder() -> Generator[Path]:
    """A private folder among the system's temporary files (``TMPDIR``), gone at the end.

    Raises:
        InputError: there is no room in it, or it cannot be made.
    """
    try:
        place = Path(tempfile.gettempdir())
        remove_left(place)
        with _locked_folder(place, _SCRATCH) as folder:
            yield folder
    except OSError as error:
        place = Path(tempfile.tempdir or "TMPDIR")
        raise InputError(
            f"{place}: temporary files cannot be written there {in_words(error)}, or let TMPDIR"
            " name another folder"
        ) from None


@contextmanager
def _locked_folder(place: Path, prefix: str) -> Generator[Path]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        lock = _opened(folder)
        if lock is not None and _is_ours(lock, folder):
            break
        if lock is not None:
            os.close(lock)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def in_turn(folder: Path) -> Generator[None]:
    """Hold a folder's lock, waiting for another run that puts its files there.

    Raises:
        OSError: there is no such folder.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # no locks here
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _prefix(target: Path) -> str:
    return f".{target.name[:_NAME_CHARACTERS]}{_NEW}"


@cache
def _remove_left_once(folder: Path) -> None:
    """Once in a process, however many files it writes there: the folder may hold thousands."""
    remove_left(folder)


def remove_left(folder: Path) -> None:
    """Remove what runs of this program that were killed have left in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NEW in entry.name[1:] or entry.name.startswith(_SCRATCH):
                _remove_if_left(Path(entry.path))


def _remove_if_left(path: Path) -> None:
    lock = _opened(path)
    if lock is None:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return  # somebody is writing it, or there are no locks here
    else:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None  # gone meanwhile, a link, or of another user


def _is_ours(handle: int, path: Path) -> bool:
    """Lock what was just made; whether it is still there."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return path.exists()
