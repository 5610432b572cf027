"""kill -9 at random moments of every command, each resumed: ``make bench-kill``.

After each the command runs again to its end. All tables (keys and times apart), all written files
and all kept documents must then be those of an undisturbed run, the database sound, every quote
its text's, nothing left over on disk, and no process left running.

Half of the kills fall on a random statement of SQL or change of a file, half on a random moment by
the clock; half take the main process alone, half its process group. Collecting from sites, which
waits for hosts more than it works, is killed by the clock (`tests.scrape.killing`).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from tests.killing.compared import Stages
from tests.killing.process import moments
from tests.killing.stages import STAGES
from tests.scrape.killing import differences, killed, undisturbed
from tests.scrape.killing import moments as seconds_of
from tests.web.build import build_web
from tests.web.local import LocalWeb

KILLS: Final = 200
DOCUMENTS: Final = 10
# Other moments to take, of each stage, for those by the clock that fall after the end of a run.
_SPARE: Final = 20
SITES: Final = 12
DELAY: Final = 0.05
_SITES: Final = "sites"


def main() -> int:
    """Print each kill; fail if any made a difference."""
    told = _arguments()
    _load()
    names = told.stage or [_SITES, *STAGES]
    share = Counter(names[number % len(names)] for number in range(told.kills))
    bad, killed_by_stage, begun = 0, Counter[str](), time.monotonic()
    scratch = Path(tempfile.mkdtemp(prefix="bench-kill-"))
    try:
        stages = Stages(scratch / "stages", told.documents) if share.keys() - {_SITES} else None
        for name, number in share.items():
            if name == _SITES:
                done, wrong = _sites(number, told.seed, scratch)
            else:
                assert stages is not None
                done, wrong = _stage(stages, name, number, _chance(told.seed, name))
            killed_by_stage[name] += done
            bad += wrong
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    by_stage = ", ".join(f"{name} {number}" for name, number in killed_by_stage.items())
    _say(
        f"{killed_by_stage.total()} kills ({by_stage}) in {time.monotonic() - begun:.0f} s: "
        f"{bad} with a difference"
    )
    return 1 if bad else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="of the corpus")
    parser.add_argument("--stage", action="append", choices=[_SITES, *STAGES])
    return parser.parse_args()


def _load() -> None:
    """What the commands load, once for all of them: they are forked from this process."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a fork takes no threads with it
    from assess import pipeline
    from assess.compare import everything
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric

    assert pipeline and everything
    load_rubric()
    load_model(None)


def _stage(stages: Stages, name: str, number: int, chance: random.Random) -> tuple[int, int]:
    base = stages.undisturbed(name).ended
    _say(f"{name}: undisturbed {base.seconds:.2f} s, {base.events:,} events")
    done = bad = 0
    drawn = iter(moments(number + _SPARE, base, chance))
    while done < number and (moment := next(drawn, None)):
        was_killed, found = stages.killed(name, moment)
        done += was_killed
        bad += bool(found)
        told = "; ".join(found) or "same"
        _say(f"{name} {done}: {moment}: {told}{'' if was_killed else ' (it had ended before)'}")
    return done, bad


def _sites(number: int, seed: int, scratch: Path) -> tuple[int, int]:
    with LocalWeb(build_web(sites=SITES)) as local:
        listed = scratch / "sites.csv"
        rows = [f"{domain},{truth.home_url}" for domain, truth in local.web.truth.items()]
        listed.write_text("\n".join(["organisation,website", *rows]))
        base = undisturbed(local, "sites", listed, DELAY)
        _say(f"sites: undisturbed {base.seconds:.2f} s, {base.requests.total()} requests")
        bad = 0
        for place, moment in enumerate(seconds_of(number, base.seconds, seed), 1):
            found = differences(base, killed(local, "sites", listed, DELAY, moment))
            bad += bool(found)
            _say(f"sites {place}: main at {moment:.3f} s: {'; '.join(found) or 'same'}")
    return number, bad


def _chance(seed: int, name: str) -> random.Random:
    return random.Random(f"{seed} {name}")  # noqa: S311 - no secret: the same moments again


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
