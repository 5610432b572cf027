"""WikiRate's answers are decided by quotes, or not at all."""

from __future__ import annotations

import re

import pytest

from assess.export.crosswalk import UNKNOWN, Found, Metric, Quote, decide, load_crosswalk
from assess.score.rubric import load_rubric

CROSSWALK = load_crosswalk()
METRICS = {metric.id: metric for metric in CROSSWALK.metrics}
SIGNED, INCIDENTS, AUDITS, TRAINING, REMEDY = 1831852, 1831964, 2722169, 2722482, 2722444


def values(metric: int, **findings: Found) -> tuple[str, ...]:
    return decide(METRICS[metric], findings, CROSSWALK.never).values


def said(value: str, *quotes: str, by: str | None = None) -> Found:
    return Found(value, tuple(Quote(quote, "page 1") for quote in quotes), by)


def test_the_crosswalk_speaks_of_criteria_and_values_that_there_are() -> None:
    kinds = {criterion.id: criterion.kind for criterion in load_rubric().criteria}
    possible = {
        "legal": {"met", "partial", "absent", "na"},
        "depth": {"0", "1", "2", "3"},
        "indicator": {"true", "false"},
        "flag": {"true", "false"},
    }
    for metric in CROSSWALK.metrics:
        for answer in metric.answers:
            assert set(answer.reached) <= possible[kinds[answer.criterion]]
            assert ";" not in answer.value  # splits answers at WikiRate
            for pattern in (answer.quote, answer.unless, CROSSWALK.never):
                re.compile(pattern or "")


def test_there_are_the_fifteen_metrics_and_the_home_page() -> None:
    assert len(METRICS) == len(CROSSWALK.metrics) == 16
    assert {metric.id for metric in CROSSWALK.metrics if metric.minimum} == {
        1831852, 1827915, 7046195, 12552057,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("Terry Acheson CEO", "Signed by CEO"),
        ("Martin Agnew, Joint Managing Director", "Signed by Managing Director"),
        ("Director's name: DUNCAN WORTH", "Signed by Director"),
        ("J Smith, Chair", "Signed by Chairman"),
        ("J Smith, Deputy Chairman", UNKNOWN),
        ("signed for the Board of Directors", UNKNOWN),
        ("A Jones, Partner", UNKNOWN),
    ],
)
def test_the_role_is_read_from_the_quote(quote: str, value: str) -> None:
    assert values(SIGNED, signature=said("met", quote)) == (value,)


def test_two_roles_are_unknown() -> None:
    assert values(SIGNED, signature=said("met", "A CEO", "B, Chairman")) == (UNKNOWN,)


def test_a_value_without_a_quote_is_none_unless_a_person_says_so() -> None:
    assert values(INCIDENTS, incident_disclosed=said("true")) == (UNKNOWN,)
    assert values(INCIDENTS, incident_disclosed=said("true", by="Ann")) == ("Yes",)


def test_a_machine_alone_accuses_nobody_of_an_incident() -> None:
    found = said("true", "We found two cases of forced labour at a supplier.")
    assert values(INCIDENTS, incident_disclosed=found) == (UNKNOWN,)


def test_what_a_machine_does_not_find_is_unknown_and_what_a_person_does_not_is_no() -> None:
    assert values(INCIDENTS, incident_disclosed=said("false")) == (UNKNOWN,)
    assert values(INCIDENTS, incident_disclosed=said("false", by="Ann")) == ("No",)
    assert values(INCIDENTS) == (UNKNOWN,)


@pytest.mark.parametrize(
    "quote",
    [
        "All third-party routes for provision of labour are audited.",
        "Independent audits take place within our own UK factories.",
        "Suppliers are encouraged to undertake a third-party audit.",
        "We will ask suppliers for an independent ethical audit.",
        "Suppliers are audited by our technical team.",
    ],
)
def test_other_audits_are_not_those_of_suppliers_by_third_parties(quote: str) -> None:
    assert values(AUDITS, audits=said("true", quote)) == (UNKNOWN,)


def test_several_values_stand_in_the_order_of_the_crosswalk() -> None:
    found = values(
        TRAINING,
        training_suppliers=said("true", "Suppliers were trained."),
        training_audience=said("true", "Training was completed by buyers.", "All staff trained."),
    )
    assert found == ("Employees (all)", "Procurement / purchasing", "Suppliers")


def test_what_would_be_done_counts_for_ended_contracts_only() -> None:
    would = "A breach will lead to termination: we would terminate the contract."
    assert values(REMEDY, remedy=said("1", would)) == ("Cancel contracts",)
    plan = "We will agree a corrective action plan."
    assert values(REMEDY, remediation_process=said("true", plan)) == (UNKNOWN,)


def test_always_unknown_where_no_criterion_decides() -> None:
    metric: Metric = METRICS[5454264]
    assert decide(metric, {"structure": said("3", "x")}, CROSSWALK.never).values == (UNKNOWN,)
