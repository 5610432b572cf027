"""Values of criteria as reviewers told them, and beside the judgements of other readers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assess.extract import from_plain_text
from assess.records import Review, Value
from assess.score.gold import GoldStatement
from assess.score.review_truth import judged_by_reviewers, merged
from assess.score.rubric import load_rubric

RUBRIC = load_rubric()
QUOTE = "We audited nine mines in Chad last year."
OTHER = "We audited four mills in Peru this year."
TEXT = from_plain_text(
    f"Modern slavery statement\n\n{QUOTE} {OTHER} Our staff are trained every year to see forced"
    " labour, and to say so."
)


def review(verdict: Any, quote: str = "", **keys: Any) -> Review:
    keys = {"criterion": "audits", **keys}
    start = TEXT.content.index(quote) if quote else None
    return Review("ab", verdict, "A", "2026-01-31T09:30:00Z", start=start, quote=quote, **keys)


YES = review("confirmed", QUOTE)
NO = review("rejected", QUOTE)
RIGHT = review("confirmed", value=True)
WRONG = review("changed", value=False)
UNTOLD = review("rejected")


def judged(*found: Review) -> GoldStatement | None:
    return judged_by_reviewers("ab", TEXT, found, RUBRIC)


@pytest.mark.parametrize(
    ("found", "value"),
    [
        ([YES], True),
        ([RIGHT], True),
        ([WRONG], False),
        ([NO], None),
        ([UNTOLD], None),
        ([YES, WRONG], False),
        ([WRONG, YES], True),
        ([RIGHT, UNTOLD], None),
        ([UNTOLD, YES], True),
        ([RIGHT, NO], True),
        ([replace(YES, criterion="risk")], None),
        ([replace(YES, criterion="risk", value=2)], 2),
        ([replace(YES, criterion="approval")], None),
        ([review("changed", QUOTE, criterion="approval", value="partial")], "partial"),
        ([review("rejected", QUOTE, value=False)], False),
        ([review("confirmed", QUOTE, criterion=None, label="risk", value=1)], None),
    ],
)
def test_the_last_that_tells_a_value(found: list[Review], value: Value | None) -> None:
    statement = judged(*found)
    told = list(statement.truth.values()) if statement else []
    assert told == ([] if value is None else [value])
    if statement:
        assert (statement.id, statement.split, statement.complete) == ("ab", "review", False)


def test_quotes_go_with_the_value() -> None:
    no = review("rejected", OTHER)
    shown, denied = judged(YES, no), judged(YES, no, WRONG)
    assert shown is not None and denied is not None
    assert (shown.evidence, shown.rejected) == ({"audits": [QUOTE]}, {"audits": [OTHER]})
    assert (denied.evidence, denied.rejected) == ({}, {"audits": [OTHER]})


def test_an_unfit_text_is_not_judged() -> None:
    text = from_plain_text("Modern slavery statement. We audited nine mines.")
    assert judged_by_reviewers("ab", text, [RIGHT], RUBRIC) is None


def test_reviews_correct_judgements_of_the_same_text() -> None:
    reread = TEXT.content.replace(" ", "\n")
    reader = GoldStatement(
        "g1",
        "read",
        reread,
        {"audits": True, "worker_voice": True},
        {"audits": ["audited nine mines", OTHER], "worker_voice": [QUOTE]},
    )
    other = replace(reader, id="g2", text="Another text.")
    found = judged(RIGHT, NO)
    assert found is not None
    alone = replace(found, id="cd", text="A third text.")
    corrected, untouched, added = merged([reader, other], [alone, found])
    assert (untouched, added) == (other, alone)
    assert (corrected.id, corrected.complete, corrected.text) == ("g1", True, reread)
    assert corrected.truth == reader.truth
    assert corrected.evidence == {"audits": [OTHER], "worker_voice": [QUOTE]}
    assert corrected.rejected == {"audits": [QUOTE]}
    wrong = judged(WRONG)
    assert wrong is not None
    [corrected] = merged([reader], [wrong])
    assert corrected.truth == {"audits": False, "worker_voice": True}
    assert corrected.evidence == {"audits": [], "worker_voice": [QUOTE]}
    assert merged([reader], []) == [reader]
