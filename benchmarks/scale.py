"""Statements from registry and files to a report, a thousand and a hundred thousand of them.

``make bench-scale``: statements are sampled from corpus/ (and, where they are at hand, from the
mixed and food texts beside the checkout) and perturbed, a tenth of them as PDF, four years of each
organisation. Every stage is a command of its own, as a user would run it: seconds of the clock and
of the processors, and the memory of all processes at the peak. Beside it a raw baseline on the same
machine: pdfium's text of the PDFs and spaCy's tokens of the texts, without any of ours.

What the whole registry takes is projected from runs of the first size, all texts and all PDFs.
Years of an organisation repeat most of their sentences, which are judged once: `--years 1` makes
statements that have nothing in common.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from assess.resources import corpus_folder
from benchmarks.memory_of import Memory

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "data"
SIZES: Final = (1_000, 100_000)
PDF_EVERY: Final = 10
FIRST_YEAR: Final = 2021
YEARS: Final = 4
JOBS: Final = 2
REGISTRY: Final = 23_500
"""Statements in the national registry today."""
MIN_RATIO: Final = 0.85
MAX_MEGABYTES: Final = 1_500
MAX_MINUTES: Final = {"texts": 15, "PDFs": 40}
BASELINE: Final = 200
DROPPED: Final = 0.15  # of the lines of each statement
_OF_THE_ORGANISATION: Final = 20  # per cent of the vocabulary
_SECTORS: Final = 24


@dataclass(frozen=True, slots=True)
class Made:
    """What statements are made."""

    number: int
    shorter: float = 0.0
    """Share of the lines of a text that an organisation leaves out of all its statements."""
    years: int = YEARS
    """Of each organisation."""
    pdf_every: int = PDF_EVERY
    """Every so many are PDFs; 0 for none."""

    def is_pdf(self, at: int) -> bool:
        """Whether this one is."""
        return bool(self.pdf_every) and at % self.pdf_every == 0

    def of(self, at: int) -> tuple[int, int]:
        """Organisation and year of a statement."""
        organisation, year = divmod(at, self.years)
        return organisation, FIRST_YEAR + year


@dataclass(frozen=True, slots=True)
class Stage:
    """What a command took."""

    name: str
    seconds: float
    processor: float
    """Seconds of all its processes."""
    megabytes: float


def sources() -> list[list[str]]:
    """The lines of the texts to sample from."""
    mixed, food = SHARED / "statements" / "mixed.jsonl", SHARED / "statements" / "food"
    found: list[str] = []
    if mixed.is_file():
        found += [json.loads(line)["text"] for line in mixed.open(encoding="utf-8")]
        found += [path.read_text("utf-8") for path in sorted(food.rglob("*.txt"))]
    else:
        texts = (corpus_folder() / "documents").glob("*.[tm][xd]*")
        found += [path.read_text("utf-8") for path in sorted(texts)]
    return [text.splitlines() for text in found]


def statement(texts: Sequence[list[str]], at: int, made: Made) -> list[str]:
    """The lines of one statement, the same ones for the same number.

    Years of an organisation are alike; organisations share little, as their words differ.
    """
    organisation, year = made.of(at)
    chance = random.Random(at)  # noqa: S311 - the same statements every time
    of = random.Random(-1 - organisation)  # noqa: S311
    lines = [line for line in texts[of.randrange(len(texts))] if of.random() >= made.shorter]
    kept = [line for line in lines if not line.strip() or chance.random() >= DROPPED]
    return [
        f"Modern slavery statement of {name(organisation)} for the year {year}",
        "",
        *(" ".join(_own(word, organisation) for word in line.split(" ")) for line in kept),
    ]


def _own(word: str, organisation: int) -> str:
    """A word, or the organisation's own in its place."""
    own = len(word) > 5 and crc32(f"{organisation} {word}".encode()) % 100 < _OF_THE_ORGANISATION
    return f"{word[:-2]}{_syllables(crc32(word.encode()) + organisation)}" if own else word


