"""Texts that are something else are not judged: an invented finding is the worst fault."""

from __future__ import annotations

import pytest

from assess.extract import from_plain_text
from assess.score.assessment import assess_text
from assess.score.model import load_model
from assess.score.rubric import load_rubric

MENU = (
    "Today's loaves. Every supplier of flour has signed our quality code, and last spring we "
    "visited three mills in France. Call our hotline for cake orders; staff are trained to advise "
    "you on allergies."
)
PRIVACY = (
    "We audited 12 processors in India last year and trained 98% of our employees on data "
    "protection. 5 reports were received through the whistleblowing line. The board approved this."
)
STATEMENT = f"This statement is about modern slavery. {PRIVACY}"


@pytest.mark.parametrize("content", [MENU, PRIVACY])
def test_another_document_has_no_findings(content: str) -> None:
    found = assess_text(from_plain_text(content), load_rubric(), load_model())
    assert (found.status, found.reason) == ("cannot_assess", "no_statement")
    assert found.findings == ()


@pytest.mark.parametrize(
    "subject", ["modern slavery", "human trafficking", "forced labor", "child labour"]
)
def test_one_that_names_the_subject_is_judged(subject: str) -> None:
    content = STATEMENT.replace("modern slavery", subject)
    assert assess_text(from_plain_text(content), load_rubric(), load_model()).status == "assessed"
