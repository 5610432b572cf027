"""`assess extract`, `assess score`, `assess check`: documents to texts to judgements."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    DEFAULT_JOBS,
    AsJson,
    Backend,
    Dask,
    Database,
    Jobs,
    Originals,
    RubricFile,
    engine_of,
    given,
    plural,
    show,
)
from assess.errors import InputError

SOME_NOT_ASSESSED = 1
LOST = "; {:,} could not be tried, as their originals are lost: see the table issues"
KILLED = "; the workers of {:,} were killed: see the table issues, and run again"


def extract(
    path: Annotated[
        Path | None, typer.Argument(help="A document; without it, all documents of --db.")
    ] = None,
    db: Database = DEFAULT_DB,
    jobs: Jobs = DEFAULT_JOBS,
    dask: Dask = None,
    backend: Backend = None,
    originals: Originals = None,
    as_json: AsJson = False,
) -> None:
    """Print one document's text (pages end in a form feed), or read all kept documents.

    With --json also its pages, sentences, parts, language and flags, with offsets into the text.
    """
    if path is not None:
        _print_text(path, as_json=as_json)
        return
    from assess.batch import extract_pending
    from assess.scrape.match import match_documents
    from assess.store import open_workspace

    with open_workspace(db, create=False) as workspace:
        report = extract_pending(workspace, engine_of(jobs, dask, backend, originals))
        match_documents(workspace)
    show(
        report,
        f"{plural(report.read, 'document')} read, {report.cannot_assess:,} cannot be, "
        f"{report.known:,} known" + (LOST.format(report.lost) if report.lost else ""),
        as_json=as_json,
    )


def _print_text(path: Path, *, as_json: bool) -> None:
    from assess.check import read_document
    from assess.errors import UnreadableDocument
    from assess.extract import extract_isolated

    try:
        text = extract_isolated(read_document(path), path.name)
    except UnreadableDocument as error:
        raise InputError(f"{path}: {error}") from None
    if as_json:
        sentences = [sentence._asdict() for sentence in text.sentences]
        typer.echo(json.dumps({**asdict(text), "sentences": sentences}, ensure_ascii=False))
        return
    typer.echo(text.content, nl=False)  # nothing added: offsets refer to this very text


def score(
    db: Database = DEFAULT_DB,
    rubric: RubricFile = None,
    jobs: Jobs = DEFAULT_JOBS,
    dask: Dask = None,
    backend: Backend = None,
    as_json: AsJson = False,
) -> None:
    """Judge every text of the workspace that this rubric and classifier have not judged."""
    from assess.batch import score_pending
    from assess.score.model import model_key
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    loaded = load_rubric(rubric)
    with open_workspace(db, create=False) as workspace:
        report = score_pending(workspace, loaded, model_key(), None, engine_of(jobs, dask, backend))
    show(
        report,
        f"{plural(report.assessed, 'document')} assessed, {report.cannot_assess:,} cannot be, "
        f"{report.known:,} known" + (KILLED.format(report.lost) if report.lost else ""),
        as_json=as_json,
    )


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Documents, folders, or JSON Lines.", parser=given, metavar="PATHS"),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    rubric: RubricFile = None,
) -> None:
    """Judge documents without a database. Exit code 1 if any could not be assessed."""
    from assess.extract import Extractor
    from assess.kept import kept_for_good

    all_assessed = True
    with Extractor() as extractor:
        extractor.start()  # first, as it loads its own libraries meanwhile
        with kept_for_good():
            from assess.check import check_documents, json_line, summary
            from assess.score.model import load_model
            from assess.score.rubric import load_rubric

            loaded, model = load_rubric(rubric), load_model()
        for file, assessment in check_documents(paths, loaded, model, extractor):
            told = json_line if jsonl else summary
            typer.echo(told(file, assessment, loaded))
            all_assessed &= assessment.status == "assessed"
    if not all_assessed:
        raise typer.Exit(SOME_NOT_ASSESSED)
