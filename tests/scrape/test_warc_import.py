"""Statements out of WARC files: our own, and other crawlers'."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from assess.errors import InputError
from assess.scrape.collect import Options
from assess.scrape.doors import site_targets
from assess.scrape.lists import Site
from assess.scrape.run import run_collection
from assess.scrape.warc_export import export_warc
from assess.scrape.warc_import import WarcReport, import_warc
from assess.store import Workspace, open_workspace
from tests.scrape.sites.pages import TEXT, home, link, page
from tests.scrape.standin import StandIn
from tests.web.build import build_web
from tests.web.local import LocalWeb

A = "https://a.example"
STATEMENT = page("Modern slavery statement", f"<p>{TEXT}</p>")
PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF"


def warc(path: Path, *answers: tuple[str, int, str, bytes]) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, status, media_type, body in answers:
            headers = StatusAndHeaders(f"{status} X", [("Content-Type", media_type)], "HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)
    return path


def kept(workspace: Workspace) -> set[str]:
    return {row["source"] for row in workspace.db.table("document_sources").rows}


def test_a_crawl_brings_statements_and_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    front = home(footer=link("/docs/1.pdf", "Modern slavery statement"))
    path = warc(
        tmp_path / "c.warc.gz",
        (f"{A}/docs/1.pdf", 200, "application/pdf", PDF),
        (f"{A}/docs/brochure.pdf", 200, "application/pdf", PDF + b"2"),
        (f"{A}/Modern-Slavery-Statement.pdf", 200, "application/pdf", PDF + b"3"),
        (f"{A}/", 200, "text/html", front),
        (f"{A}/ms", 200, "text/html", STATEMENT),
        (f"{A}/gone", 404, "text/html", STATEMENT),
        (f"{A}/x.png", 200, "image/png", b"\x89PNG\r\n"),
    )
    report = import_warc(workspace, path)
    assert report == WarcReport(answers=6, kept=3, new=3, passed_over=3, too_large=0, incomplete=0)
    assert kept(workspace) == {f"{A}/docs/1.pdf", f"{A}/Modern-Slavery-Statement.pdf", f"{A}/ms"}
    assert import_warc(workspace, path).new == 0
    assert workspace.db.table("attempts").count == 3


def test_what_the_registry_names_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    from assess.scrape.registry_store import import_registry
    from tests.scrape.made import registry_bytes, row

    registry = tmp_path / "r.csv"
    registry.write_bytes(registry_bytes([row("A LTD", "a", StatementURL=f"{A}/getfile/7")]))
    import_registry(workspace, registry)
    path = warc(tmp_path / "c.warc.gz", (f"{A}/getfile/7", 200, "application/pdf", PDF))
    assert import_warc(workspace, path).kept == 1


@pytest.mark.parametrize("data", [b"", b"no warc at all", b"\x1f\x8b\x08\0garbage"])
def test_what_is_no_warc_file_is_said(workspace: Workspace, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"x\.warc"):
        import_warc(workspace, path)


@pytest.fixture(scope="module")
def local() -> Iterator[LocalWeb]:
    with LocalWeb(build_web(sites=22)) as running:
        yield running


def test_what_was_collected_comes_back_whole(
    local: LocalWeb, workspace: Workspace, tmp_path: Path
) -> None:
    sites = [Site(domain, truth.home_url) for domain, truth in local.web.truth.items()]
    network = StandIn(local.client).network(delay=0.01)
    run_collection(workspace, network, "sites", site_targets(sites), Options())
    path = tmp_path / "all.warc.gz"
    written = export_warc(workspace, path)
    assert written.lost == 0
    assert written.bodies > 30
    with open_workspace(tmp_path / "other.db") as other:
        import_warc(other, path)
        assert list(other.db.table("documents").rows) == sorted(
            workspace.db.table("documents").rows, key=lambda row: row["sha256"]
        ) or {row["sha256"] for row in other.db.table("documents").rows} == {
            row["sha256"] for row in workspace.db.table("documents").rows
        }
        assert kept(other) == kept(workspace)
