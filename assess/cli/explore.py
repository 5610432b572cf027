"""`assess explore`: the database in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from assess import log
from assess.cli.options import DEFAULT_DB, Database


def explore(
    db: Database = DEFAULT_DB,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")
    ] = 8001,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen at; by default only this machine's.")
    ] = "127.0.0.1",
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the page in your browser.")
    ] = False,
) -> None:
    """Browse the database: facets, full-text search, ready questions, SQL, dossiers and originals.

    Serves Datasette over it, read-only, until you press Ctrl-C; nothing is asked of the network.

    Datasette is an extra: pip install 'assess-modern-slavery\\[explore]'
    """
    from assess.explore.server import is_open, make_ready, require_datasette, serve

    require_datasette()
    make_ready(db)
    if is_open(host):
        log.tell(
            f"warning: whoever can reach {host or 'this machine'} can read the whole "
            "database and ask it anything in SQL; nobody is asked for a password",
            level=log.WARNING,
        )
    serve(db, host, port, lambda address: _tell(address, open_browser=open_browser))


def _tell(address: str, *, open_browser: bool) -> None:
    typer.echo(f"explore at {address} (Ctrl-C ends it)")
    if open_browser:
        typer.launch(address)
