"""`assess classify`: nine AIMS labels for the sentences of a CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def classify(
    table: Annotated[
        Path, typer.Argument(help="CSV with statement_id and sentence, in document order.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="CSV to write.")],
    models: Annotated[
        Path | None, typer.Option("--models", help="Folder of another classifier.")
    ] = None,
) -> None:
    """Label sentences: for each label a 0/1 column and its probability, <label>_p."""
    from assess.score.classify import classify_table
    from assess.score.model import load_model

    count = classify_table(table, output, load_model(models))
    typer.echo(f"{count:,} sentences labelled: {output}", err=True)
