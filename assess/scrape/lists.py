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
ORGANISATION: Final = ("organisation", "organization", "company", "name", "organisationname")
INSTEAD: Final = ("instead", "correct_url", "correct", "use")

OnBadRow = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Site:
    """One organisation and its website."""

    organisation: str
    url: str


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
    path: Path, text: str, wanted: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and the wanted cells of each row that is not empty."""
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [_fold(cell) for cell in next((row for row in reader if any(row)), [])]
    places = {}
    for name, spellings in wanted.items():
        place = next((header.index(s) for s in spellings if s in header), None)
        if place is None:
            raise InputError(
                f"{path}: has no column {name}; its header is {', '.join(header)[:200] or 'empty'}"
            )
        places[name] = place
    for row in reader:
        if any(cell.strip() for cell in row):
            cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
            yield reader.line_num, {name: cell.strip() for name, cell in cells.items()}


def _fold(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.strip().lower())
