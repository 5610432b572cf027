"""Runs a target on mutated cases, each of which follows from the seed and its number."""

from __future__ import annotations

import io
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

from tools.fuzz.mutate import mutate_bytes
from tools.fuzz.target import EXPECTED, Target

# Far more than any case takes; a report of a few statements takes two.
CASE_SECONDS: Final = 60
SLOW_SECONDS: Final = 15
_DRAWN_BYTES: Final = 1500


@dataclass(slots=True)
class Found:
    """What a run of a target did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    """By where it was raised: what, and the case that was kept; the first of each place."""
    slow: list[str] = field(default_factory=list)
    """Cases that took long: no failure, but worth a look."""
    slowest: float = 0.0
    """Seconds."""


def run_target(
    target: Target, seconds: float, seed: int, kept: Path, most: int | None = None
) -> Found:
    """Feed a target for so long, or ``most`` cases; keep what fails in ``kept``."""
    found = Found()
    end = time.monotonic() + seconds
    for number, data in zip(range(most) if most else count(), cases(target, seed), strict=False):
        if time.monotonic() > end:
            break
        try_case(target, data, f"{target.name}-{seed}-{number}", kept, found)
    return found


def cases(target: Target, seed: int) -> Iterator[bytes]:
    """The cases of a seed, without end: the sound ones first, as they are."""
    sound = target.seeds()
    yield from sound
    for number in count():
        random = Random(f"{target.name}:{seed}:{number}")  # noqa: S311 - repeatable, not secret
        if target.drawn:
            yield random.randbytes(random.choice((200, _DRAWN_BYTES, 4 * _DRAWN_BYTES)))
        else:
            yield mutate_bytes(random.choice(sound), target.tokens or (b"\0", b"<", b"\n"), random)


def try_case(target: Target, data: bytes, label: str, kept: Path, found: Found) -> None:
    """One case; what it raises beside a refusal is noted, and the case kept."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="assess-fuzz-") as folder:
        try:
            with _at_most(CASE_SECONDS), redirect_stderr(io.StringIO()):
                outcome = target.one(data, Path(folder))
        except EXPECTED:
            outcome = "refused"
        except Exception as error:  # noqa: BLE001 - any other exception is what the run looks for
            outcome = "failed"
            _note(error, data, label, kept, found)
    found.outcomes[outcome] += 1
    spent = time.monotonic() - begun
    found.slowest = max(found.slowest, spent)
    if spent > SLOW_SECONDS:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / label).write_bytes(data)
        found.slow.append(f"{kept / label}: {spent:.0f} s")


def _note(error: Exception, data: bytes, label: str, kept: Path, found: Found) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/assess/" in frame.filename] or frames
    place = f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}"
    if place in found.failures:
        return
    kept.mkdir(parents=True, exist_ok=True)
    (kept / label).write_bytes(data)
    (kept / f"{label}.txt").write_text(
        "".join(traceback.format_exception(error)), "utf-8", "backslashreplace"
    )
    found.failures[place] = f"{kept / label}: {str(error)[:300]!a}"


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    signal.signal(signal.SIGALRM, _late)
    # It rings again each second: compiled code may swallow what the first ring raises.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _late(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"more than {CASE_SECONDS} s")
