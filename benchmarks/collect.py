"""Collecting from a local web, beside what politeness asks for: ``make bench-collect``.

The web of the tests (200 domains) stands in for the internet; the collector runs in a process of
its own, so that its memory is its own. Beside it, raw httpx fetches the same documents without
politeness, robots.txt, checks or keeping.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import httpx

from tests.web.build import build_web
from tests.web.local import LocalWeb
from tests.web.log import registrable_of

SITES: Final = 200
DOCUMENTS: Final = 1_000
MANY: Final = 10_000
# The pause that users get by default, and a short one where only memory is measured.
DELAY: Final = 2.0
SHORT_DELAY: Final = 0.1
MAX_TIMES_BOUND: Final = 1.3
MAX_MEGABYTES: Final = 250
# Flat: ten times the list adds its rows and no more.
MAX_GROWTH: Final = 1.25
_AT_ONCE: Final = 64


def collect(local: LocalWeb, urls: tuple[str, ...], delay: float) -> dict[str, Any]:
    """One run in a process of its own: its report, seconds and megabytes."""
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "urls.txt"
        listed.write_text("\n".join(urls))
        crawl = [sys.executable, "-m", "tests.scrape.crawl", str(local.description)]
        done = subprocess.run(  # noqa: S603 - this program
            [*crawl, f"{scratch}/bench.db", "urls", str(listed), str(delay)],
            capture_output=True,
            text=True,
            check=True,
        )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def polite_bound(local: LocalWeb, delay: float) -> float:
    """Seconds that the pauses alone take on the domain that was asked most."""
    asked = Counter(registrable_of(record.host) for record in local.log.records())
    return (max(asked.values()) - 1) * delay


async def fetch_raw(local: LocalWeb, urls: tuple[str, ...]) -> float:
    """Seconds that httpx takes for the same documents, many at once."""
    limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=0)
    begun = time.monotonic()
    async with httpx.AsyncClient(verify=local.trust(), trust_env=False, limits=limits) as client:
        slots = asyncio.Semaphore(_AT_ONCE)

        async def one(url: str) -> None:
            asked = httpx.URL(url)
            port = 443 if asked.scheme == "https" else 80
            address, real = local.client.resolve(asked.host, port)[0]
            async with slots:
                await client.get(
                    asked.copy_with(host=address, port=real),
                    headers={"Host": asked.host},
                    extensions={"sni_hostname": asked.host},
                )

        await asyncio.gather(*map(one, urls))
    return time.monotonic() - begun


def main() -> int:
    """Print what is measured; fail where a wanted figure is missed."""
    web = build_web(sites=SITES, documents=MANY)
    few = web.documents[:DOCUMENTS]
    with LocalWeb(web) as local:
        raw = asyncio.run(fetch_raw(local, few))
        local.reset()
        polite = collect(local, few, DELAY)
        bound = polite_bound(local, DELAY)
        local.reset()
        short = collect(local, few, SHORT_DELAY)
        local.reset()
        many = collect(local, web.documents, SHORT_DELAY)
    times = polite["seconds"] / bound
    growth = many["megabytes"] / short["megabytes"]
    print(f"raw httpx, no pauses   {DOCUMENTS / raw:8,.0f} documents/s  {raw:6.1f} s")
    print(
        f"collector, no pauses   {DOCUMENTS / short['seconds']:8,.0f} documents/s"
        f"  {short['seconds']:6.1f} s  {short['seconds'] / raw:.1f} x raw"
    )
    print(
        f"collector, {DELAY:g} s pauses {polite['kept']:,} kept  {polite['seconds']:6.1f} s, "
        f"{times:.2f} x the {bound:.0f} s that pauses take"
    )
    print(
        f"memory  {polite['megabytes']:.0f} MB for {DOCUMENTS:,}, {many['megabytes']:.0f} MB "
        f"for {MANY:,} ({growth:.2f} x), {many['kept']:,} kept in {many['seconds']:.0f} s"
    )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"(this process {own:.0f} MB)")
    good = (
        times <= MAX_TIMES_BOUND
        and max(polite["megabytes"], many["megabytes"]) <= MAX_MEGABYTES
        and growth <= MAX_GROWTH
        and polite["kept"] == DOCUMENTS
        and many["kept"] == MANY
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
