"""What others did, other subjects and a template's blanks are no evidence."""

from __future__ import annotations

import pytest

from assess.extract import from_plain_text
from assess.records import Finding
from assess.score.aside import is_contents
from assess.score.assessment import assess_text
from assess.score.model import load_model
from assess.score.rubric import load_rubric

HOST = "Modern slavery statement\n\nThis statement is about modern slavery. {} It is dated May."


def findings(sentence: str) -> dict[str, Finding]:
    text = from_plain_text(HOST.format(sentence) + " We are a small company." * 6)
    found = assess_text(text, load_rubric(), load_model())
    assert found.status == "assessed"
    return {finding.criterion: finding for finding in found.findings}


def raised(sentence: str) -> set[str]:
    nothing = {key: finding.value for key, finding in findings("").items()}
    return {key for key, finding in findings(sentence).items() if finding.value != nothing[key]}


@pytest.mark.parametrize(
    "sentence",
    [
        "Our competitor audited 60 factories in China and found forced labour.",
        "Other retailers have joined the Ethical Trading Initiative.",
        "Many companies audit their suppliers.",
        "Insert the number of suppliers audited here.",
        "[Insert the number of suppliers audited, e.g. 12 suppliers were audited in India.]",
        "We audited 12 processors in India under the GDPR.",
        "Two injured workers were compensated.",
        "98% of staff completed safety training.",
        "Palm oil and soy are high-risk commodities for deforestation.",
        "85% of suppliers signed our carbon code.",
        "Call our hotline for cake orders.",
        "We compensated 14 employees for underpayments of gender pay.",
    ],
)
def test_says_nothing_of_our_own_work(sentence: str) -> None:
    assert raised(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("We audited 60 factories in China and found forced labour.", "audits"),
        ("With other retailers we have joined the Ethical Trading Initiative.", "collaboration"),
        ("Other retailers have joined us in an audit of two suppliers in Turkey.", "audits"),
        ("Procurement audited 12 suppliers in Turkey.", "audits"),
        ("Partner Africa conducted 11 social audits at flower farms in Kenya.", "audits"),
        ("Audits cover fire safety, hours and pay at all 12 supplier factories.", "audits"),
        ("We visited 24 supplier sites [names withheld] to check conditions.", "audits"),
        ('Our supplier code says: "No forced labour […] and fair pay."', "supplier_code"),
        ("Our audits of suppliers cover data protection, carbon and labour standards.", "audits"),
        ("Forced labour was found and two injured workers were compensated.", "remediation_actual"),
    ],
)  # fmt: skip
def test_own_work_is_evidence(sentence: str, found: str) -> None:
    assert found in raised(sentence)


@pytest.mark.parametrize("body", ["the board of [company] on [date]", "the board on [date]"])
def test_an_unfilled_approval_is_none(body: str) -> None:
    assert findings(f"This statement was approved by {body}.")["approval"].value == "absent"
    assert findings("This statement was approved by the board.")["approval"].value == "met"


def test_training_by_suppliers_is_not_ours() -> None:
    found = raised("Our suppliers have trained their workers on modern slavery.")
    assert not found & {"training_delivered", "steps_own_business"}


def test_a_zero_needs_a_channel() -> None:
    assert "kpi_value" not in raised("No cases of modern slavery were reported in the year.")
    told = "No cases of modern slavery were reported through our hotline in the year."
    assert "kpi_value" in raised(told)


@pytest.mark.parametrize(
    "sentence",
    [
        "CONTENTSIntroduction 3Our Structure and Supply Chains 4Training 7-9Looking Forward 10",
        "Contents About us 2 Policies and governance 4 Assessing and managing risk 5 Training 12",
        "INTRODUCTION 3 OUR BUSINESS 3 POLICIES 4 RISK ASSESSMENT 5 DUE DILIGENCE 6 TRAINING 8",
    ],
)
def test_a_table_of_contents_is_no_evidence(sentence: str) -> None:
    assert is_contents(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sites visited 12 Workers interviewed 40 Findings 55",
        "Audits 40 Training sessions 12 Calls 7 Cases 3 Repaid 2 Closed 1",
        "In 2023 we audited 12 sites, trained 40 buyers and closed 55 findings.",
        "The contents of our policy were changed in 2022 and 2023.",
    ],
)
def test_figures_are_no_table_of_contents(sentence: str) -> None:
    assert not is_contents(sentence)
