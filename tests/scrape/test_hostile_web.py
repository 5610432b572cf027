"""Collecting from a web of more than 300 hosts, a third of them hostile: each costs its own row."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest

from assess.scrape.collect import CollectReport, Options
from assess.scrape.doors import site_targets, url_targets
from assess.scrape.fetch.fetcher import MAX_REDIRECTS
from assess.scrape.fetch.reasons import REASONS
from assess.scrape.lists import Site
from assess.scrape.run import run_collection
from assess.scrape.visits import TRIES
from assess.store import Workspace, open_workspace
from tests.scrape.standin import StandIn
from tests.web.build import build_web
from tests.web.local import LocalWeb
from tests.web.log import registrable_of

DELAY = 0.1
SECONDS = 2.0
# What one address may cost: robots.txt and the page, each tried three times to its time's end, and
# the pauses after such slow answers.
BOUND = 2 * TRIES * SECONDS * 3


@pytest.fixture(scope="module")
def local() -> Iterator[LocalWeb]:
    with LocalWeb(build_web(sites=200, hostile=True)) as running:
        yield running


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(tmp_path_factory.mktemp("web") / "a.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def hostile(local: LocalWeb, workspace: Workspace) -> tuple[CollectReport, float]:
    urls = [attack.url for attack in local.web.attacks.values()]
    network = StandIn(local.client).network(delay=DELAY, seconds=SECONDS)
    begun = time.monotonic()
    report = run_collection(workspace, network, "urls", url_targets(urls), Options())
    return report, time.monotonic() - begun


@pytest.fixture(scope="module")
def ordinary(local: LocalWeb, workspace: Workspace, hostile: object) -> CollectReport:
    sites = [Site(domain, truth.home_url) for domain, truth in local.web.truth.items()]
    network = StandIn(local.client).network(delay=DELAY, seconds=SECONDS)
    return run_collection(workspace, network, "sites", site_targets(sites), Options())


def outcomes(workspace: Workspace, door: str) -> dict[str, str]:
    return dict(
        workspace.db.execute(
            "SELECT url, coalesce(reason, '') FROM targets WHERE door = ?", [door]
        ).fetchall()
    )


def test_the_web_is_as_large_as_it_should_be(local: LocalWeb) -> None:
    assert len(local.web.truth) >= 200
    assert len(local.web.attacks) >= 100


def test_each_hostile_site_costs_its_own_row_and_says_what_it_is(
    local: LocalWeb, workspace: Workspace, hostile: tuple[CollectReport, float]
) -> None:
    found = outcomes(workspace, "urls")
    wrong = {
        attack.name: found[attack.url]
        for attack in local.web.attacks.values()
        if found[attack.url] not in attack.reasons
    }
    assert wrong == {}
    assert set(found.values()) - {""} <= set(REASONS)


def test_they_cost_a_bounded_time_and_one_run(hostile: tuple[CollectReport, float]) -> None:
    report, seconds = hostile
    assert report.kept + report.failed + report.postponed == report.targets
    assert report.known == 0
    assert seconds < BOUND


def test_statements_are_found_and_home_pages_judged(
    local: LocalWeb, workspace: Workspace, ordinary: CollectReport
) -> None:
    found = set(
        workspace.db.execute(
            "SELECT organisation, target_documents.url FROM target_documents JOIN targets"
            " ON targets.id = target_id WHERE door = 'sites'"
        ).fetchall()
    )
    wanted = {
        (domain, url) for domain, truth in local.web.truth.items() for url in truth.statement_urls
    }
    assert len(found & wanted) >= 0.95 * len(wanted)
    assert found <= wanted
    judged = dict(
        workspace.db.execute(
            "SELECT organisation, value FROM homepage_links JOIN targets ON targets.id = target_id"
        ).fetchall()
    )
    right = sum(judged[domain] == truth.homepage_value for domain, truth in local.web.truth.items())
    assert right >= 0.95 * len(local.web.truth)


def test_the_servers_log_shows_one_request_at_a_time_and_the_pauses(
    local: LocalWeb, ordinary: CollectReport
) -> None:
    assert max(local.log.max_in_flight_each().values()) == 1
    names = {registrable_of(record.host) for record in local.log.records()}
    gaps = [gap for name in names for gap in local.log.gaps(name)]
    # A busy server notes the end of an answer later than the client has it.
    assert len(gaps) > 900
    assert min(gaps) >= DELAY / 2
    assert statistics.median(gaps) >= DELAY


def test_who_visits_is_said_and_nothing_more_than_needed(
    local: LocalWeb, ordinary: CollectReport
) -> None:
    records = [record for record in local.log.records() if record.method]
    assert {record.user_agent for record in records} == {
        "assess/0.1.0 (collects modern slavery statements; contact tests@example.org)"
    }
    assert {record.method for record in records} == {"GET"}
    assert not any("cookie" in record.headers for record in records)


def test_redirects_end(local: LocalWeb, hostile: object) -> None:
    host = "redirect-chain-of-6.example"
    asked = [r for r in local.log.records() if r.host == host and r.path != "/robots.txt"]
    assert len(asked) <= MAX_REDIRECTS + 1


def test_nothing_is_asked_twice(
    local: LocalWeb, workspace: Workspace, ordinary: CollectReport
) -> None:
    before = local.log.count()
    sites = [Site(domain, truth.home_url) for domain, truth in local.web.truth.items()]
    network = StandIn(local.client).network(delay=DELAY, seconds=SECONDS)
    again = run_collection(workspace, network, "sites", site_targets(sites), Options())
    assert (again.known, again.kept) == (again.targets, 0)
    assert local.log.count() == before
