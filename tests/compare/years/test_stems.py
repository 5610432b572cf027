"""Words without endings."""

from __future__ import annotations

import pytest

from assess.compare.years.stems import content_stems, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("audit", "audited"),
        ("tannery", "tanneries"),
        ("map", "mapped"),
        ("publish", "publishing"),
        ("supplier", "suppliers"),
        ("train", "training"),
        ("visit", "visits"),
        ("factory", "factories"),
    ],
)
def test_forms_of_one_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_other_words_stay_apart() -> None:
    assert len({stem(word) for word in ("audit", "auction", "train", "trace", "mill", "mine")}) == 6


def test_small_words_and_numbers_say_nothing() -> None:
    assert content_stems("By 2023 we will have done all of this in May") <= {"may", "don", "done"}
