"""Peak memory of every command that reads or writes a database, by the number of statements.

``make bench-memory`` fills workspaces of 1,000 to 100,000 statements from the corpus, runs each
command in a process of its own, and prints the peak of all its processes together and what each
further statement costs between the two largest, beside a raw read of a table by sqlite3 alone. The
exit code is 1 where a command needs more than `MOST_A_STATEMENT` or `MOST`, unless `BY_DESIGN`
says why.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.memory_of import Ran, watched

ROOT: Final = Path(__file__).resolve().parents[1]
SIZES: Final = (1_000, 10_000, 50_000, 100_000)
# Bytes that a further statement may cost any command.
MOST_A_STATEMENT: Final = 1_000
MOST: Final = 600_000_000
# Rows of a year's registry file; a file is held whole, and may have no more than 100 MB.
_OF_A_YEAR: Final = 12_000
_DB: Final = ("--db", "w.db")

# Each command with its arguments, in their order: later ones read what earlier ones wrote.
COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    "scrape companies": ("scrape", "companies", "companies.csv", *_DB),
    "scrape groups": ("scrape", "groups", "list.csv", "--name", "listed", *_DB),
    "scrape registry, a new database": ("scrape", "registry", "registry.csv", "--db", "new.db"),
    "scrape registry, read before": ("scrape", "registry", "registry.csv", "--db", "new.db"),
    "scrape registry, all changed": ("scrape", "registry", "changed.csv", "--db", "new.db"),
    "scrape files": ("scrape", "files", "files.jsonl", "--db", "new.db"),
    "score, nothing new": ("score", *_DB),
    "report sectors .html": ("report", "sectors", "-o", "s.html", *_DB),
    "report sectors .html, unchanged": ("report", "sectors", "-o", "s.html", *_DB),
    "report sectors .md": ("report", "sectors", "-o", "s.md", *_DB),
    "report sectors .csv": ("report", "sectors", "-o", "s", "--format", "csv", *_DB),
    "report sectors .xlsx": ("report", "sectors", "-o", "s.xlsx", *_DB),
    "report national .html": ("report", "national", "-o", "n.html", *_DB),
    "report national .xlsx": ("report", "national", "-o", "n.xlsx", *_DB),
    "report organisation": ("report", "organisation", "ZZ630915", "-o", "o.html", *_DB),
    "benchmark": ("benchmark", "draft.txt", "--sector", "Fashion", "-o", "b.html", *_DB),
    "missing": ("missing", "list.csv", "--year", "2023", *_DB),
    "compare sectors": ("compare", "sectors", *_DB),
    "compare sectors --by sic-section": ("compare", "sectors", "--by", "sic-section", *_DB),
    "compare sectors --unit organisations": ("compare", "sectors", "--unit", "organisations", *_DB),
    "compare coverage": ("compare", "coverage", *_DB),
    "compare coverage --csv": ("compare", "coverage", "--csv", *_DB),
    "compare coverage --json": ("compare", "coverage", "--json", *_DB),
    "compare declared": ("compare", "declared", *_DB),
    "compare declared --csv": ("compare", "declared", "--csv", *_DB),
    "compare declared --json": ("compare", "declared", "--json", *_DB),
    "compare declared --by-sector": ("compare", "declared", "--by-sector", *_DB),
    "compare reuse": ("compare", "reuse", *_DB),
    "compare reuse --csv": ("compare", "reuse", "--csv", *_DB),
    "compare reuse --json": ("compare", "reuse", "--json", *_DB),
    "compare years": ("compare", "years", *_DB),
    "compare years --csv": ("compare", "years", "--csv", *_DB),
    "compare years --json": ("compare", "years", "--json", *_DB),
    "scrape status": ("scrape", "status", *_DB),
    "scrape status --failed": ("scrape", "status", "--failed", *_DB),
    "scrape status --json": ("scrape", "status", "--json", *_DB),
    "scrape changes": ("scrape", "changes", *_DB),
    "scrape changes --json": ("scrape", "changes", "--json", *_DB),
    "scrape matches": ("scrape", "matches", *_DB),
    "scrape matches --json": ("scrape", "matches", "--json", *_DB),
    "review --list": ("review", "--list", *_DB),
    "export csv": ("export", "csv", "-o", "csv", *_DB),
    "export jsonl": ("export", "jsonl", "-o", "e.jsonl", *_DB),
    "export parquet": ("export", "parquet", "-o", "parquet", *_DB),
    "export datapackage": ("export", "datapackage", "-o", "package", *_DB),
    "export xlsx": ("export", "xlsx", "-o", "e.xlsx", *_DB),
    "export texts": ("export", "texts", "-o", "texts.jsonl", *_DB),
    "export wikirate": ("export", "wikirate", "-o", "wikirate.csv", *_DB),
    "export warc": ("export", "warc", "-o", "e.warc.gz", *_DB),
    "scrape registry, a year beside all": ("scrape", "registry", "registry.csv", *_DB),
    "check, as many documents": ("check", "files.jsonl", "--jsonl"),
    "classify, as many sentences": ("classify", "sentences.csv", "-o", "labels.csv"),
    "classify --explain": ("classify", "sentences.csv", "-o", "l.csv", "--explain", "why.jsonl"),
}
# What grows, and why.
_OF_A_FILE: Final = "with one file's rows"
BY_DESIGN: Final[Mapping[str, str]] = {
    "scrape registry, a new database": _OF_A_FILE,
    "scrape registry, read before": _OF_A_FILE,
    "scrape registry, all changed": _OF_A_FILE,
    "scrape registry, a year beside all": _OF_A_FILE,
    "missing": "with the organisations' names, which those of the list are held against",
    "scrape files": "with the organisations' names, which documents are matched to",
}
# Comparisons are there as `filled` made them: making all anew takes hours at 100,000 statements,
# and `make bench-reuse` measures the part that needs most memory. ``--anew`` makes them.
_AS_MADE: Final = """
import sys
from types import SimpleNamespace as Done
from assess.compare import everything
from assess.compare.declared import refresh as declared
from assess.compare.reuse import refresh as reuse
from assess.compare.years import refresh as years
def done(*_given, **_more): return Done(texts=0, changed=False)
everything.refresh_everything = declared.refresh_declared = years.refresh_years = done
reuse.refresh_reuse = done
from assess.cli import main
main()
"""
_RAW = "raw sqlite3, all findings"
_RAW_CODE: Final = (
    "import sqlite3\nfor row in sqlite3.connect('w.db').execute('SELECT * FROM findings'): pass"
)


def prepare(folder: Path, statements: int) -> None:
    """Write the workspace and the files that commands read."""
    from benchmarks.filled import fill  # late: it loads all of assess

    fill(folder / "w.db", statements)
    rows = list(_registry(min(statements, _OF_A_YEAR)))
    _write_csv(folder / "registry.csv", rows)
    _write_csv(folder / "changed.csv", ({**row, "Turnover": "Over £500 million"} for row in rows))
    _write_csv(
        folder / "list.csv",
        (
            {"organisation": row["OrganisationName"], "company_number": row["CompanyNumber"]}
            for row in rows[: max(10, statements // 100)]
        ),
    )
    _write_csv(folder / "companies.csv", map(_company, _numbers(folder / "w.db")))
    _write_csv(folder / "sentences.csv", _sentences(folder / "w.db", statements))
    with (folder / "files.jsonl").open("w", encoding="utf-8") as handle:
        for number in range(statements):
            text = f"Notice {number}. This page of the organisation is not to be found any more."
            handle.write(json.dumps({"id": f"notice {number}", "text": text}) + "\n")
    (folder / "draft.txt").write_text(
        "\n\n".join(text["sentence"] for text in _sentences(folder / "w.db", 60)), "utf-8"
    )


def _registry(statements: int) -> Iterator[dict[str, str]]:
    """The corpus' rows again and again, of organisations of their own."""
    with (ROOT / "corpus" / "registry.csv").open(encoding="utf-8-sig", newline="") as handle:
        own = list(csv.DictReader(handle))
    for place in range(statements):
        row, copy = own[place % len(own)], place // len(own)
        yield {
            **row,
            "OrganisationName": f"NUMBER {copy} OF {row['OrganisationName']}",
            "CompanyNumber": f"{copy * 1000 + place % len(own):08d}",
            "StatementURL": row["StatementURL"].replace("://", f"://site{copy}."),
            "StatementSummaryURL": row["StatementSummaryURL"].replace(
                "/statement-summary/", f"/statement-summary/{copy}-"
            ),
        }


