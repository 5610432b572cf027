"""What became of promises: never called forgotten where something like it is told."""

from __future__ import annotations

from datetime import date

import pytest

from assess.compare.years.announced import Promise, promises
from assess.compare.years.promises import Later, look_for
from tests.compare.years.texts import sentences

FILLER = (
    "We sell shoes in 23 shops and make boots in Norwold.",
    "The board of directors approved this statement on 20 June 2023.",
    "Right-to-work checks are made for all our own recruits.",
    "Our Supplier Charter rules out forced and bonded labour.",
)
END = date(2022, 12, 31)


def outcome(promise: str, *later: str, end: date | None = END) -> list[str]:
    told = Later(sentences(*FILLER, *later), end=end)
    return [one.outcome for one in look_for(made(promise), sentences(promise, *FILLER), told)]


def made(*lines: str) -> list[Promise]:
    """The promises of a text of which every line was judged to be a goal."""
    content = "\n\n".join(lines)
    return promises(content, sentences(*lines), [(0, len(content))])


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
    found = made(text)
    assert [one.quote for one in found] == [
        "By May 2022 we will publish the names of all factories",
        "visit three growers in Kent",
        "train our night drivers.",
    ]
    assert all(text[one.start : one.end] == one.quote for one in found)
    assert {one.due for one in found} == {date(2022, 5, 31)}


@pytest.mark.parametrize(
    "text",
    [
        "We will continue to do more.",
        "In 2023 we will continue to review the labour standards of our growers.",
        "In 2023 we will take the following steps against slavery in our mills:",
        "We will publish our next modern slavery statement in June 2023.",
        "We audited every tannery in Tamil Nadu in 2022.",
        "This will be rolled out in 2023 to all tanneries in Tamil Nadu.",
        "Key risks: how we managed them, and what we will focus on next year",
        "Approved by the board of directors on 10 August 2023.",
        f"In 2023 we will visit {'every mill and ' * 30}each farm.",
    ],
)
def test_what_promises_nothing_particular_is_none(text: str) -> None:
    assert made(text) == []


def test_items_of_a_list_have_the_time_of_the_line_above_them() -> None:
    found = made("By May 2022 we will:", "publish the names of all factories;", "We sell boots.")
    assert [(one.quote, one.due) for one in found] == [
        ("publish the names of all factories;", date(2022, 5, 31))
    ]


def test_a_plan_for_a_named_time_is_found_without_the_judgement() -> None:
    text = "In 2023 we will visit every tannery in Tamil Nadu."
    assert len(promises(text, sentences(text), [])) == 1
    assert promises("", sentences("Last year's goals and next year's"), []) == []
    assert promises("", sentences("We will visit every tannery in Tamil Nadu."), []) == []


def test_an_item_of_a_list_of_plans_is_no_report() -> None:
    assert outcome(AUDIT, "In 2023 we intend to:", "audit every tannery in Tamil Nadu;") == [
        "repeated"
    ]


def test_what_was_told_before_the_promise_does_not_report_it() -> None:
    told = "All of our tanneries in Tamil Nadu are audited."
    found = look_for(made(AUDIT), sentences(AUDIT, told), Later(sentences(told), end=END))
    assert [one.outcome for one in found] == ["unclear"]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("100% of our tannery managers trained.", "unclear"),
        ("100% of our tannery managers were trained.", "reported"),
        ("Tannery managers trained | 80% | 97%", "reported"),
    ],
)
def test_a_target_that_is_written_again_is_no_report(later: str, expected: str) -> None:
    assert outcome("Goal: 100% of tannery managers to be trained by 2022.", later) == [expected]


def test_nothing_is_missing_from_what_was_not_read_whole() -> None:
    told = sentences(*FILLER)
    for later in (
        Later(told, end=END, is_next=False),
        Later(told, beside=sentences("Each tannery in Tamil Nadu was audited."), end=END),
    ):
        assert [one.outcome for one in look_for(made(AUDIT), told, later)] == ["unclear"]
