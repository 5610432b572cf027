"""Companies House numbers."""

from __future__ import annotations

import pytest

from assess.scrape.company_numbers import company_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2781951", "02781951"),
        ("02781951", "02781951"),
        ("2781951.0", "02781951"),
        ("137", "00000137"),
        (" sc 12345 ", "SC012345"),
        ("NI014053", "NI014053"),
        ("R0000381", "R0000381"),
        ("IP00525R", "IP00525R"),
        ("OC368843", "OC368843"),
    ],
)
def test_numbers_get_their_registered_form(written: str, number: str) -> None:
    assert company_number(written) == number


@pytest.mark.parametrize("written", ["", "n/a", "0", "00000000", "123456789", "GB123456789", "²"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert company_number(written) is None
