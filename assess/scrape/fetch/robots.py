"""What robots.txt allows (RFC 9309), read by Protego."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, Protocol

from protego import Protego

from assess.scrape.fetch.addresses import Address
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.transport import Answer

Verdict = Literal["rules", "allow", "disallow"]

# The name that rules may be written for.
PRODUCT: Final = "assess"
# RFC 9309, 2.5: at least 500 kibibytes must be read.
MAX_BYTES: Final = 512_000
# A longer pause between two requests is not waited for: the domain is left alone.
MAX_CRAWL_DELAY: Final = 120.0
# Here it is not robots.txt that is missing: the host cannot or must not be visited at all.
_NO_VISIT: Final = frozenset({"no_such_host", "forbidden_address", "connect_failed", "tls_failed"})


@dataclass(frozen=True)
class Robots:
    """One site's robots.txt."""

    verdict: Verdict
    status: int | None = None
    reason: str = "robots_unreachable"
    """Of ``disallow``: the code; the connection's own where there was none."""
    detail: str = ""
    body: str = field(default="", repr=False)
    retry_after: str = ""
    """Of ``disallow``: how long the server asks to wait, as it says it."""

    @cached_property
    def _rules(self) -> Protego:
        return Protego.parse(self.body)

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched."""
        if self.verdict == "rules":
            return bool(self._rules.can_fetch(url, PRODUCT))
        return self.verdict == "allow"

    @cached_property
    def delay(self) -> float:
        """Seconds between two requests that it asks for; 0 if it does not."""
        if self.verdict != "rules":
            return 0.0
        rate = self._rules.request_rate(PRODUCT)
        between = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self._rules.crawl_delay(PRODUCT) or 0.0), between)


class RobotsStore(Protocol):
    """Where robots.txt files are kept for a day."""

    def read_robots(self, origin: str) -> Robots | None:
        """The kept file, or None if there is none that is fresh; never one of ``disallow``."""

    def write_robots(self, origin: str, robots: Robots) -> None:
        """Keep it."""


class NoStore:
    """Keeps nothing."""

    def read_robots(self, origin: str) -> Robots | None:  # noqa: ARG002
        """None."""
        return None

    def write_robots(self, origin: str, robots: Robots) -> None:
        """Nothing is kept."""


FetchRobots = Callable[[Address], Awaitable[Answer]]
"""The answer of an address, redirects followed; raises FetchFailed."""


async def fetch_robots(address: Address, fetch: FetchRobots) -> Robots:
    """Ask for the robots.txt of an address's origin.

    4xx allows; a server error, 429 or no answer disallows.
    """
    place = Address(address.scheme, address.host, address.port, "/robots.txt")
    try:
        answer = await fetch(place)
    except FetchFailed as error:
        reason = error.reason if error.reason in _NO_VISIT else "robots_unreachable"
        detail = str(error) if reason != error.reason else error.detail
        return Robots("disallow", error.status, reason, detail)
    status = answer.status
    if status == 200:
        text = answer.body.decode("utf-8", errors="replace").strip("\ufeff")
        return Robots("rules", status, body=text)
    if 400 <= status < 500 and status != 429:
        return Robots("allow", status, detail="no robots.txt")
    return Robots(
        "disallow",
        status,
        detail=f"robots.txt was answered with status {status}",
        retry_after=answer.headers.get("retry-after", ""),
    )
