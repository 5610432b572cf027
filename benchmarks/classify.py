"""Classifying sentences: ``make bench-classify``.

Processor time of one core; real statements where they are at hand, else the corpus' texts. The
encoder is measured where it is installed, in this interpreter or ``--encoder-python``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from assess.records import Text
from assess.resources import corpus_folder, models_folder
from assess.score.features import Row
from assess.score.model import OPTIONAL_FILES, REQUIRED_FILES, SentenceModel, load_model
from benchmarks.fresh import in_fresh_process
from benchmarks.score import best, corpus_texts, real_texts

WANTED_RATE: Final = 3_000  # sentences a second
WANTED_LOAD: Final = 0.3  # seconds, libraries not counted
WANTED_SIZE: Final = 10.0  # megabytes
WANTED_ENCODER: Final = 50  # times the encoder's rate
SIZES: Final = (1_000, 10_000, 50_000)
LENGTHS: Final = (1, 5_000)
LONG_ROWS: Final = 200
LOADS: Final = 5
ENCODED: Final = 400  # sentences: some seconds of an encoder's time
ENCODER: Final = Path(__file__).with_name("encoder.py")


def bench_rate(model: SentenceModel, rows: Sequence[Row]) -> float:
    """Sentences a second in the first pass of this process, which has met none of them before."""
    model.probabilities(rows[:1])  # loads what is loaded late
    first = best(lambda: model.probabilities(rows), repeats=1)
    later = best(lambda: model.probabilities(rows))
    baseline = best(raw_library(rows))
    rate = len(rows) / first
    print(f"classify     {rate:10,.0f} sentences/s at first sight (wanted: {WANTED_RATE:,})")
    print(f"again        {len(rows) / later:10,.0f} sentences/s, the words known")
    print(
        f"scikit-learn {len(rows) / baseline:10,.0f} sentences/s: TfidfVectorizer of words and "
        f"letters, LogisticRegression; classify takes {first / baseline:.2f} x its time"
    )
    return rate


def raw_library(rows: Sequence[Row]) -> Callable[[], object]:
    """Nine logistic regressions on words, word pairs and letter groups, without context.

    Fitted vocabularies but weights at random: they cost the same as learned ones.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_union

    texts = [row.sentence for row in rows]
    vectors = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, max_features=60_000),
    ).fit(texts)
    regression = LogisticRegression()
    regression.classes_ = np.arange(9)
    width = vectors.transform(texts[:1]).shape[1]
    regression.coef_ = np.random.default_rng(1).normal(size=(9, width))
    regression.intercept_ = np.zeros(9)
    return lambda: regression.decision_function(vectors.transform(texts))


def bench_load() -> float:
    """Median seconds to load the shipped model in fresh processes, libraries not counted."""
    found = [in_fresh_process("load") for _ in range(LOADS)]
    alone = statistics.median(float(one["alone"]) for one in found)
    whole = statistics.median(float(one["with_imports"]) for one in found)
    print(
        f"load         {alone:10.3f} s (wanted: under {WANTED_LOAD}), with the libraries' import "
        f"{whole:.2f} s; median of {LOADS} processes"
    )
    return alone


def bench_size() -> float:
    """Megabytes of the files that a model is read from."""
    paths = [models_folder() / name for name in (*REQUIRED_FILES, *OPTIONAL_FILES)]
    size = sum(path.stat().st_size for path in paths if path.exists()) / 1e6
    print(f"files        {size:10.2f} MB (wanted: under {WANTED_SIZE:.0f})")
    return size


def bench_growth(rows: Sequence[Row], sizes: Sequence[int] = SIZES) -> None:
    """Time and memory of more and more rows, each number in a fresh process."""
    pairs = [(row.statement_id, row.sentence) for row in rows]
    smallest = 0.0
    for number in sizes:
        found = in_fresh_process("rows", str(number), given=pairs[:number])
        each = found["seconds"] / number
        smallest = smallest or each
        print(
            f"{number:12,} rows {found['seconds']:7.2f} s, a row {each / smallest:.2f} x the time "
            f"of the first line's; peak memory {found['bytes'] / 1e6:,.0f} MB more"
        )


def bench_lengths(model: SentenceModel, rows: Sequence[Row]) -> None:
    """Sentences of one character and of very many."""
    words = " ".join(row.sentence for row in rows)
    for length in LENGTHS:
        long = [Row("long", words[start : start + length]) for start in range(LONG_ROWS)]
        seconds = best(lambda long=long: model.probabilities(long))  # type: ignore[misc]
        rate = LONG_ROWS / seconds
        print(f"{length:12,} characters a sentence: {rate:,.0f} sentences/s")


def bench_encoder(rows: Sequence[Row], rate: float, python: str) -> float | None:
    """How many times the encoder's rate ours is; None where it is not installed, 0 if it fails."""
    sentences = [row.sentence for row in rows[:: max(1, len(rows) // ENCODED)]]
    found = run_encoder(sentences, python)
    if "missing" in found:
        print(f"encoder      not installed ({found['missing']} is not in {python}): skipped")
        return None
    if "failed" in found:
        print(f"encoder      {python} failed: {found['failed']}")
        return 0.0
    theirs = len(sentences) / float(found["seconds"])
    print(
        f"encoder      {theirs:10,.0f} sentences/s, {found['parameters'] / 1e6:.0f} million "
        f"parameters, one thread; classify does {rate / theirs:.0f} x as many (wanted: "
        f"{WANTED_ENCODER})"
    )
    return rate / theirs


def run_encoder(sentences: Sequence[str], python: str) -> dict[str, Any]:
    """What ``encoder.py`` tells, run by an interpreter; ``failed`` with a line if it tells none."""
    elsewhere = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that the caller names
            [python, str(ENCODER)],
            input=json.dumps(list(sentences)),
            capture_output=True,
            text=True,
            env=elsewhere,
            check=False,
        )
    except OSError as error:
        return {"failed": str(error.strerror)}
    if done.returncode or not done.stdout.strip():
        return {"failed": (done.stderr.strip().splitlines() or ["no message"])[-1][:200]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def rows_of(texts: Sequence[Text]) -> list[Row]:
    """The sentences of texts, each text a statement."""
    return [Row(str(n), one.text) for n, text in enumerate(texts) for one in text.sentences]


def main() -> int:
    """Print what is measured; fail where a wanted figure is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classify")
    parser.add_argument(
        "--encoder-python", default=sys.executable, help="interpreter that has the encoder"
    )
    python = parser.parse_args().encoder_python
    rows = rows_of(real_texts() or corpus_texts(corpus_folder() / "documents"))
    length = statistics.mean(len(row.sentence) for row in rows)
    print(f"{len(rows):,} sentences of {length:.0f} characters on average, one core")
    model = load_model()
    begin = time.perf_counter()
    rate = bench_rate(model, rows)
    met = [rate >= WANTED_RATE, bench_load() < WANTED_LOAD, bench_size() < WANTED_SIZE]
    bench_growth(rows)
    bench_lengths(model, rows)
    times = bench_encoder(rows, rate, python)
    met.append(times is None or times >= WANTED_ENCODER)
    print(
        f"{sum(met)} of {len(met)} wanted figures met; {time.perf_counter() - begin:.0f} s in all"
    )
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
