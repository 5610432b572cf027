"""`assess compare declared`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from assess.cli.compare.waiting import tell_waiting
from assess.cli.options import DEFAULT_DB, DEFAULT_JOBS, AsJson, Database, Jobs, plural
from assess.cli.tables import AsCsv, one_form, print_csv, print_json, print_json_rows

if TYPE_CHECKING:
    from assess.compare.declared.by_sector import FieldCounts
    from assess.compare.declared.read import CheckRow, StatementChecks
    from assess.compare.stats import Share

RESULTS: Final = ("confirmed", "not_found", "contradicted", "not_checked")
CHECK_COLUMNS: Final = (
    "organisation", "year", "summary_url", "document", "field", "answer", "result", "quote",
    "start", "end", "search",
)  # fmt: skip
GROUP_COLUMNS: Final = (
    "sector", "field", "answers", "checked",
    *(f"{name}{part}" for name in RESULTS[:3] for part in ("", "_share", "_low", "_high")),
)  # fmt: skip


def declared(
    db: Database = DEFAULT_DB,
    organisation: Annotated[
        str | None,
        typer.Option(help="Only organisations whose name holds this.", metavar="NAME"),
    ] = None,
    by_sector: Annotated[
        bool, typer.Option("--by-sector", help="Counts by sector and field, with 95% intervals.")
    ] = False,
    jobs: Jobs = DEFAULT_JOBS,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Check what organisations declared in the registry against the text of their statements.

    What is not found in the text may still be done.
    """
    from assess.compare.declared.by_sector import declared_by_group
    from assess.compare.declared.read import checked_statements, number_checked
    from assess.compare.declared.refresh import refresh_declared
    from assess.engine import Engine
    from assess.store import open_workspace

    one_form(as_json=as_json, as_csv=as_csv)
    if by_sector and organisation is not None:
        raise typer.BadParameter("give --by-sector or --organisation, not both")
    with open_workspace(db, create=False) as workspace:
        tell_waiting(workspace)
        refresh_declared(workspace, Engine(jobs))
        if by_sector:
            _print_groups(declared_by_group(workspace), as_json=as_json, as_csv=as_csv)
        else:
            found = checked_statements(workspace, organisation)
            if as_json or as_csv:
                _print_statements(found, as_json=as_json)
            else:
                _tell(number_checked(workspace, organisation), found)


def _print_statements(found: Iterable[StatementChecks], *, as_json: bool) -> None:
    if as_json:
        print_json_rows(found)
    else:
        print_csv(CHECK_COLUMNS, (row for one in found for row in _rows(one)))


def _rows(one: StatementChecks) -> Iterator[dict[str, Any]]:
    head = dataclasses.asdict(one)
    for check in head.pop("checks"):
        yield {**head, **check}


def _tell(number: int, found: Iterable[StatementChecks]) -> None:
    from assess.report.words import shown

    typer.echo(f"{plural(number, 'statement')} compared with the registry's answers")
    for one in found:
        counts = {result: len(one.of(result)) for result in RESULTS}
        typer.echo("")
        typer.echo(
            shown(
                f"{one.organisation}, {one.year}: {counts['confirmed']} confirmed, "
                f"{counts['not_found']} not found in the text, {counts['contradicted']} "
                f"contradicted, {counts['not_checked']} not checked"
            )
        )
        for result in ("contradicted", "not_found"):
            for check in one.of(result):
                typer.echo(shown(f"  {_line(check)}"))


def _line(check: CheckRow) -> str:
    quote = f': "{" ".join(check.quote.split())}"' if check.quote else ""
    told = check.result.replace("_", " ")
    return f"{told}: {check.field} = {check.answer} ({check.search}){quote}"


def _print_groups(groups: Sequence[FieldCounts], *, as_json: bool, as_csv: bool) -> None:
    rows = [_group_row(group) for group in groups]
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(GROUP_COLUMNS, rows)
    else:
        _tell_groups(groups)


def _group_row(group: FieldCounts) -> dict[str, Any]:
    row: dict[str, Any] = {
        "sector": group.sector, "field": group.field,
        "answers": group.answers, "checked": group.checked,
    }  # fmt: skip
    for name in RESULTS[:3]:
        found: Share = getattr(group, name)
        row |= {
            name: found.count,
            f"{name}_share": found.value,
            f"{name}_low": found.low,
            f"{name}_high": found.high,
        }
    return row


def _tell_groups(groups: Sequence[FieldCounts]) -> None:
    from assess.report.words import shown

    typer.echo("Shares are of the answers that could be checked, with 95% intervals.")
    sector = None
    for group in groups:
        if group.sector != sector:
            sector = group.sector
            typer.echo(f"\n{shown(sector) or 'All statements'}")
        told = ", ".join(
            f"{words} {_told(getattr(group, name))}"
            for name, words in zip(
                RESULTS, ("confirmed", "not found", "contradicted"), strict=False
            )
        )
        typer.echo(f"  {group.field}: {group.checked} of {group.answers} checked; {told}")


def _told(found: Share) -> str:
    if found.low is None or found.high is None or found.value is None:
        return "-"
    return f"{found.count} ({found.value:.0%}, {found.low:.0%} to {found.high:.0%})"
