"""The registry's fields and labels: each is looked for or it is said why not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pydantic import ValidationError

from assess.compare.declared.answers import Answer, load_answers
from assess.resources import corpus_folder
from assess.score.rubric import load_rubric
from assess.scrape.columns import KNOWN
from tests.extract.makers import SHARED

# Of the row, not of what the statement says.
NO_ANSWERS = {"EmailAddressNoURL", "OtherOrganisationSector", "PDFDate"}
ROW = {
    "StatementYear", "OrganisationName", "Address", "SectorType", "CompanyNumber", "LastUpdated",
    "GroupSubmission", "ParentName", "StatementURL", "StatementSummaryURL", "OrganisationSectors",
    "Turnover", "PDFURL",
}  # fmt: skip
FILES = [
    corpus_folder() / "registry.csv",
    SHARED / "registry" / "StatementSummaries2022-food-sector.csv",
    SHARED / "registry" / "StatementSummaries2022-early.csv",
]


def test_every_declared_column_is_looked_at() -> None:
    assert set(load_answers().fields) == KNOWN - NO_ANSWERS - ROW


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_label_that_occurs_is_known(file: Path) -> None:
    if not file.is_file():
        pytest.skip("the shared data are not here")
    answers = load_answers()
    with file.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            for field in (field for field in answers.fields if row.get(field)):
                for label in answers.labels(field, row[field]):
                    answer = answers.of(field, label)
                    assert answer is None or "not among those" not in answer.unchecked, label


def test_criteria_that_answers_name_are_of_the_rubric() -> None:
    known = set(load_rubric().by_id())
    for _, label, answer in load_answers().all():
        assert {*answer.criteria, *answer.within} <= known, label


def test_lists_are_read_line_by_line_and_free_text_as_one() -> None:
    answers = load_answers()
    assert answers.labels("Policies", "Freedom of movement\r\nOther") == (
        "Freedom of movement",
        "Other",
    )
    assert answers.labels("Risk1", "Long hours\r\nin season") == ("Long hours in season",)
    assert answers.labels("Risk1Location", "France\nSpain\nFrance") == ("France", "Spain")


def test_kinds_of_apostrophes_are_one() -> None:
    answers = load_answers()
    straight = answers.of("SocialAudits", "Audit conducted by your supplier's staff")
    assert straight == answers.of("SocialAudits", "Audit conducted by your supplier’s staff")
    assert straight
    assert straight.searches


def test_a_label_that_is_not_known_is_not_judged() -> None:
    answer = load_answers().of("Training", "Your robots")
    assert answer
    assert answer.unchecked


def test_the_no_to_none_of_these_declares_nothing() -> None:
    assert load_answers().of("NoTraining", "No") is None


def test_an_answer_needs_one_way_to_look_for_it() -> None:
    with pytest.raises(ValidationError, match="one way"):
        Answer(asks="goals")
