"""What is said and yet not so: denials, questions, disputed claims, owed work, advice to all."""

from __future__ import annotations

from functools import cache

import pytest

from assess.extract import from_plain_text
from assess.records import EvidenceStatus
from assess.score.rubric import load_rubric
from assess.score.rules import RuleBook
from assess.score.status import evidence_status, is_idle, sentence_status


@cache
def book() -> RuleBook:
    return RuleBook(load_rubric())


# The words in brackets are the match.
DENIED = [
    "We have never [visited] a quarry.",
    "Growers were never [interviewed].",
    "At no point did we [survey] drivers.",
    "No grower was [visited] last season.",
    "We have not, so far, [inspected] the kilns.",
    "We decline to [audit] growers.",
    "We seldom [inspect] the kilns.",
    "We chose not to [train] drivers.",
    "We see no reason to [screen] hauliers.",
    "We ceased [inspecting] kilns in 2018.",
    "It is not our policy to [interview] pickers.",
    "It is not necessary to [audit] growers.",
    "[Visits] to the kilns were called off.",
    "We were unable to [visit] the kilns.",
    "Drivers are not [trained].",
    "We visited 0 of [60 growers].",
    "0% of drivers were [trained].",
    "Zero growers completed the [questionnaire].",
    "Nobody was [trained] on slavery.",
    "Not one kiln was [inspected].",
    "Neither growers nor hauliers were [audited].",
    "We neglected to [train] drivers.",
    "[Training] of drivers did not happen.",
    "We conduct no [kiln audits].",
    "We lack a [hotline] for drivers.",
    "Our [hotline] was closed in spring.",
    "We do not uphold [freedom of association].",
    "We do not pay pickers the [living wage].",
    "[Deposits] were not returned.",
    "The pickers were not [compensated].",
    "[Interviews] with pickers were not held.",
    "Suppliers are not required to sign [our code].",
    "We do not require suppliers to sign [our code].",
    "The chair is not responsible for [modern slavery].",
    "No one at the firm is responsible for [slavery].",
    "We have no [growers' code of conduct].",
    "None of our farms are in [Peru].",
    "We do not source tea from [Kenya].",
    "It is false that we [audited] growers.",
    "We deny that we [repaid] deposits.",
    "Pickers cannot call our [hotline].",
    "Our [hotline] is not open to pickers.",
    "Survivors were not [supported].",
    "The board has never discussed [modern slavery].",
    "We do not permit [trade unions].",
    "We did not [collaborate] with charities.",
]
# Prohibitions, suppositions, findings, and work that was done beside other that was not.
DONE = [
    "We have [zero tolerance] of slavery.",
    "We not only [train] drivers, we visit kilns.",
    "Return the [questionnaire] no later than May.",
    "Growers must not use [forced labour].",
    "Pickers must not be [charged fees].",
    "Pickers are never charged [recruitment fees].",
    "No picker should [pay for a job].",
    "We will never knowingly buy from those who use [forced labour].",
    "We audited 10 of [60 growers].",
    "We trained 100% of [drivers].",
    "Growers that have not been audited are [visited] within a year.",
    "If a grower is not audited, we [visit] the farm.",
    "We never stop [auditing] growers.",
    "We were unable to visit kilns, so we [audited] them by video.",
    "We do not pay less than the [living wage].",
    "No of growers completing the [questionnaire]: 40.",
    "No cases were found, and kilns were [audited].",
    "Our [hotline] is not only open to pickers.",
    "Survivors are supported and were not [charged].",
    "Nobody is above our [code of conduct].",
]
UNREAL: list[tuple[EvidenceStatus, str]] = [
    ("vague", "Have you [repaid] deposits?"),
    ("vague", "Is there a [hotline] for drivers?"),
    ("implemented", "We [train] drivers. Questions?"),
    ("implemented", "The campaign ‘Are you well?’ has a [hotline]."),
    ("vague", "It is alleged that we [repaid] deposits."),
    ("vague", "Draft: we [audited] growers."),
    ("vague", "To do: [audit] growers."),
    ("planned", "By May we will have [audited] growers."),
    ("planned", "By 2031 all kilns [audited]."),
    ("planned", "Our 2031 plan: [audit] growers."),
    ("planned", "Training of drivers [starts in May 2031]."),
    ("planned", "Soon we [audit] growers."),
    ("implemented", "By 2019 all kilns had been [audited]."),
    ("implemented", "By 3 May 2019 each of the nine had been [repaid]."),
    ("implemented", "Since May 2019 we [audit] growers."),
    ("conditional", "We would have [audited] growers but for the flood."),
    ("conditional", "Had one been found, we would have [repaid] the picker."),
    ("vague", "Ideally, growers would be [audited]."),
    ("vague", "We should have [audited] growers."),
    ("vague", "We ought to [audit] growers."),
    ("vague", "We wish to [audit] growers."),
    ("vague", "We considered [auditing] growers."),
    ("vague", "We had hoped to [train] drivers."),
    ("implemented", "Having considered our risks, we [audited] growers."),
    ("implemented", "We needed to act and [audited] growers."),
    ("implemented", "Growers must [complete a questionnaire]."),
    ("vague", "Companies should [train] drivers."),
    ("vague", "Good practice is to [repay] deposits."),
    ("vague", "Section 54 requires information on [training]."),
    ("vague", "A statement should include the [training] of drivers."),
    ("vague", "The guidance suggests [training] drivers."),
    ("implemented", "Our code says that companies should respect [unions]."),
    ("implemented", "Principle 3: businesses should uphold [freedom of association]."),
    ("implemented", "As companies should, we [train] drivers."),
    ("implemented", "We follow best practice and [train] drivers."),
    ("implemented", "In line with section 54, we [train] drivers."),
]


