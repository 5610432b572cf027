"""The corpus' planted cases are found, nothing else is accused, in whatever order it comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assess.batch import extract_pending, score_pending
from assess.cli import app
from assess.compare.everything import refresh_everything
from assess.resources import corpus_folder
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import open_workspace
from tests.copies import copied

COMMANDS = ("sectors", "reuse", "years", "declared", "coverage")
TEMPLATE = {
    "ASHLAPPLE HOMES LIMITED.html",
    "COBBLEGATE HAULAGE LIMITED.txt",
    "GATEWARDEN SECURITY SERVICES LIMITED.docx",
    "PIKEWORTH CIVILS LIMITED.docx",
}


@pytest.fixture(scope="module")
def filled(judged_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(judged_db, tmp_path_factory.mktemp("corpus") / "a", "a.db")


def compared(path: Path, command: str) -> Any:
    done = CliRunner().invoke(app, ["compare", command, "--db", str(path), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_template_cluster_and_no_other(filled: Path) -> None:
    found = compared(filled, "reuse")
    assert [{one["name"] for one in cluster["documents"]} for cluster in found["clusters"]] == [
        TEMPLATE
    ]
    strangers = [pair for pair in found["pairs"] if pair["relation"] not in ("same_organisation",)]
    assert len(strangers) == 6
    assert all({pair["a"], pair["b"]} <= TEMPLATE for pair in strangers)
    assert all(pair["overlap"] > 0.9 for pair in strangers)
    low = {one["name"] for one in found["documents"] if (one["own_share"] or 1.0) < 0.5}
    assert low == TEMPLATE


def test_unchanged_statement_and_no_other(filled: Path) -> None:
    shares = {
        (pair["organisation"], pair["later_year"]): pair["unchanged_share"]
        for pair in compared(filled, "years")
    }
    assert shares.pop(("TANSYHOLT BAKERIES LIMITED", 2024)) == 1.0
    assert len(shares) == 10
    assert max(shares.values()) < 0.2


def test_broken_promise(filled: Path) -> None:
    """BRACKENWHISTLE's plan for its uniforms is not told of again either, as its text shows."""
    outcomes: dict[str, set[str]] = {}
    for pair in compared(filled, "years"):
        for promise in pair["promises"]:
            outcomes.setdefault(promise["outcome"], set()).add(pair["organisation"])
    assert outcomes["not_found"] == {
        "HOBNAIL & THRUSH FOOTWEAR LIMITED",
        "BRACKENWHISTLE LOGISTICS LIMITED",
    }
    assert "not_done" not in outcomes
    assert "BEXWELL FENN BUILDING SOCIETY" in outcomes["reported"]


def test_late_statement_and_no_other(filled: Path) -> None:
    found = compared(filled, "coverage")
    assert [(one["statement"], one["days"]) for one in found["late"]] == [
        ("NIMBURY DENTAL SUPPLIES LIMITED", 325)
    ]
    assert found["odd_dates"] == []
    assert found["missing_years"] == []


def test_reasons_of_the_index(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        refresh_everything(workspace, load_rubric())
        rows = workspace.db.execute(
            "SELECT part, name FROM minimal_parts JOIN minimal_results ON id = result_id"
            " JOIN document_sources USING (document_sha256) WHERE strength >= 0.5"
            " AND part IN ('reused_text', 'unchanged_text', 'stale') ORDER BY 1, 2"
        ).fetchall()
    assert rows == [
        *(("reused_text", name) for name in sorted(TEMPLATE)),
        ("unchanged_text", "TANSYHOLT BAKERIES LIMITED 2024.docx"),
    ]


@pytest.fixture(scope="module")
def backwards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backwards") / "b.db"
    with open_workspace(path) as workspace:
        for document in sorted((corpus_folder() / "documents").iterdir(), reverse=True):
            import_files(workspace, [document])
        import_registry(workspace, corpus_folder() / "registry.csv")
        match_documents(workspace)
        extract_pending(workspace)
        match_documents(workspace)
        score_pending(workspace, load_rubric(), model_key(), None)
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_order_of_input_and_further_runs_make_no_difference(
    filled: Path, backwards: Path, command: str
) -> None:
    first = compared(filled, command)
    assert compared(filled, command) == first
    assert compared(backwards, command) == first
