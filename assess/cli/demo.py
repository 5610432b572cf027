"""`assess demo`: the whole tool on the corpus."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import given
from assess.errors import InputError, in_words

_NEXT = (
    "Now with your own: take StatementSummaries2024.csv from the registry and a folder of "
    "statements, and begin with `assess run`. docs/tutorial.md goes through it."
)


def demo(
    folder: Annotated[
        Path,
        typer.Option("--folder", help="Where to write; made new.", parser=given, metavar="FOLDER"),
    ] = Path("assess-demo"),
) -> None:
    """Walk through the whole tool on the fictional corpus, each step with its command."""
    from assess.demo import steps

    if folder.exists():
        raise InputError(f"{folder}: is there already; remove it or name another with --folder")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made {in_words(error)}") from None
    for step in steps(folder):
        typer.echo(f"\n# {step.why}\n$ assess {shlex.join(step.arguments)}")
        _run(step.arguments, step.lines)
    written = "\n".join(f"  {path}" for path in sorted(folder.iterdir()) if path.is_file())
    typer.echo(f"\nWritten:\n{written}\n\n{_NEXT}")


def _run(arguments: tuple[str, ...], lines: int | None) -> None:
    """Run a step as a user would; its progress goes to the terminal."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", "assess.cli", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    shown = done.stdout.splitlines()[:lines]
    for line in shown:
        typer.echo(line)
    if more := len(done.stdout.splitlines()) - len(shown):
        typer.echo(f"... and {more:,} more lines")
    if done.returncode:
        raise InputError(f"this step failed with exit code {done.returncode}; see above")
