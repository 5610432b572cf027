"""A promise is called not found again only where it was due and the next statement was read."""

from __future__ import annotations

from datetime import date

import pytest

from assess.compare.years.announced import promises
from assess.compare.years.due import due_date, is_long_term
from assess.compare.years.promises import Later, look_for
from assess.compare.years.refresh import refresh_years
from assess.extract import from_plain_text
from tests.compare.factory import Factory

PROMISE = "{} we will map the tanneries and hide traders of Brazil."
LATER = from_plain_text("We bake bread in Yorkbury.\n\nOur mills grind wheat.").sentences


def outcome(when: str, end: date | None = date(2023, 12, 31), *, next_year: bool = True) -> str:
    text = PROMISE.format(when)
    earlier = from_plain_text(text).sentences
    wanted = promises(text, earlier, [(0, len(text))])
    [found] = look_for(wanted, earlier, Later(LATER, end=end, is_next=next_year))
    return found.outcome


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("By 31 December 2023", "not_found"),
        ("Next year", "not_found"),
        ("By 2024-06-30", "not_due"),
        ("By FY25", "not_due"),
        ("Over the next three years", "not_due"),
        ("Within 18 months", "not_due"),
        ("In the long term", "not_due"),
        ("By the end of the decade", "not_due"),
    ],
)
def test_what_is_not_due(when: str, expected: str) -> None:
    assert outcome(when) == expected


def test_a_due_day_without_a_day_to_hold_it_against() -> None:
    assert outcome("By 2031", None) == "unclear"
    assert outcome("Next year", None) == "unclear"


def test_a_year_between_may_have_told() -> None:
    assert outcome("Next year", next_year=False) == "unclear"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2022-06-30", date(2022, 6, 30)),
        ("in 2022-21", date(2022, 12, 31)),
        ("by FY24", date(2024, 12, 31)),
        ("by FY23/24", date(2024, 12, 31)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert due_date(text) == day


def test_a_short_time_is_not_long_term() -> None:
    assert not is_long_term("Within 12 months, and in each of our three years of work, we trained.")


def test_ids_are_those_of_a_fresh_database(made: Factory) -> None:
    def ids() -> list[tuple[object, ...]]:
        refresh_years(made.workspace)
        return list(made.workspace.db.execute("SELECT id, earlier_sha256 FROM year_pairs"))

    for name in ("LAST", "FIRST", "MIDDLE"):
        for year in (2024, 2025):
            made.statement(name, year=year, document=made.document(f"{name} {year}"))
        some = ids()
    made.workspace.db.execute("DELETE FROM year_pairs")
    assert sorted(some) == sorted(ids())
