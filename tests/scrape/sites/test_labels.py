"""What words say."""

from __future__ import annotations

import pytest

from assess.scrape.sites import labels


@pytest.mark.parametrize(
    "words",
    [
        "Modern Slavery Statement", "Slavery & Human Trafficking", "Anti-Slavery Policy",
        "MODERN DAY SLAVERY", "Modern-Slavery-Act 2015", "Human trafficking statement",
        "Datganiad Caethwasiaeth Fodern", "modern slavey statement",
    ],
)  # fmt: skip
def test_clear_words(words: str) -> None:
    assert labels.says_slavery(words)
    assert not labels.is_talk(words)


@pytest.mark.parametrize(
    "words", ["MSA statement", "Section 54 statement", "MSA 2015", "Transparency in Supply Chains"]
)
def test_words_for_those_who_know_the_act(words: str) -> None:
    assert labels.is_strong(words)
    assert not labels.says_slavery(words)


@pytest.mark.parametrize("words", ["Compliance statement", "Policies", "MSA", "Slaveykov Ltd", ""])
def test_words_that_do_not_name_the_subject(words: str) -> None:
    assert not labels.is_strong(words)


@pytest.mark.parametrize(
    "words",
    [
        "Blog: how to end modern slavery", "Modern slavery helpline", "Wilberforce and slavery",
        "News: our modern slavery statement is out", "Donate to end slavery",
        "What is modern slavery?", "Slavery exhibition at the museum", "Modern slavery training",
        "It was a long day in May when the minister said that slavery must end at last everywhere",
    ],
)  # fmt: skip
def test_talk_about_slavery(words: str) -> None:
    assert labels.is_talk(words)


def test_a_service_firms_own_statement_is_no_talk() -> None:
    assert not labels.is_talk("Acme Services Modern Slavery Statement")


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("Statement 2023", (2023,)),
        ("2022-23", (2022, 2023)),
        ("2022/2023", (2022, 2023)),
        ("FY23", (2023,)),
        ("FY22/23", (2022, 2023)),
        ("Statement 21/22", (2021, 2022)),
        ("signed 20230401", (2023,)),
        ("Modern Slavery Act 2015 statement 2019", (2019,)),
        ("Modern Slavery Act 2015", ()),
        ("reference 120234", ()),
    ],
)
def test_years(words: str, years: tuple[int, ...]) -> None:
    assert labels.years(words) == years


def test_words_and_years_of_addresses() -> None:
    url = "https://a.example/wp-content/uploads/2021/10/ModernSlavery_Statement-2020_21.pdf"
    assert labels.url_words(url).endswith("Modern Slavery Statement 2020 21")
    assert labels.url_years(url) == (2020, 2021)
    assert labels.says_slavery(labels.url_words("https://a.example/about/modernslavery.html"))


def test_vague_words_are_ranked() -> None:
    words = ["Policies", "Sustainability", "About us", "Privacy policy", "Shop"]
    scores = [labels.vague_score(one) for one in words]
    assert scores == sorted(scores, reverse=True)
    assert scores[2] > 0
    assert scores[3:] == [0, 0]


@pytest.mark.parametrize("words", ["here", "Download (PDF, 120 KB)", "2022-23", "View statement"])
def test_words_that_say_nothing(words: str) -> None:
    assert labels.is_empty(words)
    assert not labels.is_empty(f"{words} of our hats")
