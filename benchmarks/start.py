"""How soon `assess check` of one PDF answers, from a cold start: ``make bench-start``.

Wall seconds of whole processes, in turn with those of a bare import of the libraries it cannot do
without. Exits 1 where the median is not below what is wanted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assess.resources import corpus_folder

WANTED: Final = 3.0  # seconds
RUNS: Final = 7
DOCUMENT: Final = "GARROWSTONE CONSTRUCTION GROUP PLC 2024.pdf"
ROOT: Final = Path(__file__).resolve().parents[1]
RAW: Final = (sys.executable, "-c", "import spacy, scipy.sparse, pypdfium2")


def seconds(command: Sequence[str]) -> tuple[float, float]:
    """Wall and processor seconds of a command and all that it starts.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before, begin = os.times(), time.perf_counter()
    # Compiled code is kept, as where the package is installed.
    subprocess.run(  # noqa: S603 - our own commands
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    wall, after = time.perf_counter() - begin, os.times()
    used = after.children_user + after.children_system
    return wall, used - before.children_user - before.children_system


def told(name: str, found: Sequence[tuple[float, float]]) -> str:
    """A line on the runs of a command."""
    wall, processor = ([times[kind] for times in found] for kind in (0, 1))
    return (
        f"{name:12} {statistics.median(wall):6.2f} s median, {max(wall):.2f} s worst, "
        f"{statistics.median(processor):.2f} s of processor time"
    )


def main() -> None:
    """Print the measurements; exit code 1 if `assess check` is too slow."""
    document = corpus_folder() / "documents" / DOCUMENT
    check = (sys.executable, "-m", "assess.cli", "check", str(document))
    for command in (RAW, check):
        seconds(command)  # files are read from the disk, and sources compiled, once
    pairs = [(seconds(RAW), seconds(check)) for _ in range(RUNS)]
    raw, ours = zip(*pairs, strict=True)
    print(told("libraries", raw) + ": import spacy, scipy.sparse, pypdfium2")
    print(told("assess check", ours) + f" (wanted: median under {WANTED:.0f} s)")
    median = statistics.median(wall for wall, _ in ours)
    print(f"{median / statistics.median(wall for wall, _ in raw):.2f} x the libraries' time")
    sys.exit(median >= WANTED)


if __name__ == "__main__":
    main()
