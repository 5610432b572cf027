"""Lists that a user gives: addresses, sites of organisations, corrections. CSV or one a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.errors import InputError
from assess.files import read_regular
from assess.scrape.fetch.addresses import parse
from assess.scrape.fetch.errors import FetchFailed

# The registry's own 24,000 rows take 3 MB.
MAX_BYTES: Final = 50_000_000
_MAX_CELL: Final = 10_000
_SEPARATORS: Final = ",;\t|"
_URL_START = re.compile(r"https?://", re.I)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?", re.I)

URL: Final = ("url", "link", "address", "statement_url", "statementurl")
SITE: Final = ("website", "site", "home_page", "homepage", "web", *URL)
ORGANISATION: Final = (
    "organisation", "organization", "company", "name", "organisationname", "organisation_name",
    "organization_name", "company_name", "companyname", "supplier", "supplier_name", "legal_name",
    "business", "business_name", "issuer", "issuer_name",
)  # fmt: skip
INSTEAD: Final = ("instead", "correct_url", "correct", "use")

NUMBER: Final = (
    "company_number", "companynumber", "number", "crn", "registration_number", "company_no",
    "companies_house_number", "registered_number",
)  # fmt: skip

GROUP: Final = ("group", "list", "index", "category", "sector", "constituency", "segment", "tag")

OnBadRow = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Site:
    """One organisation and its website."""

    organisation: str
    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation of a list."""

    organisation: str
    company_number: str
    """As written; empty if the list has none."""


def read_organisations(path: Path, on_bad: OnBadRow) -> list[Listed]:
    """Organisations from a CSV with columns such as ``organisation, company_number``.

    Each is given once, in order. A file of one column without a header's usual name is a list of
    names, one a line.

    Raises:
        InputError: the file cannot be read, or names no organisation.
    """
    text = _read(path)
    found: dict[Listed, None] = {}
    for number, name, written in _organisations(path, text):
        if name or written:
            found[Listed(" ".join(name.split()), written)] = None
        else:
            on_bad(number, "neither a name nor a number")
    if not found:
        raise InputError(f"{path}: names no organisation; give a CSV with a column organisation")
    return list(found)


def read_groups(path: Path, name: str | None, on_bad: OnBadRow) -> dict[str, list[Listed]]:
    """Groups of organisations by name, from a CSV with a column such as ``group``.

    With ``name`` all organisations of the file are of one group, as `read_organisations` reads it.

    Raises:
        InputError: the file cannot be read, or names no organisation or no group.
    """
    if name is not None:
        return {name: read_organisations(path, on_bad)}
    found: dict[str, dict[Listed, None]] = {}
    wanted = {"group": GROUP, "organisation": ORGANISATION, "company_number": NUMBER}
    for number, row in _rows(path, _read(path), wanted, need_one=True):
        listed = Listed(" ".join(row["organisation"].split()), row["company_number"])
        if not row["group"]:
            on_bad(number, "no group; give --name for a file of one group")
        elif not (listed.organisation or listed.company_number):
            on_bad(number, "neither a name nor a number")
        else:
            found.setdefault(row["group"], {})[listed] = None
    if not found:
        raise InputError(f"{path}: names no group; give a column group, or --name")
    return {group: list(listed) for group, listed in found.items()}


