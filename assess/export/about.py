"""What goes with every export: what it is, where it is from, whose it is, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assess import __version__

TITLE = "UK modern slavery statements, assessed"
OGL = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
REGISTRY = {
    "title": "GOV.UK modern slavery statement registry: what organisations declared. Contains "
    "public sector information licensed under the Open Government Licence v3.0.",
    "path": "https://modern-slavery-statement-registry.service.gov.uk/",
}
STATEMENTS = {
    "title": "Modern slavery statements, as published by the organisations. Quotes belong to those "
    "who published them; each is told with its organisation and place."
}
PARAGRAPHS = (
    f"Made by assess {__version__}, which reads modern slavery statements (section 54 of the "
    "Modern Slavery Act 2015) by machine. The table of versions says what made the figures.",
    "Findings are about the text. 'absent', 0 and 'false' say that nothing of it was found in the "
    "text: the absence of words is no proof of a breach, nor their presence proof of action. What "
    "could not be judged is empty, never 0.",
    "Only criteria of authority LAW are the law. The six topics of section 54(5) are optional; "
    "GUIDANCE and BENCHMARK are no law, and BILL is proposed.",
    "Machine reading errs: look at the quote before you say anything of an organisation. What a "
    "person confirmed or corrected is marked so.",
    "What organisations told the registry is self-declared.",
    f"Registry data: {REGISTRY['title']}",
    f"Statements: {STATEMENTS['title']}",
)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    path: str
    format: str
    rows: Mapping[str, int]
    """Rows of each table, by its name; documents, answers or texts of formats without tables."""
    notes: tuple[str, ...] = field(default=())
    """What was left out or cut, in words."""


def readme() -> str:
    """The text beside the files of a folder."""
    return "\n\n".join((TITLE, *PARAGRAPHS)) + "\n"


def uncompared(rows: Mapping[str, int]) -> str:
    """What to run where tables of comparisons are empty; nothing otherwise."""
    if rows.get("findings") and rows.get("group_counts") == 0:
        return "no groups are compared yet: `assess compare sectors` does it, then export again"
    return ""


def report(path: Path, made: str, rows: Mapping[str, int], *notes: str) -> ExportReport:
    """The report of an export; empty notes are left out."""
    return ExportReport(str(path), made, dict(rows), tuple(filter(None, notes)))
