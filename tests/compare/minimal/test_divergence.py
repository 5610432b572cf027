"""Form against substance over years: a planted sector is found, others are not."""

from __future__ import annotations

import numpy as np
import pytest

from assess.compare.minimal.divergence import Scored, diverging

SIMULATIONS = 20
GROUPS = 8


def simulated(seed: int, planted: str, form: float, substance: float) -> dict[str, list[Scored]]:
    """Organisations at their own levels, with noise; one group whose scores rise by the year."""
    chance = np.random.default_rng(seed)
    groups: dict[str, list[Scored]] = {}
    for group in (f"g{number}" for number in range(GROUPS)):
        rising = (form, substance) if group == planted else (0.0, 0.0)
        for organisation in range(25):
            level = chance.normal(70, 12), chance.normal(40, 15)
            for year in range(4):
                scores = [
                    float(np.clip(base + up * year + chance.normal(0, 6), 0, 100))
                    for base, up in zip(level, rising, strict=True)
                ]
                number = int(group[1:]) * 1000 + organisation
                groups.setdefault(group, []).append(
                    Scored(number, number * 10 + year, 2020 + year, *scores)
                )
    return groups


def test_a_planted_sector_is_found_and_no_other() -> None:
    found = [
        one.group
        for seed in range(SIMULATIONS)
        for one in diverging(simulated(seed, "g3", 4.0, 0.0))
        if one.verdict == "form_only"
    ]
    assert found.count("g3") >= 0.9 * SIMULATIONS
    assert len(found) - found.count("g3") <= 0.05 * SIMULATIONS * GROUPS


def test_where_substance_rises_too_nobody_is_accused() -> None:
    verdicts = {one.group: one.verdict for one in diverging(simulated(1, "g3", 4.0, 4.0))}
    assert verdicts["g3"] == "both_rise"
    assert "form_only" not in verdicts.values()


def test_new_organisations_do_not_make_a_trend() -> None:
    """Later years have better organisations, none of which changed."""
    scored = [
        Scored(n, n * 10 + year, 2020 + year, 50.0 + 10 * (n // 20), 40.0)
        for n in range(80)
        for year in (n // 20, n // 20 + 1)
    ]
    [one] = diverging({"g": scored})
    assert (one.form and one.form.value, one.verdict) == (0.0, "no_clear_change")


def test_too_few_are_said_to_be() -> None:
    few = [Scored(n, n * 10 + y, 2020 + y, 50.0 + 5 * y, 40.0) for n in range(9) for y in (0, 1)]
    [one] = diverging({"g": few})
    assert (one.organisations, one.verdict, one.form, one.q_value) == (9, "too_few", None, None)
    [none] = diverging({"g": []})
    assert (none.organisations, none.verdict) == (0, "too_few")


def test_organisations_of_one_statement_count_once() -> None:
    """Fifty companies with the same two statements are one observation."""
    group = [Scored(n, y, 2020 + y, 50.0 + 5 * y, 40.0) for n in range(50) for y in (0, 1)]
    [one] = diverging({"g": group})
    assert (one.organisations, one.verdict) == (1, "too_few")


@pytest.mark.parametrize("seed", [1, 2])
def test_order_makes_no_difference(seed: int) -> None:
    groups = simulated(seed, "g3", 4.0, 0.0)
    shuffled = {
        name: [
            groups[name][int(at)]
            for at in np.random.default_rng(seed).permutation(len(groups[name]))
        ]
        for name in reversed(groups)
    }
    assert diverging(shuffled) == diverging(groups)
