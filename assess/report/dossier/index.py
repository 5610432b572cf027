"""The list of all dossiers of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment

from assess import __version__
from assess.report import html
from assess.report.dossier.collect import Dossier

TITLE: Final = "Modern slavery statements: organisation dossiers"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An organisation with its dossier's file, or why there is none."""

    name: str
    company_number: str | None
    file: str = ""
    year: int | None = None
    sectors: tuple[str, ...] = ()
    compliance: float | None = None
    substance: float | None = None
    tier: str | None = None
    minimal_index: float | None = None
    minimal_flag: bool = False
    proposal: bool = False
    failed: str = ""


def index_row(dossier: Dossier, file: str) -> IndexRow:
    """The line of a dossier."""
    statement = dossier.open
    return IndexRow(
        name=dossier.name,
        company_number=dossier.company_number,
        file=file,
        year=statement.year,
        sectors=dossier.covers.sectors,
        compliance=statement.compliance,
        substance=statement.substance,
        tier=statement.tier,
        minimal_index=statement.minimal.index if statement.minimal else None,
        minimal_flag=bool(statement.minimal and statement.minimal.flag),
        proposal=dossier.proposal,
    )


def index_page(made: Environment, listed: Sequence[IndexRow]) -> str:
    """The page; rows in the order given."""
    css = html.own_file("report.css") + html.own_file("dossier.css")
    script = html.own_file("dossier-index.js")
    return made.get_template("dossier-index.html").render(
        title=TITLE,
        css=css,
        script=script,
        policy=html.policy(css, script),
        version=__version__,
        rows=listed,
        proposal=any(row.proposal for row in listed),
    )
