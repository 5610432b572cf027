"""Datasette over the corpus, asked in this process: nothing listens anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assess.compare.groups import Choice, refresh_sectors
from assess.explore.server import application
from assess.store import open_workspace
from tests.copies import copied

Ask = Callable[..., httpx.Response]


def asking(path: Path, host: str = "127.0.0.1") -> Ask:
    """Ask the application over a workspace for an address, with the parameters given by name."""
    pytest.importorskip("datasette", reason="the extra `explore` is not installed")
    app = application(path, host)

    async def get(address: str, headers: dict[str, str], params: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(address, headers=headers, params=params or None)

    def ask(address: str, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
        return asyncio.run(get(address, headers or {}, params))

    return ask


@pytest.fixture(scope="session")
def compared_db(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus's workspace with its sectors compared."""
    folder = tmp_path_factory.mktemp("compared") / "corpus"
    copied(corpus_db, folder)
    with open_workspace(folder / corpus_db.name) as workspace:
        refresh_sectors(workspace, Choice())
    return folder / corpus_db.name


@pytest.fixture(scope="session")
def ask(compared_db: Path) -> Ask:
    """Ask over the corpus."""
    return asking(compared_db)


@pytest.fixture
def own_db(corpus_db: Path, tmp_path: Path) -> Path:
    """A copy of the corpus's workspace, to be changed; in its path is what ends an address."""
    folder = tmp_path / "it's 100%? #1"
    copied(corpus_db, folder)
    return folder / corpus_db.name
