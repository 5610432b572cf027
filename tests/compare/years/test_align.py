"""Sentences of one statement found in the next."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.compare.years.align import align
from tests.compare.years.texts import sentences

OLD = sentences(
    "In 2021 we trained 120 buyers on the signs of forced labour.",
    "We buy flour from mills in Kent and sugar from Brazil.",
    "Every new supplier answers a questionnaire on wages and hours.",
    "A whistleblowing line is open to all of our own staff.",
)


def changes(*later: str) -> list[tuple[str, str | None]]:
    found = align(OLD, sentences(*later)).sentences
    return [(one.change, (one.later or one.earlier).text[:12]) for one in found if one]  # type: ignore[union-attr]


def test_dates_and_numbers_do_not_count() -> None:
    found = align(OLD, sentences("In 2022 we trained 98 buyers on the signs of forced labour."))
    assert [one.change for one in found.sentences] == ["kept", "dropped", "dropped", "dropped"]
    assert found.unchanged_share == 1.0


def test_numbers_and_dates_count_as_one_however_they_are_written() -> None:
    old = sentences("In 2022/23 we spent £1,130,000 with ﬁve suppliers until 3 May 2023.")
    new = sentences("In 2024 we spent £988 with five suppliers until 03/05/24.")
    assert align(old, new).unchanged_share == 1.0


def test_moved_sentences_are_found() -> None:
    found = align(OLD, tuple(reversed(OLD)))
    assert found.count("kept") == len(OLD)
    assert all(one.earlier == one.later for one in found.sentences)


def test_other_words_of_one_sentence_are_reworded_and_new_ones_added() -> None:
    assert changes(
        "Each new supplier answers our questionnaire on wages and working hours.",
        "We closed two shops.",
    ) == [
        ("reworded", "Each new sup"),
        ("added", "We closed tw"),
        ("dropped", "In 2021 we t"),
        ("dropped", "We buy flour"),
        ("dropped", "A whistleblo"),
    ]


def test_each_sentence_is_found_once() -> None:
    twice = sentences(OLD[1].text, OLD[1].text)
    assert [one.change for one in align(OLD[1:2], twice).sentences] == ["kept", "added"]


def test_unchanged_share_is_of_words() -> None:
    later = sentences(
        "We buy flour from mills in Kent and sugar from Brazil.",
        "Nine words that nobody has ever written down before.",
    )
    assert align(OLD, later).unchanged_share == pytest.approx(11 / 20, abs=1e-4)


def test_nothing_to_compare() -> None:
    assert align(OLD, ()).unchanged_share is None
    assert align((), OLD).count("added") == len(OLD)


@settings(max_examples=30)
@given(st.permutations(range(len(OLD))), st.integers(0, len(OLD)))
def test_every_sentence_has_its_place(order: list[int], number: int) -> None:
    later = tuple(OLD[place] for place in order[:number])
    found = align(OLD, later)
    assert sum(one.later is not None for one in found.sentences) == number
    assert sum(one.earlier is not None for one in found.sentences) == len(OLD)


def test_long_texts_stay_quick() -> None:
    """3,000 sentences without a counterpart: each against all would be 9 million likenesses."""
    words = ("labour", "supplier", "factory", "audit", "wage", "hour", "mill", "farm", "ship")
    old = sentences(
        *(
            f"The {words[n % 9]} of {words[n % 7]} {n:x}a{n:x} was {words[n % 5]} b{n:x}."
            for n in range(3000)
        )
    )
    new = sentences(
        *(
            f"Our {words[n % 8]} and {words[n % 6]} c{n:x}d{n:x} are {words[n % 4]} e{n:x}."
            for n in range(3000)
        )
    )
    begin = time.process_time()
    align(old, new)
    assert time.process_time() - begin < 60
