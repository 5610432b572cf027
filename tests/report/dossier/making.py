"""Small workspaces with a text and evidence at its places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from assess.report.dossier import dossier_page
from assess.store.workspace import Workspace, open_workspace
from tests.compare.factory import Factory

TEXT = (
    "Our statement\n\nThe board approved this statement. We audited 34 sites in 2024.\n\n"
    "We plan to audit 50 sites. No training was given.\fSecond page. We found two cases."
)


def with_text(made: Factory, sha: str, content: str = TEXT) -> None:
    """Give a document a text; its pages are parted by form feeds."""
    db = made.workspace.db
    db.execute(
        "UPDATE texts SET content = ?, words = ? WHERE document_sha256 = ?",
        [content, len(content.split()), sha],
    )
    (text_id,) = db.execute("SELECT id FROM texts WHERE document_sha256 = ?", [sha]).fetchone()
    at = 0
    for number, page in enumerate(content.split("\f"), 1):
        db.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, 'text', NULL)",
            [text_id, number, at, at + len(page)],
        )
        at += len(page) + 1


def with_evidence(
    made: Factory,
    sha: str,
    criterion: str,
    quotes: Sequence[str],
    *,
    status: str = "implemented",
    content: str = TEXT,
    method: str = "rule:test",
) -> None:
    """Evidence of a criterion at the places where the quotes stand in the text."""
    (finding,) = made.workspace.db.execute(
        "SELECT findings.id FROM findings JOIN assessments ON assessments.id = assessment_id"
        " WHERE document_sha256 = ? AND criterion = ?",
        [sha, criterion],
    ).fetchone()
    for quote in quotes:
        start = content.index(quote)
        page = 1 + content.count("\f", 0, start)
        made.workspace.db.execute(
            'INSERT INTO evidence (finding_id, quote, page, start, "end", status, method)'
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [finding, quote, page, start, start + len(quote), status, method],
        )


def tree(page: str) -> ET.Element:
    """A page as a tree; being well-formed, it is read the same by everyone."""
    page = page.removeprefix("<!doctype html>")
    page = re.sub(r"(<meta [^>]*)>", r"\1/>", page)
    page = re.sub(r"(<input [^>]*?)( checked)?( hidden)?>", r"\1/>", page)
    page = re.sub(r" (hidden|disabled|open)(?=[ >])", r' \1=""', page)
    script = re.search(r"<script>(.*?)</script>", page, re.S)
    return ET.fromstring(page.replace(script[1], "") if script else page)


def page_of(made: Factory, name: str = "Org", year: int | None = None) -> str:
    """The page of an organisation."""
    return organisation_page(made.workspace, name, year)


def organisation_page(workspace: Workspace, name: str, year: int | None = None) -> str:
    """The page of the organisation of just this name."""
    (id_,) = workspace.db.execute("SELECT id FROM organisations WHERE name = ?", [name]).fetchone()
    return dossier_page(workspace, id_, year=year, kept_at="kept")


def corpus_page(database: Path, name: str, year: int | None = None) -> str:
    """The page of an organisation of the corpus."""
    with open_workspace(database, create=False, write=False) as workspace:
        return organisation_page(workspace, name, year)


def text_of(element: ET.Element) -> str:
    """All words of an element."""
    return " ".join(" ".join(element.itertext()).split())


def by_id(page: ET.Element, id_: str) -> ET.Element:
    """The element with an id, which must be there once."""
    [found] = [one for one in page.iter() if one.get("id") == id_]
    return found


def classed(page: ET.Element, name: str) -> list[ET.Element]:
    """Elements with a class."""
    return [one for one in page.iter() if name in one.get("class", "").split()]
