"""A person at the keyboard: each key does what it says, and what is said counts at once."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from tests.copies import copied

RUN = CliRunner()
VALUES = """SELECT value, found_value, reviewer, reason FROM reviewed_findings
    WHERE criterion = ? ORDER BY document_sha256"""


@pytest.fixture
def db(corpus_db: Path, tmp_path: Path) -> Path:
    return copied(corpus_db, tmp_path / "w")


def review(db: Path, keys: str, *options: str) -> Result:
    return RUN.invoke(
        app, ["review", "--db", str(db), "--reviewer", "Ann Other", *options], input=keys
    )


def listed(db: Path, *options: str) -> list[dict[str, Any]]:
    done = RUN.invoke(app, ["review", "--db", str(db), "--json", *options])
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def rows(db: Path, sql: str, *values: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(db) as opened:
        return opened.execute(sql, values).fetchall()


def test_the_least_sure_come_first(db: Path) -> None:
    found = listed(db)
    confidences = [one["confidence"] for one in found]
    assert len(found) == 100
    assert confidences == sorted(confidences)
    assert "only the classifier found it" in found[0]["why"]
    assert "homepage_link" not in {one["criterion"] for one in listed(db, "--limit", "100000")}


def test_y_confirms_what_was_found(db: Path) -> None:
    [first, *_] = listed(db, "--criterion", "audits")
    done = review(db, "yq", "--criterion", "audits")
    assert done.exit_code == 0, done.output
    assert "1 review kept of 1 finding seen" in done.stdout
    [(value, found, name, reason)] = rows(db, VALUES, "audits")
    assert value == found == first["value"]
    assert (name, reason) == ("Ann Other", "")


def test_n_corrects_with_a_reason_and_the_scores_follow(db: Path) -> None:
    [first] = listed(db, "--criterion", "approval", "--limit", "1")
    scores = "SELECT compliance FROM current_assessments WHERE document_sha256 = ?"
    [before] = rows(db, scores, first["document"])
    done = review(db, "n21\nq", "--criterion", "approval")  # the second value, the first reason
    assert "What holds?" in done.stdout
    [(value, found, name, reason)] = rows(db, VALUES, "approval")
    assert found == first["value"]
    assert value != found
    assert (name, reason) == ("Ann Other", "the words are about something else")
    assert rows(db, scores, first["document"]) != [before]


def test_a_digit_rejects_a_quote(db: Path) -> None:
    done = review(db, "1tof its parent\nq", "--criterion", "audits")
    assert done.exit_code == 0, done.output
    [(status, quote)] = rows(
        db, "SELECT status, quote FROM evidence WHERE review_id IS NOT NULL AND status = 'rejected'"
    )
    assert quote
    [(verdict, reason)] = rows(db, "SELECT verdict, reason FROM reviews")
    assert (status, verdict, reason) == ("rejected", "rejected", "of its parent")


def test_words_that_show_what_was_not_found_become_evidence(db: Path) -> None:
    [first] = [
        one for one in listed(db, "--criterion", "audits", "--again") if one["value"] == "false"
    ][:1]
    (name,) = rows(
        db,
        "SELECT name FROM organisations JOIN document_organisations ON organisation_id = id"
        " WHERE document_sha256 = ?",
        first["document"],
    )[0]
    [(content,)] = rows(
        db, "SELECT content FROM texts WHERE document_sha256 = ?", first["document"]
    )
    words = " ".join(content.split()[3:8])
    keys = f"nno such words stand there\n{words.upper()}\n5q"
    done = review(db, keys, "--criterion", "audits", "--organisation", name)
    assert "do not stand in the text so" in done.stdout
    quotes = rows(db, "SELECT quote FROM evidence WHERE method = 'review'")
    assert [" ".join(quote.split()) for (quote,) in quotes] == [words]
    assert rows(db, VALUES, "audits")[0][:2] == ("true", "false")


def test_skip_back_and_what_means_nothing_keep_nothing(db: Path) -> None:
    done = review(db, "ssbbbxo9q")
    assert "0 reviews kept of 2 findings seen" in done.stdout
    assert "y right, n wrong" in done.stdout
    assert "corpus.documents" in done.stdout.replace("\n", "")
    assert rows(db, "SELECT * FROM reviews") == []


def test_what_was_kept_is_shown_as_it_is_now(db: Path) -> None:
    done = review(db, "1tof its parent\nbbq", "--criterion", "audits", "--limit", "2")
    again = done.stdout.rpartition("1 of 2")[2]
    assert "Said before: rejected by Ann Other on" in again
    assert "of its parent" in again
    assert ", rejected, by " in again


def test_two_findings_of_one_document(db: Path) -> None:
    [first] = listed(db, "--criterion", "audits", "--limit", "1")
    (name,) = rows(
        db,
        "SELECT name FROM organisations JOIN document_organisations ON organisation_id = id"
        " WHERE document_sha256 = ?",
        first["document"],
    )[0]
    done = review(db, "yyyq", "--organisation", name)
    assert "3 reviews kept" in done.stdout
    assert done.stdout.count("“") >= 3


@pytest.mark.parametrize("keys", ["", "n", "n\x1b", "1", "nq"])
def test_the_end_of_a_pipe_or_second_thoughts_keep_nothing(db: Path, keys: str) -> None:
    done = review(db, keys, "--criterion", "approval")
    assert done.exit_code == 0, done.output
    assert rows(db, "SELECT * FROM reviews") == []


def test_what_was_reviewed_is_not_shown_again_unless_asked(db: Path) -> None:
    [first] = listed(db, "--limit", "1")
    review(db, "yq")
    assert first not in listed(db)
    [again] = [
        one
        for one in listed(db, "--again", "--limit", "100000")
        if (one["document"], one["criterion"]) == (first["document"], first["criterion"])
    ]
    assert again["confidence"] == 1
    done = review(db, "q", "--again", "--limit", "100000", "--criterion", first["criterion"])
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "--reviewer"),
        (["--reviewer", " "], "--reviewer"),
        (["--reviewer", "An\x1bn"], "one line of at most"),
        (["--reviewer", "A", "--criterion", "nothing"], "assess rubric show"),
        (["--reviewer", "A", "--organisation", "Nowhere"], "no such organisation"),
        (["--list", "--json", "--csv"], "not both"),
    ],
)
def test_wrong_use_is_told(db: Path, options: list[str], told: str) -> None:
    done = RUN.invoke(app, ["review", "--db", str(db), *options], input="q")
    assert done.exit_code != 0
    assert told in f"{done.output} {done.exception}"


def test_what_a_killed_sitting_kept_counts_in_the_next(db: Path) -> None:
    review(db, "n21\nq", "--criterion", "approval")
    [counted] = rows(db, VALUES, "approval")
    with sqlite3.connect(db) as opened:  # as if it was killed between keeping and counting
        opened.execute("UPDATE assessments SET reviews = ''")
        opened.execute(
            "UPDATE findings SET value = found_value, found_value = NULL, review_id = NULL"
            " WHERE review_id IS NOT NULL"
        )
    assert rows(db, VALUES, "approval") == []
    assert review(db, "q").exit_code == 0
    assert rows(db, VALUES, "approval") == [counted]


def test_a_clock_that_was_set_back_does_not_undo_the_last_word(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(("2031-01-01T00:00:00Z", "2001-01-01T00:00:00Z"))
    monkeypatch.setattr("assess.store.reviews.now", lambda: next(times))
    review(db, "ybn21\nq", "--criterion", "approval")  # right; back; no, it is wrong
    assert rows(db, "SELECT count(*) FROM reviews") == [(2,)]
    counted = rows(db, "SELECT verdict, reviewed_at FROM current_reviews")
    assert counted == [("changed", "2031-01-01T00:00:00Z")]


def test_a_value_that_cannot_be_is_told(db: Path) -> None:
    with sqlite3.connect(db) as opened:
        opened.execute("UPDATE findings SET value = 'maybe' WHERE criterion = 'audits'")
    done = review(db, "q", "--criterion", "audits")
    assert done.exit_code != 0
    assert "which it cannot have; take the database from a backup" in str(done.exception)
