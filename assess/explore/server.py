"""Datasette over a workspace, and serving it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.errors import InputError
from assess.explore.guard import LOOPBACK, guarded
from assess.store import open_to_read, open_workspace

if TYPE_CHECKING:
    import uvicorn

_MISSING: Final = (
    "explore needs Datasette, which is not installed: pip install 'assess-modern-slavery[explore]'"
)
_TEMPLATES: Final = Path(__file__).with_name("templates")
# Who has asked for something that takes longer does not wait for it any more.
_ENDING_SECONDS: Final = 3
_COLUMNS: Final = """
    SELECT relations.name, columns.name FROM sqlite_master AS relations
    JOIN pragma_table_info(relations.name) AS columns
    WHERE relations.type IN ('table', 'view') ORDER BY relations.name, columns.cid"""
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - told apart, never chosen
_SETTINGS: Final = {
    # The slowest question over 5,000 statements takes 1.1 s, over a national collection several;
    # what takes longer than this is likely a slip, and would hold one of three threads.
    "sql_time_limit_ms": 15_000,
    # A browser takes longer to show more; a table's CSV has all.
    "max_returned_rows": 2_000,
    "facet_time_limit_ms": 1_000,
    "num_sql_threads": 3,
    # A file that is written meanwhile cannot be handed out whole: copy it when nobody writes.
    "allow_download": False,
    "default_allow_sql": True,
    # Facets that help are named in tables.yaml.
    "suggest_facets": False,
    # A run may write while somebody looks: what is shown is as it is now.
    "default_cache_ttl": 0,
    # A quote is seldom longer; a row's own page has everything.
    "truncate_cells_html": 600,
}


def require_datasette() -> None:
    """Refuse to go on without the extra.

    Raises:
        InputError: Datasette is not installed; says how to install it.
    """
    if find_spec("datasette") is None:
        raise InputError(_MISSING)


def make_ready(path: Path) -> None:
    """Bring an older database up to date, so that its views are there; others are not touched.

    Raises:
        WorkspaceError: it is none, or it is of a newer version.
    """
    with open_workspace(path, create=False, write=False):
        pass


def datasette_of(path: Path) -> Any:
    """Datasette over one workspace, read-only, with our metadata and hooks."""
    from datasette.app import Datasette
    from datasette.plugins import pm

    from assess.explore import plugin
    from assess.explore.metadata import DATABASE, metadata
    from assess.explore.read_only import ReadOnly

    # With rich it prints a page of traceback for each address that is not there, and each slip in
    # a question; what goes wrong inside is printed without it.
    sys.modules["datasette.handle_exception"].rich = None  # type: ignore[attr-defined]
    if not pm.is_registered(plugin):
        pm.register(plugin, name="assess")
    made = Datasette(
        [], metadata=metadata(columns(path)), settings=dict(_SETTINGS), template_dir=str(_TEMPLATES)
    )
    made.remove_database("_memory")
    made.add_database(ReadOnly(made, str(path.absolute())), name=DATABASE)
    return made


def columns(path: Path) -> dict[str, list[str]]:
    """The tables and views of a workspace, and their columns in order."""
    found: dict[str, list[str]] = {}
    with open_to_read(path) as workspace:
        for name, column in workspace.db.execute(_COLUMNS):
            found.setdefault(name, []).append(column)
    return found


def application(path: Path, host: str) -> Any:
    """What is served: Datasette, behind guards that fit the address it listens at."""
    names = None if host in _EVERYWHERE else LOOPBACK | {host.lower()}
    return guarded(datasette_of(path).app(), names)


def is_open(host: str) -> bool:
    """Whether others than this machine can reach what listens there."""
    return host not in LOOPBACK


def serve(path: Path, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve a workspace until it is interrupted; ``started`` is told the address.

    Raises:
        InputError: the address cannot be listened at.
    """
    with listen(host, port) as listening:
        server = serving(path, host)
        shown = f"[{host}]" if ":" in host else host or "127.0.0.1"
        started(f"http://{shown}:{listening.getsockname()[1]}/")
        with suppress(KeyboardInterrupt):  # how it is meant to end
            server.run(sockets=[listening])


def serving(path: Path, host: str) -> uvicorn.Server:
    """The server of a workspace, not yet started."""
    import uvicorn

    config = uvicorn.Config(
        application(path, host),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    return uvicorn.Server(config)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at an address; of port 0, at a free one.

    Raises:
        InputError: it cannot be listened at.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Elsewhere than on POSIX this would let two programs listen at one port.
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except (OSError, OverflowError, UnicodeError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot listen at {host}:{port} ({why}); give another --port or --host"
        ) from None
    return listening
