"""`assess compare coverage`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    FIRST_YEAR,
    LAST_YEAR,
    AsJson,
    Database,
    given,
    plural,
    tell_bad_row,
)
from assess.cli.tables import AsCsv, one_form, print_csv, print_json_lists

if TYPE_CHECKING:
    from assess.compare.coverage import Coverage, ListYear, MissingYear, Timing
    from assess.compare.stats import Share

_COLUMNS = ("finding", "organisation", "year", "days", "year_end", "approved", "detail")


def coverage(
    listed: Annotated[
        Path | None,
        typer.Option(
            "--list",
            help="CSV of organisations in scope: organisation, company_number; or a name a line.",
            parser=given,
            metavar="FILE",
        ),
    ] = None,
    years: Annotated[
        list[int] | None,
        typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="Registry year; repeatable."),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", min=0, help="Rows of each kind to print for people.")
    ] = 50,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Tell late and missing statements, and which organisations of a list were found.

    From the registry's dates and files: what was not found there may be published all the same.
    Exit code 1 if lines of the list could not be read.
    """
    from assess.compare.coverage import coverage as compute
    from assess.scrape.lists import read_organisations
    from assess.store import open_workspace

    one_form(as_json=as_json, as_csv=as_csv)
    bad: list[int] = []
    wanted = read_organisations(listed, tell_bad_row(listed, bad)) if listed else []
    with open_workspace(db, create=False, write=False) as workspace:
        found = compute(workspace.db, wanted, years or None)
        if as_json:
            print_json_lists({one.name: getattr(found, one.name) for one in fields(found)})
        elif as_csv:
            print_csv(_COLUMNS, _rows(found))
        else:
            _print(found, top)
    if bad:
        raise typer.Exit(1)


def _rows(found: Coverage) -> Iterator[dict[str, object]]:
    for finding, timings in (("late", found.late), ("odd_dates", found.odd_dates)):
        for one in timings:
            yield {
                "finding": finding,
                "organisation": one.statement,
                "year": one.year,
                "days": one.days,
                "year_end": one.year_end,
                "approved": one.approved,
                "detail": one.summary_url,
            }
    for gap in found.missing_years:
        yield {
            "finding": f"missing_year_{gap.state}",
            "organisation": gap.organisation,
            "year": gap.year,
            "detail": f"statements of {', '.join(map(str, gap.years_found))}",
        }
    for of_year in found.lists:
        for row in of_year.rows:
            known = of_year.complete or row.state != "missing"
            yield {
                "finding": f"list_{row.state if known else 'not_known'}",
                "organisation": row.organisation,
                "year": of_year.year,
                "detail": row.tried,
            }


def _print(found: Coverage, top: int) -> None:
    from assess.report.words import shown

    for line in _lines(found, top):
        typer.echo(shown(line))


def _lines(found: Coverage, top: int) -> Iterator[str]:
    for one in found.years:
        whole = "" if one.complete else " (no complete registry file of it was read)"
        yield (
            f"{one.year}{whole}: {plural(one.statements, 'statement')}, {one.with_document:,} with "
            f"a document, {one.assessed:,} assessed; approved more than six months after the year "
            f"end {_share(one.late)}"
        )
    yield from _first(map(_late, found.late), top)
    yield from _first(map(_odd, found.odd_dates), top)
    yield from _first(map(_gap, found.missing_years), top)
    for of_year in found.lists:
        yield (
            f"list, {of_year.year}: found {_share(of_year.found)}, {of_year.doubtful:,} to look "
            f"at, {of_year.none_found:,} not found in the registry"
        )
        yield from _first(_not_found(of_year), top)
    yield (
        "The six months are GUIDANCE, not law; the dates are those given to the registry. None "
        "found: in the files as they were when they were read; a year's file fills up long after."
    )


def _first(lines: Iterable[str], most: int) -> Iterator[str]:
    """The first lines, and how many there are beside."""
    rest = iter(lines)
    yield from islice(rest, most)
    if more := sum(1 for _ in rest):
        yield f"... and {more:,} more (--top, or --csv for all)"


def _late(timing: Timing) -> str:
    return (
        f"late: {timing.statement}, {timing.year}: approved on {timing.approved}, {timing.days} "
        f"days after the year end {timing.year_end}"
    )


def _odd(timing: Timing) -> str:
    return (
        f"odd dates: {timing.statement}, {timing.year}: year end {timing.year_end}, approved on "
        f"{timing.approved}"
    )


def _gap(gap: MissingYear) -> str:
    what = "no statement found in the registry" if gap.state == "none_found" else "not known"
    years = ", ".join(map(str, gap.years_found))
    return f"{gap.year}: {gap.organisation}: {what}; it has statements of {years}"


def _not_found(of_year: ListYear) -> Iterator[str]:
    none_found = "none found" if of_year.complete else "not known"
    for row in of_year.rows:
        if row.state != "found":
            state = none_found if row.state == "missing" else row.state
            name = row.organisation or row.matched or row.company_number
            yield f"  {state}: {name}; tried: {row.tried}"


def _share(part: Share) -> str:
    if part.value is None or part.low is None or part.high is None:
        return "0 of 0"
    interval = f"95% interval {part.low:.0%} to {part.high:.0%}"
    return f"{part.count:,} of {part.of:,} ({part.value:.0%}, {interval})"
