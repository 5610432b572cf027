"""The GOV.UK modern slavery statement registry, read from its CSV download.

Rows of one group submission share a summary; each summary becomes one `Statement`.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess.errors import RegistryError
from assess.records import Issue, Organisation, Statement
from assess.scrape import columns, registry_csv
from assess.scrape.company_numbers import company_number

if TYPE_CHECKING:
    pass

# The live file of a year has 8 to 15 MB; it is held in memory whole.
MAX_BYTES: Final = 100_000_000
# Statements exist since 2015; the registry counts years ahead by one.
YEARS: Final = range(2015, 2100)

_STAGE: Final = "registry"
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T\s].*)?")
_YEAR_IN_URL = re.compile(r"/(\d{4})/?\Z")
_SUMMARY = re.compile(rb"https?://[^\s\",]+/statement-summary/[^\s\",]+")
_YES_NO: Final = {"yes": True, "no": False}
_BANDS: Final = (
    "Under £36 million",
    "£36 million to £60 million",
    "£60 million to £100 million",
    "£100 million to £500 million",
    "Over £500 million",
)
_ANSWER = re.compile(r"(?:Yes|No)?")
_DAY = re.compile(r"(?:\d{1,2}/\d{1,2}/\d{4})?")
# What the registry itself fills in or checks; held to only where a row's cells are in doubt.
_EXACT: Final = {
    "StatementYear": re.compile(r"20\d\d"),
    "OrganisationName": re.compile(r"\S.*"),
    "SectorType": re.compile(r"(?:Private|Public)?"),
    "CompanyNumber": re.compile(r"[\w /.-]{0,20}"),
    "StatementURL": re.compile(r"[^\r\n]*"),
    "Turnover": re.compile("|".join(("", *_BANDS))),
    "YearsProducingStatements": re.compile(
        r"(?:This is the first time|1 to 5 years|More than 5 years)?"
    ),
    **dict.fromkeys(
        ("LastUpdated", "StatementStartDate", "StatementEndDate", "DateApproved"), _DAY
    ),
    **dict.fromkeys(
        (
            "NoPolicies",
            "NoTraining",
            "NoEngagement",
            "NoSocialAudits",
            "NoGrievanceMechanisms",
            "NoRisks",
            "NoILOIndicatorsInStatement",
            "ILOIndicatorsNoActions",
        ),
        _ANSWER,
    ),
}
# Columns in which a quote can only be half of a pair that was torn apart.
_UNQUOTED: Final = frozenset(
    {*_EXACT, "OrganisationSectors"} - {"OrganisationName", "StatementURL"}
)

CUT_OFF: Final = "cut_off"
"""Code of the issue of a file that ends within a row."""

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """What one registry download says."""

    sha256: str
    name: str
    row_count: int
    statements: tuple[Statement, ...]
    extra_columns: tuple[str, ...]
    """Columns this version has no name for; their values are among the declarations."""
    issues: tuple[Issue, ...]
    mentioned: frozenset[str] = frozenset()
    """All summaries that stand in the file, those of rows that cannot be read too."""


def read_registry(path: Path) -> RegistryFile:
    """Read a registry download.

    A row that cannot be read costs itself and leaves an issue.

    Raises:
        RegistryError: no such file, empty, not the registry's CSV, or without required columns.
    """
    return parse_registry(_read(path), path.name, source=str(path))


def parse_registry(data: bytes, name: str, *, source: str = "") -> RegistryFile:
    """As `read_registry`, from the file's bytes.

    Args:
        name: kept with the file and its issues.
        source: what errors call the file; its name if not given.
    """
    source = source or name
    table = registry_csv.parse(data, source, _fits)
    _check_header(table.header, source)
    issues = _Issues(name)
    _note_table(table, issues)
    groups: dict[str, list[registry_csv.Row]] = {}
    for row in table.rows:
        if url := _summary_of(table.header, row, issues):
            groups.setdefault(url, []).append(row)
    if not groups:
        raise _no_statement(table, source)
    if table.rows[-1].cells is None and not data.endswith(b"\n"):
        issues.of_file(CUT_OFF, "its last row has no end")
    # Cells by their columns take five times what the file does: of one statement at a time.
    statements = tuple(
        _statement([(row.number, _cells(table.header, row)) for row in rows], issues)
        for rows in groups.values()
    )
    return RegistryFile(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        row_count=len(table.rows),
        statements=statements,
        extra_columns=_extra_columns(table.header),
        issues=tuple(issues.found),
        mentioned=frozenset(url.decode("ascii", "replace") for url in _SUMMARY.findall(data)),
    )


def _fits(column: str, cell: str) -> bool:
    """Whether the cell can stand in the column of a row whose quotes or commas are broken."""
    if column == "OrganisationSectors":
        return all(line in columns.SECTORS for line in cell.splitlines())
    exact = _EXACT.get(column)
    return columns.fits(column, cell) and (exact is None or bool(exact.fullmatch(cell.strip())))


def _no_statement(table: registry_csv.Table, source: str) -> RegistryError:
    rows = len(table.rows)
    why = f"has the registry's columns but no statement in its {rows} rows"
    if rows and all(row.cells is None for row in table.rows):
        why = f"none of its {rows} rows fits its header of {len(table.header)} columns"
    return RegistryError(f"{source}: {why}; download it again")


class _Issues:
    """Issues of one file, in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[Issue] = []

    def of_row(self, number: int, code: str, message: str) -> None:
        self.found.append(Issue(_STAGE, f"{self._name} row {number}", code, message))

    def of_file(self, code: str, message: str) -> None:
        self.found.append(Issue(_STAGE, self._name, code, message))

    def of_statement(self, url: str, code: str, message: str) -> None:
        self.found.append(Issue(_STAGE, url, code, message))


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise RegistryError(f"{path}: is a folder; give the registry's CSV file")
        # Devices and pipes have no size and can be without end.
        if not stat.S_ISREG(mode):
            raise RegistryError(f"{path}: is not a regular file; give the registry's CSV file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise RegistryError(f"{path}: no such file; give the registry's CSV from GOV.UK") from None
    except OSError as error:
        raise RegistryError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_BYTES:
        raise RegistryError(
            f"{path}: has more than {MAX_BYTES // 1_000_000} MB; the registry's files are"
            " smaller, give one of them"
        )
    return data


def _check_header(header: Sequence[str], name: str) -> None:
    if not columns.KNOWN.intersection(header):
        raise RegistryError(
            f"{name}: none of its columns is one of the registry's; give StatementSummaries*.csv"
            " from GOV.UK"
        )
    missing = [column for column in columns.REQUIRED if column not in header]
    if missing:
        raise RegistryError(
            f"{name}: lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)};"
            " give the registry's CSV as it was downloaded"
        )


def _extra_columns(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for c in header if c and c not in columns.KNOWN))


