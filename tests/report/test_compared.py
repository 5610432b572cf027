"""What the sector report tells of comparisons, and of persons' corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.compare.groups import Choice, refresh_sectors
from assess.compare.sectors import compare_sectors
from assess.report import data
from assess.report.compared.practice import FOUND_AT_LEAST, read_practice
from assess.report.compared.refresh import refresh_for_reports
from assess.report.data import collect
from assess.report.selection import choices_of
from assess.report.words import NAME_CHARACTERS
from assess.score.rubric import load_rubric
from assess.store import open_workspace
from tests.compare.factory import RUBRIC, TYPICAL, Factory
from tests.report.test_sector_page import FOOD, HOSTILE, classed, page_of, section, text_of

QUOTE = "We audited 34 sites in the year and found three cases of fees that workers had paid."


def practice(made: Factory) -> list[tuple[str, list[str]]]:
    """Beside as many statements as make a criterion fit to be quoted, none with a fit quote."""
    for place in range(FOUND_AT_LEAST):
        leading(made, f"Filler {place}", 0.0, "We audited.")
    told = collect(made.workspace)
    found = read_practice(made.workspace.db, told.counts, told.registered, RUBRIC)
    return [(one.criterion, [e.statement.label for e in one.examples]) for one in found]


def leading(made: Factory, name: str, substance: float, quote: str = QUOTE) -> None:
    sha = made.document(f"{name}.pdf", quotes={"audits": quote}, substance=substance)
    made.statement(name, [FOOD], document=sha)


def test_good_practice_is_of_those_highest_in_substance(made: Factory) -> None:
    for name, substance in (("Low", 10.0), ("Top", 90.0), ("Next", 80.0)):
        leading(made, name, substance)
    assert practice(made) == [("audits", ["Top", "Next"])]
    told = text_of(section(page_of(made), "practice"))
    assert QUOTE in told and "Found in 8 of 8 statements" in told and "Good audits." in told
    assert "Top , 2025 · p. 2 of the kept document" in told


def test_nobody_is_quoted_twice(made: Factory) -> None:
    for year in (2024, 2025):
        sha = made.document(f"{year}.pdf", quotes={"audits": QUOTE})
        made.statement("Twice", [FOOD], year=year, document=sha)
    assert practice(made) == [("audits", ["Twice"])]


def test_what_too_few_report_is_not_quoted(made: Factory) -> None:
    for place in range(FOUND_AT_LEAST - 1):
        leading(made, f"A {place}", 90.0)
    told = collect(made.workspace)
    assert read_practice(made.workspace.db, told.counts, told.registered, RUBRIC) == ()


@pytest.mark.parametrize("status", ["planned", "negated", "rejected"])
def test_only_what_is_stated_as_done_is_quoted(made: Factory, status: str) -> None:
    sha = made.document("d.pdf", quotes={"audits": QUOTE}, status=status)
    made.statement("A", [FOOD], document=sha)
    assert practice(made) == []


@pytest.mark.parametrize(
    "quote",
    [
        "and found three cases of fees that workers had paid, which were then repaid to them.",
        "We audited 34 sitesAnd found three cases of fees that workers had paid to an agent.",
        "We audited 34 sites in the year and found three cases of fees that workers had",
        "We audited 34 sites.",
    ],
)
def test_pieces_and_run_together_words_are_not_quoted(made: Factory, quote: str) -> None:
    leading(made, "A", 90.0, quote)
    assert practice(made) == []


def correct(made: Factory, sha: str, value: str, found: str | None, verdict: str) -> None:
    """A person's review of whether audits are reported."""
    db = made.workspace.db
    db.execute(
        "INSERT INTO reviews (id, document_sha256, criterion, verdict, reviewer, reviewed_at,"
        " reason) VALUES (1, ?, 'audits', ?, ?, '2026-02-03T10:00:00Z', ?)",
        [sha, verdict, "Ada <b>", HOSTILE],
    )
    db.execute(
        "UPDATE findings SET value = ?, found_value = ?, review_id = 1 WHERE criterion = 'audits'",
        [value, found],
    )


def test_a_correction_names_who_when_and_why(made: Factory) -> None:
    sha = made.document("d.pdf", values={**TYPICAL, "audits": "true"})
    made.statement("A", [FOOD], document=sha)
    correct(made, sha, "false", "true", "rejected")
    [told] = map(text_of, classed(page_of(made), "review"))
    assert told.startswith("Corrected by Ada <b> on 3 February 2026 (found: Found): <img src=x")
    assert len(told) < NAME_CHARACTERS + 100
    listed = text_of(section(page_of(made), "statements"))
    assert "Audits carried out Not found in the text Corrected by" in listed
    assert "What a person confirmed or corrected says so" in listed


