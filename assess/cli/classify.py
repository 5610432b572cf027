"""`assess classify`: nine AIMS labels for the sentences of a CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assess import log
from assess.cli.options import Models, given, plural


def classify(
    table: Annotated[
        Path,
        typer.Argument(
            help="CSV with statement_id and sentence, in document order.",
            parser=given,
            metavar="TABLE",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="CSV to write.", parser=given, metavar="PATH")
    ],
    models: Models = None,
    explain: Annotated[
        Path | None,
        typer.Option(
            "--explain",
            help="JSON lines to write: for each label that is 1, the words and signals that made "
            "it so, with their weights.",
            parser=given,
            metavar="PATH",
        ),
    ] = None,
    explain_all: Annotated[
        bool, typer.Option("--explain-all", help="Explain all nine labels, those that are 0 too.")
    ] = False,
) -> None:
    """Label sentences: for each label a 0/1 column and its probability, <label>_p."""
    if explain_all and explain is None:
        raise typer.BadParameter("needs --explain PATH", param_hint="--explain-all")
    from assess.score.classify import classify_table
    from assess.score.model import load_model

    model = load_model(models)
    count, replaced = classify_table(table, output, model, explain, all_labels=explain_all)
    told = f"; explained: {explain}" if explain else ""
    if replaced:
        log.tell(
            f"warning: {table} has columns {', '.join(replaced)}; in {output} they hold "
            "what the classifier says",
            level=log.WARNING,
        )
    log.tell(f"{plural(count, 'sentence')} labelled: {output}{told}", plain=True)
