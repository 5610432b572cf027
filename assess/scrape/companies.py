"""Companies House's free company data: what kind of business the registry's organisations are.

The file has all 5 million companies of the register (a ZIP of 400 MB, a CSV of 2.6 GB, or parts of
it); only those that the workspace knows by their number are kept.
"""

from __future__ import annotations

import csv
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Final

from sqlite_utils import Database

from assess.errors import InputError
from assess.records import Issue
from assess.running import staged
from assess.scrape.company_numbers import company_number
from assess.scrape.sic_sections import activity
from assess.store.workspace import Workspace

# A row has 1,000 bytes at most; a longer line is none of it and must not fill the memory.
_MAX_LINE: Final = 100_000
# The whole register takes 3 GB; a ZIP that unpacks to more is none of Companies House's.
_MAX_UNPACKED: Final = 20_000_000_000
_STAGE: Final = "companies"
# Bad rows noted one by one; a file of another kind would note millions.
_MAX_NOTED: Final = 100

_NUMBER, _NAME = "companynumber", "companyname"
_CATEGORY, _STATUS, _SINCE = "companycategory", "companystatus", "incorporationdate"
_SIC: Final = tuple(f"siccode.sictext_{place}" for place in range(1, 5))
_REQUIRED: Final = (_NUMBER, _NAME, _SIC[0])
_SIC_TEXT = re.compile(r"(?P<code>\d{5})(?:\s*-\s*(?P<title>.*))?", re.DOTALL)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
# What reading a damaged or protected ZIP raises, by its way of compression.
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CompaniesReport:
    """What a file of companies gave."""

    rows: int
    kept: int
    """Companies that the workspace knows."""
    bad: int
    """Rows that could not be read; the first hundred are in the issues table."""
    organisations: int
    """Of the workspace, with a company number."""
    not_found: int
    """Of these, not in any file that was read."""


@dataclass(frozen=True, slots=True)
class Company:
    """One row of the register."""

    number: str
    name: str
    category: str
    status: str
    incorporated_on: str | None
    """ISO 8601."""
    sic: tuple[tuple[str, str], ...]
    """(code, title), as Companies House gives them."""


@staged("companies")
def import_companies(
    workspace: Workspace, path: Path, progress: Progress = lambda _done, _of: None
) -> CompaniesReport:
    """Keep the companies of a file whose numbers organisations have; in one transaction.

    A company that was read before is replaced.

    Raises:
        InputError: the file cannot be read, or lacks the columns of Companies House's file.
    """
    wanted = _numbers(workspace.db)
    rows = bad = kept = 0
    with workspace.db.atomic():
        for place, found in _companies(path, wanted, progress):
            rows += 1
            if isinstance(found, str):
                bad += 1
                if bad <= _MAX_NOTED:
                    workspace.note([Issue(_STAGE, f"{path} line {place}", "bad_row", found)])
            elif found is not None:
                _write(workspace.db, found)
                kept += 1
    known = {row[0] for row in workspace.db.execute("SELECT company_number FROM companies")}
    return CompaniesReport(rows, kept, bad, len(wanted), len(wanted - known))


def _numbers(db: Database) -> set[str]:
    return {
        row[0]
        for row in db.execute(
            "SELECT company_number FROM organisations WHERE company_number IS NOT NULL"
        )
    }


def _write(db: Database, company: Company) -> None:
    db.execute("DELETE FROM companies WHERE company_number = ?", [company.number])
    db.table("companies").insert(
        {
            "company_number": company.number,
            "name": company.name,
            "category": company.category,
            "status": company.status,
            "incorporated_on": company.incorporated_on,
        }
    )
    for place, (code, title) in enumerate(company.sic, 1):
        belongs = activity(code)
        db.table("company_sic").insert(
            {
                "company_number": company.number,
                "position": place,
                "code": code,
                "title": title,
                "division": belongs and belongs.division,
                "division_title": belongs and belongs.division_title,
                "section": belongs and belongs.section,
                "section_title": belongs and belongs.section_title,
            }
        )


