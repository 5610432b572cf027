"""The sector comparison report, written only when its content would differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from assess.compare.sectors import MINIMUM
from assess.files import writing
from assess.report import html
from assess.report.compared.read import read_compared
from assess.report.data import collect, told_by
from assess.running import staged
from assess.score.rubric import rubric_of_key
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.report.tables.write import Format
    from assess.score.rubric import Rubric

# The marks that tell whether a page is up to date stand at its very beginning.
HEAD_CHARACTERS = 8192


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What was written."""

    path: Path
    changed: bool
    """False where the file already had this content."""
    headlines: tuple[str, str, str]
    """For a terminal: what was read, minimal compliance, form against substance."""


@staged("report sectors")
def write_sector_report(
    workspace: Workspace, output: Path, *, minimum: int = MINIMUM, rubric: Rubric | None = None
) -> ReportResult:
    """Write the sector report to ``output``, atomically; nothing is done where it is up to date.

    Args:
        minimum: Sectors with fewer assessed statements are marked as too few to compare.
        rubric: Explains the tiers if it is the one that judged; of shipped rubrics the one that
            judged is found without; of others the tiers are only named.

    Raises:
        InputError: ``output`` cannot be written.
    """
    data = collect(workspace)
    used = rubric_of_key(data.counts.rubric, rubric)
    compared = read_compared(workspace, data, used)
    kept_at = html.kept_at(workspace.documents.absolute(), output.absolute().parent)
    given = rubric.key if rubric else ""
    told = told_by(workspace.db, data)
    digest = _digest(chain(told, (repr(compared), str(minimum), kept_at, given)))
    if headlines := _headlines_if_current(output, digest):
        return ReportResult(output, changed=False, headlines=headlines)
    # Late: statistics and drawing take a second to load.
    from assess.compare.sectors import summarise
    from assess.report.page import Content, render
    from assess.report.words import headlines as headlines_of

    comparison = summarise(data.counts, minimum)
    page = render(
        Content(data, comparison, compared, used),
        digest=digest,
        kept_at=kept_at,
    )
    with writing(output) as handle:
        handle.write(page)
    return ReportResult(output, changed=True, headlines=headlines_of(comparison))


def write_sector_tables(
    workspace: Workspace,
    output: Path,
    form: Format,
    *,
    minimum: int = MINIMUM,
    rubric: Rubric | None = None,
) -> ReportResult:
    """Write the sector report as Markdown, a folder of CSV tables or a workbook.

    Args:
        minimum: As for the page; likewise ``rubric``.

    Raises:
        InputError: ``output`` cannot be written.
    """
    from assess.compare.sectors import summarise
    from assess.report.page import Content, key_findings
    from assess.report.tables.sector import sector_tables
    from assess.report.tables.write import write_tabular
    from assess.report.words import headlines

    data = collect(workspace)
    used = rubric_of_key(data.counts.rubric, rubric)
    comparison = summarise(data.counts, minimum)
    content = Content(data, comparison, read_compared(workspace, data, used), used)
    write_tabular(sector_tables(content, key_findings(content)), output, form)
    return ReportResult(output, changed=True, headlines=headlines(comparison))


def _digest(parts: Iterable[str]) -> str:
    found = hashlib.sha256(_code_version().encode())
    for part in parts:
        found.update(b"\0" + part.encode(errors="replace"))
    return found.hexdigest()


@cache
def _code_version() -> str:
    """A digest of the code and templates that make the page."""
    root = Path(__file__).parents[1]
    files = (
        path
        for folder in ("compare", "report")
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".html", ".css", ".js")
    )
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.read_bytes())
    return found.hexdigest()


class _Marks(HTMLParser):
    """Collects the ``assess:`` marks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = ""
        self.headlines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("name") == "assess:digest":
            self.digest = found.get("content") or ""
        if tag == "meta" and found.get("name") == "assess:headline":
            self.headlines.append(found.get("content") or "")


def _headlines_if_current(output: Path, digest: str) -> tuple[str, str, str] | None:
    if not output.is_file():
        return None  # not there, or not a file: writing will tell
    try:
        with output.open(encoding="utf-8", errors="replace") as page:
            head = page.read(HEAD_CHARACTERS)
    except OSError:
        return None  # not readable: writing will tell
    marks = _Marks()
    marks.feed(head)
    if marks.digest != digest or len(marks.headlines) != 3:
        return None
    return marks.headlines[0], marks.headlines[1], marks.headlines[2]
