"""The targets of each collecting command."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import InputError
from assess.scrape.doors import corrected, site_targets, statement_targets, url_targets
from assess.scrape.fetch.addresses import parse
from assess.scrape.lists import Site
from assess.scrape.registry_store import import_registry
from assess.scrape.targets import Target
from assess.store import Workspace
from tests.scrape.made import registry_bytes, row

URL = "https://www.a.example/msa"
PDF = "https://registry.example/files/Acme Ltd 2022.pdf"
PDF_URL = "https://registry.example/files/Acme%20Ltd%202022.pdf"


def _registry(workspace: Workspace, folder: Path, *rows: dict[str, str]) -> None:
    path = folder / "registry.csv"
    path.write_bytes(registry_bytes(rows))
    import_registry(workspace, path)


def _urls(targets: list[Target]) -> list[str]:
    return [target.url for target in targets]


@pytest.mark.parametrize(
    ("written", "visited"),
    [
        (URL, URL),
        ("www.a.example/msa", "https://www.a.example/msa"),
        (f"  {URL} ", URL),
        ("https://www.a.example/our policy.pdf", "https://www.a.example/our policy.pdf"),
        ("not applicable", "not applicable"),
        ("31.12.2023", "31.12.2023"),
    ],
)
def test_statements_are_visited_where_the_registry_says(
    workspace: Workspace, tmp_path: Path, written: str, visited: str
) -> None:
    _registry(workspace, tmp_path, row("Acme", "acme", StatementURL=written))
    [target] = statement_targets(workspace.db)
    assert target == Target("statements", visited, changed_at="2022-02-01")


def test_the_registry_s_copy_is_at_hand_and_can_be_asked_for(
    workspace: Workspace, tmp_path: Path
) -> None:
    _registry(workspace, tmp_path, row("Acme", "acme", StatementURL=URL, PDFURL=PDF))
    [target] = statement_targets(workspace.db)
    assert target.copies == (PDF_URL,)
    assert parse(PDF_URL).url == PDF_URL


def test_without_an_address_the_copy_is_visited(workspace: Workspace, tmp_path: Path) -> None:
    _registry(workspace, tmp_path, row("Acme", "acme", StatementURL="", PDFURL=PDF))
    assert _urls(statement_targets(workspace.db)) == [PDF_URL]


def test_one_address_of_several_statements_is_one_target(
    workspace: Workspace, tmp_path: Path
) -> None:
    _registry(
        workspace,
        tmp_path,
        row("Acme", "acme", StatementURL=URL, PDFURL=PDF),
        row("Be", "be", StatementURL=URL, PDFURL=f"{PDF}2", LastUpdated="03/04/2022"),
        row("Ce", "ce", StatementURL=URL, PDFURL=PDF),
    )
    [target] = statement_targets(workspace.db)
    assert (target.copies, target.changed_at) == ((PDF_URL, f"{PDF_URL}2"), "2022-04-03")


def test_years_and_sectors_choose(workspace: Workspace, tmp_path: Path) -> None:
    _registry(
        workspace,
        tmp_path,
        row("Acme", "acme", StatementYear="2021", OrganisationSectors="Food, drink and tobacco"),
        row("Be", "be", StatementYear="2022", OrganisationSectors="Food, drink and tobacco"),
        row("Ce", "ce", StatementYear="2022"),
    )
    acme, be, ce = (f"https://www.{name}.example" for name in ("acme", "be", "ce"))
    assert _urls(statement_targets(workspace.db)) == [
        f"{acme}/2021.pdf",
        f"{be}/2022.pdf",
        f"{ce}/2022.pdf",
    ]
    assert _urls(statement_targets(workspace.db, [2022])) == [f"{be}/2022.pdf", f"{ce}/2022.pdf"]
    assert _urls(statement_targets(workspace.db, [2022], ["food"])) == [f"{be}/2022.pdf"]
    assert len(statement_targets(workspace.db, [2021, 2022])) == 3


def test_withdrawn_statements_are_left_out(workspace: Workspace, tmp_path: Path) -> None:
    _registry(workspace, tmp_path, row("Acme", "acme"), row("Be", "be"))
    workspace.db.execute("UPDATE statements SET withdrawn_at = 'x' WHERE summary_url LIKE '%acme%'")
    assert _urls(statement_targets(workspace.db)) == ["https://www.be.example/2022.pdf"]


def test_nothing_to_visit_is_the_user_s_error(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no statement of the registry"):
        statement_targets(workspace.db)
    _registry(workspace, tmp_path, row("Acme", "acme", StatementURL=""), row("Be", "be"))
    with pytest.raises(InputError, match="no statement of the registry"):
        statement_targets(workspace.db, [1999])


def test_sites_and_addresses_are_targets() -> None:
    assert site_targets([Site("Acme", URL)]) == [Target("sites", URL, "Acme")]
    assert url_targets([URL]) == [Target("urls", URL)]


def test_corrections_hold_for_every_spelling_of_an_address() -> None:
    targets = url_targets([URL, "https://www.b.example/"])
    first, second = corrected(targets, {"http://a.example/msa/#top": "https://c.example/new"})
    assert (first.url, first.visited_url) == (URL, "https://c.example/new")
    assert second.visited_url == second.url


def test_a_correction_of_one_junk_address_is_not_one_of_all() -> None:
    first, second = corrected(url_targets(["n/a", "-"]), {"http://x": "https://c.example/"})
    assert (first.visited_url, second.visited_url) == ("n/a", "-")
