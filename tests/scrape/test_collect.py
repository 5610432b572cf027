"""Collecting runs over a few sites: what is kept, why not, and what later runs do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from assess.scrape.archive import availability_url
from assess.scrape.collect import CollectReport, Options
from assess.scrape.doors import corrected, site_targets, statement_targets, url_targets
from assess.scrape.lists import Site as ListedSite
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.scrape.run import run_collection
from assess.scrape.targets import Target
from assess.store import Workspace
from tests.scrape.made import registry_bytes, row
from tests.scrape.sites.pages import TEXT, home, link, page
from tests.scrape.standin import StandIn
from tests.web.local import LocalWeb
from tests.web.sites import Page, Site, Web, document, html, redirect

HOST = "aldermoor.example"
ROOT = f"https://{HOST}"
STATEMENT = html(page("Modern slavery statement", f"<p>{TEXT}</p>").decode())
OTHER = html(page("Modern slavery statement 2022", f"<p>{TEXT} It rained.</p>").decode())
PDF = document(b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF", "application/pdf")


def site(pages: dict[str, Page], host: str = HOST) -> Site:
    return Site(host, pages)


def visit(
    workspace: Workspace,
    sites: Iterable[Site],
    targets: Sequence[Target],
    options: Options | None = None,
) -> tuple[CollectReport, list[str]]:
    """A run; also the addresses that were asked for, robots.txt left out."""
    with LocalWeb(Web({one.host: one for one in sites})) as local:
        network = StandIn(local.client).network(delay=0.01, seconds=3)
        door = targets[0].door
        report = run_collection(workspace, network, door, targets, options or Options())
        asked = [f"{r.host}{r.path}" for r in local.log.records() if r.path != "/robots.txt"]
    return report, asked


def found(workspace: Workspace) -> list[tuple[str, str]]:
    rows = workspace.db.execute("SELECT how, url FROM target_documents ORDER BY how, url")
    return [(how, url.removeprefix(ROOT)) for how, url in rows]


def target(workspace: Workspace) -> tuple[str, str | None]:
    (one,) = workspace.db.table("targets").rows
    return one["outcome"], one["reason"]


def test_a_page_that_is_the_statement_and_its_earlier_years(workspace: Workspace) -> None:
    body = page(
        "Modern slavery statement", f"<p>{TEXT}</p>{link('/ms-2021.pdf', 'Modern slavery 2021')}"
    )
    pages = {"/ms": html(body.decode()), "/ms-2021.pdf": PDF}
    visit(workspace, [site(pages)], url_targets([f"{ROOT}/ms"]))
    assert found(workspace) == [("link", "/ms-2021.pdf"), ("own_url", "/ms")]


def test_a_home_page_a_list_and_the_documents_on_it(workspace: Workspace) -> None:
    listed = page("Modern slavery", link("/a.pdf", "Modern slavery statement 2023"))
    pages = {"/": html(home(footer=link("/ms", "Modern slavery")).decode())}
    pages |= {"/ms": html(listed.decode()), "/a.pdf": PDF}
    _, asked = visit(workspace, [site(pages)], url_targets([ROOT]))
    assert found(workspace) == [("link", "/a.pdf")]
    assert asked == [f"{HOST}/", f"{HOST}/ms", f"{HOST}/a.pdf"]


def test_a_page_that_sends_on_by_itself(workspace: Workspace) -> None:
    moved = page("x", "", '<meta http-equiv="refresh" content="0; url=/ms">')
    visit(
        workspace,
        [site({"/old": html(moved.decode()), "/ms": STATEMENT})],
        url_targets([f"{ROOT}/old"]),
    )
    assert found(workspace) == [("own_url", "/ms")]


def test_a_broken_link_on_the_home_page_is_no_access(workspace: Workspace) -> None:
    pages = {"/": html(home(footer=link("/ms", "Modern slavery statement")).decode())}
    visit(workspace, [site(pages)], site_targets([ListedSite("Aldermoor", ROOT)]))
    (judged,) = workspace.db.table("homepage_links").rows
    assert (judged["value"], judged["link_text"]) == ("partial", "Modern slavery statement")
    assert "not there" in judged["reason"]
    assert target(workspace) == ("failed", "no_statement")


def test_a_site_that_cannot_be_read_is_not_judged(workspace: Workspace) -> None:
    visit(workspace, [site({})], site_targets([ListedSite("Aldermoor", ROOT)]))
    assert workspace.db.table("homepage_links").count == 0
    assert target(workspace) == ("failed", "http_404")


def registered(workspace: Workspace, folder: Path, **cells: str) -> list[Target]:
    path = folder / "r.csv"
    path.write_bytes(registry_bytes([row("ALDERMOOR FOODS LIMITED", "a", **cells)]))
    import_registry(workspace, path)
    return statement_targets(workspace.db)


def test_the_registrys_copy_stands_in(workspace: Workspace, tmp_path: Path) -> None:
    copy = "https://registry.example/pdf/a b.pdf"
    targets = registered(workspace, tmp_path, StatementURL=f"{ROOT}/gone", PDFURL=copy)
    sites = [site({}), site({"/pdf/a%20b.pdf": PDF, "/pdf/a b.pdf": PDF}, "registry.example")]
    visit(workspace, sites, targets)
    assert found(workspace) == [("registry_copy", "https://registry.example/pdf/a%20b.pdf")]
    assert match_documents(workspace).accepted == 1


def test_what_is_gone_is_looked_for_from_the_home_page(
    workspace: Workspace, tmp_path: Path
) -> None:
    targets = registered(workspace, tmp_path, StatementURL=f"{ROOT}/gone", StatementYear="2023")
    pages = {"/": html(home(footer=link("/ms", "Modern slavery")).decode()), "/ms": STATEMENT}
    visit(workspace, [site(pages)], targets)
    assert found(workspace) == [("link", "/ms")]


def test_home_pages_are_judged_on_request(workspace: Workspace, tmp_path: Path) -> None:
    targets = registered(workspace, tmp_path, StatementURL=f"{ROOT}/ms")
    pages = {"/": html(home(footer=link("/ms", "Modern slavery")).decode()), "/ms": STATEMENT}
    visit(workspace, [site(pages)], targets, Options(home_pages=True))
    (judged,) = workspace.db.table("homepage_links").rows
    assert judged["value"] == "met"
    linked = workspace.db.execute("SELECT value FROM document_homepage_links").fetchall()
    assert linked == [("met",)]


def test_home_pages_may_be_judged_later_and_nothing_else_is_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    targets = registered(workspace, tmp_path, StatementURL=f"{ROOT}/ms")
    pages = {"/": html(home(footer=link("/ms", "Modern slavery")).decode()), "/ms": STATEMENT}
    visit(workspace, [site(pages)], targets)
    _, asked = visit(workspace, [site(pages)], targets, Options(home_pages=True))
    assert asked == [f"{HOST}/"]
    report, asked = visit(workspace, [site(pages)], targets, Options(home_pages=True))
    assert (report.known, asked) == (1, [])


def test_a_copy_that_moved_is_known_by_the_registrys_address(
    workspace: Workspace, tmp_path: Path
) -> None:
    copy = "https://registry.example/pdf/a.pdf"
    targets = registered(workspace, tmp_path, StatementURL=f"{ROOT}/gone", PDFURL=copy)
    store = {"/pdf/a.pdf": redirect("https://registry.example/new/a.pdf"), "/new/a.pdf": PDF}
    visit(workspace, [site({}), site(store, "registry.example")], targets)
    assert match_documents(workspace).accepted == 1


def test_a_correction_by_hand(workspace: Workspace) -> None:
    targets = corrected(url_targets([f"{ROOT}/wrong"]), {f"{ROOT}/wrong/": f"{ROOT}/ms"})
    visit(workspace, [site({"/ms": STATEMENT})], targets)
    assert found(workspace) == [("corrected", "/ms")]


def test_a_dead_link_in_the_archive(workspace: Workspace) -> None:
    url = f"{ROOT}/ms"
    capture = (
        '{"archived_snapshots": {"closest": {"timestamp": "20230102030405", "status": "200"}}}'
    )
    answer = document(capture.encode(), "application/json")
    archive = Site(
        "archive.org", {availability_url(url).removeprefix("https://archive.org"): answer}
    )
    kept = Site("web.archive.org", {f"/web/20230102030405id_/{url}": STATEMENT}, any_page=STATEMENT)
    visit(workspace, [archive, kept], url_targets([url]), Options(archive_fallback=True))
    assert [how for how, _ in found(workspace)] == ["web_archive"]
    (source,) = workspace.db.table("document_sources").rows
    assert source["source"] == f"https://web.archive.org/web/20230102030405id_/{url}"


def test_failures_are_visited_again_only_when_asked(workspace: Workspace) -> None:
    targets = url_targets([f"{ROOT}/ms"])
    visit(workspace, [site({})], targets)
    assert target(workspace) == ("failed", "http_404")
    assert [r["code"] for r in workspace.db.table("issues").rows] == ["http_404"]
    report, asked = visit(workspace, [site({"/ms": STATEMENT})], targets)
    assert (report.known, asked) == (1, [])
    visit(workspace, [site({"/ms": STATEMENT})], targets, Options("recheck"))
    assert target(workspace) == ("kept", None)
    assert workspace.db.table("issues").count == 0
    report, asked = visit(workspace, [site({"/ms": OTHER})], targets, Options("recheck"))
    assert (report.known, asked) == (1, [])


def test_refreshing_asks_conditionally_and_loses_nothing(workspace: Workspace) -> None:
    targets = url_targets([f"{ROOT}/ms"])
    refresh = Options("refresh")
    visit(workspace, [site({"/ms": STATEMENT})], targets)
    report, asked = visit(workspace, [site({"/ms": STATEMENT})], targets, refresh)
    assert (report.kept, report.documents, len(asked)) == (1, 0, 1)
    attempts = [row["outcome"] for row in workspace.db.table("attempts").rows]
    assert attempts == ["got", "unchanged"]
    report, _ = visit(workspace, [site({"/ms": OTHER})], targets, refresh)
    assert report.documents == 1
    visit(workspace, [site({})], targets, refresh)
    assert target(workspace) == ("failed", "http_404")
    assert workspace.db.table("documents").count == 2


def test_a_changed_registry_row_is_visited_again(workspace: Workspace, tmp_path: Path) -> None:
    cells = {"StatementURL": f"{ROOT}/ms", "LastUpdated": "01/02/2022"}
    visit(workspace, [site({"/ms": STATEMENT})], registered(workspace, tmp_path, **cells))
    same = registered(workspace, tmp_path, **cells)
    report, _ = visit(workspace, [site({"/ms": STATEMENT})], same)
    assert report.known == 1
    later = registered(
        workspace, tmp_path, **cells | {"LastUpdated": "01/02/2099", "Turnover": "x"}
    )
    report, asked = visit(workspace, [site({"/ms": OTHER})], later)
    assert (report.kept, report.documents, len(asked)) == (1, 1, 1)


def test_a_website_that_leads_to_anothers_is_said_to(workspace: Workspace) -> None:
    pages = {"/": html(home(footer=link("/ms", "Modern slavery")).decode()), "/ms": STATEMENT}
    sites = [site(pages), Site("old.example", {"/": redirect(f"{ROOT}/")})]
    visit(workspace, sites, site_targets([ListedSite("Old", "https://old.example/")]))
    (judged,) = workspace.db.table("homepage_links").rows
    assert judged["value"] == "met"
    assert judged["reason"].endswith("; the website leads to aldermoor.example")


def test_a_page_that_shows_another_year_now_is_for_a_person(
    workspace: Workspace, tmp_path: Path
) -> None:
    cells = {"StatementYear": "2021", "StatementURL": f"{ROOT}/ms"}
    visit(workspace, [site({"/ms": STATEMENT})], registered(workspace, tmp_path, **cells))
    matched = match_documents(workspace)
    assert (matched.accepted, matched.review) == (0, 1)


def test_two_hosts_of_one_domain_share_a_turn(workspace: Workspace) -> None:
    hosts = [f"{name}.{HOST}" for name in ("a", "b", "c")]
    sites = [Site(host, {"/ms": STATEMENT}, delay=0.05) for host in hosts]
    with LocalWeb(Web({one.host: one for one in sites})) as local:
        network = StandIn(local.client).network(delay=0.1)
        targets = url_targets([f"https://{host}/ms" for host in hosts])
        run_collection(workspace, network, "urls", targets, Options())
        assert local.log.max_in_flight_by(HOST) == 1
        assert min(local.log.gaps(HOST)) >= 0.05


def test_a_redirect_to_another_site_asks_its_robots_first(workspace: Workspace) -> None:
    away = Site(HOST, {"/ms": redirect("https://other.example/ms")})
    closed = Site("other.example", {"/ms": STATEMENT}, robots=Page(b"User-agent: *\nDisallow: /"))
    _, asked = visit(workspace, [away, closed], url_targets([f"{ROOT}/ms"]))
    assert target(workspace) == ("failed", "robots_disallow")
    assert asked == [f"{HOST}/ms"]


@pytest.mark.parametrize("words", ["Policies", "Corporate responsibility"])
def test_a_vaguer_label_one_page_further(workspace: Workspace, words: str) -> None:
    listed = page("Policies", f"<p>What we ask.</p>{link('/ms', 'Modern slavery statement')}")
    pages = {"/": html(home(footer=link("/p", words)).decode()), "/p": html(listed.decode())}
    pages["/ms"] = STATEMENT
    visit(workspace, [site(pages)], site_targets([ListedSite("Aldermoor", ROOT)]))
    assert found(workspace) == [("link", "/ms")]
    (judged,) = workspace.db.table("homepage_links").rows
    assert (judged["value"], judged["link_text"]) == ("partial", words)
