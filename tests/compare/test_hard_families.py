"""Organisations that belong together are not called different, whatever shows that they do."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from assess.compare.families import Relation, document_owners, families
from assess.compare.reuse.corpus import read_corpus
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from tests.compare.factory import Factory
from tests.scrape.made import registry_bytes, row


def relations(workspace: Workspace) -> set[Relation]:
    owners = document_owners(workspace.db, families(workspace.db))
    return {one.relation(other) for one, other in combinations(owners.values(), 2)}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("https://www.acme.co.uk/a.pdf", "http://files.acme.co.uk/b.pdf", "same_group"),
        ("www.acme.co.uk/a.pdf", "https://acme.co.uk/msa", "same_group"),
        ("https://acme.co.uk/a.pdf", "https://brim.co.uk/a.pdf", "different"),
        # Everybody's files lie there.
        ("https://issuu.com/acme/docs/a", "https://issuu.com/brim/docs/b", "different"),
        ("https://a.sharepoint.com/a", "https://b.sharepoint.com/b", "different"),
        ("https://x.blob.core.windows.net/a", "https://y.blob.core.windows.net/b", "different"),
        ("not a url", "not a url", "different"),
        (None, None, "different"),
    ],
)
def test_one_website(made: Factory, one: str | None, other: str | None, relation: Relation) -> None:
    made.statement("ACME", document=made.document("a"), statement_url=one)
    made.statement("BRIM", document=made.document("b"), statement_url=other)
    assert relations(made.workspace) == {relation}


def test_a_site_of_very_many_is_a_platform(made: Factory) -> None:
    for number in range(60):
        url = f"https://statements.example/{number}"
        made.statement(f"ORG {number}", document=made.document(f"{number}"), statement_url=url)
    assert relations(made.workspace) == {"different"}


def test_a_withdrawn_statement_still_tells_whose_text_it_is(made: Factory) -> None:
    made.statement("ACME", document=made.document("old"), withdrawn_at="2026-01-01T00:00:00Z")
    made.statement("ACME", document=made.document("new"))
    assert relations(made.workspace) == {"same_organisation"}


def test_a_group_with_other_members_is_computed_anew(tmp_path: Path) -> None:
    def inputs(*parents: str) -> str:
        rows = [
            row(f"ORG {n} LIMITED", f"s{n}", ParentName=parent, CompanyNumber=str(n))
            for n, parent in enumerate(parents, 1)
        ]
        path = tmp_path / "r.csv"
        path.write_bytes(registry_bytes(rows))
        with open_workspace(tmp_path / f"{'-'.join(parents)}.db") as workspace:
            import_registry(workspace, path)
            return read_corpus(workspace).inputs

    assert inputs("P", "P", "Q", "Q") != inputs("P", "Q", "P", "Q")


OFFICE = "1 High Street, Hull, HU1 1AA"


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ({"ParentName": "BRIM LIMITED"}, {}, "same_group"),
        ({"ParentName": "CORAL PLC"}, {"ParentName": "Coral P.L.C."}, "same_group"),
        ({"ParentName": "N/A"}, {"ParentName": "n/a"}, "different"),
        ({"Address": OFFICE}, {"Address": OFFICE.upper().replace(",", "\n")}, "same_group"),
        ({"Address": OFFICE}, {"Address": OFFICE.replace("1 ", "2 ")}, "different"),
        ({"Address": "Hull, HU1 1AA"}, {"Address": "Hull, HU1 1AA"}, "different"),
        (
            {"StatementSummaryURL": "https://r.example/g"},
            {"StatementSummaryURL": "https://r.example/g"},
            "same_group",
        ),
        ({}, {}, "different"),
    ],
)
def test_what_links_two(
    tmp_path: Path, one: dict[str, str], other: dict[str, str], relation: Relation
) -> None:
    path = tmp_path / "registry.csv"
    rows = [row("ACME LIMITED", "acme", **one), row("BRIM LIMITED", "brim", **other)]
    path.write_bytes(registry_bytes(rows))
    with open_workspace(tmp_path / "w.db") as workspace:
        import_registry(workspace, path)
        found = families(workspace.db)
    ids = {family.id for family in found.values()}
    assert (len(found), len(ids)) == ((2, 1) if relation == "same_group" else (0, 0))