def _companies(
    path: Path, wanted: set[str], progress: Progress
) -> Iterator[tuple[int, Company | str | None]]:
    """Of each row its line, and the company, None where nobody wants it, or what is wrong."""
    try:
        yield from _rows(path, wanted, progress)
    except _DAMAGED as error:
        raise InputError(f"{path}: cannot be unpacked ({error})") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None


def _rows(
    path: Path, wanted: set[str], progress: Progress
) -> Iterator[tuple[int, Company | str | None]]:
    for name, handle, size in _opened(path):
        lines = _lines(handle, size, progress)
        header = _cells(next(lines, ""))
        if not header:
            raise InputError(f"{name}: is empty; give Companies House's free company data")
        columns = _header(name, header)
        for number, line in enumerate(lines, 2):
            if row := _cells(line):
                yield number, _company(row, columns, len(header), wanted)


def _cells(line: str) -> list[str]:
    """The cells of a line. No cell of the file has a line break: an open quote ends there."""
    try:
        return next(csv.reader((line,)), [])
    except csv.Error:  # a line break of another system within it
        return [line]


def _header(name: str, row: Sequence[str]) -> dict[str, int]:
    columns = {cell.strip().lstrip("\ufeff").lower(): place for place, cell in enumerate(row)}
    missing = [one for one in _REQUIRED if one not in columns]
    if missing:
        raise InputError(
            f"{name}: has no column {missing[0]}; give Companies House's free company data "
            "(BasicCompanyData), CSV or ZIP"
        )
    return columns


def _company(
    row: Sequence[str], columns: Mapping[str, int], width: int, wanted: set[str]
) -> Company | str | None:
    def cell(name: str) -> str:
        place = columns.get(name)
        return "" if place is None else row[place].strip()

    if len(row) != width:  # nobody knows which cell is missing, or one too many
        return f"{len(row)} cells, {width} wanted"
    written = cell(_NUMBER)
    number = written if written in wanted else company_number(written)
    if number is None:
        return f"no company number: {written[:40]!r}"
    if number not in wanted:
        return None
    return Company(
        number,
        cell(_NAME),
        cell(_CATEGORY),
        cell(_STATUS),
        _iso(cell(_SINCE)),
        tuple(_sic(cell(name) for name in _SIC)),
    )


def _sic(cells: Iterator[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for text in cells:
        found = _SIC_TEXT.fullmatch(text)  # "None Supplied" is none
        if found and found["code"] not in seen:
            seen.add(found["code"])
            yield found["code"], (found["title"] or "").strip()


def _iso(written: str) -> str | None:
    found = _DAY.fullmatch(written)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _lines(handle: IO[bytes], size: int, progress: Progress) -> Iterator[str]:
    """Decoded lines; of one that is too long the beginning, which then lacks cells."""
    done = number = 0
    while line := handle.readline(_MAX_LINE):
        done += len(line)
        if done > _MAX_UNPACKED:
            raise InputError("the file unpacks to more than Companies House has companies")
        whole = line
        while not line.endswith(b"\n") and len(line) == _MAX_LINE:
            line = handle.readline(_MAX_LINE)
            done += len(line)
        number += 1
        if number % 10_000 == 0:
            progress(done, size)
        yield _decoded(whole).replace("\0", "")


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _opened(path: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    """The CSV, or each CSV of a ZIP, with its name and its size in bytes."""
    if not path.is_file():
        raise InputError(f"{path}: not a file")
    if not zipfile.is_zipfile(path):
        with path.open("rb") as handle:
            yield str(path), handle, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if _is_csv(one.filename)]
        if not members:
            raise InputError(f"{path}: holds no CSV")
        for member in members:
            with archive.open(member) as handle:
                yield f"{path}: {member.filename}", handle, member.file_size


def _is_csv(member: str) -> bool:
    """Whether a ZIP's member is a table; what Macs put beside each file is none."""
    *folders, name = member.split("/")
    return name.lower().endswith(".csv") and not name.startswith(".") and "__MACOSX" not in folders
