"""A review must be clear; what is wrong with one is told in a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assess.errors import InputError
from assess.records import Review
from assess.score.review_checks import check_review
from assess.score.rubric import load_rubric

RUBRIC = load_rubric()
OF_QUOTE = Review("ab", "confirmed", "Zoë O’Neil", "2026-01-31T09:30:00Z", "", "audits")
OF_QUOTE = replace(OF_QUOTE, start=5, end=8, quote="abc")
WHOLE: dict[str, Any] = {"start": None, "end": None, "quote": ""}
LABEL: dict[str, Any] = {"criterion": None, "label": "risk", "value": 1}
NO: dict[str, Any] = {"verdict": "rejected", "reason": "no"}
CHANGED: dict[str, Any] = {"verdict": "changed", "reason": "no"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"value": True},
        NO,
        NO | {"value": False},
        CHANGED | {"criterion": "approval", "value": "partial"},
        WHOLE | {"value": False},
        WHOLE | NO,
        WHOLE | CHANGED | {"criterion": "risk", "value": 3},
        WHOLE | {"criterion": "group_entities", "value": "na"},
        LABEL,
        LABEL | NO | {"value": 0},
    ],
)
def test_a_clear_review(changes: dict[str, Any]) -> None:
    check_review(replace(OF_QUOTE, **changes), RUBRIC)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"criterion": None}, "of a criterion or of a label"),
        (LABEL | {"criterion": "audits"}, "of a criterion or of a label"),
        ({"criterion": "audit"}, "uk-s54 has no such criterion"),
        ({"criterion": ""}, "no such criterion"),
        ({"criterion": "a_supply_check"}, "no such criterion"),
        (LABEL | {"label": "due_diligence"}, "not a label of the classifier"),
        (LABEL | WHOLE, "reviewed in a sentence"),
        (LABEL | {"value": None}, "needs 0 or 1"),
        (LABEL | {"value": True}, "needs 0 or 1"),
        (LABEL | {"value": 2}, "needs 0 or 1"),
        ({"verdict": "perhaps"}, "not one of confirmed, rejected, changed"),
        ({"reviewer": ""}, "reviewer's name"),
        ({"reviewer": "a\nb"}, "reviewer's name"),
        ({"reviewer": "\ud800"}, "reviewer's name"),
        ({"reviewer": "x" * 201}, "reviewer's name"),
        ({"reviewed_at": "2026-01-31"}, "is not like"),
        ({"reviewed_at": "2026-02-31T09:30:00Z"}, "is not like"),
        ({"reviewed_at": "2026-01-31T09:30:00+01:00"}, "is not like"),
        ({"reviewed_at": "２026-01-31T09:30:00Z"}, "is not like"),
        (NO | {"reason": " "}, "needs its reason"),
        (NO | {"reason": "x" * 5_001}, "the reason must be"),
        (NO | {"reason": "a\0b"}, "the reason must be"),
        (NO | {"reason": "\udc80"}, "the reason must be"),
        ({"start": None, "end": None}, "a quote needs the place"),
        ({"start": None}, "place None to 8"),
        ({"start": -1, "end": 2}, "place -1 to 2"),
        ({"start": 8}, "place 8 to 8"),
        ({"start": True}, "place True to 8"),
        ({"start": 5.0}, "place 5.0 to 8"),
        ({"quote": "abcd"}, "must be the 3 characters from 5 to 8"),
        ({"end": 5 + 20_001, "quote": "x" * 20_001}, "longer than 20,000"),
        (WHOLE, "the value that holds is needed"),
        (CHANGED, "the value that holds is needed"),
        ({"value": 1}, r"value 1 is not one of \(False, True\)"),
        ({"value": "met"}, "value 'met' is not one of"),
        ({"value": float("nan")}, "value nan is not one of"),
        ({"value": []}, r"value \[\] is not one of"),
        ({"value": False}, "cannot show False"),
        (CHANGED | {"criterion": "approval", "value": "absent"}, "cannot show 'absent'"),
    ],
)
def test_an_unclear_review(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says) as told:
        check_review(replace(OF_QUOTE, **changes), RUBRIC)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 400
