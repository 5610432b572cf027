"""Dossiers as files, each written only when its content would differ."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess.errors import AssessError, InputError, in_words
from assess.files import writing
from assess.report import html
from assess.report.dossier.collect import Known, collect
from assess.report.dossier.index import TITLE, IndexRow, index_page, index_row
from assess.report.dossier.page import environment, headline, render
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

INDEX: Final = "index.html"
# A name may have 255 bytes; this leaves room for what tells two of the same name apart.
_NAME_CHARACTERS: Final = 80
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    path: Path
    changed: bool
    """False where the file already had this content."""
    name: str
    headline: str


@dataclass(frozen=True, slots=True)
class Dossiers:
    """What became of the dossiers of all assessed organisations."""

    index: Path
    pages: int
    changed: int
    failed: tuple[tuple[str, str], ...]
    """(organisation, why)."""
    others: tuple[str, ...]
    """Pages in the folder that the index does not list: of earlier runs, or not ours."""


def dossier_page(
    workspace: Workspace,
    organisation_id: int,
    *,
    year: int | None = None,
    kept_at: str,
    rubric: Rubric | None = None,
) -> str:
    """The dossier of an organisation as an HTML page that loads nothing.

    Args:
        year: Registry year of the statement to open; without it the newest that was assessed.
        kept_at: The folder of kept documents as a URL path, seen from the page.
        rubric: Explains areas and tiers if it is the one that judged.

    Raises:
        InputError: there is no such organisation, or no statement (of this year) of it.
    """
    dossier = collect(workspace, organisation_id, year=year, rubric=rubric)
    return render(environment(kept_at), dossier)


def write_dossier(
    workspace: Workspace,
    organisation_id: int,
    output: Path | None = None,
    *,
    year: int | None = None,
    rubric: Rubric | None = None,
) -> Written:
    """Write the dossier of an organisation, atomically.

    Args:
        output: The file; without it one in the current folder, named after the organisation.

    Raises:
        InputError: as of `dossier_page`; or the file cannot be written.
    """
    dossier = collect(workspace, organisation_id, year=year, rubric=rubric)
    path = output or Path(f"{file_name(dossier.name) or f'organisation-{organisation_id}'}.html")
    kept_at = html.kept_at(workspace.documents.absolute(), path.absolute().parent)
    page = render(environment(kept_at), dossier)
    return Written(path, _write(path, page), dossier.name, headline(dossier))


# What a row that is not as this program writes it raises where it is read.
_BAD_ROW: Final = (AssessError, sqlite3.Error, ValueError, LookupError)

_ASSESSED: Final = """
    SELECT DISTINCT organisations.id, organisations.name, organisations.company_number
    FROM document_organisations JOIN current_assessments USING (document_sha256)
    JOIN organisations ON organisations.id = organisation_id
    WHERE status = 'assessed' AND statement_kind = 'statement'
    ORDER BY lower(organisations.name), organisations.name, organisations.id"""


def write_dossiers(
    workspace: Workspace,
    folder: Path,
    *,
    rubric: Rubric | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Dossiers:
    """Write a dossier of every assessed organisation, and an index of them, into a folder.

    A dossier that cannot be made is told in the index and costs itself only.

    Raises:
        InputError: the folder or a page cannot be written, or another index stands there.
    """
    _make(folder)
    _refuse_other(folder / INDEX)
    kept_at = html.kept_at(workspace.documents.absolute(), folder.absolute())
    made, known = environment(kept_at), Known()
    found = workspace.db.execute(_ASSESSED).fetchall()
    listed: list[IndexRow] = []
    changed = 0
    for place, (organisation, file) in enumerate(_files(found), 1):
        id_, name, number = organisation
        try:
            dossier = collect(workspace, id_, rubric=rubric, known=known)
            page = render(made, dossier)
            listed.append(index_row(dossier, file))
        except _BAD_ROW as error:
            listed.append(IndexRow(name, number, failed=str(error) or type(error).__name__))
        else:
            changed += _write(folder / file, page)
        progress(place, len(found))
    _write(folder / INDEX, index_page(made, listed))
    failed = tuple((row.name, row.failed) for row in listed if row.failed)
    written = {INDEX, *(row.file for row in listed)}
    others = sorted(path.name for path in folder.glob("*.html") if path.name not in written)
    return Dossiers(folder / INDEX, len(listed) - len(failed), changed, failed, tuple(others))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made {in_words(error)}") from None


def _refuse_other(index: Path) -> None:
    """Leave somebody's own front page alone, as where ``folder`` is the root of a site."""
    try:
        if index.is_file() and TITLE.encode() not in index.read_bytes():
            raise InputError(f"{index}: is no index of dossiers; give a folder of their own")
    except OSError:
        pass  # not readable: writing will tell


Named = tuple[int, str, str | None]


def _files(organisations: Iterable[Named]) -> Iterator[tuple[Named, str]]:
    """Each with a file name of its own; of the same names the first alone has it plain."""
    taken = {"", Path(INDEX).stem}
    for organisation in organisations:
        id_, name, number = organisation
        plain = file_name(name)
        tried = (plain, "-".join(filter(None, (plain, file_name(number or "")))))
        others = (f"organisation-{id_}{'-' * more}" for more in count())
        stem = next(one for one in chain(tried, others) if one not in taken)
        taken.add(stem)
        yield organisation, f"{stem}.html"


def file_name(name: str) -> str:
    """A name in plain small letters and hyphens, as a file may have it; ``""`` of none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", plain)[:_NAME_CHARACTERS].strip("-")


def _write(path: Path, page: str) -> bool:
    """Write a page where the file has not just this content; whether it was written."""
    try:
        if path.is_file() and path.read_bytes() == page.encode():
            return False
    except OSError:
        pass  # not readable: writing will tell
    with writing(path) as handle:
        handle.write(page)
    return True
