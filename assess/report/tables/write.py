"""Which format a report is written in, and writing those that are no pages."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from assess.files import writing
from assess.report.tables.records import Tabular

Format = Literal["html", "md", "csv", "xlsx"]
_BY_ENDING: Final[dict[str, Format]] = {
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".xlsx": "xlsx",
}


def format_of(output: Path) -> Format:
    """By the file's ending; a page where it says nothing."""
    return _BY_ENDING.get(output.suffix.lower(), "html")


def write_tabular(report: Tabular, output: Path, form: Format) -> None:
    """Write a report as Markdown, a folder of CSV tables, or a workbook.

    Raises:
        InputError: it cannot be written.
    """
    if form == "csv":
        from assess.report.tables.delimited import write_folder

        write_folder(report, output)
    elif form == "xlsx":
        from assess.report.tables.workbook import write_workbook

        write_workbook(report, output)
    else:
        from assess.report.tables.markdown import markdown

        with writing(output) as handle:
            handle.write(markdown(report))
