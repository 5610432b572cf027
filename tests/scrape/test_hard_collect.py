"""Collecting runs over a scripted network."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assess.errors import WorkspaceError
from assess.scrape.attempts import Door
from assess.scrape.collect import CollectReport, Options, collect
from assess.scrape.doors import corrected, statement_targets
from assess.scrape.fetch.transport import Answer
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.scrape.run import domains_for
from assess.scrape.status import failures
from assess.scrape.targets import Target
from assess.scrape.visits import Visits
from assess.store import Workspace
from tests.scrape.fetch.scripted import Said, moved, page, scripted
from tests.scrape.made import registry_bytes, row

A = "https://a.example"


def statement(year: int = 2023, company: str = "Acme Widgets Limited") -> bytes:
    """A page that is a statement."""
    return (
        f"<title>Modern slavery statement</title><h1>Modern slavery statement</h1><p>This"
        f" statement is made pursuant to section 54 of the Modern Slavery Act 2015 by {company} for"
        f" the financial year ending 31 December {year}.</p>"
        + "<p>We assess the risk of slavery in our supply chains each year.</p>"
        * 8
    ).encode()


def run(
    workspace: Workspace,
    targets: Sequence[Target],
    script: Mapping[str, Said | list[Said]],
    options: Options | None = None,
    door: Door = "urls",
) -> CollectReport:
    """One run."""
    fetcher, _ = scripted(script)
    visits = Visits(workspace, fetcher, wait_seconds=0.0)
    return asyncio.run(collect(workspace, visits, door, targets, options or Options()))


def decided(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Outcome and reason of each target."""
    return workspace.db.execute("SELECT outcome, reason FROM targets ORDER BY id").fetchall()


def test_a_folder_that_cannot_be_written_ends_the_run(workspace: Workspace) -> None:
    workspace.documents.touch()
    with pytest.raises(WorkspaceError, match="cannot keep documents there"):
        run(workspace, [Target("urls", A), Target("urls", f"{A}/b")], {f"{A}/": page(statement())})
    assert decided(workspace) == []
    workspace.documents.unlink()
    assert run(workspace, [Target("urls", A)], {f"{A}/": page(statement())}).kept == 1


def test_no_room_for_a_page_is_not_the_site_s_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from assess.scrape.fetch import transport

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    with tempfile.SpooledTemporaryFile(max_size=2) as spool:
        transport._hold(spool, b"12")
        with pytest.raises(WorkspaceError, match="no room"):
            transport._hold(spool, b"345")


def _registered(workspace: Workspace, folder: Path, **cells: str) -> list[Target]:
    """The targets of a registry of one row, of 2021."""
    of_2021 = {"StatementStartDate": "01/01/2020", "StatementEndDate": "31/12/2020"}
    cells = {"StatementYear": "2021", "DateApproved": "20/01/2021", **of_2021, **cells}
    (folder / "r.csv").write_bytes(registry_bytes([row("Acme Widgets Limited", "acme", **cells)]))
    import_registry(workspace, folder / "r.csv")
    return statement_targets(workspace.db)


HOME = page(b"<html><p>We make widgets.</p><a href=/msa>Modern slavery statement</a>")


@pytest.mark.parametrize("led", [Answer(404, {}), moved(f"{A}/")])
@pytest.mark.parametrize(("year", "accepted"), [(2020, 1), (2024, 0)])
def test_the_statement_linked_today_may_be_another_year_s(
    workspace: Workspace, tmp_path: Path, led: Answer, year: int, accepted: int
) -> None:
    targets = _registered(workspace, tmp_path, StatementURL=f"{A}/2021")
    script = {f"{A}/2021": led, f"{A}/": HOME, f"{A}/msa": page(statement(year))}
    assert run(workspace, targets, script, door="statements").kept == 1
    assert match_documents(workspace).accepted == accepted


def test_a_store_of_files_is_nobody_s_site(workspace: Workspace, tmp_path: Path) -> None:
    store = "https://www.dropbox.com"
    targets = _registered(workspace, tmp_path, StatementURL=f"{store}/s/gone.pdf")
    script = {f"{store}/": HOME, f"{store}/msa": page(statement(2020, "Dropbox, Inc."))}
    options = Options(home_pages=True)
    assert run(workspace, targets, script, options, "statements").reasons == {"http_404": 1}
    assert not workspace.db.table("homepage_links").count


