"""The errors a user can meet. Anything else that escapes is a defect of ours."""

from __future__ import annotations

import errno
import os
from typing import Final

_AGAIN: Final = "then run the same command again"
_ROOM: Final = f"make room there, {_AGAIN}"
_TO_DO: Final = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: f"make room within your quota, {_AGAIN}",
    errno.EFBIG: f"raise the limit on the size of files (ulimit -f), {_AGAIN}",
    errno.EIO: "its disk may be failing: look at the system's log, and save what is on it",
    errno.EROFS: "it can only be read: give another place",
    errno.EACCES: "give another place, or yourself the right to write there",
    errno.EPERM: "give another place, or yourself the right to write there",
    errno.EMFILE: f"raise the limit of open files (ulimit -n), {_AGAIN}",
    errno.ENFILE: f"close other programs, {_AGAIN}",
    errno.ENOMEM: f"close other programs, {_AGAIN}",
}
"""Failures of the machine, and what to do about them."""


def in_words(error: OSError) -> str:
    """A failure in words, with what to do: ``(No space left on device); make room there ...``."""
    number = error.errno or 0
    if number in _TO_DO:  # libraries wrap its words in their own
        return f"({os.strerror(number)}); {_TO_DO[number]}"
    return f"({error.strerror or error})"


def is_of_the_machine(error: OSError) -> bool:
    """Whether it says something of the machine and its disks, rather than of a defect of ours."""
    return error.errno in _TO_DO


class AssessError(Exception):
    """Root of every expected error; its message says what happened, where, and what to do."""

    exit_code = 2


class InputError(AssessError):
    """A file, folder or value given by the user cannot be used."""


class RegistryError(InputError):
    """A registry file lacks the shape of the GOV.UK download."""


class RubricError(InputError):
    """A rubric file is broken: names file, criterion and key."""


class ModelError(InputError):
    """A classifier's files are missing, damaged or of another format."""


class WorkspaceError(AssessError):
    """The SQLite workspace cannot be opened, written or understood."""


class EngineError(AssessError):
    """What runs the work cannot be reached, lacks a package, or was lost."""


class UnreadableDocument(AssessError):  # noqa: N818 - a state of the document, not of the program
    """A document's text cannot be had; ``reason`` is the code kept beside it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
