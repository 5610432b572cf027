"""The originals that a part kept, each checked and copied by its hash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from assess.errors import WorkspaceError
from assess.records import Issue
from assess.store import Workspace
from assess.store.forgotten import is_forgotten

Progress = Callable[[int, int], None]

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ENDING: Final = re.compile(r"(\.[A-Za-z0-9]{1,10})?")
_LOST: Final = "original_lost"
_KEPT: Final = """
    SELECT sha256, kept_as, 1 AS document FROM documents
    UNION ALL SELECT sha256, kept_as, 0 FROM attempts WHERE sha256 IS NOT NULL
    GROUP BY sha256, kept_as"""


def copy_originals(part: Workspace, whole: Workspace, progress: Progress) -> Iterator[Issue]:
    """Copy what is not there yet; yields an issue for each document whose file neither has.

    Raises:
        WorkspaceError: the part names a file that assess would not have kept so, or there is no
            room.
    """
    # All names before any file.
    number = sum(_ending(*row[:2]) is not None for row in part.db.execute(_KEPT))
    for done, (sha256, kept_as, document) in enumerate(part.db.execute(_KEPT)):
        progress(done, number)
        ending = _ending(sha256, kept_as)
        try:
            data = part.read_bytes(kept_as, sha256)
        except WorkspaceError as error:
            if is_forgotten(part.db, "document", sha256):
                continue
            if document and not (whole.documents / kept_as).is_file():
                yield Issue("extract", sha256, _LOST, str(error))
            continue
        whole.keep_bytes(data, sha256, ending)


def _ending(sha256: str, kept_as: str) -> str:
    """The ending of a kept file's name; what is no such name could be any file of this machine."""
    ending = kept_as.removeprefix(f"{sha256[:2]}/{sha256}")
    if not _SHA256.fullmatch(sha256) or not _ENDING.fullmatch(ending):
        raise WorkspaceError(f"it names {kept_as[:100]!r} as a kept file, which is none of assess")
    return ending


def lost_originals(whole: Workspace) -> set[str]:
    """Hashes of documents whose original is lost, by the issues."""
    rows = whole.db.execute(
        "SELECT subject FROM issues WHERE stage = 'extract' AND code = ?", [_LOST]
    )
    return {str(row[0]) for row in rows}


def forget_found(whole: Workspace) -> None:
    """Remove the issues of lost originals that are here now."""
    rows = whole.db.execute(
        "SELECT issues.id, kept_as FROM issues JOIN documents ON sha256 = subject"
        " WHERE stage = 'extract' AND code = ?",
        [_LOST],
    ).fetchall()
    for issue, kept_as in rows:
        if (whole.documents / kept_as).is_file():
            whole.db.table("issues").delete(issue)
