"""The real registry file of the food sector, with the local web standing in for its hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.scrape.collect import CollectReport, Options
from assess.scrape.doors import statement_targets
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.scrape.run import run_collection
from assess.store import Workspace, open_workspace
from tests.scrape.standin import StandIn
from tests.web.local import LocalWeb
from tests.web.registry import REASONS_OF, registry_web

URLS = 226


@pytest.fixture(scope="module")
def csv_file(shared: Path) -> Path:
    return shared / "registry" / "StatementSummaries2022-food-sector.csv"


@pytest.fixture(scope="module")
def local(csv_file: Path) -> Iterator[LocalWeb]:
    with LocalWeb(registry_web(csv_file)) as running:
        yield running


@pytest.fixture(scope="module")
def workspace(csv_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(tmp_path_factory.mktemp("food") / "food.db") as opened:
        import_registry(opened, csv_file)
        yield opened


@pytest.fixture(scope="module")
def report(local: LocalWeb, workspace: Workspace) -> CollectReport:
    network = StandIn(local.client).network(delay=0.05, seconds=2.0)
    targets = statement_targets(workspace.db)
    return run_collection(workspace, network, "statements", targets, Options())


def test_each_address_ends_with_a_document_or_a_stated_reason(
    local: LocalWeb, workspace: Workspace, report: CollectReport
) -> None:
    assert len(local.web.kinds) == URLS
    # Three statements have the registry's copy only.
    assert report.kept + report.failed + report.postponed == report.targets == URLS + 3
    rows = workspace.db.execute(
        "SELECT url, coalesce(reason, ''), EXISTS (SELECT 1 FROM target_documents WHERE target_id ="
        " targets.id AND how = 'registry_copy') FROM targets"
    ).fetchall()
    assert set(local.web.kinds) <= {url for url, *_ in rows}
    wrong = [
        (url, local.web.kinds[url], reason)
        for url, reason, from_copy in rows
        if url in local.web.kinds
        and not from_copy
        and reason not in REASONS_OF[local.web.kinds[url]]
    ]
    assert wrong == []


def test_copies_of_the_registry_stand_in_for_what_failed(
    workspace: Workspace, report: CollectReport
) -> None:
    how = Counter(row["how"] for row in workspace.db.table("target_documents").rows)
    assert how["own_url"] > 100
    assert how["link"] > 10
    assert how["registry_copy"] > 0


def test_most_kept_documents_are_matched_to_rows(
    workspace: Workspace, report: CollectReport
) -> None:
    matched = match_documents(workspace)
    kept = workspace.db.table("documents").count
    assert matched.accepted + matched.review >= 0.9 * kept
    assert matched.unmatched <= 0.1 * kept
