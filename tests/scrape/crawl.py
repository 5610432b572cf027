"""A collecting run over a local web in a process of its own, to be measured or killed.

Usage: python -m tests.scrape.crawl CLIENT.json DB DOOR FILE DELAY [MODE]
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path

from assess.scrape.collect import CollectReport, Options
from assess.scrape.doors import site_targets, statement_targets, url_targets
from assess.scrape.lists import read_sites, read_urls
from assess.scrape.run import run_collection
from assess.scrape.targets import Target
from assess.store import Workspace, open_workspace
from tests.scrape.standin import StandIn
from tests.web.client import load


def crawl(client: Path, db: Path, door: str, file: Path, delay: float) -> CollectReport:
    """One run of a door."""
    network = StandIn(load(client)).network(delay=delay)
    with open_workspace(db) as workspace:
        if door == "sites":
            return run_collection(
                workspace, network, "sites", _targets(door, file, workspace), Options()
            )
        if door == "statements":
            return run_collection(
                workspace, network, "statements", _targets(door, file, workspace), Options()
            )
        return run_collection(
            workspace, network, "urls", _targets(door, file, workspace), Options()
        )


def _targets(door: str, file: Path, workspace: Workspace) -> list[Target]:
    def bad(number: int, why: str) -> None:
        raise AssertionError(f"{file} line {number}: {why}")

    if door == "statements":
        return statement_targets(workspace.db)
    return (
        site_targets(read_sites(file, bad))
        if door == "sites"
        else url_targets(read_urls(file, bad))
    )


if __name__ == "__main__":
    client, db, door, file, delay = sys.argv[1:6]
    begun = time.monotonic()
    report = crawl(Path(client), Path(db), door, Path(file), float(delay))
    used = {
        "seconds": time.monotonic() - begun,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }
    sys.stdout.write(json.dumps({**asdict(report), **used}))
