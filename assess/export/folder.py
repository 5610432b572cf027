"""A folder that is written beside its place and put there whole; an earlier export is replaced."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assess import __version__
from assess.errors import InputError, in_words
from assess.temporary import in_turn, new_folder

# Lists the files of an export: by it we know our own, and what somebody else put among them.
MANIFEST = "assess-export.json"
_OLD = ".assess-old"


@contextmanager
def writing_folder(path: Path, made: str) -> Generator[Path]:
    """A new folder that takes the place of ``path`` when all of it is written, and not before.

    Args:
        path: a new folder, an empty one, or an earlier export; what else stands there is kept.
        made: the format, for the manifest.

    Raises:
        InputError: something else stands there, or it cannot be written.
    """
    try:
        target = _target(path)
        _recover(target)
        _refuse_other(target, path)
        with new_folder(target) as new:
            yield new
            _write_manifest(new, made)
            _put(new, target)
    except OSError as error:
        raise InputError(f"{path}: cannot be written {in_words(error)}") from None


def _target(path: Path) -> Path:
    try:
        target = path.resolve()
    except RuntimeError:  # no OSError before Python 3.13
        raise InputError(f"{path}: cannot be written (its links lead in a circle)") from None
    if not target.name or target == Path.cwd():
        raise InputError(f"{path}: give the name of a folder to make")
    return target


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name[:50]}{_OLD}")


def _recover(target: Path) -> None:
    """Mend what an export left that was killed between two renames."""
    old = _old(target)
    with in_turn(target.parent):
        if old.exists() and not target.exists():
            old.rename(target)


def _refuse_other(target: Path, path: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{path}: is not a folder; give the name of a folder to make")
    there = {entry.name for entry in target.iterdir()}
    strange = sorted(there - _listed(target) - {MANIFEST})
    if strange:
        what = "holds other files" if MANIFEST in there else "is no earlier export of assess"
        raise InputError(f"{path}: {what} ({strange[0]!r}); move them away, or give another folder")


def _listed(target: Path) -> set[str]:
    try:
        found = json.loads((target / MANIFEST).read_bytes())["files"]
        return {str(name) for name in found}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write_manifest(folder: Path, made: str) -> None:
    files: Mapping[str, int] = {
        entry.name: entry.stat().st_size for entry in sorted(folder.iterdir())
    }
    told = {"made_by": f"assess {__version__}", "format": made, "files": files}
    (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _put(new: Path, target: Path) -> None:
    """Two renames: killed between them, the next export finds the old folder by its name.

    Of two exports at the same time the last stays.
    """
    umask = os.umask(0)
    os.umask(umask)
    new.chmod(0o777 & ~umask)
    _sync(new)
    old = _old(target)
    with in_turn(target.parent):
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Bytes are on the disk before the name is, so that a power cut leaves no empty files."""
    for entry in [*folder.iterdir(), folder]:
        handle = os.open(entry, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
