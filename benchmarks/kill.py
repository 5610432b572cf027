"""kill -9 at fifty random moments of a collecting run, each resumed: ``make bench-kill``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.scrape.killing import differences, killed, moments, undisturbed
from tests.web.build import build_web
from tests.web.local import LocalWeb

KILLS: Final = 50
SITES: Final = 60
DELAY: Final = 0.1


def main() -> int:
    """Print each difference; fail if there is any."""
    with LocalWeb(build_web(sites=SITES)) as local, tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "sites.csv"
        rows = [f"{domain},{truth.home_url}" for domain, truth in local.web.truth.items()]
        listed.write_text("\n".join(["organisation,website", *rows]))
        base = undisturbed(local, "sites", listed, DELAY)
        print(f"undisturbed: {base.requests.total()} requests, {len(base.files)} files kept")
        bad = extra = 0
        for number, moment in enumerate(moments(KILLS, base.seconds), 1):
            run = killed(local, "sites", listed, DELAY, moment)
            found = differences(base, run)
            extra += run.requests.total() - base.requests.total()
            bad += bool(found)
            if found:
                print(f"kill {number} after {moment:.2f} s: {'; '.join(found)}")
    print(
        f"{KILLS} kills: {bad} with another content; {extra / KILLS:.1f} requests asked again on"
        " average, of each domain at most the attempt in flight"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
