"""``python -m tools.corpus [FOLDER]``: write the corpus anew."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.corpus.build import build


def main() -> None:
    """Build into the folder given, or into ``corpus/`` of the checkout."""
    default = Path(__file__).resolve().parents[2] / "corpus"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    counts = build(target)
    print(f"{target}: " + ", ".join(f"{count} {suffix}" for suffix, count in counts.items()))


if __name__ == "__main__":
    main()
