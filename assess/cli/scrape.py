"""`assess scrape`: registry files and documents into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    FIRST_YEAR,
    LAST_YEAR,
    AsJson,
    Contact,
    Database,
    given,
    plural,
    show,
)
from assess.cli.tables import print_json_rows

app = typer.Typer(help="Bring registry files and documents into the workspace.")


@app.command()
def registry(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Registry downloads (CSV) of GOV.UK.")
    ] = None,
    year: Annotated[
        list[int] | None,
        typer.Option(
            "--year",
            min=FIRST_YEAR,
            max=LAST_YEAR,
            help="Download this year's official file; may be repeated.",
        ),
    ] = None,
    all_years: Annotated[
        bool, typer.Option("--all-years", help="Download every year's official file.")
    ] = False,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete",
            help="The files hold all of their years: what they lack was withdrawn.",
        ),
    ] = False,
    contact: Contact = "",
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Read registry downloads: statements, their organisations and what they declared.

    Exit code 1 if a download failed.
    """
    from assess.cli.registry import downloaded, imported
    from assess.scrape.match import match_documents
    from assess.store import open_workspace

    if not files and not year and not all_years:
        raise typer.BadParameter("give registry files, --year or --all-years")
    with open_workspace(db) as workspace:
        for file in files or ():
            imported(workspace, file, complete=complete, as_json=as_json)
        failed = downloaded(workspace, year or (), contact, all_years=all_years, as_json=as_json)
        match_documents(workspace)
    if failed:
        raise typer.Exit(1)


@app.command()
def changes(db: Database = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List the statements that the registry file read last brought, changed or lacked."""
    from assess.report.words import shown
    from assess.scrape.presence import latest_changes
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        found = latest_changes(workspace.db)
        if as_json:
            print_json_rows(found, ascii_only=True)
            return
        for row in found:
            statement = f"{shown(row.statement)}  {row.summary_url}"
            typer.echo(f"{row.change.upper():9}  {row.year}  {statement}")
        if not found:
            typer.echo("no changes")


@app.command()
def files(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Documents, folders, or JSON Lines.", parser=given, metavar="PATHS"),
    ],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Keep documents (PDF, HTML, DOCX, Markdown, text, JSON Lines) and match them to rows."""
    from assess.scrape.files import import_files
    from assess.scrape.match import match_documents
    from assess.store import open_workspace

    with open_workspace(db) as workspace:
        report = import_files(workspace, paths)
        matched = match_documents(workspace)
    show(
        report,
        f"{plural(report.read, 'document')}: {report.new:,} new, {report.known:,} known, "
        f"{report.skipped:,} skipped; matched to the registry {matched.accepted:,}, doubtful "
        f"{matched.review:,}, without a row {matched.unmatched:,}",
        as_json=as_json,
    )


@app.command()
def matches(db: Database = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List doubtful matches of documents to registry rows, for a person to decide."""
    from assess.report.words import shown
    from assess.scrape.match import review_list
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        doubtful = review_list(workspace)
        if as_json:
            print_json_rows(doubtful, ascii_only=True)
            return
        for row in doubtful:
            line = (
                f"{row.document_sha256[:12]}  {row.statement_id}  {row.quality:.2f}  "
                f"{row.document} ~ {row.statement} ({row.year}, {row.method})"
            )
            typer.echo(shown(line))
        if not doubtful:
            typer.echo("no doubtful matches")


@app.command()
def decide(
    document: Annotated[str, typer.Argument(help="First characters of the document's SHA-256.")],
    statement: Annotated[
        int,
        typer.Argument(min=1, max=2**63 - 1, help="The statement's id, as `matches` lists it."),
    ],
    accept: Annotated[bool, typer.Option("--accept/--reject", help="Same statement, or not.")],
    db: Database = DEFAULT_DB,
) -> None:
    """Decide a doubtful match; later runs keep the decision."""
    from assess.scrape.match import decide as decide_match
    from assess.store import open_workspace

    with open_workspace(db, create=False) as workspace:
        decide_match(workspace, document, statement, accept)
