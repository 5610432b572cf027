"""The official files, by a network that is made up."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assess.scrape.fetch.records import Reply, Request
from assess.scrape.registry_download import URL, Download, all_years, download_years
from assess.store import Workspace
from tests.scrape.made import registry_bytes, row

AT = "2026-01-02T03:04:05Z"


def md5(data: bytes) -> str:
    return base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()


@dataclass
class Server:
    """Answers HEAD and GET of each year's file."""

    files: dict[int, bytes]
    stated: str | None = None
    """Content-MD5; None: the right one."""
    head_reason: str | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def ask(self, request: Request) -> Reply:
        self.asked.append((request.method, request.url))
        data = next((d for year, d in self.files.items() if str(year) in request.url[-12:]), None)
        if data is None:
            return Reply(request.url, request.url, AT, 0.1, 404, reason="http_404")
        if request.method == "HEAD" and self.head_reason:
            return Reply(request.url, request.url, AT, 0.1, 405, reason=self.head_reason)
        stated = md5(data) if self.stated is None else self.stated
        headers = {"content-md5": stated} if stated else {}
        body = b"" if request.method == "HEAD" else data
        return Reply(request.url, request.url, AT, 0.1, 200, headers, body=body)


def download(workspace: Workspace, server: Server, *years: int) -> list[Download]:
    return asyncio.run(download_years(workspace, years, server.ask))


ONE = registry_bytes([row("A LTD", "a"), row("B LTD", "b")])
TWO = registry_bytes([row("A LTD", "a")])


def test_a_file_is_downloaded_once_and_again_when_it_has_changed(workspace: Workspace) -> None:
    server = Server({2022: ONE})
    (first,) = download(workspace, server, 2022)
    assert first.report is not None
    assert first.report.new == 2
    server.asked.clear()
    (second,) = download(workspace, server, 2022)
    assert second.unchanged
    assert server.asked == [("HEAD", URL.format(year=2022))]
    server.files[2022] = TWO
    (third,) = download(workspace, server, 2022)
    assert third.report is not None
    assert third.report.withdrawn == 1


def test_a_server_without_head_or_hashes(workspace: Workspace) -> None:
    server = Server({2022: ONE}, stated="", head_reason="http_4xx")
    download(workspace, server, 2022)
    (again,) = download(workspace, server, 2022)
    assert again.unchanged
    assert [method for method, _ in server.asked] == ["HEAD", "GET"] * 2


def test_a_file_that_arrives_damaged_is_not_read(workspace: Workspace) -> None:
    (found,) = download(workspace, Server({2022: ONE}, stated=md5(b"other")), 2022)
    assert "damaged" in found.failure
    assert workspace.db.table("statements").count == 0


def test_one_year_that_fails_costs_itself(workspace: Workspace) -> None:
    server = Server({2022: ONE, 2023: b"<html>Sorry</html>"})
    found = download(workspace, server, 2021, 2022, 2023)
    assert [bool(one.report) for one in found] == [False, True, False]
    assert "not there" in found[0].failure
    assert URL.format(year=2023) in found[2].failure


def test_where_it_came_from_is_kept(workspace: Workspace) -> None:
    download(workspace, Server({2022: ONE}), 2022)
    (kept,) = workspace.db.table("registry_files").rows
    assert (kept["url"], kept["content_md5"]) == (URL.format(year=2022), md5(ONE))
    assert (kept["name"], kept["complete"]) == ("StatementSummaries2022.csv", 1)


def test_all_years_run_to_the_next() -> None:
    assert all_years(datetime(2026, 11, 27, tzinfo=UTC)) == list(range(2020, 2028))