def _organisations(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    lines = text.splitlines()
    head = next((line for line in lines if line.strip()), "")
    cells = {_fold(cell) for separator in _SEPARATORS for cell in head.split(separator)}
    if not cells & {*ORGANISATION, *NUMBER} and not any(s in head for s in _SEPARATORS):
        yield from ((n, line.strip(), "") for n, line in enumerate(lines, 1) if line.strip())
        return
    wanted = {"organisation": ORGANISATION, "company_number": NUMBER}
    for number, row in _rows(path, text, wanted, need_one=True):
        yield number, row["organisation"], row["company_number"]


def read_urls(path: Path, on_bad: OnBadRow) -> list[str]:
    """Addresses, one a line (``#`` begins a comment), or the ``url`` column of a CSV.

    Each is given once, in order. A line that holds no address costs itself.

    Raises:
        InputError: the file cannot be read, or holds no address.
    """
    text = _read(path)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    found: dict[str, None] = {}
    if as_url(first):
        numbered: Iterator[tuple[int, str]] = (
            (number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")
        )
    else:
        numbered = ((n, row["url"]) for n, row in _rows(path, text, {"url": URL}))
    for number, written in numbered:
        url = as_url(written)
        if url:
            found[url] = None
        elif written.strip():
            on_bad(number, f"no web address: {written.strip()[:80]!r}")
    if not found:
        raise InputError(
            f"{path}: holds no web address; give one a line, or a CSV with a url column"
        )
    return list(found)


def read_sites(path: Path, on_bad: OnBadRow) -> list[Site]:
    """Organisations and websites from a CSV with columns such as ``organisation, website``.

    Raises:
        InputError: the file cannot be read, lacks the columns, or holds no site.
    """
    found: dict[Site, None] = {}
    wanted = {"organisation": ORGANISATION, "website": SITE}
    for number, row in _rows(path, _read(path), wanted):
        url = as_url(row["website"])
        if url:
            found[Site(" ".join(row["organisation"].split()), url)] = None
        else:
            on_bad(number, f"no website: {row['website'][:80]!r}")
    if not found:
        raise InputError(f"{path}: holds no website; give organisation and website in each row")
    return list(found)


def read_corrections(path: Path, on_bad: OnBadRow) -> dict[str, str]:
    """Wrong addresses and those to visit instead, from a CSV with columns ``url, instead``.

    Raises:
        InputError: the file cannot be read or lacks the columns.
    """
    found = {}
    for number, row in _rows(path, _read(path), {"url": URL, "instead": INSTEAD}):
        wrong, right = as_url(row["url"]), as_url(row["instead"])
        if wrong and right:
            found[wrong] = right
        else:
            on_bad(number, "not two web addresses")
    return found


def as_url(written: str) -> str | None:
    """The address as it can be visited, or None; ``https://`` is added to a bare host."""
    written = written.strip().strip("<>\"'")
    if not written or len(written) > _MAX_CELL:
        return None
    if _URL_START.match(written):
        return written
    if "://" in written or not _HOST.fullmatch(written):
        return None
    try:
        parse(f"https://{written}", any_port=True)
    except FetchFailed:  # such as a date, 31.12.2023
        return None
    return f"https://{written}"


def _read(path: Path) -> str:
    data = read_regular(path, MAX_BYTES)
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\0", "")
    return data.decode("latin-1").replace("\0", "")


def _rows(
    path: Path, text: str, wanted: Mapping[str, tuple[str, ...]], *, need_one: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and the wanted cells of each row that is not empty.

    Columns that are missing are an error, or with ``need_one`` empty if there is another.
    """
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [_fold(cell) for cell in next((row for row in reader if any(row)), [])]
        places = _places(path, header, wanted, need_one)
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
                yield reader.line_num, {name: cells.get(name, "").strip() for name in wanted}
    except csv.Error as error:
        raise InputError(f"{path} line {reader.line_num}: no CSV ({error})") from None


def _places(
    path: Path, header: list[str], wanted: Mapping[str, tuple[str, ...]], need_one: bool
) -> dict[str, int]:
    places = {
        name: header.index(spelling)
        for name, spellings in wanted.items()
        for spelling in [next((s for s in spellings if s in header), "")]
        if spelling
    }
    missing = [name for name in wanted if name not in places]
    if missing and not (need_one and places):
        told = ", ".join(header)[:200] or "empty"
        raise InputError(f"{path}: has no column {missing[0]}; its header is {told}")
    return places


def _fold(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.strip().lower())
