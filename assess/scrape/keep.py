"""A visited body becomes a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.records import Document
from assess.scrape.kinds import document_name

if TYPE_CHECKING:
    from assess.scrape.visits import Visit
    from assess.store import Workspace


def keep_document(workspace: Workspace, visit: Visit, source: str) -> bool:
    """Make a document of a body whose file is there already; True if it was not one before."""
    assert visit.sha256 is not None
    document = Document(
        sha256=visit.sha256,
        media_type=visit.kind,
        size=visit.size,
        source=source,
        name=document_name(visit.reply, visit.kind),
    )
    return workspace.register(document, visit.kept_as)