def test_a_confirmation_is_told_as_one(made: Factory) -> None:
    sha = made.document("d.pdf", quotes={"audits": QUOTE})
    made.statement("A", [FOOD], document=sha)
    correct(made, sha, "true", None, "confirmed")
    [told] = map(text_of, classed(page_of(made), "review"))
    assert told.startswith("Confirmed by Ada <b> on 3 February 2026: ")


def test_rejected_quotes_are_neither_shown_nor_counted(made: Factory) -> None:
    sha = made.document("d.pdf", quotes={"audits": QUOTE})
    made.statement("A", [FOOD], document=sha)
    made.workspace.db.execute("UPDATE evidence SET status = 'rejected'")
    assert QUOTE not in text_of(page_of(made))


def test_what_shows_beside_other_texts_counts(made: Factory) -> None:
    sha = made.document("d.pdf", minimal_flag=0, minimal_index=0.1)
    number = made.statement("A", [FOOD], document=sha)
    page = page_of(made, minimum=1)
    assert "0 of 1 statement" in text_of(section(page, "findings"))
    assert "of each text alone" in text_of(section(page, "method"))
    made.workspace.db.table("minimal_results").insert(
        {
            "document_sha256": sha,
            "statement_id": number,
            "type": "ritual",
            "type_rule": "r",
            "minimal_index": 0.6,
            "minimal_flag": 1,
            "reasons": '["shares its text"]',
        }
    )
    page = page_of(made, minimum=1)
    assert "1 of 1 statement" in text_of(section(page, "findings"))
    assert "Looks like minimal compliance: shares its text" in text_of(section(page, "statements"))
    assert "raised by what shows only beside others" in text_of(section(page, "method"))


def test_turnover_is_offered_by_amount(made: Factory) -> None:
    bands = ["£500 million", "Over £500 million", "£36 million to £60 million", "Under £36 million"]
    for place, band in enumerate([*bands, "Not provided"]):
        sha = made.document(f"{place}")
        made.statement(f"O{place}", [FOOD], document=sha, turnover=band)
    rows = collect(made.workspace).registered
    found = choices_of(rows, compare_sectors(made.workspace)).turnover
    assert found == (*bands[:1:-1], *bands[:2], "Not provided")


def test_comparisons_are_made_once_and_left_alone_for_an_unknown_rubric(
    corpus_db: Path, tmp_path: Path, made: Factory
) -> None:
    (tmp_path / "c.db").write_bytes(corpus_db.read_bytes())
    rubric = load_rubric()
    with open_workspace(tmp_path / "c.db", create=False) as workspace:
        assert refresh_for_reports(workspace, rubric, 5)
        names = {
            row[0] for row in workspace.db.execute("SELECT DISTINCT grouping FROM group_counts")
        }
        assert names == {"sector", "turnover"}
        before = workspace.db.conn.total_changes
        assert refresh_for_reports(workspace, rubric, 5)
        assert workspace.db.conn.total_changes == before
    made.statement("A", [FOOD], document=made.document("d.pdf"))
    assert not refresh_for_reports(made.workspace, rubric, 5)
    assert made.workspace.db.table("comparisons").count == 0


def test_comparisons_older_than_the_judgements_are_said_to_be(made: Factory) -> None:
    made.statement("A", [FOOD], document=made.document("a.pdf"))
    refresh_sectors(made.workspace, Choice(which="all", minimum=1))
    assert "out of date" not in text_of(page_of(made))
    made.statement("B", [FOOD], document=made.document("b.pdf"))
    assert "Comparisons are out of date." in text_of(page_of(made))


def test_an_index_from_before_a_review_is_out_of_date(made: Factory) -> None:
    sha = made.document("a.pdf", minimal_parts='[{"name": "own", "strength": 1, "weight": 1}]')
    made.statement("A", [FOOD], document=sha)
    assert "out of date" not in text_of(page_of(made))
    made.workspace.db.execute(
        "INSERT INTO minimal_results (document_sha256, statement_id, minimal_index, minimal_flag,"
        " reasons, type_rule) VALUES (?, 1, 0.1, 0, '[]', '')",
        [sha],
    )
    assert "Comparisons are out of date." in text_of(page_of(made))


def test_documents_without_a_row_are_all_listed_beside_others(
    made: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "EVIDENCE_STATEMENTS", 2)
    made.statement("A", [FOOD], document=made.document("a.pdf"))
    for place in range(5):
        made.document(f"loose{place}.pdf")
    listed = section(page_of(made), "unregistered")
    assert len(classed(listed, "row")) == 5
