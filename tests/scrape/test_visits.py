"""Visits with a memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.extract.media import HTML
from assess.scrape.attempts import last_attempt
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.lanes import RETRIES
from assess.scrape.fetch.records import Reply
from assess.scrape.fetch.transport import Answer
from assess.scrape.visits import MAX_RETRY_AFTER, TRIES, Visit, Visits, retry_after
from assess.store import Workspace
from tests.scrape.fetch.clock import run_fast
from tests.scrape.fetch.scripted import Said, Scripted, moved, page, scripted

A = "https://a.example"
PAGE = f"{A}/page"
BROKEN = Answer(503, {})
NEW = page(b"<html>new")
OLD = page(b"<html>old", etag='"v1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")


class Web:
    """A script, and what was asked of it by visits of one process after the other."""

    def __init__(self, workspace: Workspace, script: Mapping[str, Said | list[Said]]) -> None:
        self.workspace = workspace
        self.change(script)

    def change(self, script: Mapping[str, Said | list[Said]]) -> None:
        """Another process, and perhaps other pages."""
        self.fetcher, self.network = scripted(script)
        self.visits = Visits(self.workspace, self.fetcher, wait_seconds=0.0)

    def get(self, *urls: str, since: int = 0, run: int = 0) -> Visit:
        """The visit of the last address."""

        async def all_of_them() -> Visit:
            for url in urls:
                visit = await self.visits.get(url, since, run)
            return visit

        return asyncio.run(all_of_them())

    def rows(self) -> list[tuple[Any, ...]]:
        """Outcome and reason of each attempt."""
        return self.workspace.db.execute(
            "SELECT outcome, reason FROM attempts ORDER BY id"
        ).fetchall()

    @property
    def next_run(self) -> int:
        """First attempt of a run that begins now."""
        return len(self.rows()) + 1


def _asked(network: Scripted) -> int:
    return len(network.urls())


def test_a_page_is_asked_once_and_kept(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: page(b"<html>text")})
    first = web.get(PAGE)
    assert (first.kind, first.size, first.postponed) == (HTML, 10, False)
    assert workspace.read_bytes(first.kept_as, first.sha256 or "") == b"<html>text"
    assert web.get(PAGE) == first
    web.change({PAGE: page(b"<html>other")})
    assert web.get(PAGE) == first
    assert (_asked(web.network), web.rows()) == (0, [("got", None)])


def test_a_failure_is_remembered_too(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: Answer(404, {})})
    assert web.get(PAGE, PAGE).reply.reason == "http_404"
    assert (_asked(web.network), web.rows()) == (1, [("failed", "http_404")])


@pytest.mark.parametrize(
    "failure",
    [BROKEN, Answer(408, {}), Answer(429, {})]
    + [FetchFailed(reason) for reason in ("connect_failed", "connection_lost")],
)
def test_what_may_pass_is_tried_again(workspace: Workspace, failure: Said) -> None:
    web = Web(workspace, {PAGE: [failure, failure, page()]})
    assert web.get(PAGE).reply.reason is None
    assert [outcome for outcome, _ in web.rows()] == ["retried", "retried", "got"]


@pytest.mark.parametrize(
    "failure",
    [Answer(status, {}) for status in (401, 403, 404, 410, 451, 206)]
    + [FetchFailed(reason) for reason in ("timeout", "tls_failed", "too_large", "bad_encoding")],
)
def test_what_will_not_pass_is_not_tried_again(workspace: Workspace, failure: Said) -> None:
    web = Web(workspace, {PAGE: [failure, page()]})
    assert web.get(PAGE).reply.reason
    assert [outcome for outcome, _ in web.rows()] == ["failed"]


def test_tries_end(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: BROKEN})
    assert web.get(PAGE).reply.reason == "http_5xx"
    assert _asked(web.network) == TRIES
    assert web.rows() == [("retried", "http_5xx")] * (TRIES - 1) + [("failed", "http_5xx")]


def test_robots_txt_that_failed_is_tried_again(workspace: Workspace) -> None:
    web = Web(workspace, {f"{A}/robots.txt": [BROKEN, Answer(404, {})], PAGE: page()})
    assert web.get(PAGE).reply.reason is None
    assert web.rows() == [("retried", "robots_unreachable"), ("got", None)]


def test_a_domain_has_a_budget_of_tries(workspace: Workspace) -> None:
    pages = [f"{A}/{n}" for n in range(RETRIES)]
    web = Web(workspace, dict.fromkeys(pages, BROKEN))
    web.get(*pages)
    assert _asked(web.network) == RETRIES + len(pages)


@pytest.mark.parametrize("killed_after", range(TRIES + 1))
def test_a_run_that_is_killed_goes_on_with_the_tries_that_are_left(
    workspace: Workspace, killed_after: int
) -> None:
    class Killed(BaseException):
        pass

    def kill() -> Answer:
        raise Killed

    web = Web(workspace, {PAGE: [*[BROKEN] * killed_after, kill]})
    if killed_after < TRIES:
        with pytest.raises(Killed):
            web.get(PAGE, run=1)
    else:
        web.get(PAGE, run=1)
    web.change({PAGE: BROKEN})
    assert web.get(PAGE, run=1).reply.reason == "http_5xx"
    assert _asked(web.network) == TRIES - killed_after
    assert [outcome for outcome, _ in web.rows()] == ["retried", "retried", "failed"]


def test_tries_of_earlier_runs_do_not_count(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: BROKEN})
    web.get(PAGE, run=1)
    web.change({PAGE: BROKEN})
    web.get(PAGE, since=web.next_run, run=web.next_run)
    assert _asked(web.network) == TRIES


NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("", 0.0),
        ("0", 0.0),
        (" 7 ", 7.0),
        ("-5", 0.0),
        ("1.5", 0.0),
        ("1e9", 0.0),
        ("soon", 0.0),
        ("9" * 400, 999_999_999_999.0),
        ("Thu, 01 Jan 2026 00:01:30 GMT", 90.0),
        ("Thu, 01 Jan 2026 00:01:30 +0001", 30.0),
        ("Thu, 01 Jan 2026 00:01:30", 90.0),
        ("Wed, 31 Dec 2025 23:00:00 GMT", 0.0),
        ("Thu, 99 Jan 2026 00:01:30 GMT", 0.0),
        ("Thu, 01 Jan 2026 00:01:30 +99999999999999999999", 0.0),
    ],
)
def test_how_long_to_wait_is_read_as_number_or_date(written: str, seconds: float) -> None:
    assert retry_after(_reply(written), lambda: NOW) == seconds


def test_a_date_to_wait_for_is_by_the_servers_clock() -> None:
    reply = _reply("Thu, 01 Jan 2026 00:01:30 GMT")
    told = replace(reply, headers={**reply.headers, "date": "Thu, 01 Jan 2026 00:01:00 GMT"})
    assert retry_after(told, lambda: NOW - timedelta(days=900)) == 30.0


def _reply(written: str) -> Reply:
    return Reply(PAGE, PAGE, "2026-01-01T00:00:00Z", 0.0, headers={"retry-after": written})


@given(
    st.one_of(st.text(), st.from_regex(r"\w{3}, \d+ Jan \d+ \d+:\d+:\d+ [+-]\d+", fullmatch=True))
)
def test_any_wish_to_wait_is_a_time(written: str) -> None:
    assert retry_after(_reply(written)) >= 0.0


@pytest.mark.parametrize("where", [PAGE, f"{A}/robots.txt"])
def test_a_host_that_asks_for_a_long_pause_is_left_for_another_run(
    workspace: Workspace, where: str
) -> None:
    wait = Answer(429, {"retry-after": str(int(MAX_RETRY_AFTER) + 1)})
    web = Web(workspace, {where: wait, f"{A}/other": page()})
    visit = web.get(PAGE)
    assert (visit.postponed, visit.reply.reason) == (True, "host_asked_to_wait")
    assert web.get(f"{A}/other").postponed
    assert len(web.network.asked) == (2 if where == PAGE else 1)
    assert [outcome for outcome, _ in web.rows()] == ["retried"]
    web.change({PAGE: page()})
    assert web.get(PAGE, run=web.next_run).reply.reason is None


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_that_is_asked_for_holds_for_all_pages_of_the_domain(
    workspace: Workspace, status: int
) -> None:
    """Also after the last try, when the page itself is not asked again."""
    web = Web(workspace, {PAGE: Answer(status, {"retry-after": "60"})})
    lane = web.fetcher.lane("https://www.a.example/")
    assert lane
    lane.retries_left = 0
    pauses: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(lane), "pause", lambda _lane, seconds: pauses.append(seconds))
        assert web.get(PAGE).reply.reason
    assert pauses == [60.0]


@pytest.mark.parametrize(("wanted", "waited"), [("90", 90.0), ("", 0.0)])
def test_a_second_try_comes_no_sooner_than_was_asked_for(
    workspace: Workspace, wanted: str, waited: float
) -> None:
    web = Web(workspace, {PAGE: [Answer(503, {"retry-after": wanted}), page()]})

    async def seconds() -> float:
        begun = asyncio.get_running_loop().time()
        assert (await web.visits.get(PAGE)).reply.reason is None
        return asyncio.get_running_loop().time() - begun

    assert run_fast(seconds) == pytest.approx(waited, abs=1.0)


def test_the_same_page_is_not_sent_again(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: OLD})
    old = web.get(PAGE)
    web.change({PAGE: Answer(304, {})})
    visit = web.get(PAGE, since=web.next_run)
    assert (visit.sha256, visit.reply.body, visit.kind) == (old.sha256, b"<html>old", HTML)
    headers = web.network.asked[-1].headers
    assert headers["If-None-Match"] == '"v1"'
    assert headers["If-Modified-Since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert web.rows() == [("got", None), ("unchanged", None)]


def test_what_is_unchanged_keeps_its_type_and_validators(workspace: Workspace) -> None:
    text = "Erklärung".encode("cp1252")
    headers = {"content-type": "text/html; charset=windows-1252", "etag": "1"}
    web = Web(workspace, {PAGE: Answer(200, headers, text)})
    first = web.get(PAGE)
    for _ in range(2):
        web.change({PAGE: Answer(304, {"content-length": "0", "date": "today"})})
        visit = web.get(PAGE, since=web.next_run)
        assert web.network.asked[-1].headers["If-None-Match"] == "1"
        assert (visit.kind, visit.reply.charset) == (first.kind, "windows-1252")
        assert visit.reply.headers == {**headers, "date": "today"}
        assert web.get(PAGE) == visit


def test_another_page_is_kept_beside_the_old_one(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: OLD})
    old = web.get(PAGE)
    web.change({PAGE: NEW})
    new = web.get(PAGE, since=web.next_run)
    assert new.reply.body == b"<html>new"
    assert workspace.read_bytes(old.kept_as, old.sha256 or "") == b"<html>old"


def test_unchanged_said_of_another_page_is_not_believed(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: moved("/2023"), f"{A}/2023": OLD})
    web.get(PAGE)
    web.change({PAGE: moved("/2024"), f"{A}/2024": [Answer(304, {}), NEW]})
    assert web.get(PAGE, since=web.next_run).reply.body == b"<html>new"
    assert web.rows() == [("got", None), ("got", None)]


def test_a_kept_file_that_is_lost_is_asked_for_again_and_whole(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: OLD})
    first = web.get(PAGE)
    (workspace.documents / first.kept_as).unlink()
    assert web.get(PAGE).reply.body == b"<html>old"
    (workspace.documents / first.kept_as).write_bytes(b"other")
    visit = web.get(PAGE, since=web.next_run)
    assert visit.reply.body == b"<html>old"
    assert _asked(web.network) == 3
    assert not any("If-None-Match" in asked.headers for asked in web.network.asked)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b""), "empty"),
        (page(b" \r\n\t"), "empty"),
        (
            Answer(200, {"content-type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(50)),
            "wrong_type",
        ),
        (Answer(200, {"content-type": "application/json"}, b'{"a": 1}'), "wrong_type"),
        (Answer(200, {}, b"\0\1\2\3" * 20), "wrong_type"),
    ],
)
def test_what_is_no_document_is_not_kept(workspace: Workspace, answer: Answer, reason: str) -> None:
    web = Web(workspace, {PAGE: answer})
    visit = web.get(PAGE)
    assert (visit.reply.reason, visit.reply.body, visit.sha256) == (reason, b"", None)
    assert web.rows() == [("failed", reason)]
    attempt = last_attempt(workspace.db, PAGE)
    assert attempt
    assert attempt.reply == visit.reply
    assert not list(workspace.documents.glob("**/*.png"))


def test_a_pdf_that_is_called_a_page_is_a_pdf(workspace: Workspace) -> None:
    web = Web(workspace, {PAGE: page(b"%PDF-1.4\n1 0 obj")})
    assert web.get(PAGE).kept_as.endswith(".pdf")
