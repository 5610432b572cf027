"""``python -m tools.distil --data DIR -o FOLDER``: make the encoder's files from the data.

Takes some hours on two cores; ``--limit 4`` tries it in minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from assess.errors import AssessError
from assess.score.encoder_files import to_files
from assess.score.model_files import replace_files
from tools.distil import needs


def main() -> None:
    """Write ``encoder.npz`` and ``encoder.json``."""
    asked = argparse.ArgumentParser(prog="python -m tools.distil", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, help="folder with aims/, statements/")
    asked.add_argument("-o", "--output", type=Path, required=True, help="folder of the model")
    asked.add_argument("--limit", type=int, help="statements of each kind, to try it")
    given = asked.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        needs.check()
        needs.hush()
        from tools.distil.make import make

        files = to_files(make(given.data, given.limit))
        replace_files(given.output, files, [])
    except AssessError as error:
        sys.exit(f"tools.distil: {error}")
    for name, content in files.items():
        print(f"{given.output / name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