def _note_table(table: registry_csv.Table, issues: _Issues) -> None:
    """Note what is odd about the file as a whole."""
    if table.odd_lines:
        issues.of_file(
            "not_utf8", f"{table.odd_lines} lines were not UTF-8 and were read as Windows-1252"
        )
    if missing := [c for c in columns.FIELDS if c not in table.header and c != columns.LATEST]:
        issues.of_file("missing_columns", f"columns not in this file: {', '.join(missing)}")
    if extra := _extra_columns(table.header):
        issues.of_file("extra_columns", f"kept among the declarations: {', '.join(extra)}")
    if twice := [name for name, count in Counter(table.header).items() if count > 1]:
        issues.of_file("double_columns", f"the first of each was read: {', '.join(twice)}")


def _summary_of(header: Sequence[str], row: registry_csv.Row, issues: _Issues) -> str | None:
    """The summary that a row is of, or None where it names no statement."""
    if row.cells is None:
        issues.of_row(row.number, "broken_row", "its cells do not fit the header; left out")
        return None
    if any('"' in cell for c, cell in zip(header, row.cells, strict=True) if c in _UNQUOTED):
        issues.of_row(row.number, "broken_row", "half a quotation stands in a cell; left out")
        return None
    if row.recovered:
        issues.of_row(row.number, "broken_quotes", "its quotes were broken; check its cells")
    cells = _cells(header, row)
    if not columns.fits("StatementSummaryURL", cells["StatementSummaryURL"]):
        issues.of_row(row.number, "no_summary_url", "no StatementSummaryURL; left out")
        return None
    if not cells["OrganisationName"]:
        issues.of_row(row.number, "no_organisation", "no OrganisationName; left out")
        return None
    if _year(cells) is None:
        issues.of_row(row.number, "no_year", "no StatementYear; left out")
        return None
    return cells["StatementSummaryURL"]


def _cells(header: Sequence[str], row: registry_csv.Row) -> Cells:
    """The cells of a row by column, clean."""
    cells: dict[str, str] = {}
    for column, cell in zip(header, row.cells or (), strict=True):
        if column and column not in cells:
            cells[column] = _clean(cell)
    return cells


