"""The plain texts, one file for each document, and an index of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assess.export.about import ExportReport, readme, report
from assess.export.cells import safe
from assess.export.delimited import write_csv
from assess.export.folder import writing_folder
from assess.export.source import Cell, snapshot
from assess.progress import track
from assess.store.workspace import Workspace

INDEX = "index.csv"
INDEX_COLUMNS = (
    "file",
    "organisation",
    "year",
    "document_sha256",
    "document",
    "language",
    "words",
    "characters",
)
# Of a name; with year and hash a file name stays far below the 255 bytes that systems allow.
_NAME_CHARACTERS = 80
_HASH_CHARACTERS = 8
_OTHER = re.compile(r"[^A-Za-z0-9]+")

_TEXTS = """
    SELECT texts.document_sha256, coalesce(owners.organisation, names.name), owners.year,
        names.name, texts.language, texts.words, texts.content
    FROM texts
    JOIN names ON names.document_sha256 = texts.document_sha256
    LEFT JOIN owners ON owners.document_sha256 = texts.document_sha256
    WHERE texts.status = 'read' ORDER BY texts.document_sha256"""


def export_texts(workspace: Workspace, path: Path) -> ExportReport:
    """Write a folder of texts, character for character as findings' offsets refer to them.

    Raises:
        InputError: something else stands there, or it cannot be written.
    """
    with snapshot(workspace) as connection, writing_folder(path, "texts") as folder:
        (total,) = connection.execute("SELECT count(*) FROM texts WHERE status = 'read'").fetchone()
        found = track(connection.execute(_TEXTS), total, "texts")
        write_csv(folder / INDEX, INDEX_COLUMNS, _written(found, folder), safe)
        (folder / "README.md").write_text(readme(), encoding="utf-8")
        (unread,) = connection.execute(
            "SELECT count(*) FROM documents WHERE sha256 NOT IN"
            " (SELECT document_sha256 FROM texts WHERE status = 'read')"
        ).fetchone()
    note = f"{unread:,} documents have no text and are left out" if unread else ""
    return report(path, "texts", {"texts": total}, note)


def _written(found: Iterable[Sequence[Any]], folder: Path) -> Iterator[tuple[Cell, ...]]:
    """Write each text; what the index says of it."""
    taken: set[str] = {INDEX}
    for sha256, whose, year, name, language, words, content in found:
        file = file_name(whose, year, sha256, taken)
        with (folder / file).open("w", encoding="utf-8", newline="") as handle:
            handle.write(content)
        yield file, whose, year, sha256, name, language, words, len(content)


def file_name(whose: str, year: int | None, sha256: str, taken: set[str]) -> str:
    """A name of letters, digits and hyphens that no file of ``taken`` has; it is added to these.

    Whatever the organisation is called, the file lies in its folder.
    """
    plain = unicodedata.normalize("NFKD", whose).encode("ascii", "ignore").decode()
    words = _OTHER.sub("-", plain)[:_NAME_CHARACTERS].strip("-") or "document"
    start = f"{words}-{year or 'no-year'}"
    name = f"{start}-{sha256[:_HASH_CHARACTERS]}.txt"
    if name.lower() in taken:  # eight characters of two hashes are the same
        name = f"{start}-{sha256}.txt"
    taken.add(name.lower())
    return name
