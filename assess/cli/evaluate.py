"""`assess evaluate`: how good the judgements are."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import (
    DATA_HELP,
    AsJson,
    Data,
    Models,
    RubricFile,
    given,
    warn_if_learned_from,
)

if TYPE_CHECKING:
    from assess.evaluate.bands import BandResult

app = typer.Typer()


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            help=f"{DATA_HELP} Required, unless a command follows.",
            parser=given,
            metavar="PATH",
        ),
    ] = None,
    rubric: RubricFile = None,
    models: Models = None,
    bands: Annotated[
        bool,
        typer.Option(
            "--bands", help="Compare shares over DATA/statements with published ranges instead."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print agreement with careful readers, with expert sentence labels, and of evidence status."""
    if context.invoked_subcommand:
        if any((data, rubric, models, bands, as_json)):
            context.fail(f"Give the options after '{context.invoked_subcommand}'.")
    elif data is None:
        context.fail("Missing option '--data'.")
    elif bands:
        _bands(data, rubric, models, as_json=as_json)
    else:
        _all(data, rubric, models, as_json=as_json)


def _all(data: Path, rubric: Path | None, models: Path | None, *, as_json: bool) -> None:
    from assess.evaluate.agreement import evaluate_criteria
    from assess.evaluate.sentences import evaluate_sentences
    from assess.evaluate.status import evaluate_statuses
    from assess.report.evaluation import evaluation_text
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric

    model = load_model(models)
    criteria = evaluate_criteria(data, load_rubric(rubric), model)
    sentences = evaluate_sentences(data, model)
    warn_if_learned_from(sentences.learned_from, models)
    statuses = evaluate_statuses(data, model.status)
    if as_json:
        found = {
            "criteria": [asdict(c) for c in criteria],
            "sentences": asdict(sentences),
            "statuses": asdict(statuses),
        }
        typer.echo(json.dumps(found, indent=1))
    else:
        typer.echo(evaluation_text(criteria, sentences, statuses))


def _bands(data: Path, rubric: Path | None, models: Path | None, *, as_json: bool) -> None:
    from assess.evaluate.bands import evaluate_bands
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric

    model = load_model(models)
    _print_bands(evaluate_bands(data, load_rubric(rubric), model), as_json=as_json)


def _print_bands(results: list[BandResult], *, as_json: bool) -> None:
    from assess.report.evaluation import bands_text

    if as_json:
        rows = [{**asdict(result), "inside": result.inside} for result in results]
        typer.echo(json.dumps(rows, indent=1))
    else:
        typer.echo(bands_text(results))


@app.command()
def sentences(
    data: Data,
    table: Annotated[
        Path,
        typer.Option(
            "--table",
            help="CSV of sentences with the nine labels, below DATA or at an absolute path.",
            parser=given,
            metavar="CSV",
        ),
    ] = Path("aims/uk_dev.csv"),
    models: Models = None,
    as_json: AsJson = False,
) -> None:
    """Print how well each sentence label is found, with intervals, and how calibrated it is."""
    from assess.evaluate.sentences import evaluate_sentences
    from assess.report.evaluation import sentences_text
    from assess.score.model import load_model

    found = evaluate_sentences(data, load_model(models), table)
    warn_if_learned_from(found.learned_from, models)
    typer.echo(
        json.dumps(asdict(found), indent=1) if as_json else sentences_text(found, str(table))
    )
