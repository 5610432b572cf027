"""Parts that differ: the same rows are taken whatever the order, and an issue says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from assess.extract import EXTRACTOR_VERSION
from assess.merge import merge_parts
from assess.merge.parts import _STEPS
from assess.store import open_workspace
from assess.store.checks import check_database
from tests.merge.content import QUERIES, Content, content, differences
from tests.merge.made import LETTERS, make, shared_document

SHARED = shared_document()
# Not of one part: made anew of all together when they are asked for.
MADE_ANEW = {
    "comparisons", "declaration_checks", "declaration_inputs", "divergence", "group_counts",
    "group_scores", "group_shares", "minimal_parts", "minimal_results", "organisation_groups",
    "promises", "sentence_uses", "shared_sentences", "text_clusters", "text_pairs", "text_reuse",
    "year_pair_organisations", "year_pairs", "year_sentences", "runs", "run_stages", "run_inputs",
    "document_digests", "removals", "match_inputs", "minimal_inputs", "reuse_texts", "reuse_runs",
    "reuse_sentences",
}  # fmt: skip


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("parts")
    return {letter: make(folder / letter, letter) for letter in LETTERS}


@pytest.fixture(scope="module")
def path(parts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return merged(tmp_path_factory.mktemp("all") / "all.db", *parts.values())


@pytest.fixture(scope="module")
def whole(path: Path) -> Content:
    return content(path)


def merged(path: Path, *parts: Path) -> Path:
    report = merge_parts(path, parts)
    assert report.complete, report
    return path


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql, values).fetchall()


@pytest.mark.parametrize("order", list(permutations(LETTERS))[1:])
def test_the_order_of_parts_makes_no_difference(
    parts: dict[str, Path], whole: Content, tmp_path: Path, order: tuple[str, ...]
) -> None:
    path = tmp_path / "all.db"
    for letter in order:
        merged(path, parts[letter])
    assert differences(content(path), whole) == {}
    merged(path, parts["b"], parts["a"])
    assert differences(content(path), whole) == {}


def test_databases_that_were_merged_merge(
    parts: dict[str, Path], whole: Content, tmp_path: Path
) -> None:
    first = merged(tmp_path / "first.db", parts["b"], parts["a"])
    second = merged(tmp_path / "second.db", parts["c"], parts["a"])
    assert differences(content(merged(tmp_path / "all.db", second, first)), whole) == {}


def test_what_comes_out_is_whole(path: Path) -> None:
    states = {one.name: one.state for one in check_database(path, EXTRACTOR_VERSION)}
    assert "broken" not in states.values(), states


def test_every_table_is_merged_or_made_anew(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "a.db") as workspace:
        tables = {name for name in workspace.db.table_names() if name.split("_")[0] != "texts"}
        tables = {name for name in tables if not name.startswith("_")} | {"texts"}
    steps = " ".join(" ".join(_STEPS).split())
    written = {table for table in tables if f"INTO main.{table} (" in steps}
    assert written | MADE_ANEW == tables
    assert not written & MADE_ANEW
    assert written <= set(QUERIES)


def test_of_statements_the_copy_updated_last_stays(path: Path) -> None:
    found = dict(rows(path, "SELECT summary_url, last_updated || coalesce(turnover, '')"
        " FROM statements WHERE summary_url GLOB '*/[uf]*'"))  # fmt: skip
    assert found == {
        "https://r.example/updated": "2024-03-01",
        "https://r.example/fuller": "2023-01-012m",
    }
    assert rows(path, "SELECT value FROM declarations") == [("by c",)]
    assert rows(path, "SELECT name FROM organisations WHERE identity = '00000001'") == [
        ("00000001 by c",)
    ]
    assert len(rows(path, "SELECT * FROM organisation_names WHERE name GLOB '00000001 by*'")) == 3
    told = rows(path, "SELECT subject FROM issues WHERE code = 'copies_differ' ORDER BY 1")
    assert [url for (url,) in told] == [
        "00000001", "https://r.example/fuller", "https://r.example/updated",
    ]  # fmt: skip


def test_a_statement_is_there_if_the_last_complete_file_has_it(path: Path) -> None:
    """Of the part b it was withdrawn; c read a complete file after that."""
    assert rows(path, "SELECT withdrawn_at FROM statements WHERE withdrawn_at IS NOT NULL") == []
    changes = rows(path, "SELECT change, count(*) FROM statement_changes GROUP BY change")
    assert changes == [("new", 14), ("withdrawn", 1)]
    last = "SELECT name FROM registry_files WHERE id = (SELECT registry_file_id FROM"
    assert rows(path, f"{last} statement_changes ORDER BY rowid DESC LIMIT 1)") == [("c.csv",)]


def test_a_decision_against_a_match_goes_before_one_for_it(path: Path) -> None:
    found = rows(
        path,
        "SELECT state, method FROM statement_documents WHERE document_sha256 = ?",
        SHARED,
    )
    assert ("rejected", "reviewed") in found
    assert ("accepted", "reviewed") not in found
    assert rows(path, "SELECT count(*) FROM issues WHERE code = 'decisions_differ'") == [(1,)]


def test_of_texts_the_newer_and_fuller_stays_with_what_was_found_in_it(path: Path) -> None:
    [(sha256, content, extractor)] = rows(
        path,
        "SELECT document_sha256, content, extractor FROM texts WHERE content GLOB '?: *'",
    )
    assert (content[:2], extractor) == ("c:", "3")
    assert rows(path, "SELECT code FROM issues WHERE subject = ? ORDER BY 1", sha256) == [
        ("read_by_c",),
        ("texts_differ",),
    ]
    found = "SELECT extractor, rubric FROM assessments WHERE document_sha256 = ? ORDER BY 1, 2"
    # What was found in the older text stays as what was found then, and is not current.
    assert rows(path, found, sha256) == [("2", "r1"), ("2", "r2"), ("3", "r1")]


def test_all_reviews_stay_and_the_last_counts(path: Path) -> None:
    assert rows(path, "SELECT reviewer FROM reviews ORDER BY reviewed_at") == [
        ("Same",), ("a",), ("b",), ("c",),
    ]  # fmt: skip
    assert rows(path, "SELECT reviewer FROM current_reviews") == [("c",)]
    linked = rows(
        path,
        "SELECT DISTINCT rubric, reviewer FROM findings JOIN assessments ON assessments.id ="
        " assessment_id JOIN reviews ON reviews.id = review_id ORDER BY rubric",
    )
    assert [rubric for rubric, _ in linked] == ["r1", "r2"]
    stale = "SELECT count(*) FROM assessments WHERE document_sha256 = ? AND reviews = ''"
    assert rows(path, stale, SHARED) == [(0,)]


def test_of_several_rubrics_the_order_is_that_of_their_keys(path: Path) -> None:
    current = "SELECT rubric FROM current_assessments WHERE document_sha256 = ?"
    assert rows(path, current, SHARED) == [("r2",)]


def test_attempts_are_in_order_of_time(path: Path) -> None:
    found = rows(path, "SELECT started_at, final_url FROM attempts ORDER BY id")
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    assert len(found) == 7
    assert found[-1][1] == "https://c.example/"
    runs = rows(path, "SELECT started_at, (SELECT min(started_at) FROM attempts WHERE id >="
        " first_attempt) FROM collections ORDER BY 1")  # fmt: skip
    assert [(run, first) for run, first in runs if run != first] == []


def test_attempts_stay_in_their_order_when_a_clock_was_set_back(
    parts: dict[str, Path], tmp_path: Path
) -> None:
    path = make(tmp_path / "set_back", "a")
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE attempts SET started_at = '2001-01-01T00:00:00Z' WHERE id = 3")
        db.commit()
    whole = merged(tmp_path / "all.db", parts["c"], path)
    times = rows(whole, "SELECT started_at FROM attempts WHERE final_url GLOB '*a.ex*' ORDER BY id")
    assert [at[:4] for (at,) in times] == ["2024", "2001"]


def test_of_targets_the_last_decision_stays(path: Path) -> None:
    targets = rows(path, "SELECT outcome, decided_at FROM targets WHERE url = 'https://s.example/'")
    # What was only put off, by c, is no decision.
    assert targets == [("failed", "2024-02-11T00:00:00Z")]
    home = "SELECT link_url FROM homepage_links JOIN targets ON id = target_id WHERE url GLOB"
    assert rows(path, f"{home} '*s.ex*'") == [("c",)]
    found = "SELECT target_documents.url FROM target_documents JOIN targets ON id = target_id"
    assert rows(path, f"{found} WHERE targets.url GLOB '*s.ex*'") == [("https://b.example/x",)]
    assert rows(path, "SELECT body FROM robots") == [("c",)]
    assert rows(path, "SELECT count(*) FROM collections WHERE finished_at IS NULL") == [(3,)]


def test_the_last_attempt_of_an_address_is_of_the_machine_that_asked_last(
    parts: dict[str, Path], tmp_path: Path
) -> None:
    path = merged(tmp_path / "all.db", parts["c"], parts["a"])
    last = "SELECT final_url FROM attempts WHERE url = 'https://s.example/' ORDER BY id DESC"
    assert rows(path, last)[0] == ("https://c.example/",)
