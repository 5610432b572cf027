"""A collecting run from start to end, for callers that are not asynchronous."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assess.running import staged
from assess.scrape.attempts import Door
from assess.scrape.collect import DOMAINS_AT_ONCE, CollectReport, Options, Progress, collect
from assess.scrape.network import Network, open_fetcher
from assess.scrape.targets import Target
from assess.scrape.visits import WAIT_SECONDS, Visits

if TYPE_CHECKING:
    from assess.store import Workspace

# Open files of a visit: its connection, and its page on the disk. Of all of them: the database, and
# the name servers asked by 32 threads.
_FILES_OF_A_VISIT: Final = 2
_OTHER_FILES: Final = 100


@staged("collect")
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
            return await collect(workspace, visits, door, targets, within, progress)

    most = domains_for(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    within = replace(options, domains_at_once=min(options.domains_at_once, most))
    return asyncio.run(run())


def domains_for(open_files: int) -> int:
    """How many domains may be visited at once: what the machine lacks is not the sites' fault."""
    if open_files == resource.RLIM_INFINITY:
        return DOMAINS_AT_ONCE
    return max(1, (open_files - _OTHER_FILES) // _FILES_OF_A_VISIT)
