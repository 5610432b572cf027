"""Visits with a memory: what was asked before is answered from the workspace, the rest fetched.

Every attempt becomes a row when it ends, its body a file before that. A run that is killed and
started again asks the same questions in its mind, and the network only those that have no answer
yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt, wait_random_exponential

from assess.errors import WorkspaceError
from assess.scrape.archive import AVAILABILITY
from assess.scrape.attempts import (
    Attempt,
    Outcome,
    add_attempt,
    last_attempt,
    last_kept,
    tries,
)
from assess.scrape.fetch.fetcher import POSTPONED, Fetcher
from assess.scrape.fetch.records import Reply, Request
from assess.scrape.files import EXTENSIONS
from assess.scrape.kinds import media_type

if TYPE_CHECKING:
    from assess.store import Workspace

# At first and twice more: what fails three times over some minutes fails for longer.
TRIES: Final = 3
# What may pass by itself. A timeout has cost its host minutes already, and is not among them.
PASSING: Final = frozenset(
    {"connect_failed", "connection_lost", "http_408", "http_429", "http_5xx", "robots_unreachable"}
)
# Waits before a second and third try, at random up to 2 and 4 times this.
WAIT_SECONDS: Final = 2.0
MAX_WAIT_SECONDS: Final = 30.0
# A longer Retry-After is for another run.
MAX_RETRY_AFTER: Final = 120.0
# A 304 has no body, and some servers say so.
_OF_THE_SENT_BODY: Final = frozenset({"content-length", "content-encoding", "content-md5"})


@dataclass(frozen=True, slots=True)
class Visit:
    """An attempt that settled an address."""

    reply: Reply
    """With its body, unless there is none."""
    sha256: str | None = None
    kept_as: str = ""
    """Where the body is kept, below the folder of documents."""
    kind: str = ""
    """Media type of the body."""
    size: int = 0
    """Bytes of the body."""
    postponed: bool = False
    """Not settled: for another run."""


class Visits:
    """Asks for pages, each once."""

    def __init__(
        self, workspace: Workspace, fetcher: Fetcher, *, wait_seconds: float = WAIT_SECONDS
    ) -> None:
        self._workspace = workspace
        self._fetcher = fetcher
        self._wait = wait_random_exponential(multiplier=wait_seconds, max=MAX_WAIT_SECONDS)

    async def get(self, url: str, since: int = 0, run: int = 0) -> Visit:
        """The page, as the last attempt from id ``since`` on had it, or fetched now.

        Args:
            run: first attempt of this run; tries of earlier runs do not count.
        """
        known = self.known(url, since)
        if known:
            return known
        before = self._kept_before(url) if since else None
        reply = await self.ask(_conditional(url, before), run)
        if before and reply.unchanged and reply.final_url != before.reply.final_url:
            # It leads elsewhere now, to a page that was asked about another one's version.
            before, reply = None, await self.ask(Request(url), run)
        return self._keep(reply, before)

    def known(self, url: str, since: int = 0) -> Visit | None:
        """What the workspace has of an address; None if it must be asked, or its file is lost."""
        attempt = last_attempt(self._workspace.db, url, since)
        if attempt is None or attempt.sha256 is None or attempt.kept_as is None:
            return Visit(attempt.reply) if attempt else None
        try:
            body = self._workspace.read_bytes(attempt.kept_as, attempt.sha256)
        except WorkspaceError:
            return None
        return _visit(attempt.reply, body, attempt.sha256, attempt.kept_as)

    def _kept_before(self, url: str) -> Attempt | None:
        """The last attempt whose body was kept, unless its file is lost."""
        before = last_kept(self._workspace.db, url)
        if before is None or before.kept_as is None or before.sha256 is None:
            return None
        try:
            self._workspace.read_bytes(before.kept_as, before.sha256)
        except WorkspaceError:
            return None
        return before

    async def ask(self, request: Request, run: int = 0) -> Reply:
        """Fetch, and again where the failure may pass and the domain's budget allows."""
        done = tries(self._workspace.db, request.url, run)
        retrying = AsyncRetrying(
            stop=stop_after_attempt(max(1, TRIES - done)),
            retry=lambda state: self._may_pass(_result(state)),
            wait=self._pause,
            before_sleep=self._note_try,
            retry_error_callback=_result,
        )
        asked = 0

        async def once() -> Reply:
            nonlocal asked
            asked += 1
            return await self._fetcher.fetch(request, again=asked > 1)

        return await retrying(once)

    async def ask_and_note(self, request: Request) -> Reply:
        """As `ask`, with a row for the last try too; its body is the caller's to keep."""
        reply = await self.ask(request)
        outcome: Outcome = "failed" if reply.reason else "got"
        add_attempt(self._workspace.db, reply, outcome, size=len(reply.body))
        return reply

    def _may_pass(self, reply: Reply) -> bool:
        lane = self._fetcher.lane(reply.final_url)
        if reply.reason not in PASSING or lane is None or lane.closed:
            return False
        if (wanted := retry_after(reply)) > MAX_RETRY_AFTER:
            lane.close("host_asked_to_wait", f"it asked for {wanted:,.0f} s")
            return False
        lane.pause(wanted)  # for the domain's other pages too, after the last try as well
        return lane.retries_left > 0

    def _pause(self, state: RetryCallState) -> float:
        reply = _result(state)
        return max(retry_after(reply), self._wait(state))

    def _note_try(self, state: RetryCallState) -> None:
        reply = _result(state)
        add_attempt(self._workspace.db, reply, "retried", size=0)
        lane = self._fetcher.lane(reply.final_url)
        if lane:
            lane.retries_left -= 1
            lane.pause(state.upcoming_sleep)

    def _keep(self, reply: Reply, before: Attempt | None) -> Visit:
        """Write the attempt, its body first."""
        if reply.reason in POSTPONED:
            return Visit(reply, postponed=True)
        db = self._workspace.db
        lane = self._fetcher.lane(reply.final_url)
        if lane and lane.closed == "host_asked_to_wait" and reply.reason:
            # Not settled: asked again by the next run.
            add_attempt(db, reply, "retried", size=0)
            return Visit(replace(reply, reason=lane.closed, detail=lane.detail), postponed=True)
        if reply.reason:
            add_attempt(db, reply, "failed", size=0)
            return Visit(reply)
        if reply.unchanged and before:
            return self._keep_unchanged(reply, before)
        return self._keep_body(reply)

    def _keep_unchanged(self, reply: Reply, before: Attempt) -> Visit:
        assert before.sha256 is not None and before.kept_as is not None
        # RFC 9111, 3.2: a 304 renews the headers of what is kept; most do not repeat its type.
        renewed = {name: v for name, v in reply.headers.items() if name not in _OF_THE_SENT_BODY}
        reply = replace(reply, headers={**before.reply.headers, **renewed})
        body = self._workspace.read_bytes(before.kept_as, before.sha256)
        add_attempt(
            self._workspace.db,
            reply,
            "unchanged",
            size=0,
            sha256=before.sha256,
            kept_as=before.kept_as,
        )
        return _visit(reply, body, before.sha256, before.kept_as)

    def _keep_body(self, reply: Reply) -> Visit:
        db, body = self._workspace.db, reply.body
        kind = media_type(reply)
        extension = _extension(kind, reply.url)
        refused = "" if extension else "wrong_type"
        if not body.strip():
            refused = "empty"
        if refused:
            detail = f"{kind}, {len(body):,} bytes" if body else ""
            failed = replace(reply, reason=refused, detail=detail, body=b"")
            add_attempt(db, failed, "failed", size=len(body))
            return Visit(failed)
        sha256 = hashlib.sha256(body).hexdigest()
        kept_as = self._workspace.keep_unless_forgotten(body, sha256, extension)
        add_attempt(db, reply, "got", size=len(body), sha256=sha256, kept_as=kept_as)
        return Visit(reply, sha256, kept_as, kind, len(body))


