"""Extraction over many documents: ``make bench-extract``."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract import Extractor
from assess.resources import corpus_folder
from assess.scrape.files import iter_documents
from benchmarks.pdf import bench_pdf

REAL: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "documents" / "pdf"
DOCUMENTS: Final = 2_000
_SHOWN: Final = (100, 500, 1_000, DOCUMENTS)
# Flat: after the first documents have loaded every library, memory stays within a tenth.
_SETTLED: Final = 500
MAX_GROWTH: Final = 1.1
_MB: Final = 1_000_000


def bench_memory(number: int = DOCUMENTS) -> float:
    """Read so many documents of the corpus in one `Extractor`, print its memory as it goes.

    Returns the worker's memory at the end as a ratio to that after 500 documents. The worker is
    not replaced on the way: what is measured is what it leaks, not how often that is cleared.
    """
    found = [
        (data, document.name) for document, data in iter_documents([corpus_folder() / "documents"])
    ]
    settled = worker = 0
    with Extractor(documents=number + 1) as extractor:
        for count, (data, name) in enumerate(islice(cycle(found), number), 1):
            with suppress(UnreadableDocument):  # the corpus holds some on purpose
                extractor.extract(data, name)
            if count in _SHOWN:
                worker, parent = _worker(extractor), _resident(os.getpid())
                settled = worker if count <= _SETTLED else settled
                print(
                    f"{count:6,} documents  worker {worker // _MB:4} MB  run {parent // _MB:4} MB"
                )
    return worker / settled


def _worker(extractor: Extractor) -> int:
    return _resident(extractor._process.pid) if extractor._process else 0


def _resident(process: int) -> int:
    """Resident bytes of a process, as Linux tells them."""
    pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    return int(pages) * resource.getpagesize()


def main() -> int:
    """Print what is measured; fail where a wanted figure is missed.

    Real PDFs are read too where they are at hand, or in the folders given as arguments.
    """
    folders = [corpus_folder() / "documents", *map(Path, sys.argv[1:])]
    if not sys.argv[1:] and REAL.is_dir():
        folders.append(REAL)
    quick = bench_pdf(folders)
    if folders == [corpus_folder() / "documents"]:
        print("the wanted figures are for real PDFs beside the corpus, which are not at hand")
        quick = True
    growth = bench_memory()
    print(f"memory at the end: {growth:.2f} x that after {_SETTLED} documents")
    return 0 if quick and growth <= MAX_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
