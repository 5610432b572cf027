"""What becomes of an answer: confirmed, not found, contradicted, not checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from assess.compare.declared.checks import Declaration, Judged, Outcome
from assess.compare.declared.judge import judge_declaration
from assess.compare.declared.search import Found
from tests.compare.declared.test_search import START, searched

NONE: Mapping[str, Judged] = {}


def judged(
    field: str, label: str, text: str, findings: Mapping[str, Judged] = NONE
) -> Outcome | None:
    declaration = Declaration(
        ((field, label),),
        date(2021, 4, 1),
        date(2022, 3, 31),
        date(2022, 6, 14),
        date(2022, 7, 1),
    )
    checks = list(judge_declaration(declaration, searched(START + text), findings))
    return checks[0].outcome if checks else None


def finding(value: int, quote: str = "Staff were trained.", status: str = "implemented") -> Judged:
    found = Found(quote, 0, len(quote), status, status == "implemented")  # type: ignore[arg-type]
    return Judged(value, value > 0, (found,))


def result(field: str, label: str, text: str, findings: Mapping[str, Judged] = NONE) -> str:
    outcome = judged(field, label, text, findings)
    assert outcome
    return outcome.result


def test_a_finding_confirms_an_area_with_its_quote() -> None:
    outcome = judged("StatementIncludesTraining", "Yes", "", {"training": finding(1)})
    assert outcome
    assert outcome.result == "confirmed"
    assert outcome.passage
    assert outcome.passage.quote == "Staff were trained."


def test_a_plan_confirms_nothing_and_is_told() -> None:
    plans = {"training": finding(1, "We will train staff.", "planned")}
    outcome = judged("StatementIncludesTraining", "Yes", "", plans)
    assert outcome
    assert (outcome.result, outcome.passage) == ("not_found", None)
    assert "only plans found" in outcome.search


def test_a_denial_contradicts_where_nothing_confirms() -> None:
    text = "No training on modern slavery was given in the year."
    assert result("StatementIncludesTraining", "Yes", text) == "contradicted"
    shown = {"training": finding(2)}
    assert result("StatementIncludesTraining", "Yes", text, shown) == "confirmed"


def test_policies_are_not_found_where_the_text_is_silent() -> None:
    outcome = judged("Policies", "Prohibits child labour", "We buy clay.")
    assert outcome
    assert outcome.result == "not_found"
    assert "child labour" in outcome.search


def test_a_declared_no_needs_plain_evidence_to_be_contradicted() -> None:
    one = {"kpi_defined": finding(1)}
    assert result("StatementIncludesGoals", "No", "", one) == "not_checked"
    all_three = one | {"kpi_value": finding(1), "effectiveness": finding(2)}
    assert result("StatementIncludesGoals", "No", "", all_three) == "contradicted"
    assert result("StatementIncludesGoals", "No", "") == "not_checked"


def test_an_unreliable_or_free_answer_is_not_checked() -> None:
    assert result("NoSocialAudits", "Yes", "We audit our suppliers.") == "not_checked"
    assert result("DemonstrateProgress", "All goals were met.", "") == "not_checked"
    assert judged("NoTraining", "No", "") is None


def test_a_country_counts_in_a_passage_about_risk_only() -> None:
    risky = "We see the highest risk of forced labour among growers in Spain."
    assert result("Risk1Location", "Spain", risky) == "confirmed"
    assert result("Risk1Location", "Spain", "Our tiles come from Spain.") == "not_found"
    low = "We hold the risk in Spain to be low."
    assert result("Risk1Location", "Spain", low) == "not_found"


@pytest.mark.parametrize(
    "told", ["Aldwick UK has a risk-based approach.", "This is under the UK Modern Slavery Act."]
)
def test_the_name_of_a_company_or_law_is_no_country(told: str) -> None:
    assert result("Risk1Location", "United Kingdom", told) == "not_found"


def test_a_risk_in_free_text_is_confirmed_by_its_own_words() -> None:
    risk = "Seasonal pickers recruited through unlicensed gangs in Andalusia"
    text = "Pickers recruited through unlicensed gangs in Andalusia are the greatest concern."
    assert result("Risk1", risk, text) == "confirmed"
    assert result("Risk1", risk, "We buy clay.") == "not_checked"


def test_another_signatory_is_told_with_the_quote() -> None:
    text = "The board approved this statement on 14 June 2022.\n\nGideon Marl\nManaging Director"
    outcome = judged("ApprovingPerson", "Perpetua Lowe (Director)", text)
    assert outcome
    assert outcome.result == "contradicted"
    assert outcome.passage
    assert "Gideon Marl" in outcome.passage.quote


def test_a_name_that_was_misread_accuses_nobody() -> None:
    text = "The board approved this statement on 14 June 2022.\n\nGid eon MarI\nManaging Director"
    assert result("ApprovingPerson", "Gideon Marl (Managing Director)", text) != "contradicted"


OTHER_YEARS = [
    "This statement is for the financial year ended 31 March 2024.",
    "The board approved this statement on 20 June 2023.",
    "The board approved this statement on 3 June 2021.",
    "Modern Slavery Statement March 2023\n\nWe buy clay.",
]


@pytest.mark.parametrize("text", OTHER_YEARS)
def test_another_years_statement_is_not_compared(text: str) -> None:
    outcome = judged("Policies", "Prohibits child labour", text)
    assert outcome
    assert outcome.result == "not_checked"
    assert "another year" in outcome.search
    assert outcome.passage


def test_the_same_month_of_approval_makes_it_the_same_statement() -> None:
    text = (
        "This statement is for the financial year ended 31 March 2024."
        " The board approved this statement on 14 June 2022."
    )
    assert result("Policies", "Prohibits child labour", text) == "not_found"


def test_quotes_of_a_part_of_a_document_are_those_of_the_whole() -> None:
    outcome = judged("Training", "Human resources", "Our HR team was trained on modern slavery.")
    assert outcome
    assert outcome.passage
    content = START + "Our HR team was trained on modern slavery."
    assert content[outcome.passage.start : outcome.passage.end] == outcome.passage.quote
