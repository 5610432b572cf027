"""What is to be found, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assess.scrape.attempts import Collection, Door, Mode, add_attempt, begin, finish
from assess.scrape.fetch.records import Reply
from assess.scrape.keep import keep_document
from assess.scrape.seek import Failure, Find, HomePage, Sought
from assess.scrape.sites.homepage import HomepageLink
from assess.scrape.targets import Target, pending, write
from assess.scrape.visits import Visit
from assess.store import Workspace
from tests.scrape.sites.reading import read_links

URL = "https://www.a.example/msa"
ONE = Target("urls", URL)
FAILED = Sought(failure=Failure("http_404", "gone"))
POSTPONED = Sought(failure=Failure("host_given_up", "no answer", postponed=True))
# Attempts of earlier runs; those of a run that begins now have numbers from 6 on.
BEFORE = 5


def _run(workspace: Workspace, mode: Mode = "missing", door: Door = "urls") -> Collection:
    return begin(workspace.db, door, mode)


def _attempts(workspace: Workspace, number: int) -> None:
    for _ in range(number):
        add_attempt(workspace.db, Reply(URL, URL, "", 0.0, reason="x"), "failed", size=0)


def _visit(workspace: Workspace, url: str = URL) -> Visit:
    body = f"<html>{url}".encode()
    sha256 = hashlib.sha256(body).hexdigest()
    reply = Reply(url, f"{url}/final", "2026-01-01T00:00:00Z", 1.0, 200)
    kept_as = workspace.keep_bytes(body, sha256, ".html")
    visit = Visit(reply, sha256, kept_as, "text/html", len(body))
    keep_document(workspace, visit, url)
    return visit


def _found(workspace: Workspace) -> Sought:
    return Sought((Find(_visit(workspace), "own_url", "https://a.example/"),))


OUTCOMES: dict[str, Callable[[Workspace], Sought]] = {
    "kept": _found,
    "failed": lambda _: FAILED,
    "postponed": lambda _: POSTPONED,
}


@pytest.mark.parametrize(
    ("mode", "since"), [("missing", 0), ("recheck", 0), ("refresh", BEFORE + 1)]
)
def test_what_was_never_visited_is(workspace: Workspace, mode: Mode, since: int) -> None:
    """Pages that are known already are taken as known, unless all is to be seen anew."""
    _attempts(workspace, BEFORE)
    [target] = pending(workspace.db, [ONE, ONE], _run(workspace, mode))
    assert (target, target.since) == (ONE, since)


@pytest.mark.parametrize(
    ("mode", "outcome", "since"),
    [
        ("missing", "kept", None),
        ("missing", "failed", None),
        ("missing", "postponed", BEFORE + 1),
        ("recheck", "kept", None),
        ("recheck", "failed", BEFORE + 3),
        ("recheck", "postponed", BEFORE + 1),
        ("refresh", "kept", BEFORE + 3),
        ("refresh", "failed", BEFORE + 3),
        ("refresh", "postponed", BEFORE + 3),
    ],
)
def test_what_an_earlier_run_decided_is_visited_by_mode(
    workspace: Workspace, mode: Mode, outcome: str, since: int | None
) -> None:
    _attempts(workspace, BEFORE)
    first = _run(workspace)
    _attempts(workspace, 2)
    write(workspace, ONE, OUTCOMES[outcome](workspace), first)
    finish(workspace.db, first)
    found = pending(workspace.db, [ONE], _run(workspace, mode))
    assert [target.since for target in found] == ([] if since is None else [since])


@pytest.mark.parametrize("mode", ["missing", "recheck", "refresh"])
@pytest.mark.parametrize(("outcome", "again"), [("kept", 0), ("failed", 0), ("postponed", 1)])
def test_a_run_that_is_resumed_visits_what_it_has_not_decided(
    workspace: Workspace, mode: Mode, outcome: str, again: int
) -> None:
    _attempts(workspace, BEFORE)
    write(workspace, ONE, OUTCOMES[outcome](workspace), _run(workspace, mode))
    found = pending(workspace.db, [ONE], _run(workspace, mode))
    assert [target.since for target in found] == [BEFORE + 1] * again


@pytest.mark.parametrize(
    ("changed_at", "visited"), [("", False), ("2000-01-01", False), ("2999-01-01", True)]
)
def test_what_has_changed_in_the_registry_since_is_visited_again(
    workspace: Workspace, changed_at: str, visited: bool
) -> None:
    _attempts(workspace, BEFORE)
    first = _run(workspace)
    write(workspace, ONE, FAILED, first)
    finish(workspace.db, first)
    found = pending(workspace.db, [replace(ONE, changed_at=changed_at)], _run(workspace))
    assert [target.since for target in found] == ([BEFORE + 1] if visited else [])


def test_a_decision_of_the_future_was_made_today_at_the_latest(workspace: Workspace) -> None:
    first = _run(workspace)
    write(workspace, ONE, FAILED, first)
    finish(workspace.db, first)
    workspace.db.execute("UPDATE targets SET decided_at = '2999-01-01T00:00:00Z'")
    found = pending(workspace.db, [replace(ONE, changed_at="2998-01-01")], _run(workspace))
    assert len(found) == 1


def test_targets_of_other_doors_and_organisations_are_others(workspace: Workspace) -> None:
    first = _run(workspace)
    write(workspace, ONE, FAILED, first)
    finish(workspace.db, first)
    others = [replace(ONE, door="sites"), replace(ONE, organisation="Acme")]
    assert pending(workspace.db, [ONE, *others], _run(workspace)) == others


def _rows(workspace: Workspace, table: str, columns: str) -> list[tuple[Any, ...]]:
    return workspace.db.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()


def test_a_failure_is_a_row_and_an_issue_with_its_reason(workspace: Workspace) -> None:
    write(workspace, replace(ONE, organisation="Acme"), FAILED, _run(workspace))
    assert _rows(workspace, "targets", "outcome, reason, detail, organisation") == [
        ("failed", "http_404", "gone", "Acme")
    ]
    assert _rows(workspace, "issues", "stage, subject, code, message") == [
        ("collect", f"Acme {URL}", "http_404", "gone")
    ]


def test_what_is_found_later_takes_the_failure_back(workspace: Workspace) -> None:
    write(workspace, ONE, FAILED, _run(workspace))
    write(workspace, ONE, _found(workspace), _run(workspace))
    assert _rows(workspace, "targets", "outcome, reason, detail") == [("kept", None, "")]
    assert _rows(workspace, "target_documents", "how, url") == [("own_url", f"{URL}/final")]
    assert _rows(workspace, "issues", "code") == []


def test_what_the_archive_has_is_kept_and_the_site_s_failure_no_issue(workspace: Workspace) -> None:
    write(workspace, ONE, replace(FAILED, finds=_found(workspace).finds), _run(workspace))
    assert _rows(workspace, "targets", "outcome, reason") == [("kept", None)]
    assert _rows(workspace, "issues", "code") == []


def test_another_failure_takes_the_place_of_the_first(workspace: Workspace) -> None:
    write(workspace, ONE, FAILED, _run(workspace))
    write(workspace, ONE, Sought(failure=Failure("timeout")), _run(workspace))
    assert _rows(workspace, "targets", "outcome, reason") == [("failed", "timeout")]
    assert _rows(workspace, "issues", "code, message") == [("timeout", "timeout")]


def test_the_same_find_twice_is_one_row(workspace: Workspace) -> None:
    for _ in range(2):
        write(workspace, ONE, _found(workspace), _run(workspace))
    assert len(_rows(workspace, "target_documents", "target_id")) == 1
    assert len(_rows(workspace, "targets", "id")) == 1


def test_a_home_page_s_link_is_kept_as_evidence(workspace: Workspace) -> None:
    link = read_links(b"<footer><a href=/ms>Modern slavery</a></footer>", URL)[0]
    home = HomePage(HomepageLink("met", link, "says it"), _visit(workspace))
    write(workspace, ONE, replace(FAILED, home=home), _run(workspace))
    assert _rows(workspace, "homepage_links", "value, link_text, place, page_url") == [
        ("met", "Modern slavery", "footer", f"{URL}/final")
    ]
    absent = HomePage(HomepageLink("absent", None, "none"), _visit(workspace))
    write(workspace, ONE, replace(FAILED, home=absent), _run(workspace))
    assert _rows(workspace, "homepage_links", "value, link_text") == [("absent", "")]


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.shop.a.co.uk:443/x?y", "a.co.uk"),
        ("https://a.example?x=1", "a.example"),
        ("http://10.0.0.1:8080/x", "10.0.0.1"),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_targets_belong_to_domains(url: str, domain: str) -> None:
    assert Target("urls", url).domain == domain


def test_a_corrected_address_is_visited_instead() -> None:
    target = replace(ONE, correct_url="https://b.example/x")
    assert (target.visited_url, target.domain) == ("https://b.example/x", "b.example")
