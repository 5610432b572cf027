"""The checklist: state, page, and the dates that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.compare.peers import CheckItem, Subject
from assess.compare.peers.checklist import checklist
from assess.records import Evidence, Finding, Value
from assess.score.rubric import load_rubric
from tests.compare.test_peers import draft

RUBRIC = load_rubric()


def subject(**found: tuple[Value, str]) -> Subject:
    """Of each criterion the value and a quote."""
    findings = tuple(
        Finding(
            id_, value, 0.9, (Evidence(quote, 3, 0, 9, "implemented", "rule:x"),) if quote else ()
        )
        for id_, (value, quote) in found.items()
    )
    made = draft()
    return replace(made, assessment=replace(made.assessment, findings=findings))


def items(**found: tuple[Value, str]) -> dict[str, CheckItem]:
    return {one.id: one for one in checklist(RUBRIC, subject(**found))}


@pytest.mark.parametrize(
    ("approval", "signature", "year", "state"),
    [
        ("approved by the board on 4 July 2019", "", "year ended 31 March 2019", "done"),
        ("approved by the board on 4 July 2020", "", "year ended 31 March 2019", "open"),
        ("approved by the board", "A. Smith, 1 May 2019", "1 April 2018 to 31 March 2019", "done"),
        ("approved by the board", "A. Smith", "year ended 31 March 2019", "unknown"),
        ("approved for the year ended 31 March 2019", "", "year ended 31 March 2019", "unknown"),
        ("approved on 4 July 2019 and 5 July 2019", "", "year ended 31 March 2019", "unknown"),
        ("approved on 04/07/2019", "", "year ended 31 March 2019", "unknown"),  # April or July
        ("approved on 4 July 2018", "", "year ended 31 March 2019", "unknown"),
    ],
)
def test_six_months_are_counted_where_both_dates_are_plain(
    approval: str, signature: str, year: str, state: str
) -> None:
    found = items(
        approval=("met", approval), signature=("met", signature), financial_year=("met", year)
    )
    assert found["six_months"].state == state
    assert found["six_months"].authority == "GUIDANCE"


def test_the_formal_items_of_the_law_come_first() -> None:
    found = items(
        financial_year=("met", "2019"),
        act_reference=("met", "the Act"),
        approval=("absent", ""),
        homepage_link=("na", ""),
        signature=("partial", "A. Smith"),
        risk=(1, "low"),
        risk_specific=(False, ""),
    )
    assert list(found) == [
        "approval", "signature", "homepage_link", "financial_year", "act_reference",
        "approval_date", "six_months", "risk", "risk_specific",
    ]  # fmt: skip
    states = {id_: (one.state, one.page) for id_, one in found.items()}
    assert states["approval"] == ("open", None)
    assert states["signature"] == ("part", 3)
    assert states["homepage_link"] == ("unknown", None)
    assert states["risk"] == ("part", 3)


def test_a_plan_is_seen_and_not_counted() -> None:
    made = subject(audits=(False, "We will audit."))
    [finding] = made.assessment.findings
    planned = replace(finding, evidence=(replace(finding.evidence[0], status="planned"),))
    [item] = checklist(
        RUBRIC, replace(made, assessment=replace(made.assessment, findings=(planned,)))
    )
    assert (item.told, item.statuses, item.page) == ("seen, not counted", ("planned",), 3)
