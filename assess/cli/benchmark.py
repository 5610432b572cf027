"""`assess benchmark`: a draft among its sector's statements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import DEFAULT_DB, AsJson, Database, RubricFile
from assess.errors import InputError


def benchmark(
    draft: Annotated[Path, typer.Argument(help="The draft: PDF, HTML, DOCX, Markdown or text.")],
    sector: Annotated[str, typer.Option("--sector", help="Registry sector, or its beginning.")],
    db: Database = DEFAULT_DB,
    rubric: RubricFile = None,
    as_json: AsJson = False,
) -> None:
    """Show where a draft stands among its peers, and its gaps. Nothing of it is kept."""
    from assess.check import check_documents
    from assess.compare.peers import benchmark as compare
    from assess.report.text import benchmark_json, benchmark_text
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        loaded = load_rubric(rubric)
        found = list(check_documents([draft], loaded, load_model()))
        if len(found) != 1:
            raise InputError(f"{draft}: holds {len(found)} documents; give the draft alone")
        [(_, assessment)] = found
        if assessment.status == "cannot_assess":
            raise InputError(f"{draft}: cannot be assessed ({assessment.reason})")
        result = compare(workspace, assessment, sector, rubric=loaded)
    typer.echo(benchmark_json(result) if as_json else benchmark_text(result))
