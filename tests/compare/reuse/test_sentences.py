"""Sentences as they are compared, and how much of a text is its own."""

from __future__ import annotations

import numpy as np
import pytest

from assess.compare.reuse.runs import distinct_runs
from assess.compare.reuse.sentences import is_standard, kept_sentences, own_words
from assess.compare.reuse.standard import standard_runs
from tests.compare.years.texts import sentences

NOTHING = np.empty(0, dtype=np.uint64)


def key(sentence: str, *names: str) -> int:
    [one] = kept_sentences(sentences(sentence), names)
    return one.key


def test_numbers_dates_case_and_own_name_do_not_count() -> None:
    one = key(
        "In 2021 Acme Foods Ltd trained 40 buyers by 3 March 2021.", "acme foods ltd", "acme foods"
    )
    other = key("In 2022 BREAD PLC trained 7 buyers by 31 December 2022!", "bread plc", "bread")
    assert one == other
    assert one != key("In 2021 Acme Foods Ltd trained 40 bakers by 3 March 2021.", "acme foods ltd")
    assert one != key("In 2021 Acme Foods Ltd trained 40 buyers by 3 March 2021.")


def test_short_lines_and_headings_are_not_compared() -> None:
    found = kept_sentences(
        sentences(
            "Our policies",
            "We train staff.",
            "We buy flour from twelve mills in the county of Kent.",
        ),
        (),
    )
    assert [one.words for one in found] == [11]


@pytest.mark.parametrize(
    "sentence",
    [
        "This statement is made pursuant to section 54(1) of the Modern Slavery Act 2015 and "
        "constitutes our slavery and human trafficking statement for the financial year ending "
        "31 March 2017.",
        "The Board of Directors approved this statement on 12 September 2024.",
        "Modern slavery is a crime and a violation of fundamental human rights.",
        "A person commits an offence if the person arranges or facilitates the travel of another "
        "person with a view to V being exploited.",
    ],
)
def test_law_definitions_and_formulae_are_standard(sentence: str) -> None:
    assert is_standard(sentence, standard_runs(normal=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "We will know the effectiveness of our steps if no reports are received from employees.",
        "All prospective employees are checked for their right to work in the United Kingdom.",
        "We have zero tolerance to slavery and human trafficking.",
        "",
    ],
)
def test_assurances_are_not(sentence: str) -> None:
    assert not is_standard(sentence, standard_runs(normal=True))


def test_own_words() -> None:
    own = " ".join(f"own{n}" for n in range(300))
    shared = " ".join(f"shared{n}" for n in range(100))
    found = own_words(f"{own} {shared}", distinct_runs(shared), NOTHING)
    assert (found.words, found.shared, found.own_share) == (400, 100, 0.75)


def test_standard_words_are_neither_own_nor_shared() -> None:
    own = " ".join(f"own{n}" for n in range(200))
    law = " ".join(f"law{n}" for n in range(100))
    runs = distinct_runs(law)
    found = own_words(f"{own} {law}", runs, runs)
    assert (found.standard, found.shared, found.own_share) == (100, 0, 1.0)


def test_no_share_is_told_of_a_short_text() -> None:
    assert own_words("only a few words of its own here", NOTHING, NOTHING).own_share is None
