"""What reviews teach: labels of sentences, and values of criteria; nothing that nobody said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assess.extract import from_plain_text
from assess.records import Part, Review, Text
from assess.score.features import Row
from assess.score.labels import LABELS
from assess.score.review_meaning import locate
from assess.score.reviews import KEPT_FOR_MEASURING, Reviews, learn_from, without
from assess.score.rubric import load_rubric

RUBRIC = load_rubric()
CONTENT = """Modern slavery statement

This statement was approved by the board of directors. We buy mica from four mines in India.
We audited nine mines last year. Our staff are trained every year to see forced labour.

Jane Smith, Director
"""
TEXT = from_plain_text(CONTENT)
APPROVED = "This statement was approved by the board of directors."
AUDITED = "We audited nine mines last year."
SIGNED = "Jane Smith, Director"


def review(quote: str = "", verdict: Any = "confirmed", day: int = 1, **keys: Any) -> Review:
    start = TEXT.content.index(quote) if quote else None
    end = None if start is None else start + len(quote)
    time = f"2026-01-{day:02}T00:00:00Z"
    found = Review("ab", verdict, "A", time, "why", start=start, end=end, quote=quote)
    return replace(found, **keys)


def learned(*found: Review, text: Text = TEXT) -> Reviews:
    return learn_from(found, {"ab": text}, RUBRIC)


def labels(found: Reviews) -> dict[tuple[str, str], int]:
    """The labels that are known, by sentence and label."""
    return {
        (row.sentence, label): int(value)
        for row, values in zip(found.sentences.rows, found.sentences.labels, strict=True)
        for label, value in zip(LABELS, values, strict=True)
        if value != -1
    }


def test_a_label_of_a_sentence_with_its_neighbours() -> None:
    found = learned(review(AUDITED, label="effectiveness", value=0))
    assert found.sentences.rows == tuple(Row("review:ab", s.text) for s in TEXT.sentences)
    assert found.sentences.labels.shape == (len(TEXT.sentences), 9)
    assert found.sentences.labels.dtype == "int8"
    assert labels(found) == {(AUDITED, "effectiveness"): 0}
    assert found.judged == ()
    assert (found.used, found.skipped) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, 1),
        ({"value": "met"}, 1),
        ({"verdict": "rejected"}, 0),
        ({"verdict": "rejected", "value": "partial"}, 0),
        ({"verdict": "changed", "value": "met"}, 1),
        ({"verdict": "changed", "value": "partial"}, None),
    ],
)
def test_a_quote_of_a_criterion_with_a_label(changes: dict[str, Any], label: int | None) -> None:
    for criterion, quote in (("approval", APPROVED), ("signature", SIGNED)):
        found = learned(review(quote, criterion=criterion, **changes))
        assert labels(found) == ({} if label is None else {(quote, criterion): label})
        assert bool(found.sentences.rows) == (label is not None)


def test_a_criterion_without_a_label_teaches_no_label() -> None:
    found = learned(review(AUDITED, criterion="audits"))
    assert found.sentences.rows == ()
    assert found.sentences.labels.shape == (0, 9)


def test_what_is_said_of_the_label_itself_goes_before() -> None:
    told = review(APPROVED, label="approval", value=1)
    implied = review(APPROVED, "rejected", day=2, criterion="approval")
    assert labels(learned(told, implied)) == {(APPROVED, "approval"): 1}


def test_a_passage_is_of_all_its_sentences_and_a_word_of_its_own() -> None:
    passage = TEXT.content[TEXT.content.index("approved") : TEXT.content.index("Our staff")]
    found = labels(learned(review(passage, label="risk", value=1)))
    assert {sentence for sentence, _ in found} == {
        APPROVED,
        "We buy mica from four mines in India.",
        AUDITED,
    }
    assert labels(learned(review("nine", label="risk", value=1))) == {(AUDITED, "risk"): 1}


def test_a_text_read_anew_is_searched_for_the_words() -> None:
    moved = from_plain_text("A new first line.\n\n" + CONTENT)
    early = review(AUDITED, label="risk", value=1)
    start = moved.content.index(AUDITED)
    late = replace(early, value=0, start=start, end=start + len(AUDITED))
    assert labels(learned(early, text=moved)) == {(AUDITED, "risk"): 1}
    assert labels(learned(early, late, text=moved)) == {(AUDITED, "risk"): 0}
    found = learned(early, text=from_plain_text("Another text about slavery."))
    assert (found.used, dict(found.left_out)) == (0, {"the text no longer holds the words": 1})


def test_of_several_places_the_nearest() -> None:
    content = "We audit. We buy. We audit. We sell."
    at = replace(review(), start=30, end=39, quote="We audit.")
    assert locate(at, content) == (18, 27)
    assert locate(replace(at, start=0, end=9), content) == (0, 9)
    assert locate(replace(at, quote="We\naudit."), content) == (18, 27)
    assert locate(replace(at, quote="  "), content) is None


def test_what_cannot_be_used_is_counted() -> None:
    found = learned(
        review(document="cd", criterion="audits", value=True),
        review(criterion="no_such", value=True),
        review(criterion="audits", value="met"),
        review(criterion="audits", value=True),
    )
    assert (found.used, found.skipped) == (1, 3)
    assert dict(found.left_out) == {
        "the criterion cannot have that value": 1,
        "the document has no text": 1,
        "the rubric has no such criterion": 1,
    }


def test_documents_stand_in_the_order_of_their_hashes() -> None:
    pair = [review(AUDITED, document=name, label="risk", value=1) for name in ("b", "a")]
    texts = {"a": TEXT, "b": TEXT, "c": TEXT}
    found = learn_from(pair, texts, RUBRIC)
    assert list(dict.fromkeys(row.statement_id for row in found.sentences.rows)) == [
        "review:a",
        "review:b",
    ]
    again = learn_from(pair[::-1], texts, RUBRIC)
    assert again.sentences.rows == found.sentences.rows
    assert again.sentences.labels.tolist() == found.sentences.labels.tolist()


def test_of_a_report_only_the_statement_is_judged_but_all_is_context() -> None:
    half = TEXT.content.index("Our staff")
    part = Part(0, half, "statement", "", "en", 0.9, judged=True)
    found = learned(
        review(AUDITED, label="risk", value=1),
        review(criterion="audits", value=True),
        text=replace(TEXT, parts=(part,)),
    )
    assert len(found.sentences.rows) == len(TEXT.sentences)
    [judged] = found.judged
    assert judged.text == TEXT.content[:half].rstrip()


def test_statements_kept_for_measuring_are_left_out() -> None:
    found = learned(review(AUDITED, label="risk", value=1), review(criterion="audits", value=True))
    reread = "Page 1 of 2\n" + CONTENT.replace("India", "Chad").replace(" ", "\n")
    kept_out = without(found, ["Another statement.", reread])
    assert kept_out.sentences.rows == ()
    assert kept_out.sentences.labels.shape == (0, 9)
    assert kept_out.judged == ()
    assert (found.used, kept_out.used) == (2, 0)
    assert kept_out.left_out == {KEPT_FOR_MEASURING: 2}
    for held_out in ([], [""], [APPROVED], ["Another statement."]):
        assert without(found, held_out).judged == found.judged
        assert without(found, held_out).sentences.rows == found.sentences.rows


@pytest.mark.parametrize("quote", ["\n", "W", "."])
def test_what_is_no_word_teaches_nothing(quote: str) -> None:
    found = learned(
        review(criterion="audits", value=True),
        review(quote, criterion="audits"),
        review(quote, label="risk", value=1),
    )
    [judged] = found.judged
    assert judged.evidence == {}
    assert labels(found) == {}
    assert found.left_out == {"it quotes no word": 2}


def test_a_sentence_is_not_both_evidence_and_rejected() -> None:
    true = review(AUDITED, criterion="audits", value=True)
    part = review("nine mines", "rejected", criterion="audits")
    whole = review(criterion="audits", value=True)
    [judged] = learned(whole, true, part).judged
    assert (judged.evidence, judged.rejected) == ({}, {"audits": [AUDITED]})
    [judged] = learned(whole, part, true).judged
    assert (judged.evidence, judged.rejected) == ({"audits": [AUDITED]}, {})
    assert learned(true, part).judged == ()
    other = review(AUDITED, "rejected", criterion="training")
    [judged] = learned(true, other).judged
    assert judged.evidence == {"audits": [AUDITED]}


def test_of_a_passage_only_what_was_rejected_later_is_taken_back() -> None:
    passage = TEXT.content[TEXT.content.index("We audited") : TEXT.content.index("\n\nJane")]
    told = review(passage, criterion="audits", value=True)
    trained = "Our staff are trained every year to see forced labour."
    [judged] = learned(told, review(trained, "rejected", criterion="audits")).judged
    assert (judged.evidence, judged.rejected) == (
        {"audits": [AUDITED]},
        {"audits": [trained]},
    )


@pytest.mark.parametrize(
    "odd",
    [
        review(APPROVED, "changed", criterion="approval", value="absent"),
        review(APPROVED, "sure", criterion="approval"),
        review(AUDITED, label="bogus", value=1),
        review(AUDITED, label="risk", value="1"),
        review(AUDITED, label="risk", criterion="audits", value=1),
        review(criterion="audits", value="9" * 5_000),
        review(AUDITED, label="risk", value=1, reviewer=None),
        review(AUDITED, label="risk", value=1, reviewed_at=b"2026"),
        review(AUDITED, label="risk", value=1, reason=5),
        replace(review(AUDITED, label="risk", value=1), quote=5),  # type: ignore[arg-type]
    ],
)
def test_what_could_not_have_been_kept_teaches_nothing(odd: Review) -> None:
    found = learned(odd)
    assert (found.used, found.skipped, labels(found), found.judged) == (0, 1, {}, ())
