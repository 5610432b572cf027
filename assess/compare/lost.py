"""Comparisons that could not be made, as their workers were killed each time."""

from __future__ import annotations

from assess import log
from assess.engine import KILLED, WORKER_LOST
from assess.records import Issue
from assess.store.workspace import Workspace


def note_lost(workspace: Workspace, sha256: str) -> None:
    """Leave an issue of the document that was compared; it stays to be done."""
    workspace.note([Issue("compare", sha256, WORKER_LOST, KILLED)])


def tell_lost(number: int, what: str) -> None:
    """Say on standard error how many of what are not in the results; of none nothing is said."""
    if number:
        log.tell(
            f"{number:,} {what} could not be compared and are left out, as the workers that had "
            "them were killed: see the table issues, and run again",
            level=log.WARNING,
        )