def retry_after(reply: Reply, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float:
    """Seconds that the server asks to wait, by number or date; 0 if it does not ask.

    A date is taken by the server's own clock where it tells it: ours may be wrong.
    """
    written = reply.headers.get("retry-after", "").strip()
    if written.isdecimal():
        return float(written[:12])
    until = _moment(written)
    if until is None:
        return 0.0
    begun = _moment(reply.headers.get("date", "")) or now()
    return max(0.0, (until - begun).total_seconds())


def _moment(written: str) -> datetime | None:
    """What an HTTP date says, if it is one."""
    try:
        found = parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _extension(kind: str, url: str) -> str:
    """Under which a body is kept; empty for what is no document."""
    if kind == "application/json" and url.startswith(AVAILABILITY):
        return ".json"
    return EXTENSIONS.get(kind, "")


def _conditional(url: str, before: Attempt | None) -> Request:
    if before is None:
        return Request(url)
    headers = before.reply.headers
    return Request(
        url,
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )


def _visit(reply: Reply, body: bytes, sha256: str, kept_as: str) -> Visit:
    whole = replace(reply, body=body)
    return Visit(whole, sha256, kept_as, media_type(whole), len(body))


def _result(state: RetryCallState) -> Reply:
    assert state.outcome is not None
    reply = state.outcome.result()
    assert isinstance(reply, Reply)
    return reply
