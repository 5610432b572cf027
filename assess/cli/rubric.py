"""`assess rubric`: a rubric shown and validated."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import AsJson, given

if TYPE_CHECKING:
    from rich.console import Console

HAS_FAULTS = 1

app = typer.Typer(help="Show and validate rubrics.", no_args_is_help=True)


@app.command()
def show(
    rubric: Annotated[
        Path | None,
        typer.Argument(
            help="A file or a shipped rubric's name; without it, section 54's.",
            parser=given,
            metavar="RUBRIC",
        ),
    ] = None,
    criterion: Annotated[
        str | None, typer.Option("--criterion", help="All about this criterion or signal.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a rubric judges: each criterion with kind, authority, weight and question."""
    from assess.report import rubric as text
    from assess.score.rubric import load_rubric

    loaded = load_rubric(rubric)
    if criterion is None:
        if as_json:
            typer.echo(text.rubric_json(loaded))
            return
        _print(text.rubric_lines(loaded), lambda console: text.print_rubric(loaded, console))
        return
    judged = text.find_judged(loaded, criterion)
    if as_json:
        typer.echo(text.judged_json(loaded, judged))
        return
    _print(text.judged_lines(judged), lambda console: text.print_judged(judged, console))


@app.command()
def validate(
    rubric: Annotated[
        Path,
        typer.Argument(help="A file or a shipped rubric's name.", parser=given, metavar="RUBRIC"),
    ],
    as_json: AsJson = False,
) -> None:
    """Look a rubric through and run its own examples. Exit code 1 if it has faults."""
    from assess.report.rubric import validation_json, validation_lines
    from assess.score.validate import validate_rubric

    found = validate_rubric(rubric)
    typer.echo(validation_json(found) if as_json else "\n".join(validation_lines(found)))
    if not found.valid:
        raise typer.Exit(HAS_FAULTS)


def _print(lines: Iterable[str], on_terminal: Callable[[Console], None]) -> None:
    """Colours and boxes for a terminal, plain lines for a pipe."""
    if not sys.stdout.isatty():
        typer.echo("\n".join(lines))
        return
    from rich.console import Console

    on_terminal(Console(highlight=False))
