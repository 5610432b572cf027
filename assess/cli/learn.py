"""`assess train` and `assess evaluate`: the classifier, and how good the judgements are."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import AsJson, RubricFile

if TYPE_CHECKING:
    from assess.evaluate.bands import BandResult

Data = Annotated[
    Path, typer.Option("--data", help="Folder with aims/ and criteria/ in the published formats.")
]


def train(
    data: Data,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the model's files.")
    ] = Path("models"),
) -> None:
    """Train the sentence classifier; prints what it was trained on and its out-of-fold score."""
    from assess.score.training import train as train_model

    report = train_model(data, output)
    typer.echo(
        f"{report.key}: {report.sentences:,} sentences of {report.statements:,} statements; "
        f"macro F1 on UK statements left out of each fold {report.folds_macro_f1:.3f}; "
        f"written to {output}"
    )
    for gain in report.criteria:
        typer.echo(
            f"{gain.criterion}: F1 on statements left out of each fold {gain.rules_f1:.2f} by "
            f"rules, {gain.together_f1:.2f} with the learned part, which finds it in {gain.added} "
            f"more of {gain.statements} statements, {gain.added_right} rightly"
        )


def evaluate(
    data: Data,
    rubric: RubricFile = None,
    models: Annotated[
        Path | None, typer.Option("--models", help="Folder of another classifier.")
    ] = None,
    bands: Annotated[
        bool,
        typer.Option(
            "--bands", help="Compare shares over DATA/statements with published ranges instead."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print agreement with careful readers, with expert sentence labels, and of evidence status."""
    from assess.evaluate.agreement import evaluate_criteria
    from assess.evaluate.bands import evaluate_bands
    from assess.evaluate.sentences import evaluate_sentences
    from assess.evaluate.status import evaluate_statuses
    from assess.report.evaluation import evaluation_text
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric

    model = load_model(models)
    if bands:
        _print_bands(evaluate_bands(data, load_rubric(rubric), model), as_json=as_json)
        return
    criteria = evaluate_criteria(data, load_rubric(rubric), model)
    sentences = evaluate_sentences(data, model)
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


def _print_bands(results: list[BandResult], *, as_json: bool) -> None:
    from assess.report.evaluation import bands_text

    if as_json:
        rows = [{**asdict(result), "inside": result.inside} for result in results]
        typer.echo(json.dumps(rows, indent=1))
    else:
        typer.echo(bands_text(results))
