"""Speed and memory by stage, each beside a raw library baseline in the same run.

``make bench`` prints a table; docs/performance.md holds one with a description of the machine.
Works on corpus/ alone; ``python -m benchmarks FOLDER`` adds real documents.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assess.batch import extract_pending, score_pending
from assess.extract import from_plain_text
from assess.records import Text
from assess.resources import corpus_folder
from assess.score.assessment import assess_text
from assess.score.features import Row
from assess.score.model import load_model, model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files, iter_documents
from assess.store import open_workspace
from benchmarks.pdf import bench_pdf

REPEATS = 5


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs: the one that the machine disturbed least."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def line(stage: str, seconds: float, number: int, unit: str, baseline: float, of: str) -> None:
    """One row of the table."""
    print(f"{stage:12} {number / seconds:10,.0f} {unit}/s   {seconds / baseline:6.2f} x {of}")


def bench_score(texts: Sequence[Text]) -> None:
    """Judging texts against spaCy's tokenisation of the same texts."""
    import spacy

    nlp = spacy.blank("en")
    rubric, model = load_rubric(), load_model()
    baseline = best(lambda: [nlp.make_doc(text.content) for text in texts])
    seconds = best(lambda: [assess_text(text, rubric, model) for text in texts])
    line("score", seconds, len(texts), "statements", baseline, "spaCy tokenisation")


def bench_classify(texts: Sequence[Text]) -> None:
    """Classifying sentences against scikit-learn's word counts of the same sentences."""
    from sklearn.feature_extraction.text import HashingVectorizer

    rows = [Row(str(n), s.text) for n, text in enumerate(texts) for s in text.sentences]
    model = load_model()
    counts = HashingVectorizer()
    baseline = best(lambda: counts.transform([row.sentence for row in rows]))
    seconds = best(lambda: model.probabilities(rows))
    line("classify", seconds, len(rows), "sentences", baseline, "scikit-learn word counts")


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
    texts = [
        from_plain_text(data.decode("utf-8", "replace"))
        for document, data in iter_documents([folder])
        if document.media_type in ("text/plain", "text/markdown")
    ]
    bench_pdf([folder])
    bench_score(texts)
    bench_classify(texts)
    bench_run(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
