"""The day by which something is promised."""

from __future__ import annotations

from datetime import date

import pytest

from assess.compare.years.due import due_date


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("By 31 December 2022 we will publish", date(2022, 12, 31)),
        ("by the 1st March 2024", date(2024, 3, 1)),
        ("trace our uniforms by February 2024.", date(2024, 2, 29)),
        ("During 2023 we will make 140 checks", date(2023, 12, 31)),
        ("In 2023/24 we plan to", date(2024, 12, 31)),
        ("in 2023-2024 we plan to", date(2024, 12, 31)),
        ("by March 2023 and again by 2025", date(2025, 12, 31)),
        ("spend £2030 by 31 June 2022", date(2022, 6, 30)),
        ("Next year we will train 2000 people", None),
        ("We will visit 12 sites", None),
        ("we will train all buyers on the Modern Slavery Act 2015", None),
    ],
)
def test_latest_day(text: str, due: date | None) -> None:
    assert due_date(text) == due


def test_days_before_the_end_of_its_own_year_are_not_due() -> None:
    assert due_date("Begun in 2021, it will end in June 2023.", date(2022, 3, 31)) == date(
        2023, 6, 30
    )
    assert due_date("What began in 2021 will go on.", date(2022, 3, 31)) is None
