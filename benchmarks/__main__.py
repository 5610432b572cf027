"""Speed and memory by stage, each beside a raw library baseline in the same run.

``make bench`` prints a table; docs/performance.md holds one with a description of the machine.
Works on corpus/ alone; ``python -m benchmarks FOLDER`` adds real documents.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from assess.batch import extract_pending, score_pending
from assess.resources import corpus_folder
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.store import open_workspace
from benchmarks.pdf import bench_pdf
from benchmarks.score import bench_classify, bench_score, corpus_texts


def bench_run(folder: Path) -> None:
    """Files to assessments in a database, and again with nothing to do."""
    rubric, key = load_rubric(), model_key()
    with tempfile.TemporaryDirectory() as scratch:
        for run in ("first run", "second run"):
            begin = time.perf_counter()
            with open_workspace(Path(scratch) / "bench.db") as workspace:
                files = import_files(workspace, [folder])
                extract_pending(workspace)
                score_pending(workspace, rubric, key, None)
            print(f"{run:12} {time.perf_counter() - begin:10.2f} s for {files.read} documents")


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else corpus_folder() / "documents"
    texts = corpus_texts(folder)
    bench_pdf([folder])
    bench_score(texts)
    bench_classify(texts)
    bench_run(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
