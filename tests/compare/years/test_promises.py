"""What became of promises: never called forgotten where something like it is told."""

from __future__ import annotations

from datetime import date

import pytest

from assess.compare.years.promises import look_for, promises
from tests.compare.years.texts import sentences

FILLER = (
    "We sell shoes in 23 shops and make boots in Norwold.",
    "The board of directors approved this statement on 20 June 2023.",
    "Right-to-work checks are made for all our own recruits.",
    "Our Supplier Charter rules out forced and bonded labour.",
)
END = date(2022, 12, 31)


def outcome(promise: str, *later: str, end: date | None = END) -> list[str]:
    [*wanted] = promises(promise, [(0, len(promise))])
    found = look_for(wanted, sentences(promise, *FILLER), sentences(*FILLER, *later), end)
    return [one.outcome for one in found]


AUDIT = "In 2022 we will audit every tannery in Tamil Nadu."


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (("In 2022 all tanneries in Tamil Nadu were audited.",), "reported"),
        (("We audited every tannery in Tamil Nadu.",), "reported"),
        (("We did not audit the tanneries in Tamil Nadu.",), "not_done"),
        (("In 2023 we will audit every tannery in Tamil Nadu.",), "repeated"),
        (("Our tanneries had visitors in May.", "Nadu is far."), "unclear"),
        ((), "not_found"),
        (("Audits of factories were made.",), "not_found"),
    ],
)
def test_outcomes(later: tuple[str, ...], expected: str) -> None:
    assert outcome(AUDIT, *later) == [expected]


def test_what_is_due_later_is_not_missed() -> None:
    assert outcome("By March 2025 we will audit every tannery in Tamil Nadu.") == ["not_due"]
    assert outcome("By March 2025 we will audit every tannery.", end=None) == ["unclear"]


def test_several_things_in_one_sentence_are_several_promises() -> None:
    text = (
        "By May 2022 we will publish the names of all factories; visit three growers in Kent, "
        "and train our night drivers."
    )
    assert [one.quote for one in promises(text, [(0, len(text))])] == [
        "By May 2022 we will publish the names of all factories",
        "visit three growers in Kent",
        "train our night drivers.",
    ]
    assert all(text[one.start : one.end] == one.quote for one in promises(text, [(0, len(text))]))
    assert {one.due for one in promises(text, [(0, len(text))])} == {date(2022, 5, 31)}


def test_what_promises_nothing_particular_is_none() -> None:
    text = "We will continue to do more."
    assert promises(text, [(0, len(text))]) == []
