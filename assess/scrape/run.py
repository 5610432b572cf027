"""A collecting run from start to end, for callers that are not asynchronous."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.scrape.attempts import Door
from assess.scrape.collect import CollectReport, Options, Progress, collect
from assess.scrape.network import Network, open_fetcher
from assess.scrape.targets import Target
from assess.scrape.visits import WAIT_SECONDS, Visits

if TYPE_CHECKING:
    from assess.store import Workspace


def run_collection(
    workspace: Workspace,
    network: Network,
    door: Door,
    targets: Sequence[Target],
    options: Options,
    progress: Progress = lambda _done, _of: None,
) -> CollectReport:
    """Visit the targets; `assess.scrape.collect.collect` says what is kept.

    Raises:
        InputError: a setting of the network cannot be used.
    """

    async def run() -> CollectReport:
        async with open_fetcher(workspace, network) as fetcher:
            wait = min(WAIT_SECONDS, network.delay)
            visits = Visits(workspace, fetcher, wait_seconds=wait)
            return await collect(workspace, visits, door, targets, options, progress)

    return asyncio.run(run())
