"""What counts as a particular, and as vague."""

from __future__ import annotations

from assess.extract import from_plain_text
from assess.records import Specificity
from assess.score.assessment import rule_book
from assess.score.rubric import load_rubric
from assess.score.specificity import specificity


def of(content: str) -> Specificity:
    return specificity(rule_book(load_rubric()).read(from_plain_text(content)))


def test_kinds() -> None:
    found = of(
        "In March 2023 our procurement team visited 14 mills in India and Turkey. "
        "We are a member of Sedex."
    )
    assert (found.numbers, found.dates, found.places) == (1, 1, 2)
    assert (found.partners, found.roles) == (1, 1)
    assert found.particulars == 6
    assert found.per_100_words == round(600 / found.words, 2)


def test_years_and_ordinals_are_no_numbers() -> None:
    assert of("First, in 2023 and 2024, third parties were asked.").numbers == 0


def test_the_day_of_a_date_is_no_number_besides() -> None:
    found = of("It was reviewed on 14 March 2023 by all.")
    assert (found.numbers, found.dates) == (0, 1)


def test_vague_share() -> None:
    found = of(
        "We strive to be fair.\nWe are committed to acting ethically.\nWe audited nine sites.\n"
        "We trained buyers."
    )
    assert (found.vague_sentences, found.sentences) == (2, 4)
    assert found.vague_share == 0.5


def test_nothing_named() -> None:
    found = of("We are fair to everyone.")
    assert (found.particulars, found.per_100_words, found.vague_share) == (0, 0, 0)
