"""The rubric of a pending bill: never taken for law, and its compliance can be followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.check import json_line, summary
from assess.extract import from_plain_text
from assess.score.assessment import assess_text
from assess.score.rubric import load_rubric
from assess.score.scores import compliance_score
from tests.score.factory import findings
from tests.score.test_scores import all_findings

BILL = load_rubric(Path("uk-bill-2026"))
AREAS = [c.id for c in BILL.criteria if c.id.startswith("area_")]
PROPOSED = [c for c in BILL.criteria if c.authority == "BILL"]
TEXT = """Modern slavery statement for the financial year ended 31 March 2024
We employ 450 people at three depots in Leeds, Hull and Derby and buy cotton from India.
We audited 40 suppliers during the year against our labour standards.
We plan to train our staff on modern slavery.
This statement was approved by the board of directors on 4 May 2024.
Signed: Amara Whitfield, Director, 4 May 2024"""


def test_it_says_everywhere_that_it_is_no_law() -> None:
    assert BILL.proposal and not load_rubric().proposal
    assert BILL.title.startswith("NOT LAW") and BILL.notice.startswith("NOT LAW")
    assert len(AREAS) == 6
    for criterion in PROPOSED:
        assert "NOT LAW" in criterion.source and "(proposed)" in criterion.title


def test_what_is_law_today_is_unchanged() -> None:
    law = load_rubric()
    for criterion in law.criteria:
        assert BILL.criterion(criterion.id) == criterion
    assert all(criterion.authority != "BILL" for criterion in law.criteria)


def test_areas_follow_the_levels() -> None:
    found = findings(BILL, TEXT)
    values = {id_: found[id_].value for id_ in AREAS}
    assert values["area_structure"] == values["area_due_diligence"] == "met"
    assert values["area_training"] == "partial"
    assert values["area_policies"] == "absent"
    assert found["area_due_diligence"].evidence == found["due_diligence"].evidence != ()


def test_compliance_counts_law_and_proposal_alike() -> None:
    met = {c.id: "met" for c in BILL.of_kind("legal") if c.authority == "LAW"}
    met["homepage_link"] = "na"
    found = all_findings(BILL, **met, no_steps_reasons="na")
    assert compliance_score(BILL, found, ("LAW",)) == 100
    assert compliance_score(BILL, found) == round(100 * 5 / 11, 1)


@pytest.mark.parametrize(
    ("reason", "value"), [("", "absent"), (" because we have only two suppliers", "met")]
)
def test_no_steps_need_reasons(reason: str, value: str) -> None:
    text = f"Modern slavery statement.\nWe have taken no steps to address modern slavery{reason}."
    found = findings(BILL, text)
    assert found["no_steps_reasons"].value == value
    assert {found[id_].value for id_ in AREAS if id_ != "area_structure"} == {"na"}


def test_outputs_name_the_proposal() -> None:
    assessment = assess_text(from_plain_text(TEXT), BILL, None)
    assert json.loads(json_line("f", assessment, BILL))["proposal"] == BILL.title
    told = summary("f", assessment, BILL)
    assert "compliance under a proposal (not law)" in told
    assert "\n  BILL (not law): area_structure met" in told
    assert "area_" not in told.split("\n  law: ")[1].split("\n")[0]
    law = assess_text(from_plain_text(TEXT), load_rubric(), None)
    assert "proposal" not in json.loads(json_line("f", law, load_rubric()))
    assert law.minimal_compliance and assessment.minimal_compliance
    assert law.minimal_compliance.index == assessment.minimal_compliance.index
