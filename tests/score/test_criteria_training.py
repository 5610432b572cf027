"""The learned part of criteria from statements of which not all is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.score.criteria_model import to_files
from assess.score.criteria_training import MIN_STATEMENTS, LearnedCriteria, train_criteria
from assess.score.gold import GoldStatement
from assess.score.model import load_model
from assess.score.rubric import load_rubric

RUBRIC = load_rubric()
MODEL = load_model()
RISK = "We buy mica from mines in India, where children are forced to work."
DULL = "Our offices in the town are heated by gas and cleaned each evening."
JUDGED = [
    GoldStatement(
        f"{place}", "read", f"{RISK}\n\n{DULL}", {"risk_specific": True}, {"risk_specific": [RISK]}
    )
    if place % 2
    else GoldStatement(f"{place}", "read", f"{DULL}\n\n{DULL}", {})
    for place in range(2 * MIN_STATEMENTS)
]


def learned(*more: GoldStatement) -> LearnedCriteria:
    found = train_criteria([*JUDGED, *more], RUBRIC, MODEL)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def alone() -> LearnedCriteria:
    return learned()


def test_what_nobody_judged_is_not_learned_from(alone: LearnedCriteria) -> None:
    silent = GoldStatement("r", "review", f"{RISK}\n\n{DULL}", {"audits": False}, complete=False)
    found = learned(silent)
    assert to_files(found.model) == to_files(alone.model)
    [gain] = found.gains
    assert gain.statements == len(JUDGED)
    absent = replace(silent, complete=True)
    [gain] = learned(absent).gains
    assert gain.statements == len(JUDGED) + 1


def test_rejected_sentences_are_examples_of_no_evidence(alone: LearnedCriteria) -> None:
    near = "We buy mica from brokers in Kent, where drivers are asked to wait."
    text = f"{RISK}\n\n{near}"
    told = {"risk_specific": True}, {"risk_specific": [RISK]}
    silent = [GoldStatement(f"r{n}", "review", text, *told, complete=False) for n in range(9)]
    rejected = [replace(one, rejected={"risk_specific": [near]}) for one in silent]

    def leaning(found: LearnedCriteria) -> float:
        sensed = replace(MODEL, criteria=found.model).sense([RISK, near])
        assert sensed.learned is not None
        return sensed.learned.leanings["risk_specific"][1]

    assert leaning(learned(*rejected)) < leaning(learned(*silent)) - 0.5
    assert alone.model.criteria == ("risk_specific",)
