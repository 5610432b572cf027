"""Signs beside other texts: left out where unknown, and never in favour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.compare.minimal.signs import MIN_CHECKED, Beside, signs, with_signs
from assess.records import MinimalCompliance
from assess.score.rubric import load_rubric

SCORES = load_rubric().scores
TEXT = MinimalCompliance(0.4, False, ("little",))


def strengths(beside: Beside) -> dict[str, float]:
    return {sign.name: sign.strength for sign in signs(beside, SCORES)}


def test_what_is_not_known_is_left_out() -> None:
    assert strengths(Beside()) == {}
    assert strengths(Beside(period=(2022, 2022))) == {}
    assert strengths(Beside(year_quotes=("the year 2021",))) == {}
    assert strengths(Beside(confirmed=1, not_confirmed=MIN_CHECKED - 2)) == {}


@pytest.mark.parametrize(
    ("beside", "name", "strength"),
    [
        (Beside(own_share=0.9), "reused_text", 0.0),
        (Beside(own_share=0.5), "reused_text", 0.5),
        (Beside(own_share=0.05), "reused_text", 1.0),
        (Beside(unchanged_share=0.3), "unchanged_text", 0.0),
        (Beside(unchanged_share=1.0), "unchanged_text", 1.0),
        (Beside(period=(2022, 2023), year_quotes=("year ended 31 March 2021",)), "stale", 1.0),
        (Beside(period=(2022, 2023), year_quotes=("financial year 2021/22",)), "stale", 0.0),
        (Beside(period=(2022, 2022), year_quotes=("2021", "2022")), "stale", 0.0),
        (Beside(confirmed=4, not_confirmed=4), "declared_not_evidenced", 0.0),
        (Beside(confirmed=2, not_confirmed=6), "declared_not_evidenced", 0.5),
    ],
)
def test_strengths(beside: Beside, name: str, strength: float) -> None:
    assert strengths(beside) == {name: pytest.approx(strength, abs=1e-3)}


def test_signs_raise_the_index_by_their_effects() -> None:
    found = signs(Beside(own_share=0.0, unchanged_share=1.0), SCORES)
    whole = with_signs(TEXT, found, SCORES)
    assert whole.index == pytest.approx(1 - 0.6 * 0.8 * 0.8)
    assert whole.flag
    assert len(whole.reasons) == 3


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(0, 20), st.integers(0, 20))
def test_no_sign_lowers_it(text: float, own: float, same: float, yes: int, no: int) -> None:
    beside = Beside(own, same, (2022, 2022), ("2022",), yes, no)
    found = with_signs(MinimalCompliance(text, False, ()), signs(beside, SCORES), SCORES)
    assert text - 1e-3 <= found.index <= 1