def _numbers(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(database)) as connection:
        for (number,) in connection.execute(
            "SELECT company_number FROM organisations WHERE company_number IS NOT NULL"
        ):
            yield str(number)


def _company(number: str) -> dict[str, str]:
    return {
        "CompanyName": f"COMPANY {number} LIMITED",
        "CompanyNumber": number,
        "CompanyCategory": "Private Limited Company",
        "CompanyStatus": "Active",
        "IncorporationDate": "01/01/2000",
        "SICCode.SicText_1": "10710 - Manufacture of bread; manufacture of fresh pastry goods",
        **{f"SICCode.SicText_{place}": "" for place in (2, 3, 4)},
    }


def _sentences(database: Path, wanted: int) -> Iterator[dict[str, str]]:
    """Lines of texts, statement by statement."""
    with closing(sqlite3.connect(database)) as connection:
        left = wanted
        for number, text in connection.execute("SELECT id, content FROM texts"):
            for line in filter(None, map(str.strip, text.splitlines())):
                if not left:
                    return
                left -= 1
                yield {"statement_id": str(number), "sentence": line}


def _write_csv(path: Path, rows: Iterator[dict[str, str]] | Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(handle, list(row))
                writer.writeheader()
            writer.writerow(row)


def measured(
    folder: Path, wanted: Callable[[str], bool], *, anew: bool
) -> Iterator[tuple[str, Ran]]:
    """Each command in a process of its own, with the raw read and the bare interpreter first."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    python = [sys.executable, "-m", "assess.cli"]
    compared = python if anew else [sys.executable, "-c", _AS_MADE]
    yield _RAW, watched([sys.executable, "-c", _RAW_CODE], folder, environment)
    yield "--version", watched([*python, "--version"], folder, environment)
    for name, arguments in COMMANDS.items():
        if wanted(name):
            begin = compared if arguments[0] in ("compare", "report") else python
            yield name, watched([*begin, *arguments], folder, environment)


def told(peaks: Mapping[int, int]) -> tuple[str, bool]:
    """The line of a command, and whether it is within the limits."""
    sizes = sorted(peaks)
    line = "".join(f"{peaks[size] / 1e6:9.0f}" for size in sizes)
    if len(sizes) < 2:
        return line, peaks[sizes[0]] <= MOST
    first, last = sizes[-2:]
    each = (peaks[last] - peaks[first]) / (last - first)
    return f"{line} {each:10,.0f}", each <= MOST_A_STATEMENT and peaks[last] <= MOST


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--only", default="", help="part of a command's name; several by |")
    parser.add_argument("--anew", action="store_true", help="make all comparisons first: slow")
    parser.add_argument("--folder", type=Path, help="keep the workspaces here, and use them again")
    parser.add_argument("--prepare", type=int, help="only make the workspace of so many")
    given = parser.parse_args()
    if given.prepare:
        prepare(given.folder, given.prepare)
        return
    chosen = given.only.split("|")
    found: dict[str, dict[int, Ran]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, given.sizes.split(",")):
            folder = (given.folder or Path(scratch)) / str(size)
            _prepare_apart(folder, size)
            runs = measured(
                folder, lambda name: any(map(name.__contains__, chosen)), anew=given.anew
            )
            for name, ran in runs:
                found.setdefault(name, {})[size] = ran
                _tell(size, name, ran)
            if not given.folder:
                shutil.rmtree(folder)
    sys.exit(print_table(found))


def _prepare_apart(folder: Path, size: int) -> None:
    """In a process of its own: what starts others must be small, as they begin as large as it."""
    if not folder.exists():
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "benchmarks.memory"]
        command += ["--prepare", str(size), "--folder", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - this very file


def _tell(size: int, name: str, ran: Ran) -> None:
    failed = f" code {ran.code}: {ran.told}" if ran.code else ""
    line = f"{size:>9,} {name:40} {ran.peak / 1e6:6.0f} MB {ran.cpu:8.1f} s{failed}"
    print(line, file=sys.stderr, flush=True)


def print_table(found: Mapping[str, Mapping[int, Ran]]) -> int:
    """Print megabytes by size and bytes of a further statement; 1 if something is over."""
    over = 0
    print("".join(f"{size:>9,}" for size in next(iter(found.values()))), "  B a further one")
    for name, by_size in found.items():
        line, held = told({size: ran.peak for size, ran in by_size.items()})
        failed = any(ran.code not in (0, 1) for ran in by_size.values())
        over |= failed or not (held or name in BY_DESIGN)
        mark = "" if held else f"  {BY_DESIGN.get(name, 'OVER')}"
        print(f"{line}  {name}{mark}{'  FAILED' if failed else ''}", flush=True)
    return int(over)


if __name__ == "__main__":
    main()
