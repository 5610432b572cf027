"""Branches that tests take, by package, beside their floors: ``python -m tools.coverage``.

Of the report that `make coverage` writes. The floors are in tests/quality/floors.json; like those
of quality they may rise and do not fall.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from tools.measures import FLOORS, ROOT

REPORT: Final = ROOT / "build" / "coverage" / "report.json"
PACKAGES: Final = ("score", "compare", "store")


def covered(report: Path) -> dict[str, float]:
    """The share of branches that were taken, by the name of its floor."""
    taken, there = Counter[str](), Counter[str]()
    for file, found in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        package = Path(file).parts[1]
        taken[package] += found["summary"]["covered_branches"]
        there[package] += found["summary"]["num_branches"]
    return {f"branches_of_{package}": taken[package] / there[package] for package in PACKAGES}


def main() -> None:
    """Print each share; exit code 1 where one is below its floor."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"]
    shares = covered(REPORT)
    for name, share in shares.items():
        print(f"{name:20} {share:.4f}  floor {floors[name]:.3f}")
    sys.exit(any(share < floors[name] for name, share in shares.items()))


if __name__ == "__main__":
    main()
