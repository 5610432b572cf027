"""Every rule of the typology."""

from __future__ import annotations

import pytest

from assess.compare.minimal.typology import AREAS, PRACTICE, RESULTS, TYPES, typed
from assess.score.rubric import Tier, load_rubric

TIERS = load_rubric().tiers
# Of a statement that practises: particulars in three areas, a check of suppliers among them.
VALUES = {
    **dict.fromkeys(AREAS, "1"),
    **dict.fromkeys(("risk", "due_diligence", "training"), "2"),
    **dict.fromkeys(RESULTS, "false"),
    "no_steps_statement": "false",
}
LEADING = {"kpi_value": "true", "remedy": "3"}


@pytest.mark.parametrize(
    ("changes", "substance", "flagged", "expected"),
    [
        ({}, 60.0, False, "practising"),
        ({"no_steps_statement": "true"}, 0.0, True, "silent"),
        (dict.fromkeys(AREAS[:5], "0"), 60.0, False, "silent"),
        (dict.fromkeys(AREAS[:4], "0") | {"training": "2"}, 60.0, False, "policy_led"),
        ({}, 9.9, False, "silent"),
        ({}, 30.0, True, "ritual"),
        ({}, 27.9, False, "ritual"),
        ({}, 28.0, False, "policy_led"),
        ({"due_diligence": "1", "remedy": "2"}, 60.0, False, "policy_led"),
        ({"training": "1"}, 60.0, False, "policy_led"),
        ({}, 57.9, False, "policy_led"),
        (LEADING, 74.9, False, "practising"),
        ({"kpi_value": "true"}, 90.0, False, "practising"),
        (LEADING, 75.0, False, "leading"),
        ({"kpi_value": "true", "audit_results": "true"}, 75.0, False, "leading"),
    ],
)
def test_rules(changes: dict[str, str], substance: float, flagged: bool, expected: str) -> None:
    found = typed({**VALUES, **changes}, substance, flagged=flagged, tiers=TIERS)
    assert found.type == expected
    assert found.rule


def test_bands_may_stand_in_any_order() -> None:
    backwards: tuple[Tier, ...] = tuple(reversed(TIERS))
    assert typed(VALUES, 60.0, flagged=False, tiers=backwards).type == "practising"


def test_types_go_from_form_to_substance() -> None:
    assert TYPES == ("silent", "ritual", "policy_led", "practising", "leading")
    assert set(PRACTICE) < set(AREAS)
