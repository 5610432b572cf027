"""What `assess scrape registry` does with files and with official downloads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assess import log
from assess.cli.options import plural, show

if TYPE_CHECKING:
    from assess.scrape.registry_download import Download
    from assess.scrape.registry_store import RegistryReport
    from assess.store import Workspace


def imported(workspace: Workspace, file: Path, *, complete: bool, as_json: bool) -> None:
    """Read a file and print what it changed."""
    from assess.scrape.registry_store import import_registry

    report = import_registry(workspace, file, complete=complete)
    show(report, _line(str(file), report), as_json=as_json)


def downloaded(
    workspace: Workspace, years: Sequence[int], contact: str, *, all_years: bool, as_json: bool
) -> bool:
    """Download years, print what each changed; whether one failed."""
    from assess.scrape import registry_download

    wanted = registry_download.all_years() if all_years else list(dict.fromkeys(years))
    if not wanted:
        return False
    found = asyncio.run(_download(workspace, wanted, contact))
    for one in found:
        if one.report:
            show(one.report, _line(f"registry {one.year}", one.report), as_json=as_json)
        elif one.unchanged and not as_json:
            typer.echo(f"registry {one.year}: unchanged since it was last downloaded")
        elif one.failure:
            log.tell(f"registry {one.year}: {one.failure}", level=log.WARNING)
    return any(one.failure for one in found)


async def _download(workspace: Workspace, years: Sequence[int], contact: str) -> list[Download]:
    from assess.scrape.network import Network, open_fetcher
    from assess.scrape.registry_download import download_years
    from assess.scrape.visits import Visits

    async with open_fetcher(workspace, Network(contact)) as fetcher:
        return await download_years(workspace, years, Visits(workspace, fetcher).ask_and_note)


def _line(source: str, report: RegistryReport) -> str:
    extra = f"; unknown columns kept: {', '.join(report.extra_columns)}"
    return (
        f"{source}: {plural(report.rows, 'row')}, {plural(report.statements, 'statement')} "
        f"({report.new:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged, "
        f"{report.withdrawn:,} withdrawn, {report.returned:,} returned), "
        f"{plural(report.organisations, 'organisation')}, {plural(report.issues, 'issue')}"
        f"{extra if report.extra_columns else ''}"
    )
