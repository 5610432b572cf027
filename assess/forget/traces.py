"""The end of forgetting: files, the full-text index, and the free pages of the database itself.

What is still to do stands in the table ``removals``, so that a run that was killed is finished by
the next.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from assess.errors import WorkspaceError
from assess.store import Workspace

# Stands for the database file: its free pages hold what was deleted until it is written anew.
_DATABASE: Final = ""


def plan_removal(workspace: Workspace, files: Collection[str]) -> None:
    """Note what `finish` has to remove; in the transaction that deletes the rows."""
    workspace.db.table("removals").insert_all(
        ({"kept_as": file} for file in (*sorted(files), _DATABASE)), ignore=True
    )


def unfinished(workspace: Workspace) -> bool:
    """Whether an earlier run was killed before its end."""
    return workspace.db.table("removals").count > 0


def finish(workspace: Workspace) -> None:
    """Remove the files, and write the database anew without a trace of what was deleted.

    Raises:
        WorkspaceError: another program has the database open; nothing is lost, run it again.
    """
    db = workspace.db
    rows = db.execute("SELECT kept_as FROM removals WHERE kept_as <> ''").fetchall()
    for (kept_as,) in rows:
        workspace.discard(kept_as)
    db.execute("PRAGMA secure_delete = ON")
    with db.atomic():
        db.table("removals").delete_where("kept_as <> ''")
        # Its segments keep the words of deleted texts until they happen to be merged.
        db.execute("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")
    db.execute("VACUUM")
    _empty_log(workspace)
    with db.atomic():
        db.table("removals").delete_where()
    _empty_log(workspace)


def _empty_log(workspace: Workspace) -> None:
    """Empty the write-ahead log, which holds pages from before."""
    (busy, _, _) = workspace.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise WorkspaceError(
            "another program has the database open, so its log cannot be emptied; "
            "close it and run the same command again"
        )


def copies_beside(db: Path) -> tuple[str, ...]:
    """Names of backups beside a database, which still hold what was forgotten."""
    return tuple(sorted(path.name for path in db.parent.glob(f"{db.name}.*") if _is_copy(path)))


def _is_copy(path: Path) -> bool:
    return path.is_file() and path.suffix != ".lock"