MS = [Target("urls", f"{A}/ms")]


def test_a_corrected_failure_is_visited_without_recheck(workspace: Workspace) -> None:
    run(workspace, MS, {})
    targets = corrected(MS, {f"{A}/ms": f"{A}/new"})
    assert run(workspace, targets, {f"{A}/new": page(statement())}).kept == 1
    assert run(workspace, targets, {}).known == 1


def test_a_page_that_went_away_leaves_its_document(workspace: Workspace) -> None:
    run(workspace, MS, {f"{A}/ms": page(statement())})
    run(workspace, MS, {}, Options(mode="refresh"))
    [failed] = failures(workspace.db)
    assert (failed.reason, failed.detail) == (
        "http_404",
        "the document of an earlier visit is kept",
    )
    assert workspace.db.table("target_documents").count == 1


@pytest.mark.parametrize("start", [f"{A}/0", "http://intranet/0"])
def test_pages_that_send_on_for_ever_are_no_defect_of_ours(
    workspace: Workspace, start: str
) -> None:
    def on(number: int) -> Said:
        return page(b"<html><meta http-equiv=refresh content='0; url=/%d'>Wait" % (number % 30))

    origin = start.removesuffix("/0")
    run(workspace, [Target("urls", start)], {f"{origin}/{n}": on(n + 1) for n in range(30)})
    assert decided(workspace) == [("failed", "no_statement")]


def test_the_statement_may_be_given_as_the_website(workspace: Workspace) -> None:
    site = Target("sites", f"{A}/", "Acme")
    assert run(workspace, [site], {f"{A}/": page(statement())}, door="sites").kept == 1
    assert not workspace.db.table("homepage_links").count  # there is no link to judge


NEWS = b"<html><h1>Reports are due soon</h1><p>" + b"Our lawyers can help you with slavery. " * 9


@pytest.mark.parametrize(
    ("led", "value"),
    [
        (page(NEWS), "partial"),
        (page(statement()), "met"),
        (Answer(200, {"content-type": "application/pdf"}, b"%PDF-1.4 text"), "met"),
        (Answer(503, {}), "met"),  # it may be there
        (Answer(404, {}), "partial"),
    ],
)
def test_a_link_to_an_article_is_no_link_to_a_statement(
    workspace: Workspace, led: Answer, value: str
) -> None:
    home = page(b"<html><p>Law firm.</p><a href=/n/2>Deadline for modern slavery statements</a>")
    run(workspace, [Target("sites", f"{A}/")], {f"{A}/": home, f"{A}/n/2": led}, door="sites")
    [judged] = workspace.db.table("homepage_links").rows
    assert judged["value"] == value


@pytest.mark.parametrize(("files", "domains"), [(40, 1), (256, 78), (1024, 462), (-1, 256)])
def test_a_run_keeps_within_the_open_files_of_its_machine(files: int, domains: int) -> None:
    assert domains_for(files) == domains


def test_a_lost_file_is_fetched_again(workspace: Workspace) -> None:
    script = {f"{A}/ms": page(statement())}
    run(workspace, MS, script)
    [document] = workspace.db.table("documents").rows
    (workspace.documents / document["kept_as"]).unlink()
    assert run(workspace, MS, script).kept == 1
    assert workspace.read(document["sha256"]) == statement()
    assert run(workspace, MS, {}).known == 1


@pytest.mark.parametrize(
    ("to", "signed", "accepted"),
    [
        ("https://casino.example/us", "Max Mustermann", 0),  # the domain was sold
        ("https://group.example/us", "Ada Quill", 1),
        ("https://www.a.co.uk/us", "Max Mustermann", 1),  # the same name, another ending
    ],
)
def test_another_domain_s_page_may_be_another_company_s(
    workspace: Workspace, tmp_path: Path, to: str, signed: str, accepted: int
) -> None:
    targets = _registered(workspace, tmp_path, StatementURL=f"{A}/us")
    there = page(statement(2020) + f"<p>Signed by {signed}, Chair</p>".encode())
    run(workspace, targets, {f"{A}/us": moved(to), to: there}, door="statements")
    assert match_documents(workspace).accepted == accepted
