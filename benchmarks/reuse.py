"""Reused text in many statements, beside a raw count of shared runs: ``make bench-reuse``.

Statements are sampled from corpus/ (and ``../shared``'s mixed statements where they are at hand)
and perturbed: stretches dropped, words changed, and a third of the vocabulary put into words of
the statement's own family of five, so that the pairs to be found grow with the statements and not
with their square. ``--plain`` leaves the families out: of 100,000 statements from some hundred
texts, millions of pairs are then true.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, Final
from zlib import crc32

from assess.batch import extract_pending
from assess.compare.reuse.refresh import refresh_reuse
from assess.resources import corpus_folder
from assess.scrape.files import import_files
from assess.store import Workspace, open_workspace
from benchmarks.memory_of import Memory

ROOT: Final = Path(__file__).resolve().parents[1]
MIXED: Final = ROOT.parent / "shared" / "data" / "statements" / "mixed.jsonl"
SIZES: Final = (10_000, 30_000, 100_000)
BASELINE: Final = 1_000
FAMILY: Final = 5
JOBS: Final = 2
MAX_SECONDS: Final = 15 * 60
MAX_MEGABYTES: Final = 2_000
_OF_THE_FAMILY: Final = 33  # per cent of the words
_DROPPED: Final = 0.15
_CHANGED_EVERY: Final = 50


def sources() -> list[list[str]]:
    """The words of the texts to sample from."""
    if MIXED.is_file():
        with MIXED.open(encoding="utf-8") as handle:
            return [json.loads(line)["text"].split() for line in handle]
    with scratch_workspace() as workspace:
        import_files(workspace, [corpus_folder() / "documents"])
        extract_pending(workspace)
        rows = workspace.db.execute("SELECT content FROM texts ORDER BY document_sha256")
        return [str(content).split() for (content,) in rows]


@contextmanager
def scratch_workspace() -> Generator[Workspace]:
    """An empty workspace that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_workspace(Path(scratch) / "w.db") as workspace,
    ):
        yield workspace


def perturbed(texts: Sequence[list[str]], number: int, *, plain: bool) -> Iterator[str]:
    """Statements, the same ones for the same number."""
    for at in range(number):
        family, chance = at // FAMILY, Random(at)  # noqa: S311 - the same statements every time
        of = chance if plain else Random(-1 - family)  # noqa: S311
        words = texts[of.randrange(len(texts))]
        kept: list[str] = []
        place = 0
        while place < len(words):
            length = chance.randrange(10, 40)
            if chance.random() >= _DROPPED:
                kept += words[place : place + length]
            place += length
        for _ in range(len(kept) // _CHANGED_EVERY):
            kept[chance.randrange(len(kept))] = f"w{chance.randrange(10**6)}"
        if not plain:
            kept = [
                f"{word}{family}"
                if crc32(f"{family} {word}".encode()) % 100 < _OF_THE_FAMILY
                else word
                for word in kept
            ]
        yield " ".join(kept)


def fill(workspace: Workspace, texts: Iterator[str]) -> None:
    """Documents with their texts, as reading them would leave them."""
    with workspace.db.atomic():
        for number, text in enumerate(texts):
            sha256 = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
            workspace.db.execute(
                "INSERT INTO documents VALUES (?, 'text/plain', ?, 'none')", [sha256, len(text)]
            )
            workspace.db.execute(
                "INSERT INTO document_sources VALUES (?, ?, ?, '2026-01-01T00:00:00Z')",
                [sha256, f"made#{number}", str(number)],
            )
            workspace.db.execute(
                "INSERT INTO texts (document_sha256, extractor, status, content, language, words,"
                " flags) VALUES (?, 'bench', 'read', ?, 'en', ?, '[]')",
                [sha256, text, len(text.split())],
            )


def measured(number: int, *, plain: bool) -> dict[str, Any]:
    """One refresh: seconds, pairs, and bytes at the peak of all its processes together."""
    with scratch_workspace() as workspace:
        fill(workspace, perturbed(sources(), number, plain=plain))
        begin = time.perf_counter()
        with Memory() as memory:
            refresh_reuse(workspace, JOBS)
        seconds = time.perf_counter() - begin
        (pairs,) = workspace.db.execute("SELECT count(*) FROM text_pairs").fetchone()
    return {"seconds": seconds, "pairs": pairs, "bytes": memory.peak}


def in_a_process(number: int, *, plain: bool) -> dict[str, Any]:
    """The same in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.reuse", "--one", str(number)]
    done = subprocess.run(  # noqa: S603 - this very file
        [*command, *(["--plain"] if plain else [])],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def raw_seconds(texts: Sequence[str]) -> float:
    """Shared runs of all pairs, counted by scikit-learn and scipy alone."""
    from sklearn.feature_extraction.text import CountVectorizer

    begin = time.perf_counter()
    counter = CountVectorizer(ngram_range=(8, 8), binary=True, token_pattern=r"\w+", dtype="int32")  # noqa: S106 - no password
    runs = counter.fit_transform(texts)
    (runs @ runs.T).tocoo()
    return time.perf_counter() - begin


def main() -> None:
    """Print the table, or one measurement as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", type=int)
    parser.add_argument("--plain", action="store_true")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, plain=given.plain)))
        return
    base = in_a_process(BASELINE, plain=given.plain)
    raw = raw_seconds(list(perturbed(sources(), BASELINE, plain=given.plain)))
    print(
        f"{BASELINE:,} statements: {base['seconds']:.1f} s, {base['seconds'] / raw:.2f} times the"
        f" {raw:.1f} s of a raw count of shared runs (no sentences, no tables)"
    )
    found = {size: in_a_process(size, plain=given.plain) for size in SIZES}
    for size, one in found.items():
        print(
            f"{size:>9,} statements {one['seconds']:8.1f} s {size / one['seconds']:8.0f}/s"
            f" {one['pairs']:>9,} pairs {one['bytes'] / 1e6:7.0f} MB"
        )
    small, large = found[SIZES[0]], found[SIZES[-1]]
    growth = (large["seconds"] / SIZES[-1]) / (small["seconds"] / SIZES[0])
    print(f"seconds a statement at {SIZES[-1]:,} over those at {SIZES[0]:,}: {growth:.2f}")
    held = large["seconds"] <= MAX_SECONDS and large["bytes"] <= MAX_MEGABYTES * 1e6
    sys.exit(0 if held else "over 15 minutes or 2 GB")


if __name__ == "__main__":
    main()
