"""What has to be done before a comparison can count on all documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess import log
from assess.cli.options import plural

if TYPE_CHECKING:
    from assess.store import Workspace


def read_first(workspace: Workspace) -> None:
    """Read the documents that nobody has read yet, as `assess extract` does."""
    from assess.batch import extract_pending
    from assess.extract import EXTRACTOR_VERSION
    from assess.store.results import count_to_read

    if count_to_read(workspace, EXTRACTOR_VERSION):
        extract_pending(workspace)


def tell_waiting(workspace: Workspace, rubric: str | None = None) -> None:
    """Say on standard error how many documents are not judged, or not by this rubric (its key)."""
    db = workspace.db
    (waiting,) = db.execute(
        "SELECT count(*) FROM documents"
        " WHERE sha256 NOT IN (SELECT document_sha256 FROM current_assessments)"
    ).fetchone()
    (other,) = db.execute(
        "SELECT count(*) FROM current_assessments WHERE ? IS NOT NULL AND rubric <> ?",
        [rubric, rubric],
    ).fetchone()
    for number, why in ((waiting, "not judged yet"), (other, "judged by another rubric only")):
        if number:
            log.tell(
                f"{plural(number, 'document')} {'is' if number == 1 else 'are'} {why} and "
                "left out; run `assess extract` and `assess score`",
                level=log.WARNING,
            )
