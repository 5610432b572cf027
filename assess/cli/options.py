"""Options that several commands share, and the ways they print."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from assess import engine, log
from assess.errors import InputError


def given(path: str | Path) -> Path:
    """A path as it was typed; an empty one, of an unset variable, would be the current folder."""
    if not str(path).strip():
        raise typer.BadParameter("a path is empty")
    if str(path) == "-":
        raise typer.BadParameter("'-' is not supported; give a path")
    return Path(path)


Database = Annotated[
    Path, typer.Option("--db", help="The SQLite workspace; originals are kept beside it.")
]
RubricFile = Annotated[
    Path | None,
    typer.Option(
        "--rubric",
        help="Another rubric than section 54's: a file, or a shipped one's name.",
        parser=given,
        metavar="RUBRIC",
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Processes to read, score and compare with.")
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask", help="Read and score on the Dask cluster of this scheduler.", metavar="ADDRESS"
    ),
]
Backend = Annotated[
    engine.Backend | None,
    typer.Option("--backend", help="Read and score by another engine's joblib backend."),
]
Originals = Annotated[
    str | None,
    typer.Option(
        "--originals",
        help="Where workers find the kept originals: a folder, or an fsspec address.",
        metavar="PLACE",
    ),
]
Minimum = Annotated[
    int,
    typer.Option("--minimum", min=1, help="Fewer assessed statements are too few to compare."),
]
DATA_HELP = "Folder with aims/ and criteria/ in the published formats."
Data = Annotated[Path, typer.Option("--data", help=DATA_HELP, parser=given, metavar="PATH")]
Models = Annotated[
    Path | None,
    typer.Option("--models", help="Folder of another classifier.", parser=given, metavar="FOLDER"),
]
Contact = Annotated[
    str, typer.Option(help="Mail or web address told to the sites, for their questions.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]

# From the Modern Slavery Act on; what is far from that is a slip of the hand.
FIRST_YEAR, LAST_YEAR = 2015, 2099
DEFAULT_DB = Path("assess.db")
DEFAULT_JOBS = 2
DEFAULT_MINIMUM = 10


def engine_of(
    jobs: int,
    dask: str | None,
    backend: engine.Backend | None,
    originals: str | None = None,
) -> engine.Engine:
    """What the options name.

    Raises:
        InputError: they contradict each other.
    """
    if dask and backend:
        raise InputError("give --dask or --backend, not both")
    if originals and not (dask or backend):
        raise InputError("--originals is for workers elsewhere: give --dask or --backend too")
    return engine.Engine(jobs, dask, backend, originals)


def show(report: Any, line: str, *, as_json: bool) -> None:
    """Print a report: one line for people, or its fields as JSON."""
    typer.echo(json.dumps(dataclasses.asdict(report)) if as_json else line)


def plural(number: int, noun: str) -> str:
    """``1 statement``, ``2 statements``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def warn_if_learned_from(statements: int, models: Path | None) -> None:
    """Say on standard error if a model has learned from statements it is measured on."""
    if statements:
        whose = f"the model in {models}" if models else "the shipped model"
        log.tell(
            f"warning: {whose} was trained on {plural(statements, 'statement')} of this "
            "table and what it said of them while left out is not known: the figures say nothing "
            "of how good it is on other statements",
            level=log.WARNING,
        )


def tell_bad_row(file: Path, bad: list[int] | None = None) -> Callable[[int, str], None]:
    """Says on standard error which lines of a list were left out; counts them in ``bad``."""

    def tell(number: int, why: str) -> None:
        if bad is not None:
            bad.append(number)
        log.tell(f"{file} line {number}: {why}; left out", level=log.WARNING)

    return tell
