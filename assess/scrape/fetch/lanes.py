"""One request at a time to each registrable domain, with a pause after each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Final

# Between two requests to a domain, at least: a visitor who reads. Nothing is gained by less, as
# many domains are visited at once and most have one statement.
MIN_DELAY: Final = 2.0
# A host that needs long for an answer is given as long again, and once more.
DELAY_FACTOR: Final = 2.0
MAX_ADAPTIVE_DELAY: Final = 30.0
# Tries again per domain and run: what fails more often is broken, not busy.
RETRIES: Final = 8
# Requests in a row without an answer after which a domain is left alone for the run.
MAX_SILENT: Final = 4


@dataclass(slots=True)
class Lane:
    """What is known of one domain in this run."""

    min_delay: float
    retries_left: int = RETRIES
    closed: str | None = None
    """Reason code, once it is not asked any more in this run."""
    detail: str = ""
    _silent: int = 0
    _not_before: float = 0.0
    _ended: float = -inf
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self, crawl_delay: float) -> AsyncGenerator[None]:
        """Wait for the domain's turn; pause after it as its slowness asks for.

        Args:
            crawl_delay: seconds that robots.txt asks for, before the turn and after it: the request
                before may have been the one for robots.txt.
        """
        loop = asyncio.get_running_loop()
        async with self._lock:
            while (wait := max(self._not_before, self._ended + crawl_delay) - loop.time()) > 0:
                await asyncio.sleep(wait)
            begun = loop.time()
            try:
                yield
            finally:
                self._ended = loop.time()
                slow = min(DELAY_FACTOR * (self._ended - begun), MAX_ADAPTIVE_DELAY)
                delay = max(self.min_delay, crawl_delay, slow)
                self._not_before = max(self._not_before, self._ended + delay)

    def pause(self, seconds: float) -> None:
        """Ask nothing for so long."""
        until = asyncio.get_running_loop().time() + seconds
        self._not_before = max(self._not_before, until)

    def close(self, reason: str, detail: str) -> None:
        """Ask nothing more in this run."""
        self.closed, self.detail = reason, detail

    def answered(self, *, silent: bool) -> None:
        """Count requests without any answer; after some in a row the domain is left alone."""
        self._silent = self._silent + 1 if silent else 0
        if self._silent >= MAX_SILENT and self.closed is None:
            self.close("host_given_up", f"no answer to {self._silent} requests in a row")


class Lanes:
    """The lanes of a run, by registrable domain."""

    def __init__(self, min_delay: float = MIN_DELAY) -> None:
        self._min_delay = min_delay
        self._lanes: dict[str, Lane] = {}

    def of(self, registrable: str) -> Lane:
        """The domain's lane."""
        if registrable not in self._lanes:
            self._lanes[registrable] = Lane(self._min_delay)
        return self._lanes[registrable]
