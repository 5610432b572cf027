"""Collecting from a site on loopback by the commands alone, from list to report."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from tests.command import assess
from tests.scrape.made import registry_bytes, row
from tests.scrape.sites.pages import TEXT, home, link, page

PAGES = {
    "/": home(footer=link("/ms", "Modern slavery statement")),
    "/ms": page("Modern slavery statement", f"<p>{TEXT}</p>"),
}


class Handler(BaseHTTPRequestHandler):
    """One site by any name."""

    agents: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        self.agents.add(str(self.headers["User-Agent"]))
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        """Nothing on standard error."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.fixture(scope="module")
def folder(port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two sites visited, one of which is not there."""
    folder = tmp_path_factory.mktemp("collect")
    site, gone = f"http://aldermoor.localhost:{port}/", f"http://gone.localhost:{port}/x"
    (folder / "sites.csv").write_text(
        f"Organisation;Website\nAldermoor Foods Limited;{site}\nGone Limited;{gone}\nBad;\n"
    )
    registry = registry_bytes(
        [
            row("ALDERMOOR FOODS LIMITED", "a", StatementURL=f"{site}ms", StatementYear="2023"),
            row("ELSEWHERE LIMITED", "b", StatementURL=site),
        ]
    )
    (folder / "r.csv").write_bytes(registry)
    done = assess("scrape", "registry", folder / "r.csv", "--complete", "--db", folder / "w.db")
    assert done.returncode == 0, done.stderr
    done = assess(
        "scrape", "sites", folder / "sites.csv", "--db", folder / "w.db", "--delay", "0",
        "--allow-private-network", "--contact", "me@example.org",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stdout)
    (folder / "warned").write_text(done.stderr)
    return folder


def test_what_a_run_says(folder: Path) -> None:
    said, warned = (folder / "said").read_text(), (folder / "warned").read_text()
    assert said.startswith("2 addresses: 1 kept, 1 failed")
    assert "http_404 1" in said
    assert "link on the home page, of 1 judged: met 1, partial 0, absent 0" in said
    assert "line 4: no website" in warned
    assert "private network addresses and all ports are allowed" in warned
    assert Handler.agents == {
        "assess/0.1.0 (collects modern slavery statements; contact me@example.org)"
    }


def test_private_addresses_are_refused_unless_allowed(folder: Path, port: int) -> None:
    (folder / "urls.txt").write_text(f"http://aldermoor.localhost:{port}/ms\nhttp://127.0.0.1/\n")
    done = assess("scrape", "urls", folder / "urls.txt", "--db", folder / "other.db", "--json")
    assert json.loads(done.stdout)["reasons"] == {"forbidden_port": 1, "forbidden_address": 1}


def test_the_status(folder: Path) -> None:
    done = assess("scrape", "status", "--db", folder / "w.db")
    assert done.stdout.startswith("sites: 2 addresses: 1 kept, 1 failed")
    failed = assess("scrape", "status", "--failed", "--db", folder / "w.db", "--json")
    (one,) = json.loads(failed.stdout)
    assert (one["organisation"], one["reason"]) == ("Gone Limited", "http_404")


def test_how_home_pages_were_judged(folder: Path) -> None:
    done = assess("scrape", "status", "--home-pages", "--db", folder / "w.db")
    assert done.stdout.startswith("met: 1\n  Aldermoor Foods Limited  http://aldermoor.localhost")
    listed = assess("scrape", "status", "--home-pages", "--json", "--db", folder / "w.db")
    (one,) = json.loads(listed.stdout)
    assert (one["link_text"], one["place"]) == ("Modern slavery statement", "footer")


def test_the_document_is_matched_and_its_home_page_link_counts(folder: Path) -> None:
    for command in ("extract", "score"):
        assert assess(command, "--db", folder / "w.db").returncode == 0
    with sqlite3.connect(folder / "w.db") as db:
        found = db.execute(
            "SELECT label, method, value FROM statement_documents JOIN statement_names"
            " USING (statement_id) JOIN current_assessments USING (document_sha256)"
            " JOIN findings ON assessment_id = current_assessments.id"
            " WHERE state = 'accepted' AND criterion = 'homepage_link'"
        ).fetchall()
    assert found == [("ALDERMOOR FOODS LIMITED", "url", "met")]


def test_who_is_missing(folder: Path) -> None:
    (folder / "list.csv").write_text("Supplier\nAldermoor Foods Ltd\nElsewhere\nNobody plc\n")
    done = assess("missing", folder / "list.csv", "--year", "2023", "--db", folder / "w.db")
    assert done.stdout.startswith(
        "3 organisations listed: 1 with a statement for 2023 in the registry, 0 to look at, "
        "2 for which none was found"
    )
    assert "No complete registry file" not in done.stdout
    assert "statements for 2022" in done.stdout


def test_the_crawl_can_be_shared(folder: Path) -> None:
    done = assess("export", "warc", folder / "all.warc.gz", "--db", folder / "w.db")
    assert done.returncode == 0, done.stderr
    done = assess("scrape", "warc", folder / "all.warc.gz", "--db", folder / "copy.db", "--json")
    assert json.loads(done.stdout)["kept"] == 1


def test_changes_of_the_registry(folder: Path) -> None:
    done = assess("scrape", "changes", "--db", folder / "w.db")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["NEW", "NEW"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("scrape", "registry"),
        ("scrape", "urls", "no-such-file"),
        ("scrape", "sites", "empty.csv"),
        ("scrape", "urls", "urls.txt", "--delay", "0.5"),
        ("scrape", "urls", "urls.txt", "--contact", "not an address"),
        ("scrape", "urls", "urls.txt", "--recheck", "--refresh"),
        ("scrape", "statements", "--year", "1990"),
        ("scrape", "warc", "urls.txt"),
        ("export", "warc", "x.warc.gz", "--db", "none.db"),
        ("missing", "urls.txt"),
        ("missing", "empty.csv", "--year", "2023"),
    ],
)
def test_wrong_use_is_one_message(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "empty.csv").write_text("")
    (folder / "urls.txt").write_text("http://127.0.0.1/")
    done = assess(*arguments, cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
