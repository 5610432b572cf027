"""Dates in all the forms texts write them, and when one speaks against another."""

from __future__ import annotations

from datetime import date

import pytest

from assess.compare.dates import dates_in
from assess.compare.declared.approval_date import check_approval_date, check_period
from tests.compare.declared.test_search import START, searched

DAY = date(2022, 6, 14)
START_DATE, END_DATE = date(2021, 4, 1), date(2022, 3, 31)


@pytest.mark.parametrize(
    "told",
    [
        "14 June 2022", "14th June 2022", "14 th of June, 2022", "June 14, 2022", "14/06/2022",
        "14.06.22", "2022-06-14", "14-Jun-2022", "l4 June 2022", "14 June 2O22",
        "this 14th day of June 2022", "14June2022",
    ],
)  # fmt: skip
def test_a_date_is_read_in_its_forms(told: str) -> None:
    [found] = dates_in(f"on {told}.")
    assert DAY in found.days


@pytest.mark.parametrize("told", ["version 1.2.3", "31 June 2022", "April 2022 in line", "14 June"])
def test_what_is_no_day_is_not_read(told: str) -> None:
    assert not list(dates_in(told))


def approval(text: str, declared: date = DAY) -> tuple[str, str | None]:
    outcome = check_approval_date(searched(START + text), declared, (START_DATE, END_DATE))
    return outcome.result, outcome.passage.quote if outcome.passage else None


def test_the_day_of_approval_confirms_it() -> None:
    result, quote = approval("The board approved this statement on 14 June 2022.")
    assert result == "confirmed"
    assert "14 June 2022" in str(quote)


def test_the_month_is_enough_and_is_told() -> None:
    text = searched(START + "The board approved this statement in June 2022.")
    outcome = check_approval_date(text, DAY, (START_DATE, END_DATE))
    assert outcome.result == "confirmed"
    assert "month" in outcome.search


def test_another_day_of_approval_contradicts_it() -> None:
    result, quote = approval("The board of directors approved this statement on 3 May 2022.")
    assert result == "contradicted"
    assert "3 May 2022" in str(quote)


@pytest.mark.parametrize(
    "text",
    [
        "The board of directors approved this statement for the year ended 31 March 2022.",
        "We visited a factory on 3 May 2022.",
        "The board approved this statement on 3 May 2022, the members on 9 May 2022.",
        "The board will approve the next statement on 3 May 2023.",
        "The board approved this statement on 15 June 2022.",
    ],
)
def test_other_days_contradict_nothing(text: str) -> None:
    filler = "Our suppliers make clay. " * 60
    assert approval(f"{filler}{text} {filler}")[0] != "contradicted"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("for the year ended 31 March 2022", "confirmed"),
        ("for the year ending March 2022", "confirmed"),
        ("for the financial year 2021/22", "confirmed"),
        ("in 2022 we bought clay", "not_found"),
        ("for the financial year ended 31 December 2021", "contradicted"),
        ("as a plan of many pages, and the further actions of 2021-2022 are here", "not_found"),
    ],
)
def test_the_end_of_the_period(text: str, result: str) -> None:
    found = searched(f"This statement under section 54 is made {text}. {START}")
    assert check_period(found, END_DATE, (START_DATE, END_DATE)).result == result


def test_a_year_that_ends_in_a_month_began_a_year_before() -> None:
    found = searched(f"This statement is for the year ended 31 March 2022. {START}")
    assert check_period(found, START_DATE, (START_DATE, END_DATE)).result == "confirmed"
    short = (date(2021, 8, 1), END_DATE)
    assert check_period(found, short[0], short).result == "not_found"
