"""`assess train`: a new classifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import Data


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
