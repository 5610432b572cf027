"""`assess benchmark`: a draft, or an organisation's statement, among its sector's statements."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import typer

from assess.cli.options import (
    DEFAULT_DB,
    DEFAULT_MINIMUM,
    FIRST_YEAR,
    LAST_YEAR,
    AsJson,
    Database,
    Minimum,
    RubricFile,
    given,
)
from assess.errors import InputError

FORMS: Final = (".html", ".md", ".csv")

Draft = Annotated[
    Path | None,
    typer.Argument(help="The draft: PDF, HTML, DOCX, Markdown or text.", parser=given),
]
Sectors = Annotated[
    list[str] | None,
    typer.Option("--sector", help="Registry sector, or its beginning; may be repeated."),
]
Organisation = Annotated[
    str | None,
    typer.Option(
        "--organisation",
        metavar="NAME|NUMBER",
        help="An organisation of the database: its own statement is benchmarked, or the draft as "
        "one of its own. Its statements are left out of the peers.",
    ),
]
Before = Annotated[
    Path | None,
    typer.Option("--before", help="An earlier draft: what was gained, lost, unchanged."),
]
Years = Annotated[
    list[int] | None,
    typer.Option(
        "--year", min=FIRST_YEAR, max=LAST_YEAR, help="Peers of this registry year; repeatable."
    ),
]
Turnover = Annotated[
    str | None, typer.Option("--turnover", help="Peers of this turnover band, or its beginning.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="File to write: .html, .md or .csv.", parser=given),
]


def benchmark(  # noqa: PLR0913 - each is an option of the command
    draft: Draft = None,
    *,
    sector: Sectors = None,
    organisation: Organisation = None,
    before: Before = None,
    year: Years = None,
    turnover: Turnover = None,
    db: Database = DEFAULT_DB,
    output: Output = None,
    minimum: Minimum = DEFAULT_MINIMUM,
    rubric: RubricFile = None,
    as_json: AsJson = False,
) -> None:
    """Show where a statement stands among its peers, and what it lacks.

    Peers are the latest assessed statements of a sector's organisations.
    A draft stays on this machine and out of the database.

    With -o a page, Markdown or a table is written to work with: standing,
    gaps with quotes of leading peers, a checklist. What to write is never
    invented: the advice is the rubric's questions. Say only what was done.

    assess benchmark draft.docx --sector Fashion --db my.db -o page.html
    """
    from assess.compare.peers import Asked, benchmark_asked
    from assess.report.benchmark.write import write_benchmark
    from assess.report.text import benchmark_json, benchmark_text
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    _check_output(output, (draft, before))
    years = tuple(sorted(set(year))) if year else None
    asked = Asked(draft, organisation, before, tuple(sector or ()), years, turnover)
    loaded = load_rubric(rubric)
    with open_workspace(db, create=False, write=False) as workspace:
        result = benchmark_asked(workspace, asked, loaded, minimum)
        if output:
            write_benchmark(result, loaded, output, workspace.documents)
    if as_json or not output:
        typer.echo(benchmark_json(result) if as_json else benchmark_text(result))
    if output:
        typer.echo(f"benchmark: {output}", err=as_json)


def _check_output(output: Path | None, read: Iterable[Path | None]) -> None:
    from assess.files import is_same

    if output is None:
        return
    if output.suffix.lower() not in FORMS:
        raise InputError(f"{output}: the name must end in {', '.join(FORMS)}")
    if any(path and is_same(output, path) for path in read):
        raise InputError(f"{output}: is a draft; give another name for the output")
