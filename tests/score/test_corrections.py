"""What persons say goes before what was found, in values, evidence and scores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assess.extract import from_plain_text
from assess.records import Assessment, Finding, KeptReview, Part, Review, Text
from assess.score.assessment import assess_text
from assess.score.rubric import load_rubric

RUBRIC = load_rubric()
CONTENT = """Modern slavery statement for the year ended 31 March 2024

This statement was approved by the board of directors of Mica Mills Limited. We buy mica from four
mines in India. We audited nine of our suppliers in 2024.
We will train all buyers on modern slavery next year. Our hotline took eleven calls.

Jane Smith, Director
"""
TEXT = from_plain_text(CONTENT)
AUDITED = "We audited nine of our suppliers in 2024."


def review(
    criterion: str, quote: str = "", verdict: Any = "changed", key: int = 7, **keys: Any
) -> KeptReview:
    start = TEXT.content.index(quote) if quote else None
    end = None if start is None else start + len(quote)
    said = Review(
        "ab",
        verdict,
        "Ann",
        f"2026-01-{key:02}T00:00:00Z",
        "why",
        criterion,
        start=start,
        end=end,
        quote=quote,
    )
    return KeptReview(key, replace(said, **keys))


def assessed(*reviews: KeptReview, text: Text = TEXT) -> Assessment:
    return assess_text(text, RUBRIC, None, reviews)


def found(assessment: Assessment, criterion: str) -> Finding:
    [one] = [finding for finding in assessment.findings if finding.criterion == criterion]
    return one


def test_a_value_that_a_person_gives_goes_before_what_was_found() -> None:
    before = found(assessed(), "audits")
    after = found(assessed(review("audits", value=False)), "audits")
    assert before.value is True
    assert (after.value, after.found_value, after.review_id) == (False, True, 7)
    assert after.confidence == 1
    assert after.evidence == before.evidence


def test_scores_are_those_of_the_corrected_findings() -> None:
    before = assessed()
    after = assessed(review("approval", value="absent"), review("risk", value=3))
    assert before.compliance is not None
    assert after.compliance is not None
    assert after.compliance < before.compliance
    assert (after.substance or 0) > (before.substance or 0)
    assert after.minimal_compliance != before.minimal_compliance


def test_a_rejected_quote_counts_no_more_and_stays_visible() -> None:
    after = found(assessed(review("audits", AUDITED, "rejected")), "audits")
    assert (after.value, after.found_value, after.review_id) == (False, True, 7)
    [quote] = [one for one in after.evidence if one.quote == AUDITED]
    assert (quote.status, quote.review_id) == ("rejected", 7)


def test_where_other_quotes_count_a_rejected_one_changes_no_value() -> None:
    goal = "We will map every mine by 2026."
    text = from_plain_text(CONTENT.replace("Our hotline", f"{goal} Our hotline"))
    before = found(assessed(text=text), "future_goals")
    first, second = before.evidence
    one = review("future_goals", "", "rejected", start=first.start, end=first.end)
    one = replace(one, review=replace(one.review, quote=first.quote))
    after = found(assessed(one, text=text), "future_goals")
    assert (after.value, after.found_value) == (True, None)
    two = replace(
        one, review=replace(one.review, start=second.start, end=second.end, quote=second.quote)
    )
    assert found(assessed(one, two, text=text), "future_goals").value is False


def test_a_confirmed_plan_stays_a_plan() -> None:
    plan = "We will train all buyers on modern slavery next year."
    after = found(assessed(review("future_goals", plan, "confirmed")), "future_goals")
    assert [one.status for one in after.evidence] == ["planned"]
    after = found(assessed(review("training_delivered", plan, "confirmed")), "training_delivered")
    assert [one.status for one in after.evidence] == ["implemented"]
    assert after.value is True


def test_words_that_only_a_person_saw_are_evidence_of_an_indicator() -> None:
    words = "Our hotline took eleven calls."
    after = found(assessed(review("worker_outcome", words, "confirmed")), "worker_outcome")
    assert (after.value, after.found_value) == (True, False)
    [quote] = [one for one in after.evidence if one.method == "review"]
    assert (quote.quote, quote.page, quote.status) == (words, 1, "implemented")
    assert TEXT.content[quote.start : quote.end] == words


def test_a_confirmed_value_says_who() -> None:
    after = found(assessed(review("audits", verdict="confirmed", value=True)), "audits")
    assert (after.value, after.found_value, after.review_id) == (True, True, 7)


def test_called_wrong_without_saying_what_holds_changes_no_value() -> None:
    after = found(assessed(review("risk", verdict="rejected")), "risk")
    assert (after.value, after.found_value, after.review_id) == (
        found(assessed(), "risk").value,
        None,
        7,
    )


def test_the_last_word_holds() -> None:
    first, last = review("audits", value=False, key=7), review("audits", value=True, key=8)
    assert found(assessed(first, last), "audits").review_id == 8


def test_what_does_not_fit_changes_nothing() -> None:
    elsewhere = review("audits", AUDITED, "rejected")
    other_words = replace(elsewhere.review, quote=AUDITED.replace("nine", "five"))
    unfit = (
        review("audits", value=2),
        review("no_such_criterion", value=True),
        replace(elsewhere, review=other_words),
    )
    assert assessed(*unfit) == assessed()


def test_offsets_are_those_of_the_whole_document() -> None:
    before = "An annual report. It speaks of other things.\n\n" * 4
    content = before + CONTENT
    text = replace(
        from_plain_text(content),
        parts=(Part(len(before), len(content), "statement", "", "en", 0.9, judged=True),),
    )
    start = content.index(AUDITED)
    said = review("audits", AUDITED, "rejected", start=start, end=start + len(AUDITED))
    after = found(assessed(said, text=text), "audits")
    assert after.value is False
    assert all(content[one.start : one.end] == one.quote for one in after.evidence)
