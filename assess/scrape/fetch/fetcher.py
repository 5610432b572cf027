"""One attempt at a page: redirects followed, each hop checked, allowed by robots.txt, in turn."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from assess.clock import now
from assess.extract.limits import MAX_BYTES
from assess.scrape.fetch.addresses import Address, AddressGuard, parse
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.lanes import Lane, Lanes
from assess.scrape.fetch.records import Hop, Reply, Request
from assess.scrape.fetch.robots import (
    MAX_BYTES as MAX_ROBOTS_BYTES,
)
from assess.scrape.fetch.robots import (
    MAX_CRAWL_DELAY,
    NoStore,
    Robots,
    RobotsStore,
    fetch_robots,
)
from assess.scrape.fetch.transport import Answer, Limit, Transport

MAX_REDIRECTS: Final = 5
# More than the domains that are visited at once; a parsed file takes some 20 kB.
ROBOTS_AT_HAND: Final = 1_000
# Then the store is asked, which keeps them for a day: a run may take longer.
ROBOTS_SECONDS: Final = 3_600.0
# No answer at all, as opposed to one that is of no use.
SILENT: Final = frozenset({"connect_failed", "timeout", "connection_lost", "no_such_host"})
# The domain is not asked; the target waits for another run.
POSTPONED: Final = frozenset({"host_asked_to_wait", "host_given_up"})

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NAMED: Final = frozenset({401, 403, 404, 408, 410, 429})
_ACCEPT: Final = "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8"
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Settings:
    """How a run visits."""

    user_agent: str
    any_port: bool = False
    """As with private networks."""
    languages: str = "en-GB,en;q=0.9,cy;q=0.5"


@dataclass
class _Visit:
    """One attempt in the making."""

    request: Request
    address: Address | None = None
    hops: list[Hop] = field(default_factory=list)
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """Spent on requests, not on waiting."""
    started_at: str = field(default_factory=now)
    """When the first request went out, if one did."""


class Fetcher:
    """Visits pages; one for each run, as it knows whose turn it is."""

    def __init__(
        self,
        transport: Transport,
        guard: AddressGuard,
        lanes: Lanes,
        settings: Settings,
        store: RobotsStore | None = None,
    ) -> None:
        self._transport = transport
        self._guard = guard
        self._lanes = lanes
        self._settings = settings
        self._store = store or NoStore()
        self._robots: dict[str, asyncio.Task[Robots]] = {}
        self._robots_until: dict[str, float] = {}

    def lane(self, url: str) -> Lane | None:
        """The lane of the address's domain, or None for what is no address."""
        try:
            return self._lanes.of(self._parse(url).registrable)
        except FetchFailed:
            return None

    async def fetch(self, request: Request, *, again: bool = False) -> Reply:
        """Try once; every failure is a reply with its reason.

        ``again`` asks for robots.txt anew if it could not be had before.
        """
        visit = _Visit(request)
        try:
            answer = await self._follow(visit, again)
            _check_status(answer, conditional=bool(request.etag or request.last_modified))
            reason, detail, body = None, "", answer.body
        except FetchFailed as error:
            reason, detail, body = error.reason, error.detail, b""
        return Reply(
            url=request.url,
            final_url=visit.address.url if visit.address else request.url,
            started_at=visit.started_at,
            seconds=round(visit.seconds, 3),
            status=visit.status,
            headers=visit.headers,
            hops=tuple(visit.hops),
            body=body,
            reason=reason,
            detail=detail,
        )

    async def _follow(self, visit: _Visit, again: bool) -> Answer:
        address = self._parse(visit.request.url)
        seen: set[str] = set()
        while True:
            # Not those of the redirect that led here.
            visit.address, visit.status, visit.headers = address, None, {}
            robots = await self._robots_of(address, again)
            self._check_robots(robots, address, visit)
            answer = await self._in_turn(address, robots, visit)
            visit.status, visit.headers = answer.status, answer.headers
            if answer.status not in _REDIRECTS:
                return answer
            seen.add(address.url)
            target = self._redirected(address, answer)
            if target.url in seen:
                raise FetchFailed("too_many_redirects", f"a loop at {target.url}")
            if len(visit.hops) == MAX_REDIRECTS:
                raise FetchFailed("too_many_redirects", f"more than {MAX_REDIRECTS}")
            visit.hops.append(Hop(address.url, answer.status))
            address = target

    def _check_robots(self, robots: Robots, address: Address, visit: _Visit) -> None:
        if robots.verdict == "disallow":
            if robots.retry_after:
                visit.headers = {"retry-after": robots.retry_after}
            lane = self._lanes.of(address.registrable)
            raise FetchFailed(lane.closed or robots.reason, lane.detail or robots.detail)
        if not robots.allows(address.url):
            raise FetchFailed("robots_disallow", f"{address.origin}/robots.txt")
        if robots.delay > MAX_CRAWL_DELAY:
            raise FetchFailed(
                "robots_disallow",
                f"it asks for {robots.delay:,.0f} s between two requests, longer than a run waits",
            )

    async def _in_turn(self, address: Address, robots: Robots, visit: _Visit) -> Answer:
        request = visit.request
        limit = Limit(request.max_bytes or MAX_BYTES)
        headers = self._headers(request)
        return await self._send(request.method, address, headers, limit, robots.delay, visit)

    async def _send(
        self,
        method: str,
        address: Address,
        headers: Mapping[str, str],
        limit: Limit,
        crawl_delay: float,
        visit: _Visit | None = None,
    ) -> Answer:
        lane = self._lanes.of(address.registrable)
        async with lane.turn(crawl_delay):
            if lane.closed:
                raise FetchFailed(lane.closed, lane.detail)
            begun = time.monotonic()
            if visit and not visit.hops:
                visit.started_at = now()
            try:
                endpoints = await self._guard.endpoints(address)
                answer = await self._transport.send(method, address, endpoints, headers, limit)
            except FetchFailed as error:
                lane.answered(silent=error.reason in SILENT)
                if visit:
                    visit.status = error.status
                raise
            finally:
                if visit:
                    visit.seconds += time.monotonic() - begun
            lane.answered(silent=False)
            return answer

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Language": self._settings.languages,
        }
        # Sent back as they came, or not at all: a header of a request is ASCII.
        if request.etag.isascii() and request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified.isascii() and request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        return headers

    def _parse(self, url: str) -> Address:
        return parse(_BROKEN_ESCAPE.sub("%25", url), any_port=self._settings.any_port)

    def _redirected(self, address: Address, answer: Answer) -> Address:
        location = answer.headers.get("location", "")
        if not location:
            raise FetchFailed("bad_redirect", "it does not say where to")
        try:
            return self._parse(urljoin(address.url, location))
        except ValueError:
            raise FetchFailed("bad_redirect", location[:200]) from None
        except FetchFailed as error:
            raise FetchFailed("bad_redirect", f"to {location[:200]}: {error}") from None

    async def _robots_of(self, address: Address, again: bool) -> Robots:
        """The origin's robots.txt, asked for once however many wait for it."""
        loop = asyncio.get_running_loop()
        asked = self._robots.get(address.origin)
        if asked and asked.done() and self._robots_until[address.origin] < loop.time():
            asked = None
        if asked is None or (again and asked.done() and asked.result().verdict == "disallow"):
            asked = asyncio.ensure_future(self._read_robots(address))
            self._robots[address.origin] = asked
            self._robots_until[address.origin] = loop.time() + ROBOTS_SECONDS
            self._forget_robots()
        return await asyncio.shield(asked)

    def _forget_robots(self) -> None:
        """Drop the oldest: the store has them, if they are needed again."""
        while len(self._robots) > ROBOTS_AT_HAND:
            oldest = next(iter(self._robots))
            if not self._robots[oldest].done():
                return
            del self._robots[oldest], self._robots_until[oldest]

    async def _read_robots(self, address: Address) -> Robots:
        kept = self._store.read_robots(address.origin)
        if kept is not None:
            return kept
        robots = await fetch_robots(address, self._fetch_robots)
        self._store.write_robots(address.origin, robots)
        return robots

    async def _fetch_robots(self, address: Address) -> Answer:
        headers = self._headers(Request(address.url)) | {"Accept": "text/plain,*/*;q=0.5"}
        limit = Limit(MAX_ROBOTS_BYTES, cut=True)
        for hop in range(MAX_REDIRECTS + 1):
            try:
                answer = await self._send("GET", address, headers, limit, 0.0)
            except FetchFailed as error:
                if not hop:
                    raise
                # Not what the host itself is like.
                raise FetchFailed("bad_redirect", f"to {address.url}: {error}") from None
            if answer.status not in _REDIRECTS:
                return answer
            address = self._redirected(address, answer)
        # RFC 9309, 2.3.1.2: after five redirects the file may count as not there.
        return Answer(404, {})


def _check_status(answer: Answer, *, conditional: bool) -> None:
    status = answer.status
    if status == 200 or (status == 304 and conditional):
        return
    if status in _NAMED:
        raise FetchFailed(f"http_{status}")
    if status >= 400:
        raise FetchFailed("http_4xx" if status < 500 else "http_5xx", f"status {status}")
    raise FetchFailed("http_other", f"status {status}")
