"""The corpus is what its README says, and its truth can be checked against its documents."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tools.corpus import blocks, build, criteria, registry
from tools.corpus.notice import NOTICE
from tools.corpus.sources import Source, load_organisations, load_sources

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DOCUMENTS = CORPUS / "documents"
MAX_BYTES = 3_000_000
TEXT_FORMATS = {"md", "txt", "jsonl", *build.PAGES}
NEEDS_NO_QUOTE = {"absent", "na", 0}  # 0 == False


@cache
def sources() -> tuple[Source, ...]:
    return load_sources(load_organisations())


@cache
def truth() -> dict[str, dict[str, Any]]:
    lines = (CORPUS / "truth.jsonl").read_text("utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


@cache
def rows() -> list[dict[str, str]]:
    text = (CORPUS / "registry.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def statements() -> list[dict[str, Any]]:
    return [record for record in truth().values() if record["statement_kind"] == "statement"]


def squeeze(text: str) -> str:
    """Without white space: layouts break lines, also after a hyphen."""
    return "".join(text.split())


def text_of(source: Source) -> str:
    """The words of a committed document, read with the plainest means."""
    path = DOCUMENTS / source.file.split("#")[0]
    match path.suffix:
        case ".pdf":
            import pypdfium2

            pages = pypdfium2.PdfDocument(path)
            return "\n".join(page.get_textpage().get_text_range() for page in pages)
        case ".docx":
            import docx

            document = docx.Document(str(path))
            cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
            footer = document.sections[0].footer.paragraphs[0].text
            return "\n".join([p.text for p in document.paragraphs] + [*cells, footer])
        case ".html":
            from lxml import html

            return str(html.fromstring(path.read_bytes()).text_content())
        case ".jsonl":
            lines = map(json.loads, path.read_text("utf-8").splitlines())
            return next(str(line["text"]) for line in lines if line["id"] == source.id)
        case _:
            return blocks.plain(path.read_text("utf-8"))


def test_size_and_number_of_documents() -> None:
    files = list(DOCUMENTS.iterdir())
    assert len(statements()) >= 42
    assert sum(path.stat().st_size for path in [*files, *CORPUS.glob("*.*")]) < MAX_BYTES
    assert {path.name for path in files} == {s.file.split("#")[0] for s in sources()}


def test_formats() -> None:
    count = Counter("html" if s.format in build.PAGES else s.format for s in sources())
    least = {"pdf": 5, "pdf2": 3, "scan": 1, "html": 9, "docx": 6, "md": 4, "txt": 4, "jsonl": 2}
    assert all(count[name] >= number for name, number in least.items()), count


def test_sectors_and_years() -> None:
    first_row = {row["StatementURL"]: row for row in rows()}
    kinds = {r["id"] for r in statements()}
    filed = [first_row[s.meta["url"]] for s in sources() if s.id in kinds]
    per_sector = Counter(x for row in filed for x in row["OrganisationSectors"].splitlines())
    assert len(per_sector) >= 7
    assert sum(number >= 5 for number in per_sector.values()) >= 5
    assert {row["StatementYear"] for row in filed} == {"2022", "2023", "2024"}


def test_range_of_substance() -> None:
    count = Counter(record["substance"] for record in statements())
    assert all(count[level] >= 4 for level in range(1, 6)), count


def test_registry_has_the_form_of_the_download() -> None:
    raw = (CORPUS / "registry.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfStatementYear,OrganisationName,Address,")
    assert tuple(rows()[0]) == registry.HEADERS
    assert len(registry.HEADERS) == 73
    assert all(None not in row and None not in row.values() for row in rows())
    assert any("\r\n" in row["Address"] for row in rows())
    assert any("\n" in row["Address"] and "\r" not in row["Address"] for row in rows())


def test_group_rows_share_one_summary() -> None:
    shared = Counter(row["StatementSummaryURL"] for row in rows())
    named = {row["CompanyNumber"] for row in rows() if row["CompanyNumber"]}
    assert max(shared.values()) == 4
    assert all(number.startswith("ZZ") and len(number) == 8 for number in named)
    assert len(shared) - sum(s.org is not None for s in sources()) == 3


def test_every_document_says_that_it_is_fictional() -> None:
    readable = [source for source in sources() if source.format != "scan"]
    assert [s.file for s in readable if squeeze(NOTICE) not in squeeze(text_of(s))] == []


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.id)
def test_every_quote_is_in_its_document(source: Source) -> None:
    text = squeeze(text_of(source))
    quotes = [quote for found in truth()[source.id]["evidence"].values() for quote in found]
    assert [quote for quote in quotes if squeeze(quote) not in text] == []


def test_every_credit_has_a_quote_and_every_quote_a_credit() -> None:
    for record in truth().values():
        credited = {name for name in criteria.ALL if record[name] not in NEEDS_NO_QUOTE}
        assert credited == set(record["evidence"]), record["id"]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("audit_results", "audits"),
        ("grievance_supply_chain", "grievance_channel"),
        ("grievance_results", "grievance_channel"),
        ("training_numbers", "training_delivered"),
        ("training_numbers", "kpi_value"),
        ("training_audience", "training_delivered"),
        ("timebound_goals", "future_goals"),
        ("remediation_actual", "incident_disclosed"),
        ("supplier_code", "policies"),
        ("risk_specific", "risk"),
    ],
)
def test_truth_is_consistent(narrow: str, wide: str) -> None:
    assert [r["id"] for r in truth().values() if r[narrow] and not r[wide]] == []


def test_depth_agrees_with_the_indicators() -> None:
    for record in truth().values():
        assert record["risk_specific"] <= (record["risk"] >= 2), record["id"]
        assert record["remediation_actual"] == (record["remedy"] == 3), record["id"]
        assert record["kpi_defined"] == (record["effectiveness"] >= 2), record["id"]
        assert record["training_numbers"] <= (record["training"] >= 2), record["id"]
        assert record["audits"] <= (record["due_diligence"] >= 2), record["id"]


def test_committed_text_formats_come_from_the_sources() -> None:
    organisations = load_organisations()
    made = build.documents_of(
        [source for source in sources() if source.format in TEXT_FORMATS], organisations
    )
    assert [name for name, data in made.items() if (DOCUMENTS / name).read_bytes() != data] == []
    assert registry.to_csv(sources(), organisations) == (CORPUS / "registry.csv").read_bytes()
    assert build.readme(sources(), organisations) == (CORPUS / "README.md").read_text("utf-8")


def test_the_builder_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    build.build(first)
    build.build(second)
    for path in first.rglob("*.*"):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path.name


PLANTED = [
    "no-steps",
    "LLP",
    "limited partnership",
    "names its subsidiaries",
    "only says 'the Group'",
    "public body",
    "charity",
    "policy",
    "gender pay",
    "near-copy",
    "unchanged",
    "too late",
    "admits failures",
    "plans only",
    "denials",
    "contradicted",
    "broken promise",
    "on behalf of the board",
    "no title",
    "HR manager",
    "repayment of recruitment fees",
    "image-only",
    "company number only",
    "slip in the organisation's name",
]


@pytest.mark.parametrize("case", PLANTED)
def test_every_planted_case_is_listed(case: str) -> None:
    listed = [x for x in (CORPUS / "README.md").read_text("utf-8").splitlines() if case in x]
    assert any(source.file in line for line in listed for source in sources())
