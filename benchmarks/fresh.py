"""What only a fresh process can tell of the classifier: ``python -m benchmarks.fresh load``.

Run by ``benchmarks.classify``; prints JSON. ``rows N`` reads a JSON list of
``[statement, sentence]`` from standard input and repeats it to N rows.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]


def in_fresh_process(*arguments: str, given: object = None) -> Any:
    """What this file prints, run with these arguments; a failure is an error."""
    done = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, "-m", "benchmarks.fresh", *arguments],
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return json.loads(done.stdout)


def load_times() -> dict[str, float]:
    """Wall seconds of the first loading, libraries included, and of another one after it."""
    begin = time.perf_counter()
    from assess.resources import models_folder
    from assess.score.model import OPTIONAL_FILES, REQUIRED_FILES, load_model

    load_model()
    first = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:  # loaded models are remembered by their folder
        for name in (*REQUIRED_FILES, *OPTIONAL_FILES):
            if (path := models_folder() / name).exists():
                (Path(folder) / name).write_bytes(path.read_bytes())
        begin = time.perf_counter()
        load_model(Path(folder))
        return {"with_imports": first, "alone": time.perf_counter() - begin}


def rows_times(pairs: Sequence[tuple[str, str]], number: int) -> dict[str, float]:
    """Processor seconds of one pass over so many rows, and bytes that it added at its peak."""
    from assess.score.features import Row
    from assess.score.model import load_model

    rows = repeated([Row(*pair) for pair in pairs], number)
    model = load_model()
    model.probabilities(rows[:1])  # loads what is loaded late
    before, begin = peak_memory(), time.process_time()
    model.probabilities(rows)
    return {"seconds": time.process_time() - begin, "bytes": peak_memory() - before}


def repeated(rows: Sequence[Any], number: int) -> list[Any]:
    """The rows again and again, each time as other statements, until there are enough."""
    again = (
        type(row)(f"{turn}:{row.statement_id}", row.sentence) for turn in count() for row in rows
    )
    return list(islice(again, number))


def peak_memory() -> int:
    """The most bytes this process has held; `getrusage` would count its parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    if found is None:
        raise RuntimeError("/proc/self/status does not tell the peak of memory")
    return int(found[1]) * 1024


def main() -> None:
    """Print one measurement as JSON."""
    what, *more = sys.argv[1:]
    found = load_times() if what == "load" else rows_times(json.load(sys.stdin), int(more[0]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
