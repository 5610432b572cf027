"""What a collecting run needs of the network, put together from a user's options."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assess import __version__
from assess.errors import InputError
from assess.scrape.attempts import KeptRobots
from assess.scrape.fetch.addresses import AddressGuard, Resolve, resolve
from assess.scrape.fetch.fetcher import Fetcher, Settings
from assess.scrape.fetch.lanes import MIN_DELAY, Lanes
from assess.scrape.fetch.robots import PRODUCT
from assess.scrape.fetch.transport import TOTAL_SECONDS, Dial, Transport

if TYPE_CHECKING:
    from assess.store import Workspace

# Names are resolved in threads; one that hangs must not keep the others waiting.
_NAME_THREADS: Final = 32
_CONTACT = re.compile(r"[^\s()<>;]+@[^\s()<>;]+\.[^\s()<>;]+|https?://[^\s()<>;]+")


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is used; the last three are for tests and benchmarks."""

    contact: str = ""
    """Mail or web address that site owners can turn to."""
    delay: float = MIN_DELAY
    """Seconds between two requests to a domain, at least."""
    allow_private: bool = False
    environment_proxy: bool = False
    total_seconds: float = TOTAL_SECONDS
    resolve: Resolve = resolve
    dial: Dial | None = None
    trust: ssl.SSLContext | None = None


def user_agent(contact: str) -> str:
    """Who visits, why, and whom to tell.

    Raises:
        InputError: the contact is neither a mail nor a web address.
    """
    if contact and not (contact.isascii() and _CONTACT.fullmatch(contact)):
        raise InputError(f"{contact}: give a mail address or a web page in ASCII as --contact")
    contact = f"; contact {contact}" if contact else ""
    return f"{PRODUCT}/{__version__} (collects modern slavery statements{contact})"


@asynccontextmanager
async def open_fetcher(workspace: Workspace, network: Network) -> AsyncGenerator[Fetcher]:
    """A fetcher whose robots.txt files are kept in the workspace.

    Raises:
        InputError: a setting cannot be used.
    """
    stands_in = network.dial is not None
    if network.delay < MIN_DELAY and not (network.allow_private or stands_in):
        raise InputError(
            f"--delay {network.delay:g}: less than {MIN_DELAY:g} s is for your own network only"
            " (--allow-private-network)"
        )
    agent = user_agent(network.contact)
    names = ThreadPoolExecutor(_NAME_THREADS, thread_name_prefix="names")
    asyncio.get_running_loop().set_default_executor(names)
    transport = Transport(
        network.trust,
        dial=network.dial,
        environment_proxy=network.environment_proxy,
        total_seconds=network.total_seconds,
    )
    try:
        yield Fetcher(
            transport,
            AddressGuard(network.resolve, allow_private=network.allow_private),
            Lanes(network.delay),
            Settings(agent, any_port=network.allow_private),
            KeptRobots(workspace.db),
        )
    finally:
        await transport.close()
        names.shutdown(wait=False, cancel_futures=True)
