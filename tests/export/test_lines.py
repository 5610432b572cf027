"""JSON Lines: objects like those of `assess check --jsonl`, with the statements they are of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assess.export.lines import export_lines
from assess.store import Workspace
from tests.export.conftest import ATTACKS, LONG
from tests.export.test_tables import correct


def lines(workspace: Workspace, folder: Path) -> list[dict[str, Any]]:
    export_lines(workspace, folder / "out.jsonl")
    return [json.loads(line) for line in (folder / "out.jsonl").open(encoding="utf-8")]


def test_each_document_is_an_object_of_the_contract(corpus: Workspace, tmp_path: Path) -> None:
    found = lines(corpus, tmp_path)
    (documents,) = corpus.db.execute("SELECT count(*) FROM documents").fetchone()
    assert len(found) == documents
    one = next(line for line in found if line["status"] == "assessed")
    assert {"file", "reason", "words", "language", "statement_kind", "scores", "tier"} <= set(one)
    assert isinstance(one["criteria"]["structure"]["value"], int)
    assert isinstance(one["criteria"]["audits"]["value"], bool)
    assert one["criteria"]["approval"]["value"] in ("met", "partial", "absent")
    refused = next(line for line in found if line["status"] == "cannot_assess")
    assert refused["reason"] and refused["criteria"] == {}


def test_quotes_stand_where_they_say(corpus: Workspace, tmp_path: Path) -> None:
    texts = dict(corpus.db.execute("SELECT document_sha256, content FROM texts").fetchall())
    quotes = [
        (line["document_sha256"], quote)
        for line in lines(corpus, tmp_path)
        for finding in line["criteria"].values()
        for quote in finding["evidence"]
    ]
    assert len(quotes) > 2000
    for sha256, quote in quotes:
        assert texts[sha256][quote["start"] : quote["end"]] == quote["quote"]


def test_statements_of_a_document_are_told(corpus: Workspace, tmp_path: Path) -> None:
    [one] = [line for line in lines(corpus, tmp_path) if line["file"].startswith("KEYHOLLOW")]
    [statement] = one["statements"]
    assert statement["organisations"][0]["name"] == "KEYHOLLOW GUARDING LIMITED"
    assert statement["sectors"] and statement["match"]["quality"] > 0


def test_the_whole_index_stands_with_the_statement(corpus: Workspace, tmp_path: Path) -> None:
    whole = {
        (document, url): (index, bool(flag), type_)
        for document, url, index, flag, type_ in corpus.db.execute(
            "SELECT document_sha256, summary_url, minimal_index, minimal_flag, type"
            " FROM minimal_results JOIN statements ON statements.id = statement_id"
            " WHERE minimal_index IS NOT NULL"
        )
    }
    told = {
        (line["document_sha256"], one["summary_url"]): (
            one["minimal_compliance"]["index"],
            one["minimal_compliance"]["flag"],
            one["type"],
        )
        for line in lines(corpus, tmp_path)
        for one in line["statements"]
        if one["minimal_compliance"]
    }
    assert told == whole and len(told) > 40


def test_hostile_names_and_corrections(hostile: Workspace, tmp_path: Path) -> None:
    correct(hostile)
    found = lines(hostile, tmp_path)
    names = {line["statements"][0]["organisations"][0]["name"] for line in found}
    assert names == {*ATTACKS, LONG}
    [one] = [
        line["criteria"]["approval"] for line in found if "review" in line["criteria"]["approval"]
    ]
    assert (one["value"], one["found_value"], one["review"]["reviewer"]) == ("absent", "met", "Ann")
    [rejected] = [line for line in found if not line["criteria"]["audits"]["evidence"]]
    assert rejected["criteria"]["approval"] == one


def test_a_document_that_came_from_nowhere_is_told_by_its_hash(
    hostile: Workspace, tmp_path: Path
) -> None:
    (sha,) = hostile.db.execute("SELECT min(sha256) FROM documents").fetchone()
    hostile.db.execute("DELETE FROM document_sources WHERE document_sha256 = ?", [sha])
    [one] = [line for line in lines(hostile, tmp_path) if line["document_sha256"] == sha]
    assert (one["file"], one["source"]) == (sha, None)
