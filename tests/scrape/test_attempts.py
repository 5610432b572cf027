"""The attempts of collecting runs as rows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assess.scrape.attempts import (
    Collection,
    KeptRobots,
    Outcome,
    add_attempt,
    begin,
    finish,
    iter_attempts,
    last_attempt,
    last_kept,
    tries,
)
from assess.scrape.fetch.records import Hop, Reply
from assess.scrape.fetch.robots import Robots
from assess.store import Workspace

URL = "https://a.example/x"
HOURS = timedelta(hours=1)


def _add(workspace: Workspace, outcome: Outcome, *, url: str = URL, **more: Any) -> None:
    reason = None if outcome in {"got", "unchanged"} else "http_5xx"
    kept = {"sha256": "ab", "kept_as": "ab.html"} if reason is None else {}
    reply = Reply(url, f"{url}/final", "2026-01-01T00:00:00Z", 1.5, reason=reason, **more)
    add_attempt(workspace.db, reply, outcome, size=3, **kept)


def test_an_attempt_comes_back_as_it_was_but_for_its_body(workspace: Workspace) -> None:
    reply = Reply(
        url=URL,
        final_url="https://b.example/é",
        started_at="2026-01-01T00:00:00Z",
        seconds=1.234,
        status=200,
        headers={"server": "s", "etag": '"é"'},
        hops=(Hop(URL, 301), Hop("https://b.example/", 302)),
    )
    add_attempt(workspace.db, reply, "got", size=4, sha256="ab", kept_as="ab.pdf", source="w.warc")
    attempt = last_attempt(workspace.db, URL)
    assert attempt
    assert attempt.reply == reply
    assert (attempt.id, attempt.outcome, attempt.source) == (1, "got", "w.warc")
    assert (attempt.sha256, attempt.kept_as) == ("ab", "ab.pdf")


def test_what_only_was_tried_settles_nothing(workspace: Workspace) -> None:
    _add(workspace, "retried")
    assert last_attempt(workspace.db, URL) is None
    assert iter_list(workspace) == []


def iter_list(workspace: Workspace) -> list[str]:
    return [attempt.outcome for attempt in iter_attempts(workspace.db)]


def test_attempts_are_those_of_the_address_and_of_the_time(workspace: Workspace) -> None:
    for outcome in ("got", "unchanged", "failed"):
        _add(workspace, outcome)
    _add(workspace, "failed", url=f"{URL}/other")
    newest, kept = last_attempt(workspace.db, URL), last_kept(workspace.db, URL)
    assert newest
    assert kept
    assert (newest.id, kept.id) == (3, 2)
    assert last_attempt(workspace.db, URL, since=4) is None
    assert iter_list(workspace) == ["got", "unchanged", "failed", "failed"]


def test_only_tries_since_the_run_began_or_the_address_was_settled_count(
    workspace: Workspace,
) -> None:
    for outcome in ("retried", "failed", "retried", "retried"):
        _add(workspace, outcome)
    _add(workspace, "retried", url=f"{URL}/other")
    assert [tries(workspace.db, URL, since) for since in (0, 1, 4, 5)] == [2, 2, 1, 0]


@pytest.mark.parametrize(
    "kept", [{"sha256": "ab"}, {"kept_as": "ab.pdf"}], ids=["no file", "no hash"]
)
def test_a_hash_without_a_file_cannot_be_written(workspace: Workspace, kept: Any) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        add_attempt(workspace.db, Reply(URL, URL, "", 0.0), "got", size=1, **kept)
    assert workspace.db.table("attempts").count == 0


def test_a_run_that_was_ended_before_its_time_goes_on(workspace: Workspace) -> None:
    _add(workspace, "got")
    first = begin(workspace.db, "urls", "missing")
    _add(workspace, "got")
    assert first == Collection(1, "missing", 2)
    assert begin(workspace.db, "urls", "missing") == first
    finish(workspace.db, first)
    assert begin(workspace.db, "urls", "missing") == Collection(2, "missing", 3)


def test_runs_of_other_doors_and_modes_are_others(workspace: Workspace) -> None:
    runs = [
        begin(workspace.db, "urls", "missing"),
        begin(workspace.db, "sites", "missing"),
        begin(workspace.db, "urls", "recheck"),
    ]
    assert [run.id for run in runs] == [1, 2, 3]


def test_robots_txt_is_kept_by_origin(workspace: Workspace) -> None:
    store = KeptRobots(workspace.db)
    robots = Robots("rules", 200, body="User-agent: *\nDisallow: /\0x")
    store.write_robots("https://a.example", Robots("allow", 404, detail="no robots.txt"))
    store.write_robots("https://a.example", robots)
    kept = store.read_robots("https://a.example")
    assert kept == Robots("rules", 200, body="User-agent: *\nDisallow: /x")
    assert store.read_robots("http://a.example") is None


def test_a_no_for_want_of_an_answer_is_not_kept_as_one(workspace: Workspace) -> None:
    store = KeptRobots(workspace.db)
    store.write_robots("https://a.example", Robots("disallow", 503, detail="status 503"))
    assert store.read_robots("https://a.example") is None


@pytest.mark.parametrize(
    ("age", "fresh"), [(23 * HOURS, True), (25 * HOURS, False), (-9 * HOURS, False)]
)
def test_robots_txt_is_used_for_a_day(workspace: Workspace, age: timedelta, fresh: bool) -> None:
    store = KeptRobots(workspace.db)
    store.write_robots("https://a.example", Robots("allow", 404))
    fetched = (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%SZ")
    workspace.db.table("robots").update("https://a.example", {"fetched_at": fetched})
    assert (store.read_robots("https://a.example") is not None) is fresh
