"""The ready questions give on the corpus what was planted there."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from assess.explore.metadata import queries
from tests.explore.conftest import Ask, asking

PARAMETERS = {
    "q": "recruitment fees",
    "sector": "food",
    "name": "hobnail",
    "criterion": "recruitment_fees",
}


def _rows(ask: Ask, name: str, /, **params: str) -> list[dict[str, Any]]:
    response = ask(f"/assess/{name}.json", _shape="objects", _size="max", **params)
    assert response.status_code == 200, response.text
    rows: list[dict[str, Any]] = response.json()["rows"]
    return rows


@pytest.mark.parametrize("name", queries())
def test_each_runs_and_says_what_it_is(ask: Ask, name: str) -> None:
    query = queries()[name]
    params = {param: PARAMETERS[param] for param in query.get("params", [])}
    page = ask(f"/assess/{name}", **params)
    assert page.status_code == 200
    assert str(escape(query["title"])) in page.text
    assert query["description_html"].split("</p>")[0] in page.text
    assert len(_rows(ask, name, **params)) > 0 or name == "corrected"


@pytest.mark.parametrize("name", queries())
def test_none_needs_its_parameters(ask: Ask, name: str) -> None:
    assert ask(f"/assess/{name}.json").json()["ok"] is True


def test_search_shows_the_place(ask: Ask) -> None:
    rows = _rows(ask, "search", q='"labour providers"')
    assert {row["document"] for row in rows} >= {"BRACKENWHISTLE LOGISTICS LIMITED"}
    assert all("«labour providers»" in row["passage"].lower() for row in rows)
    rows = _rows(ask, "search", q="recruitment fees")
    assert len(rows) > 3
    assert all("«" in row["passage"] and "»" in row["passage"] for row in rows)
    assert all({"fees", "recruitment"} <= _marked(row["passage"]) for row in rows[:1])


def _marked(passage: str) -> set[str]:
    return {part.split("»")[0].lower() for part in passage.split("«")[1:]}


@pytest.mark.parametrize("words", ['"', "a AND (", "*", "NEAR(", "-", "';--", "«"])
def test_search_takes_any_words(ask: Ask, words: str) -> None:
    response = ask("/assess/search.json", q=words)
    assert response.status_code == 200
    assert response.json()["ok"] is True


def test_league_table_ranks_within_the_sector(ask: Ask) -> None:
    rows = _rows(ask, "league_table", sector="CLEANING")
    assert {row["sector"] for row in rows} == {"Cleaning and security services"}
    assert [row["rank"] for row in rows] == [
        1 + sum(other["substance"] > row["substance"] for other in rows) for row in rows
    ]
    assert {row["too_few"] for row in rows} == {1}  # fewer than ten: a rank says little
    assert len({(row["sector_median"], row["sector_assessed"]) for row in rows}) == 1
    assert rows[0]["sector_assessed"] == len(rows)


def test_sectors_have_denominators_and_intervals(ask: Ask) -> None:
    rows = [row for row in _rows(ask, "sectors") if row["of"]]
    assert len(rows) > 10
    for row in rows:
        assert row["percent_low"] <= row["percent"] <= row["percent_high"]
        assert row["percent"] == round(100 * row["number"] / row["of"], 1)


def test_what_is_only_planned(ask: Ask, corpus_db: Path) -> None:
    rows = _rows(ask, "planned_only")
    assert rows[0]["organisations"] == "KEYHOLLOW GUARDING LIMITED"
    assert rows[0]["criteria_only_planned"] == 7
    with sqlite3.connect(f"file:{corpus_db}?mode=ro", uri=True) as db:
        for row in rows:
            statuses = {
                status
                for (status,) in db.execute(
                    "SELECT status FROM evidence WHERE finding_id = ?", [row["finding_id"]]
                )
            }
            assert "planned" in statuses
            assert "implemented" not in statuses


def test_missing_approvals_are_not_found_in_the_text(ask: Ask) -> None:
    rows = _rows(ask, "missing_approvals")
    assert "PELLOWICK POULTRY LIMITED" in [row["organisations"] for row in rows]
    assert {row["approval"] for row in rows} == {"not found in the text"}


def test_near_copies_are_one_cluster(ask: Ask) -> None:
    rows = _rows(ask, "reuse_clusters")
    assert {row["document"] for row in rows} == {
        "ASHLAPPLE HOMES LIMITED",
        "COBBLEGATE HAULAGE LIMITED",
        "PIKEWORTH CIVILS LIMITED",
        "GATEWARDEN SECURITY SERVICES LIMITED",
    }
    assert [row["is_template"] for row in rows] == [1, 0, 0, 0]


def test_contradicted_have_the_words(ask: Ask) -> None:
    rows = _rows(ask, "contradicted")
    assert {"BRACKENWHISTLE LOGISTICS LIMITED", "FERRYWICK COACHES LIMITED"} <= {
        row["organisations"] for row in rows
    }
    assert all(row["quote"] for row in rows)


def test_late(ask: Ask) -> None:
    assert [(row["organisations"][:7], row["days"]) for row in _rows(ask, "late_statements")] == [
        ("NIMBURY", 325)
    ]


def test_minimal_compliance_has_reasons(ask: Ask) -> None:
    rows = _rows(ask, "minimal_compliance")
    assert [row["minimal_index"] for row in rows] == sorted(
        (row["minimal_index"] for row in rows), reverse=True
    )
    assert all(row["reasons"] for row in rows)


@pytest.mark.parametrize("wanted", ["hobnail", "ZZ118209", "zz118209 "])
def test_history_by_name_or_number(ask: Ask, wanted: str) -> None:
    assert [row["year"] for row in _rows(ask, "organisation_history", name=wanted)] == [2022, 2023]


def test_history_of_nobody(ask: Ask) -> None:
    assert _rows(ask, "organisation_history", name=" ") == []


def test_corrections_are_shown_and_rejected_quotes_are_not(own_db: Path) -> None:
    with sqlite3.connect(own_db) as db:
        finding, assessment, quote = db.execute(
            "SELECT finding_id, assessment_id, quote FROM findings"
            " JOIN evidence ON finding_id = findings.id JOIN current_assessments AS current"
            " ON current.id = assessment_id WHERE criterion = 'recruitment_fees'"
            " AND evidence.status = 'implemented' ORDER BY finding_id LIMIT 1"
        ).fetchone()
        db.execute(
            "INSERT INTO reviews (id, document_sha256, criterion, verdict, value, reviewer,"
            " reviewed_at, reason) SELECT 7, document_sha256, 'recruitment_fees', 'changed',"
            " 'false', 'Ada', '2024-05-01T10:00:00Z', 'of others' FROM assessments WHERE id = ?",
            [assessment],
        )
        db.execute(
            "UPDATE findings SET value = 'false', found_value = 'true', review_id = 7 WHERE id = ?",
            [finding],
        )
        db.execute("UPDATE evidence SET status = 'rejected' WHERE finding_id = ?", [finding])
    ask = asking(own_db)
    [row] = _rows(ask, "corrected")
    assert (row["found_value"], row["value"]) == ("true", "false")
    assert (row["reviewer"], row["reason"]) == ("Ada", "of others")
    quotes = [
        row["quote"] for row in _rows(ask, "criterion_evidence", criterion="recruitment_fees")
    ]
    assert quotes
    assert quote not in quotes
