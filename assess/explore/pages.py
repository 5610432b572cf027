"""What is served beside Datasette's own pages: dossiers, made when asked for, and originals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.errors import InputError, WorkspaceError
from assess.explore.links import DOCUMENTS, DOSSIER
from assess.store import open_to_read

# What a browser shows as it is and cannot be made to run; everything else is for saving.
_SHOWN: Final = {"application/pdf": "application/pdf", "text/plain": "text/plain; charset=utf-8"}
_SAVED: Final = "application/octet-stream"
# Browsers refuse to show a PDF in a sandbox; they run none of its scripts in our name.
_LOCKED: Final = "default-src 'none'; sandbox"

# Each gives (organisation, year, place in the dossier); of several organisations the first by name.
_OWNER: Final = """
    SELECT coalesce(organisations.same_as, organisations.id), statements.year, {place}
    FROM {start}
    JOIN statement_organisations ON statement_organisations.statement_id = statements.id
    JOIN organisations ON organisations.id = organisation_id
    WHERE {key} = ? ORDER BY {order} organisations.name, organisations.id LIMIT 1"""
_BY_DOCUMENT: Final = """
    JOIN statement_documents AS links ON links.document_sha256 = {0} AND links.state = 'accepted'
    JOIN statements ON statements.id = links.statement_id"""
_NEWEST: Final = "statements.withdrawn_at IS NOT NULL, statements.year DESC,"
# The dossier's anchors: findings with quotes stand in its scorecard, others in its list of what was
# not found.
_PLACE: Final = """iif(present = 1 OR EXISTS (
        SELECT 1 FROM evidence WHERE finding_id = findings.id AND evidence.status <> 'rejected'),
    'c-', 'n-') || findings.criterion"""
_OWNERS: Final = {
    "statement": _OWNER.format(place="NULL", start="statements", key="statements.id", order=""),
    "document": _OWNER.format(
        place="NULL",
        start="documents" + _BY_DOCUMENT.format("documents.sha256"),
        key="documents.sha256",
        order=_NEWEST,
    ),
    "assessment": _OWNER.format(
        place="NULL",
        start="assessments" + _BY_DOCUMENT.format("assessments.document_sha256"),
        key="assessments.id",
        order=_NEWEST,
    ),
    "finding": _OWNER.format(
        place=_PLACE,
        start="findings JOIN assessments ON assessments.id = findings.assessment_id"
        + _BY_DOCUMENT.format("assessments.document_sha256"),
        key="findings.id",
        order=_NEWEST,
    ),
}


class NotThereError(InputError):
    """What an address asks for is not in the database."""


@dataclass(frozen=True, slots=True)
class Original:
    """A kept document as it is served."""

    data: bytes
    headers: dict[str, str]
    content_type: str


def dossier_address(path: Path, kind: str, key: str) -> str:
    """Where the dossier is that a row belongs to.

    Raises:
        NotThereError: it belongs to no organisation of the registry.
    """
    if kind == "organisation":
        return f"{DOSSIER}/{key}"
    with open_to_read(path) as workspace:
        found = workspace.db.execute(_OWNERS[kind], [key]).fetchone()
    if found is None:
        raise NotThereError(f"{kind} {key} belongs to no organisation of the registry: no dossier")
    organisation, year, place = found
    return f"{DOSSIER}/{organisation}?year={year}{f'#{place}' if place else ''}"


def dossier(path: Path, organisation: int, year: int | None) -> str:
    """The dossier's page.

    Raises:
        NotThereError: there is no such organisation, or no statement of it for the year.
    """
    from assess.report.dossier import dossier_page

    with open_to_read(path) as workspace:
        try:
            return dossier_page(workspace, organisation, year=year, kept_at=DOCUMENTS)
        except InputError as error:
            raise NotThereError(str(error)) from None


def original(path: Path, sha256: str) -> Original:
    """A kept original, by its hash and only if the database has it.

    Raises:
        NotThereError: it is not in the database, or its file is gone or was changed.
    """
    with open_to_read(path) as workspace:
        row = workspace.db.execute(
            "SELECT media_type, kept_as FROM documents WHERE sha256 = ?", [sha256]
        ).fetchone()
        if row is None:
            raise NotThereError("there is no such document in the database")
        media_type, kept_as = row
        try:
            data = workspace.read_bytes(kept_as, sha256)
        except WorkspaceError as error:
            raise NotThereError(str(error)) from None
    return _served(data, media_type, Path(kept_as).name)


def _served(data: bytes, media_type: str, name: str) -> Original:
    how = "inline" if media_type in _SHOWN else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    if media_type != "application/pdf":
        headers["Content-Security-Policy"] = _LOCKED
    return Original(data, headers, _SHOWN.get(media_type, _SAVED))
