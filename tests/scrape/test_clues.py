"""What documents say about their organisation and year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.clues import (
    Head,
    file_numbers,
    file_years,
    html_head,
    html_text,
    opening_names,
    text_clues,
)


@pytest.mark.parametrize(
    "text",
    [
        "approved on 31st of March 2022.",
        "Approved 31 March, 2022",
        "March 31st, 2022",
        "Date: 31/03/2022",
        "31.03.22",
        "on31March2022Signed",
    ],
)
def test_dates_are_found_as_people_write_them(text: str) -> None:
    assert text_clues(text).days == {date(2022, 3, 31)}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("for the financial year ended 31 March 2022 and not 2019", (2022,)),
        ("for the year ending December 2021. In FY20 we", (2021, 2020)),
        ("in the financial year 2021/22", (2022,)),
        ("in the period 1 April 2021 to 31 March 2022", (2022,)),
        ("by the year ending 2050", ()),
        ("we plan for 2030", ()),
    ],
)
def test_financial_years_are_found_in_order(text: str, years: tuple[int, ...]) -> None:
    assert text_clues(text).year_ends == years


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Registered in England No. 3291346 • VAT No. GB 918 2727 28", ("03291346",)),
        ("Company number: SC 123456", ("SC123456",)),
        ("registered charity 1234567", ()),
        ("call 01234567", ()),
    ],
)
def test_company_numbers_are_those_called_so(text: str, numbers: tuple[str, ...]) -> None:
    assert text_clues(text).numbers == numbers


def test_numbers_in_the_middle_of_a_long_text_are_of_others() -> None:
    long = "word " * 2_000
    assert text_clues(f"{long}supplier company number 03291346{long}").numbers == ()


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("acme-2021-22.pdf", ((2021, 2022),)),
        ("Acme 2021 to 2022.pdf", ((2021, 2022),)),
        ("acme_FY22.pdf", ((2022, 2022),)),
        ("acme 20220331.pdf", ((2022, 2022),)),
        ("acme-2022-14.pdf", ((2022, 2022),)),
        ("23.5 DEGREES LIMITED.txt", ()),
    ],
)
def test_years_in_file_names(name: str, years: tuple[tuple[int, int], ...]) -> None:
    assert file_years(name) == years


def test_company_numbers_in_file_names() -> None:
    assert file_numbers("SC123456 - acme.pdf") == ("SC123456",)
    assert file_numbers("2781951_acme.pdf") == ("02781951",)
    assert file_numbers("acme-202203.pdf") == ()


def test_a_page_tells_its_address_and_title() -> None:
    page = (
        b"<html><head><title>Modern Slavery | Acme Foods</title>"
        b"<link rel='canonical' href='https://www.acme.example/msa/'></head><body>x</body></html>"
    )
    assert html_head(page) == Head(("acme.example/msa",), ("Modern Slavery", "Acme Foods"))


def test_the_text_of_a_page_is_without_its_scripts() -> None:
    assert html_text(b"<body><p>One</p><script>two()</script><p>three</p>") == "One three"


@given(st.binary())
def test_any_page_is_read(data: bytes) -> None:
    assert isinstance(html_head(data), Head)
    assert isinstance(html_text(data), str)


def test_names_in_the_opening_need_a_form_when_of_one_word() -> None:
    keys = frozenset({"acmefoods", "princes"})
    assert opening_names("Acme Foods Ltd and Princes Limited state", keys) == (
        "acmefoods",
        "princes",
    )
    assert opening_names("Kings and princes of Acme", keys) == ()


@given(st.text())
def test_any_text_has_clues(text: str) -> None:
    clues = text_clues(text)
    assert all(2014 <= year <= 2030 for year in clues.year_ends)


def test_a_page_may_leave_out_the_tags_of_head_and_body() -> None:
    page = b"<!doctype html><title>Acme</title><main><p>Year ended 2023</p></main>"
    assert html_text(page).split() == ["Year", "ended", "2023"]