def parts(marked: str) -> tuple[str, int, int]:
    before, match, behind = marked.replace("[", "]").split("]")
    return before + match + behind, len(before), len(before) + len(match)


@pytest.mark.parametrize("marked", DENIED)
def test_denied(marked: str) -> None:
    sentence, start, end = parts(marked)
    assert evidence_status(sentence, start, end) == "negated"
    assert sentence_status(sentence) == "negated"


@pytest.mark.parametrize("marked", DONE)
def test_not_denied(marked: str) -> None:
    assert evidence_status(*parts(marked)) == "implemented"


@pytest.mark.parametrize(("status", "marked"), UNREAL)
def test_asked_owed_or_advised(status: EvidenceStatus, marked: str) -> None:
    assert evidence_status(*parts(marked)) == status


def test_whole_sentence_is_told_by_its_main_clause() -> None:
    sentence = "Although no kiln was visited, we audited nine of them by video."
    assert sentence_status(sentence) == "implemented"


def test_a_question_or_advice_counts_for_no_rule() -> None:
    for marked in ("Do you have a [hotline]?", "Businesses should [repay] recruitment fees."):
        sentence = parts(marked)[0]
        assert is_idle(*parts(marked))
        hits = book().hits(book().read(from_plain_text(f"Our work.\n\n{sentence}\n")))
        assert not [hit.owner for hit in hits if hit.counts]
    assert not is_idle(*parts("We [repay] recruitment fees."))


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ("no_incident_claim", "No cases of slavery were found in the year."),
        ("grievance_results", "We received 0 reports through our whistleblowing hotline."),
        ("recruitment_fees", "No worker should pay for a job."),
    ],
)
def test_what_says_no_by_its_nature_counts(criterion: str, sentence: str) -> None:
    hits = book().hits(book().read(from_plain_text(f"Modern slavery.\n\n{sentence}\n")))
    assert any(hit.owner == criterion and hit.counts for hit in hits)


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ("recruitment_fees", "We do not prohibit recruitment fees for workers."),
        ("recruitment_fees", "We have no policy on recruitment fees for workers."),
        ("wages_hours", "We do not pay the living wage."),
        ("b_policy_named", "We have no modern slavery policy."),
    ],
)
def test_denials_count_for_no_rule_that_admits_others(criterion: str, sentence: str) -> None:
    hits = book().hits(book().read(from_plain_text(f"Modern slavery.\n\n{sentence}\n")))
    assert not [hit for hit in hits if hit.owner == criterion and hit.counts]
