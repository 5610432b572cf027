"""Registry files and documents made for the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from assess.scrape.files import import_files
from assess.scrape.match import MatchReport, match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace

HEADER = (
    "StatementYear", "OrganisationName", "Address", "SectorType", "CompanyNumber", "LastUpdated",
    "GroupSubmission", "ParentName", "StatementURL", "StatementSummaryURL", "StatementStartDate",
    "StatementEndDate", "ApprovingPerson", "DateApproved", "StatementIncludesGoals",
    "OrganisationSectors", "Turnover", "DemonstrateProgress", "PDFURL",
)  # fmt: skip


def row(name: str, summary: str, **cells: str) -> dict[str, str]:
    """A row of one organisation; what is not given has a plain value."""
    year = cells.get("StatementYear", "2022")
    plain = {
        "StatementYear": year,
        "OrganisationName": name,
        "LastUpdated": "01/02/2022",
        "GroupSubmission": "No",
        "StatementURL": f"https://www.{summary}.example/{year}.pdf",
        "StatementSummaryURL": f"https://registry.example/statement-summary/{summary}/{year}",
        "StatementStartDate": f"01/01/{int(year) - 1}",
        "StatementEndDate": f"31/12/{int(year) - 1}",
        "ApprovingPerson": "Ada Quill (Chair)",
        "DateApproved": f"20/01/{year}",
        "OrganisationSectors": "Other",
    }
    return dict.fromkeys(HEADER, "") | plain | cells


def registry_bytes(rows: Iterable[dict[str, str]], *, newline: str = "\r\n") -> bytes:
    """The rows as a well-formed CSV with a byte-order mark."""
    rows = list(rows)
    out = io.StringIO(newline="")
    columns = list(dict.fromkeys(column for cells in rows for column in cells))
    writer = csv.DictWriter(out, columns, restval="", lineterminator=newline)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def raw_bytes(rows: Iterable[dict[str, str]]) -> bytes:
    """The rows as the registry's writer makes them: quoted at need, quotes not doubled."""
    lines = [",".join(HEADER)]
    for cells in rows:
        lines.append(",".join(_raw_cell(cells[column]) for column in HEADER))
    return ("\r\n".join(lines) + "\r\n").encode()


def _raw_cell(cell: str) -> str:
    return f'"{cell}"' if "," in cell or "\n" in cell else cell


def matched(
    workspace: Workspace, folder: Path, rows: Iterable[dict[str, str]], **texts: str
) -> MatchReport:
    """Import the rows, and the texts under their names (``__`` is a space), and match."""
    registry = folder / "registry.csv"
    registry.write_bytes(registry_bytes(rows))
    import_registry(workspace, registry)
    documents = folder / "documents"
    documents.mkdir(exist_ok=True)
    for name, text in texts.items():
        suffix = ".html" if text.startswith("<") else ".txt"
        (documents / f"{name.replace('__', ' ')}{suffix}").write_text(text)
    if texts:
        import_files(workspace, [documents])
    return match_documents(workspace)


def links(workspace: Workspace) -> set[tuple[str, str, str, str]]:
    """Document name, summary, method and state of every link."""
    rows = workspace.db.execute(
        "SELECT document_sources.name, summary_url, method, state FROM statement_documents"
        " JOIN statements ON statements.id = statement_id JOIN document_sources"
        " ON document_sources.document_sha256 = statement_documents.document_sha256"
    )
    return {(name, url.split("/", 4)[4], method, state) for name, url, method, state in rows}
