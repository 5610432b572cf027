"""`assess merge`: databases of parts into one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assess.cli.options import DEFAULT_DB, AsJson, Database, given, plural

if TYPE_CHECKING:
    from assess.merge import PartReport


def merge(
    parts: Annotated[
        list[Path],
        typer.Argument(
            help="Databases to bring in; their documents lie beside them.",
            parser=given,
            metavar="PARTS",
        ),
    ],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Merge databases of parts into one: registry rows, originals, texts, findings, reviews.

    The parts are only read, in any order; run again, it goes on or changes nothing. Comparisons are
    made anew by the next report. Exit code 1 if a part could not be used (the others are in), or if
    originals of a part are lost: its rows are in, and what is lost is told.
    """
    from assess.merge import merge_parts
    from assess.progress import counting
    from assess.report.words import shown

    with counting("merge") as progress:
        report = merge_parts(db, parts, progress)
    if as_json:
        typer.echo(json.dumps([_as_json(part) for part in report.parts]))
    for part in () if as_json else report.parts:
        typer.echo(shown(_line(part)))
    if not report.complete:
        raise typer.Exit(1)


def _as_json(part: PartReport) -> dict[str, Any]:
    return {**asdict(part), "lost": len(part.lost)}


def _line(part: PartReport) -> str:
    if part.problem is not None:
        return f"left out: {part.problem}"
    new = ", ".join(f"{number:,} {table}" for table, number in part.new.items())
    conflicts = plural(part.conflicts, "row") + " differed, see the table issues"
    where = f" ({part.missing} is not there)" if part.missing else ""
    lost = f"{plural(len(part.lost), 'original')} lost{where}, see the table issues"
    notes = [text for text, told in ((conflicts, part.conflicts), (lost, part.lost)) if told]
    return "; ".join([f"{part.part}: new {new}", *notes])
