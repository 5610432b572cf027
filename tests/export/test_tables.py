"""What is exported: columns as described, keys that hold, words that agree with the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.export.columns import Column, Table
from assess.export.source import rows, snapshot
from assess.export.tables import TABLES, chosen
from assess.store import Workspace

DOCS = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", DOCS, re.MULTILINE | re.DOTALL))
EVERY = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def cells(workspace: Workspace, table: Table) -> list[tuple[object, ...]]:
    with snapshot(workspace) as connection:
        return list(rows(connection, table))


@EVERY
def test_queries_give_the_described_columns_and_keys_hold(
    corpus: Workspace, hostile: Workspace, table: Table
) -> None:
    assert len(set(table.names)) == len(table.names)
    places = [table.names.index(name) for name in table.key]
    for workspace in (corpus, hostile):
        found = cells(workspace, table)
        assert all(len(row) == len(table.columns) for row in found)
        keys = [tuple(row[place] for place in places) for row in found]
        assert len(set(keys)) == len(keys)


@EVERY
def test_cells_are_of_their_type(corpus: Workspace, table: Table) -> None:
    kinds = {"text": "str", "integer": "int", "number": "float", "boolean": "bool"}
    kinds |= {"date": "date", "time": "datetime"}
    for row in cells(corpus, table):
        for cell, column in zip(row, table.columns, strict=True):
            assert cell is None or type(cell).__name__ == kinds[column.kind], column.name
            assert cell is not None or not column.required, column.name
            assert cell is None or not column.choices or cell in column.choices, column.name


def test_the_corpus_fills_nearly_all_tables(corpus: Workspace) -> None:
    empty = {table.name for table in TABLES if not cells(corpus, table)}
    assert empty == {"reviews", "missing_years", "homepage_links"}


def test_no_finding_or_quote_of_a_current_assessment_is_left_out(corpus: Workspace) -> None:
    counts = """SELECT count(DISTINCT findings.id), count(evidence.id)
        FROM current_assessments AS judged JOIN findings ON assessment_id = judged.id
        LEFT JOIN evidence ON finding_id = findings.id"""
    found = tuple(len(cells(corpus, table)) for table in chosen(["findings", "evidence"]))
    assert found == corpus.db.execute(counts).fetchone()


def meaning(table: str, column: str) -> str:
    [told] = re.findall(rf"^\| {column} \| (.*) \|$", SECTIONS[table], re.MULTILINE)
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", str(told)).replace("`", "")


def described() -> list[tuple[Table, Column]]:
    return [(table, column) for table in TABLES for column in table.columns if column.of]


@pytest.mark.parametrize(("table", "column"), described(), ids=lambda one: one.name if one else "")
def test_descriptions_agree_with_the_docs(table: Table, column: Column) -> None:
    told = meaning(column.of, column.name)
    first = told.split(";")[0].replace(" or ", " ").replace(",", "")
    assert first in column.description.replace(" or ", " ").replace(",", ""), told


def test_a_withdrawn_statement_stays_without_its_document(hostile: Workspace) -> None:
    table = chosen(["statements"])[0]
    with hostile.db.atomic():
        hostile.db.execute("UPDATE statements SET withdrawn_at = '2026-01-01T00:00:00Z' WHERE id=1")
    row = dict(zip(table.names, cells(hostile, table)[0], strict=True))
    assert (row["statement_id"], row["document_sha256"], row["substance"]) == (1, None, None)
    findings = chosen(["findings"])[0]
    first = {row[0]: row[1] for row in cells(hostile, findings)}
    assert None in first.values()  # a document that is nobody's any more


def correct(workspace: Workspace) -> None:
    """A person corrects approval and rejects the quote of audits in the first document."""
    review = (
        "INSERT INTO reviews (id, document_sha256, criterion, verdict, reviewer, reviewed_at,"
        " reason) SELECT ?, document_sha256, ?, ?, 'Ann', '2026-05-01T10:00:00Z', '=why'"
        " FROM assessments WHERE id = 1"
    )
    with workspace.db.atomic():
        workspace.db.execute(review, [1, "approval", "changed"])
        workspace.db.execute(review, [2, "audits", "rejected"])
        workspace.db.execute(
            "UPDATE findings SET value = 'absent', present = 0, found_value = 'met', review_id = 1"
            " WHERE assessment_id = 1 AND criterion = 'approval'"
        )
        workspace.db.execute(
            "UPDATE evidence SET status = 'rejected', review_id = 2 WHERE finding_id IN"
            " (SELECT id FROM findings WHERE assessment_id = 1 AND criterion = 'audits')"
        )


def test_corrections_are_told_and_rejected_quotes_are_no_evidence(hostile: Workspace) -> None:
    before = len(cells(hostile, chosen(["evidence"])[0]))
    correct(hostile)
    table = chosen(["findings"])[0]
    found = [dict(zip(table.names, row, strict=True)) for row in cells(hostile, table)]
    [one] = [row for row in found if row["reviewed_by"]]
    told = (one["value"], one["found_value"], one["review"], one["review_reason"])
    assert told == ("absent", "met", "corrected", "=why")
    assert len(cells(hostile, chosen(["evidence"])[0])) == before - 1
    assert len(cells(hostile, chosen(["reviews"])[0])) == 2


def test_folders_of_this_machine_are_not_told(hostile: Workspace) -> None:
    with hostile.db.atomic():
        hostile.db.execute("UPDATE document_sources SET source = '/home/ann/x.pdf' || rowid")
        hostile.db.execute(
            "INSERT INTO issues (stage, subject, code, message, noted_at)"
            " VALUES ('files', '/home/ann/y.pdf', 'c', 'm', '2026-01-01T00:00:00Z')"
        )
    told = repr([cells(hostile, table) for table in chosen(["documents", "issues"])])
    assert "y.pdf" in told and "ann" not in told


def test_a_date_that_is_none_is_told(hostile: Workspace) -> None:
    with hostile.db.atomic():
        hostile.db.execute("UPDATE statements SET end_date = '31/03/2024' WHERE id = 1")
    with pytest.raises(InputError, match=r"end_date .*'31/03/2024' is no date"):
        cells(hostile, chosen(["statements"])[0])


def test_only_known_tables() -> None:
    assert [table.name for table in chosen(["findings", "organisations"])] == [
        "organisations",
        "findings",
    ]
    with pytest.raises(InputError, match=r"no table 'finding' to export; there are organisations"):
        chosen(["finding"])
