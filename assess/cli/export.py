"""`assess export`: what a workspace holds, for other programs and people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import DEFAULT_DB, AsJson, Database, given, plural, show
from assess.export.about import ExportReport

app = typer.Typer(help="Write what the workspace holds for other programs and people.")

_OUTPUT = ("--output", "-o")
Folder = Annotated[
    Path,
    typer.Option(
        *_OUTPUT,
        help="Folder to write: a new one, or an earlier export, which is replaced.",
        parser=given,
        metavar="FOLDER",
    ),
]
File = Annotated[Path, typer.Option(*_OUTPUT, help="File to write.", parser=given, metavar="FILE")]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="TABLE", help="Write this table only; may be given several times."
    ),
]


@app.callback()
def export() -> None:
    """Write what the workspace holds for other programs and people."""


@app.command("csv")
def csv_folder(
    output: Folder, db: Database = DEFAULT_DB, only: Only = None, as_json: AsJson = False
) -> None:
    """Write a folder of tables for spreadsheets: UTF-8 that Excel knows, never a formula."""
    from assess.export.delimited import export_csv
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_csv(workspace, output, only), as_json=as_json)


@app.command()
def xlsx(
    output: File, db: Database = DEFAULT_DB, only: Only = None, as_json: AsJson = False
) -> None:
    """Write an Excel workbook: typed cells, a sheet for each table, and one of definitions."""
    from assess.export.workbook import export_workbook
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_workbook(workspace, output, only), as_json=as_json)


@app.command()
def jsonl(output: File, db: Database = DEFAULT_DB, as_json: AsJson = False) -> None:
    """Write JSON Lines: an object for each document with its statements, findings and quotes."""
    from assess.export.lines import export_lines
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_lines(workspace, output), as_json=as_json)


@app.command()
def parquet(
    output: Folder, db: Database = DEFAULT_DB, only: Only = None, as_json: AsJson = False
) -> None:
    """Write a folder of Parquet files with types, for pandas, DuckDB, R and others."""
    from assess.export.parquet import export_parquet
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_parquet(workspace, output, only), as_json=as_json)


@app.command()
def datapackage(
    output: Folder, db: Database = DEFAULT_DB, only: Only = None, as_json: AsJson = False
) -> None:
    """Write a Frictionless data package: raw CSV with its description, to publish the data."""
    from assess.export.package import export_package
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_package(workspace, output, only), as_json=as_json)


@app.command()
def wikirate(
    output: File,
    db: Database = DEFAULT_DB,
    decided: Annotated[
        bool, typer.Option("--decided", help="Leave out answers that are Unknown.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write answers to WikiRate's modern slavery metrics as CSV for its bulk import."""
    from assess.export.wikirate import export_answers
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_answers(workspace, output, unknown=not decided), as_json=as_json)


@app.command()
def texts(output: Folder, db: Database = DEFAULT_DB, as_json: AsJson = False) -> None:
    """Write the plain texts, a file for each document, as the offsets of findings count them."""
    from assess.export.texts import export_texts
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        _tell(export_texts(workspace, output), as_json=as_json)


@app.command()
def warc(
    file: Annotated[
        Path, typer.Argument(help="WARC file (.warc.gz) to write.", parser=given, metavar="FILE")
    ],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Write all that was collected from the web as a WARC file: for replay, sharing and proof."""
    from assess.scrape.warc_export import export_warc
    from assess.store import open_workspace

    with open_workspace(db, create=False) as workspace:
        report = export_warc(workspace, file)
    lost = f"; {report.lost:,} kept files are lost or changed, see the issues table"
    show(
        report,
        f"{file}: {plural(report.attempts, 'attempt')}, {report.bodies:,} with their content"
        f"{lost if report.lost else ''}",
        as_json=as_json,
    )


def _tell(report: ExportReport, *, as_json: bool) -> None:
    """Where it lies, and how many rows each part of it has."""
    rows = [f"  {number:>9,}  {name}" for name, number in report.rows.items()]
    notes = [f"  {note}" for note in report.notes]
    show(report, "\n".join([f"written: {report.path}", *rows, *notes]), as_json=as_json)
