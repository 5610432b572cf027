"""Forgetting, done or only tried: what would be deleted is counted by deleting it, and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from assess.forget.traces import finish
from assess.store import Workspace

T = TypeVar("T")


class _UndoneError(Exception):
    """Ends the transaction of a trial."""


def in_transaction(workspace: Workspace, change: Callable[[], T], *, keep: bool) -> T:
    """What ``change`` says it did; with ``keep`` it is done to the end, else nothing was changed.

    Raises:
        AssessError: as ``change`` and `finish` do; a change of which that is raised is undone.
    """
    # What is deleted is overwritten, so that it is not in the file until it is written anew.
    workspace.db.execute("PRAGMA secure_delete = ON")
    found: list[T] = []
    try:
        with workspace.db.atomic():
            found.append(change())
            _undo_unless(keep)
    except _UndoneError:
        return found[0]
    finish(workspace)
    return found[0]


def _undo_unless(keep: bool) -> None:
    if not keep:
        raise _UndoneError