def _clean(cell: str) -> str:
    """Line breaks made one kind, and no space around lines."""
    if "\n" not in cell and "\r" not in cell:
        return cell.strip()
    return "\n".join(line.strip() for line in re.split(r"\r\n|\r|\n", cell)).strip()


def _statement(rows: Sequence[tuple[int, Cells]], issues: _Issues) -> Statement:
    """One submission from its rows; what they share is taken from the first."""
    number, first = rows[0]
    url = first["StatementSummaryURL"]
    _note_conflicts(url, [cells for _, cells in rows], issues)
    dates = {
        column: _date(first.get(column, ""), column, number, issues)
        for column in ("StatementStartDate", "StatementEndDate", "DateApproved", "LastUpdated")
    }
    year = _year(first)
    assert year is not None  # rows without a year were left out
    return Statement(
        summary_url=url,
        year=year,
        statement_url=first["StatementURL"] or None,
        group_submission=_yes_no(first.get("GroupSubmission", ""), number, issues),
        parent_name=next((c["ParentName"] for _, c in rows if c.get("ParentName")), None),
        start_date=dates["StatementStartDate"],
        end_date=dates["StatementEndDate"],
        approving_person=" ".join(first.get("ApprovingPerson", "").split()) or None,
        date_approved=dates["DateApproved"],
        turnover=first.get("Turnover") or None,
        last_updated=dates["LastUpdated"],
        pdf_url=first.get("PDFURL") or None,
        sectors=_sectors(first["OrganisationSectors"], url, issues),
        organisations=tuple(dict.fromkeys(_organisation(n, c, issues) for n, c in rows)),
        declarations={
            column: value
            for column, value in first.items()
            if value and column not in columns.FIELDS
        },
    )


def _note_conflicts(url: str, rows: Sequence[Cells], issues: _Issues) -> None:
    """Rows of one summary must agree on all that is not the organisation's own."""
    own = {*columns.ORGANISATION, "ParentName"}
    differ = [
        column
        for column in rows[0]
        if column not in own and len({cells[column] for cells in rows}) > 1
    ]
    if differ:
        issues.of_statement(
            url,
            "rows_disagree",
            f"its rows disagree on {', '.join(differ)}; the first row was taken",
        )


def _organisation(number: int, cells: Cells, issues: _Issues) -> Organisation:
    written = cells.get("CompanyNumber", "")
    registered = company_number(written)
    if written and registered is None:
        issues.of_row(number, "bad_company_number", f"not a company number: {written[:40]!r}")
    return Organisation(
        name=" ".join(cells["OrganisationName"].split()),
        company_number=registered,
        address=cells.get("Address") or None,
        sector_type=cells.get("SectorType") or None,
    )


def _sectors(cell: str, url: str, issues: _Issues) -> tuple[str, ...]:
    """The sectors, one a line; their names hold commas."""
    sectors = tuple(dict.fromkeys(" ".join(line.split()) for line in cell.splitlines() if line))
    if unknown := [sector for sector in sectors if sector not in columns.SECTORS]:
        issues.of_statement(
            url, "unknown_sector", f"not a sector of the registry: {'; '.join(unknown)}"
        )
    return sectors


def _year(cells: Cells) -> int | None:
    """The registry's year; where the cell is unusable, the one in the summary's address."""
    in_url = _YEAR_IN_URL.search(cells["StatementSummaryURL"])
    for written in (cells["StatementYear"], in_url[1] if in_url else ""):
        if re.fullmatch(r"[0-9]{4}", written) and int(written) in YEARS:
            return int(written)
    return None


def _yes_no(cell: str, number: int, issues: _Issues) -> bool | None:
    answer = _YES_NO.get(cell.lower())
    if cell and answer is None:
        issues.of_row(number, "bad_answer", f"GroupSubmission is neither Yes nor No: {cell[:40]!r}")
    return answer


def _date(cell: str, column: str, number: int, issues: _Issues) -> date | None:
    for parts in _date_parts(cell):
        try:
            return date(*parts)
        except ValueError:
            break
    if cell:
        issues.of_row(number, f"bad_date_{column}", f"{column} is not a date: {cell[:40]!r}")
    return None


def _date_parts(cell: str) -> Iterator[tuple[int, int, int]]:
    """Year, month, day of dd/mm/yyyy, or of ISO 8601 as PDFDate has it."""
    if match := _DAY_FIRST.fullmatch(cell):
        yield int(match[3]), int(match[2]), int(match[1])
    if match := _YEAR_FIRST.fullmatch(cell):
        yield int(match[1]), int(match[2]), int(match[3])
