"""Writes the national report, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.compare.sectors import MINIMUM
from assess.files import writing
from assess.report import html
from assess.report.national.read import read_national
from assess.report.tables.write import Format, write_tabular
from assess.report.words import shown
from assess.running import staged
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

# Findings told on the terminal; the report has all.
_TOLD = 3


@dataclass(frozen=True, slots=True)
class NationalResult:
    """What was written."""

    path: Path
    findings: tuple[str, ...]
    """The first, for a terminal."""


@staged("report national")
def write_national_report(
    workspace: Workspace,
    output: Path,
    form: Format = "html",
    *,
    minimum: int = MINIMUM,
    rubric: Rubric | None = None,
) -> NationalResult:
    """Write the overview over all years: as a page, Markdown, a folder of CSV or a workbook.

    Args:
        minimum: Groups with fewer assessed statements are marked as too few to compare.
        rubric: As for the sector report.

    Raises:
        InputError: ``output`` cannot be written.
    """
    # Late: statistics and drawing take a second to load.
    from assess.compare.sectors import summarise
    from assess.report.national.findings import national_findings
    from assess.report.national.page import render
    from assess.report.national.tables import national_tables

    national = read_national(workspace, rubric)
    comparison = summarise(national.data.counts, minimum)
    findings = national_findings(national, comparison)
    if form == "html":
        kept_at = html.kept_at(workspace.documents.absolute(), output.absolute().parent)
        with writing(output) as handle:
            handle.write(render(national, comparison, kept_at))
    else:
        write_tabular(national_tables(national, findings), output, form)
    told = tuple(shown(line.replace("–", "-")) for line in findings[:_TOLD])
    return NationalResult(output, told)
