"""Feed mutated and drawn cases to the program, and keep what breaks a promise.

``python -m tools.fuzz --target rubric --seconds 600 --seed 1``; every case follows from the seed
and its number, but for those that Atheris, where it is installed, chooses by what they reach
(``--guided``). What fails is kept in build/fuzz/ beside its traceback; the exit status is 1 then.
"""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from random import SystemRandom
from typing import Final

from tools.fuzz import documents, guided
from tools.fuzz.documents import KEPT
from tools.fuzz.runner import run_target
from tools.fuzz.targets import TARGETS

# Whole documents, of all kinds or one, go through the extractor's own process.
_DOCUMENTS: Final = {"documents": "", "pdf": ".pdf", "docx": ".docx"}
_WEIGHTS: Final = {"documents": 4, "pdf": 4} | {t.name: t.weight for t in TARGETS.values()}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    names = ("all", *_DOCUMENTS, *TARGETS)
    parser.add_argument("--target", choices=names, default="all")
    parser.add_argument("--seconds", type=float, default=1800, help="in all")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1_000_000))
    parser.add_argument("--guided", action="store_true", help="by Atheris, of one target")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()
    print(f"seed {options.seed}, {options.seconds:g} s", flush=True)
    if options.guided:
        return _guided(options.target, options.seconds, options.seed)
    wanted = _WEIGHTS if options.target == "all" else {options.target: 1}
    share = options.seconds / sum(wanted.values())
    return max(_fuzz(name, share * weight, options.seed) for name, weight in wanted.items())


def _fuzz(name: str, seconds: float, seed: int) -> int:
    """Fuzz one target, print what it did, and return 1 where something failed."""
    if name in _DOCUMENTS:
        tally = documents.run(seconds, seed, suffix=_DOCUMENTS[name])
        failed, outcomes, slowest = tally.failures, tally.outcomes, tally.slowest
        slow = tally.limited
    else:
        found = run_target(TARGETS[name], seconds, seed, KEPT)
        failed = [f"{place}: {told}" for place, told in found.failures.items()]
        outcomes, slowest, slow = found.outcomes, found.slowest, found.slow
    told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    print(f"{name}: {outcomes.total()} cases, slowest {slowest:.1f} s: {told}", flush=True)
    for one in slow:
        print(f"SLOW   {name}: {one}", flush=True)
    for failure in failed:
        print(f"FAILED {name}: {failure}", flush=True)
    return 1 if failed else 0


def _guided(name: str, seconds: float, seed: int) -> int:
    if not guided.installed():
        print("Atheris is not installed: pip install atheris, or leave --guided out")
        return 2
    if name not in TARGETS:
        print(f"--guided: give one of {', '.join(TARGETS)}")
        return 2
    KEPT.mkdir(parents=True, exist_ok=True)
    told = guided.run_guided(name, seconds, seed, KEPT)
    print(told)
    return 1 if "FAILED" in told else 0


if __name__ == "__main__":
    sys.exit(main())
