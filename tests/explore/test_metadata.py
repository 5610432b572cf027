"""Everything that Datasette shows is described, and what is named is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.explore import server
from assess.explore.metadata import DATABASE, metadata, plain
from tests.explore.conftest import Ask


@pytest.fixture(scope="module")
def columns(corpus_db: Path) -> dict[str, list[str]]:
    found = server.columns(corpus_db)
    return {n: c for n, c in found.items() if not n.startswith(("sqlite", "texts_fts"))}


@pytest.fixture(scope="module")
def tables(columns: dict[str, list[str]]) -> dict[str, Any]:
    made: dict[str, Any] = metadata(columns)["databases"][DATABASE]["tables"]
    return made


def test_every_table_is_described_or_hidden(
    ask: Ask, tables: dict[str, Any], columns: dict[str, list[str]]
) -> None:
    shown = ask("/assess.json").json()
    for name, own in columns.items():
        told = tables[name]
        assert told.get("hidden") or list(told["columns"]) == own, name
        assert told.get("hidden") or told["description"], name
    hidden = {table["name"] for table in shown["tables"] if table["hidden"]}
    assert {"_sqlite_migrations", "comparisons", "texts_fts", "texts_fts_data"} <= hidden
    assert "findings" not in hidden


def test_facets_and_labels_name_columns(
    tables: dict[str, Any], columns: dict[str, list[str]]
) -> None:
    for name, own in tables.items():
        named = {*own.get("facets", []), own.get("label_column"), own.get("sort")}
        assert (named | {own.get("sort_desc")}) - {None} <= set(columns.get(name, ())), name


def test_pages_show_descriptions_and_facets(ask: Ask) -> None:
    page = ask("/assess/findings").text
    assert "The judgement of each criterion." in page
    assert "what rules and classifier found" in page
    assert 'data-column="confidence"' in page
    facets = ask("/assess/statement_results.json", _size=0).json()["facet_results"]
    assert set(facets) == {"year", "tier", "minimal_flag", "turnover"}
    assert facets["year"]["results"]


def test_front_page_leads_everywhere(ask: Ask) -> None:
    page = ask("/").text
    assert "/assess/league_table" in page
    assert "/assess/evidence_quotes" in page
    assert "/assess/comparisons" not in page


def test_marks_are_left_out_of_plain_text() -> None:
    assert plain("in `a`, **not**\n [here](b.md)") == "in a, not here"
