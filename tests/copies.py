"""Workspaces of one's own, from the one that tests share."""

from __future__ import annotations

import shutil
from pathlib import Path


def copied(database: Path, folder: Path) -> Path:
    """A copy of a workspace in a new folder, without the files of others who have it open."""
    shutil.copytree(database.parent, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    return folder / database.name
