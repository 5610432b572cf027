"""Workspaces of one's own, from the ones that tests share."""

from __future__ import annotations

import shutil
from pathlib import Path


def copied(database: Path, folder: Path, name: str = "") -> Path:
    """A copy of a workspace and what is beside it in a new folder, by a name of its own.

    Without the files of others who have it open.
    """
    shutil.copytree(database.parent, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    copy = folder / (name or database.name)
    (folder / database.name).rename(copy)
    (folder / f"{database.stem}.documents").rename(folder / f"{copy.stem}.documents")
    return copy