def _syllables(number: int) -> str:
    letters = []
    for _ in range(3):
        number, of = divmod(number, 105)
        letters.append("bdfghjklmnprstvwxyzck"[of // 5] + "aeiou"[of % 5])
    return "".join(letters)


def name(organisation: int) -> str:
    """An organisation's name."""
    return f"{_syllables(organisation * 7_919 + 13).upper()} {organisation} HOLDINGS LIMITED"


def make(folder: Path, made: Made) -> None:
    """A registry download and documents."""
    with (corpus_folder() / "registry.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    texts = sources()
    (folder / "registry").mkdir()
    for first in range(made.years):  # a file of each year, as the registry has them
        file = folder / "registry" / f"{FIRST_YEAR + first}.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, rows[0].keys())
            writer.writeheader()
            for at in range(first, made.number, made.years):
                organisation, year = made.of(at)
                writer.writerow(_row(rows[organisation % len(rows)], organisation, year))
    for at in range(made.number):
        below = folder / "documents" / f"{at // 1_000:04}"
        below.mkdir(parents=True, exist_ok=True)
        organisation, year = made.of(at)
        file = below / f"{name(organisation)} {year}"
        lines = statement(texts, at, made)
        if made.is_pdf(at):
            Path(f"{file}.pdf").write_bytes(pdf(lines))
        else:
            Path(f"{file}.txt").write_text("\n".join(lines), encoding="utf-8")


def _row(row: dict[str, str], organisation: int, year: int) -> dict[str, str]:
    start, summary = year - 1, "https://modern-slavery-statement-registry.service.gov.uk"
    return row | {
        "StatementYear": str(year),
        "OrganisationName": name(organisation),
        "CompanyNumber": f"{organisation + 1_000_000:08}",
        "ParentName": "",
        "GroupSubmission": "",
        "StatementURL": f"https://www.o{organisation}.example/{year}",
        "StatementSummaryURL": f"{summary}/statement-summary/b{organisation}/{year}",
        "StatementStartDate": f"01/04/{start} 00:00:00",
        "StatementEndDate": f"31/03/{start + 1} 00:00:00",
        "OrganisationSectors": f"Sector {organisation % _SECTORS}",
    }


def pdf(lines: Sequence[str]) -> bytes:
    """Lines on A4 pages, wrapped at 95 characters."""
    import textwrap
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    wrapped = [part for line in lines for part in (textwrap.wrap(line, 95) or [""])]
    for first in range(0, len(wrapped), 50):
        text = canvas.beginText(60, 790)
        text.setFont("Helvetica", 10)
        text.setLeading(14)
        for line in wrapped[first : first + 50]:
            text.textLine(line.encode("latin-1", "replace").decode("latin-1"))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def stages(folder: Path) -> Iterator[Stage]:
    """Every stage as a command of its own."""
    db = ["--db", str(folder / "scale.db")]
    jobs = ["--jobs", str(JOBS)]
    years = map(str, sorted((folder / "registry").iterdir()))
    report = ["--output", str(folder / "report.html"), "--no-compare"]
    commands = {
        "registry": ["scrape", "registry", *years, *db],
        "files": ["scrape", "files", str(folder / "documents"), *db],
        "extract": ["extract", *db, *jobs],
        "score": ["score", *db, *jobs],
        "compare": ["compare", "sectors", *db, *jobs],
        "report": ["report", "sectors", *db, *report],
    }
    for stage, command in commands.items():
        yield _timed(stage, [sys.executable, "-m", "assess.cli", *command])


def _timed(stage: str, command: Sequence[str]) -> Stage:
    before, begin = _processor(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    with Memory(process.pid) as memory:
        if process.wait():
            sys.exit(f"{stage} failed: {' '.join(command)}")
    seconds = time.perf_counter() - begin
    return Stage(stage, seconds, _processor() - before, memory.peak / 1e6)


def _processor() -> float:
    """Seconds that ended children, and theirs, have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def baseline(folder: Path) -> dict[str, float]:
    """Seconds a document: pdfium's text of the PDFs, and spaCy's tokens of the texts."""
    import pypdfium2
    import spacy

    pdfs = sorted((folder / "documents").rglob("*.pdf"))[: BASELINE // 2]
    texts = [p.read_text("utf-8") for p in sorted((folder / "documents").rglob("*.txt"))[:BASELINE]]
    begin = time.process_time()
    for path in pdfs:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_bounded()
    between = time.process_time()
    tokenizer = spacy.blank("en").tokenizer
    for text in texts:
        tokenizer(text)
    end = time.process_time()
    return {
        "pdf": (between - begin) / max(1, len(pdfs)),
        "text": (end - between) / max(1, len(texts)),
    }


def measured(made: Made, scratch: Path | None) -> dict[str, Any]:
    """All stages over so many statements."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        make(Path(folder), made)
        raw = baseline(Path(folder))
        found = []
        for stage in stages(Path(folder)):
            found.append(asdict(stage))
            print(
                f"{made.number:>9,}  {stage.name:9} {stage.seconds:9.1f} s  "
                f"{stage.processor:9.1f} s of processors  {stage.megabytes:6,.0f} MB",
                flush=True,
            )
        words, size = _size(Path(folder) / "scale.db")
    return {**asdict(made), "words": words, "stages": found, "raw": raw, "database": size}


def _size(path: Path) -> tuple[float, int]:
    """Words of a text on average, and bytes of the database."""
    with closing(sqlite3.connect(path)) as db:
        (words,) = db.execute("SELECT avg(words) FROM texts").fetchone()
    return float(words), path.stat().st_size


def grows(runs: Sequence[dict[str, Any]]) -> bool:
    """Print how throughput and memory change with the number; whether both are as wanted."""
    rates: dict[str, list[float]] = {"clock": [], "processors": []}
    for run in runs:
        for of, key in (("clock", "seconds"), ("processors", "processor")):
            rates[of].append(run["number"] / sum(stage[key] for stage in run["stages"]))
        share = 1 / run["pdf_every"] if run["pdf_every"] else 0
        raw = run["raw"]["pdf"] * share + run["raw"]["text"] * (1 - share)
        print(
            f"{run['number']:>9,} statements of {run['words']:,.0f} words: "
            f"{rates['clock'][-1]:.1f}/s by the clock, "
            f"{rates['processors'][-1]:.1f} a processor second, "
            f"{1 / rates['processors'][-1] / raw:.0f} x raw pdfium and spaCy tokens; database "
            f"{run['database'] / run['number'] / 1e3:.0f} kB a statement"
        )
    ratio = rates["processors"][-1] / rates["processors"][0]
    peak = max(stage["megabytes"] for stage in runs[-1]["stages"])
    print(
        f"throughput at {runs[-1]['number']:,} over that at {runs[0]['number']:,}: {ratio:.2f} in "
        f"processor seconds (wanted: {MIN_RATIO}), {rates['clock'][-1] / rates['clock'][0]:.2f} "
        f"by the clock; peak {peak:,.0f} MB (wanted: {MAX_MEGABYTES:,})"
    )
    return ratio >= MIN_RATIO and peak <= MAX_MEGABYTES


def registry(number: int, years: int, scratch: Path | None) -> bool:
    """Print what the whole registry takes by runs of so many; whether that is as wanted.

    Fixed costs are counted as often as the run fits into the registry: it takes less.
    """
    held = True
    for kind, every in (("texts", 0), ("PDFs", 1)):
        run = measured(Made(number, years=years, pdf_every=every), scratch)
        minutes = sum(stage["seconds"] for stage in run["stages"]) * REGISTRY / number / 60
        print(
            f"the registry's {REGISTRY:,} statements, all {kind}, {run['words']:,.0f} words each, "
            f"{years} of each organisation: {minutes:.1f} minutes (wanted: {MAX_MINUTES[kind]})"
        )
        held &= minutes <= MAX_MINUTES[kind]
    return held


def main() -> None:
    """Print the tables; fail where a wanted figure is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--scratch", type=Path, help="folder for some 10 GB; else the system's")
    parser.add_argument("--shorter", type=float, default=0.0, help="share of lines left out")
    parser.add_argument("--years", type=int, default=YEARS, help="statements of an organisation")
    parser.add_argument("--only", choices=["registry", "growth"], help="one of the two tables")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print(f"{os.cpu_count()} processors; {JOBS} jobs; every {PDF_EVERY}th statement a PDF")
    held = given.only == "growth" or registry(given.sizes[0], given.years, given.scratch)
    if given.only != "registry":
        sizes = [Made(size, given.shorter, given.years) for size in given.sizes]
        runs = [measured(made, given.scratch) for made in sizes]
        if given.json:
            given.json.write_text(json.dumps(runs, indent=1), encoding="utf-8")
        held &= grows(runs)
    sys.exit(0 if held else "a wanted figure is missed")


if __name__ == "__main__":
    main()
