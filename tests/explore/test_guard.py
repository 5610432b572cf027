"""Who may ask, what may be asked, and what hostile data may do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.explore.conftest import Ask, asking

HOSTILE = "<img src=x onerror=alert(1)>\u202egnp.exe{{7*7}}"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8001", "", "127.0.0.1.evil.example"]
)
def test_other_names_for_this_machine_are_refused(ask: Ask, host: str) -> None:
    response = ask("/assess/findings.json", headers={"Host": host})
    assert response.status_code == 421
    assert "criterion" not in response.text


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost:9", "LOCALHOST", "[::1]:8001"])
def test_own_names_are_answered(ask: Ask, host: str) -> None:
    assert ask("/assess.json", headers={"Host": host}).status_code == 200


def test_any_name_where_everybody_is_let_in(corpus_db: Path) -> None:
    ask = asking(corpus_db, "0.0.0.0")
    assert ask("/assess.json", headers={"Host": "office.example"}).status_code == 200


def test_pages_may_load_nothing_from_elsewhere(ask: Ask) -> None:
    for address in ("/", "/assess/findings", "/nothing"):
        policy = ask(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "://" not in policy


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM findings",
        "PRAGMA query_only = OFF",
        "ATTACH DATABASE '/tmp/x.db' AS x",
        "WITH a AS (SELECT 1) DELETE FROM findings",
        "SELECT load_extension('x')",
    ],
)
def test_nothing_can_be_written(own_db: Path, sql: str) -> None:
    before = own_db.read_bytes()
    response = asking(own_db)("/assess.json", sql=sql)
    assert response.status_code == 400
    assert response.json()["ok"] is False
    assert own_db.read_bytes() == before


def test_the_file_itself_is_not_handed_out(ask: Ask) -> None:
    assert ask("/assess.db").status_code == 403


def test_a_question_that_takes_too_long_is_ended(ask: Ask) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    response = ask("/assess.json", sql=endless, _timelimit=20)
    assert response.status_code == 400
    assert "time limit" in response.text


def test_what_a_run_writes_meanwhile_is_seen(own_db: Path) -> None:
    ask = asking(own_db)
    count = "SELECT count(*) AS n FROM issues"
    before = ask("/assess.json", sql=count, _shape="array").json()[0]["n"]
    with sqlite3.connect(own_db) as db:
        db.execute(
            "INSERT INTO issues (stage, subject, code, message, noted_at)"
            " VALUES ('score', 'x', 'x', 'x', '2024-01-01T00:00:00Z')"
        )
    assert ask("/assess.json", sql=count, _shape="array").json()[0]["n"] == before + 1


def test_where_nothing_can_be_written_the_file_is_read_as_it_is(
    own_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(own_db) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    before = {path.name for path in own_db.parent.iterdir()}
    assert f"{own_db.name}-wal" not in before
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert asking(own_db)("/assess/findings.json").json()["rows"]
    assert {path.name for path in own_db.parent.iterdir()} == before


def test_hostile_names_and_addresses_are_text(own_db: Path) -> None:
    with sqlite3.connect(own_db) as db:
        (organisation,) = db.execute(
            "SELECT id FROM organisations WHERE name LIKE 'HOBNAIL%'"
        ).fetchone()
        db.execute("UPDATE organisations SET name = ? WHERE id = ?", [HOSTILE, organisation])
        db.execute("UPDATE organisations SET name_key = ?", ["x" * 10_000])
        db.execute("UPDATE statements SET statement_url = 'javascript:alert(1)'")
    ask = asking(own_db)
    for address in (
        "/assess/organisations?_size=max",
        f"/assess/organisations/{organisation}",
        f"/assess/statement_organisations?organisation_id={organisation}",
        "/assess/statement_names?_size=max",
        "/assess/league_table",
        "/assess?sql=select+name+from+organisations",
    ):
        page = ask(address).text
        assert "&lt;img src=x onerror=alert(1)&gt;[U+202E]gnp.exe{{7*7}}" in page, address
        assert "<img" not in page
        assert "\u202e" not in page
    assert 'href="javascript:' not in ask("/assess/statements").text
    assert "x" * 1000 not in ask("/assess/organisations").text


def test_what_is_not_there_is_no_page_of_traceback(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("/none").status_code == 404
    assert ask("/assess.json?sql=DELETE+FROM+findings").status_code == 400
    assert "Traceback" not in "".join(capsys.readouterr())
