"""The registry's official files from GOV.UK, one a year: downloaded only when they have changed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from assess.errors import RegistryError
from assess.scrape.fetch.reasons import REASONS
from assess.scrape.fetch.records import Reply, Request
from assess.scrape.registry import MAX_BYTES, parse_registry
from assess.scrape.registry_store import Origin, RegistryReport, write_registry

if TYPE_CHECKING:
    from assess.store import Workspace

# Rebuilt each night; Open Government Licence 3.
URL: Final = (
    "https://downloads.modern-slavery-statement-registry.service.gov.uk/publicdownloads/"
    "StatementSummaries{year}.csv"
)
FIRST_YEAR: Final = 2020

Ask = Callable[[Request], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Download:
    """What became of one year's file."""

    year: int
    report: RegistryReport | None = None
    """None where the file is as it was, or could not be had."""
    unchanged: bool = False
    failure: str = ""
    """Why it could not be had, and what to do."""


def all_years(today: datetime | None = None) -> list[int]:
    """The years that the registry has files of: it counts financial years, one ahead."""
    return list(range(FIRST_YEAR, (today or datetime.now(UTC)).year + 2))


async def download_years(workspace: Workspace, years: Sequence[int], ask: Ask) -> list[Download]:
    """Bring in each year's file; one that fails costs itself."""
    return [await _download(workspace, year, ask) for year in years]


async def _download(workspace: Workspace, year: int, ask: Ask) -> Download:
    url = URL.format(year=year)
    kept = _kept(workspace, url)
    head = await ask(Request(url, method="HEAD"))
    if head.reason is None and kept and kept == head.headers.get("content-md5"):
        return Download(year, unchanged=True)
    reply = await ask(Request(url, max_bytes=MAX_BYTES))
    if reply.reason:
        return Download(year, failure=_explained(reply))
    # Of what was sent compressed, some servers state the hash of the compressed bytes.
    stated = "" if reply.headers.get("content-encoding") else reply.headers.get("content-md5", "")
    md5 = base64.b64encode(hashlib.md5(reply.body, usedforsecurity=False).digest()).decode()
    if stated and stated != md5:
        return Download(year, failure=f"{url}: arrived damaged (Content-MD5); run it again")
    if kept == md5:
        return Download(year, unchanged=True)
    try:
        file = parse_registry(reply.body, url.rpartition("/")[2], source=url)
        report = write_registry(workspace, file, Origin(url, md5), complete=True)
    except RegistryError as error:
        return Download(year, failure=str(error))
    return Download(year, report)


def _kept(workspace: Workspace, url: str) -> str:
    """The hash of the file that was last read from an address, or ``""``."""
    row = workspace.db.execute(
        "SELECT content_md5 FROM registry_files WHERE url = ? ORDER BY id DESC LIMIT 1", [url]
    ).fetchone()
    return str(row[0]) if row and row[0] else ""


def _explained(reply: Reply) -> str:
    reason = REASONS.get(reply.reason or "")
    meaning = reason.meaning if reason else str(reply.reason)
    detail = f" ({reply.detail})" if reply.detail else ""
    advice = "download it in a browser and give the file, or run it again"
    return f"{reply.url}: {meaning}{detail}; {advice}"
