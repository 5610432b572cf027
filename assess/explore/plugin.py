"""Datasette's hooks: how we change it. It is registered once for the process."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from datasette.utils.asgi import Response
from markupsafe import Markup
from pluggy import HookimplMarker

from assess.explore import links, pages
from assess.explore.metadata import DATABASE
from assess.report.words import shown

# As `datasette.hookimpl`, which has no types.
hookimpl = HookimplMarker("datasette")
_KINDS: Final = "organisation|statement|assessment|document|finding"


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Nothing that runs on the workspace's connections may write, whatever let it in."""
    if database == DATABASE:
        conn.execute("PRAGMA query_only = ON")


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Marks in texts of others that reorder or hide what stands beside them are spelled out."""
    env.finalize = _finalize


def _finalize(value: object) -> object:
    if isinstance(value, Markup):
        return Markup(shown(value))  # noqa: S704 - it was markup before
    return shown(value) if isinstance(value, str) else value


@hookimpl
async def render_cell(
    row: Mapping[str, Any],
    value: object,
    column: str,
    table: str | None,
    database: str,
    datasette: Any,
) -> Markup | None:
    """Links to dossiers and originals."""
    if database != DATABASE:
        return None
    return links.cell(table, column, value, row, await _row_link(datasette, table, column, value))


async def _row_link(datasette: Any, table: str | None, column: str, value: Any) -> str | None:
    """Where the row is shown that a foreign key refers to."""
    if table is None or column not in links.KEYS:
        return None
    for key in await datasette.get_database(DATABASE).foreign_keys_for_table(table):
        if key["column"] == column:
            one = value["value"] if isinstance(value, dict) else value
            path: str = datasette.urls.row(DATABASE, key["other_table"], str(one))
            return path
    return None


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages beside Datasette's own."""
    return [
        (rf"{links.DOSSIER}/of/(?P<kind>{_KINDS})/(?P<key>[0-9a-f]+)$", _to_dossier),
        (rf"{links.DOSSIER}/(?P<organisation>[0-9]{{1,18}})$", _dossier),
        # As dossiers link to kept files, or by the hash alone.
        (
            rf"{links.DOCUMENTS}/(?:[0-9a-f]{{2}}/)?(?P<sha256>[0-9a-f]{{64}})(?:\.\w+)?$",
            _original,
        ),
    ]


async def _to_dossier(request: Any, datasette: Any) -> Any:
    kind, key = request.url_vars["kind"], request.url_vars["key"]
    try:
        where = await asyncio.to_thread(pages.dossier_address, _path(datasette), kind, key)
    except pages.NotThereError as error:
        return _not_there(error)
    return Response.redirect(where)


async def _dossier(request: Any, datasette: Any) -> Any:
    year = request.args.get("year") or ""
    try:
        page = await asyncio.to_thread(
            pages.dossier,
            _path(datasette),
            int(request.url_vars["organisation"]),
            int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        )
    except pages.NotThereError as error:
        return _not_there(error)
    return Response.html(page)


async def _original(request: Any, datasette: Any) -> Any:
    try:
        found = await asyncio.to_thread(
            pages.original, _path(datasette), request.url_vars["sha256"]
        )
    except pages.NotThereError as error:
        return _not_there(error)
    return Response(found.data, headers=found.headers, content_type=found.content_type)


def _path(datasette: Any) -> Path:
    return Path(datasette.get_database(DATABASE).path)


def _not_there(error: pages.NotThereError) -> Any:
    return Response.text(shown(str(error)), status=404)
