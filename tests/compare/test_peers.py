"""Percentiles and gaps of a draft among its peers."""

from __future__ import annotations

import pytest

from assess.compare.peers import Benchmark, benchmark, find_sector
from assess.errors import InputError
from assess.records import Assessment, Finding, Value
from tests.compare.factory import RUBRIC, TYPICAL, Factory

FOOD = "Food and beverages, agriculture and fishing"
DRAFT: dict[str, Value] = {
    "approval": "partial",
    "group_entities": "na",
    "no_steps_statement": False,
    "risk": 0,
    "training": 1,
    "audits": False,
    "worker_outcome": False,
}


def draft(**values: Value) -> Assessment:
    return Assessment(
        status="assessed",
        reason=None,
        words=500,
        language="en",
        statement_kind="statement",
        findings=tuple(Finding(id_, value, 0.9) for id_, value in (DRAFT | values).items()),
        compliance=50.0,
        substance=30.0,
        versions={"rubric": RUBRIC.key},
    )


@pytest.fixture
def peers(made: Factory) -> Factory:
    """Four peers of substance 10, 20, 30, 40; all audit, one shows an outcome for workers."""
    for place in range(4):
        outcome = "true" if place == 3 else "false"
        values = {**TYPICAL, "risk": str(place), "worker_outcome": outcome}
        sha = made.document(f"d{place}", substance=10.0 * (place + 1), values=values)
        made.statement(f"O{place}", [FOOD], document=sha)
    made.statement("Elsewhere", ["Fashion"], document=made.document("e", substance=99.0))
    return made


def compared(peers: Factory, assessment: Assessment) -> Benchmark:
    return benchmark(peers.workspace, assessment, FOOD, rubric=RUBRIC)


def test_percentiles_are_mid_ranks_within_the_sector(peers: Factory) -> None:
    found = compared(peers, draft())
    places = {standing.id: standing.percentile for standing in found.standings}
    assert places["substance"] == 62.5  # two below, one equal, of four
    assert places["compliance"] == 0
    assert places["risk"] == 12.5
    assert found.peers == 4
    assert found.too_few


def test_gaps_come_with_what_most_peers_have_first(peers: Factory) -> None:
    gaps = compared(peers, draft()).gaps
    assert [(gap.criterion, gap.wanted, gap.peers.count) for gap in gaps] == [
        ("approval", "met", 4),
        ("training", "2", 4),
        ("audits", "true", 4),
        ("risk", "1", 3),
        ("worker_outcome", "true", 1),
    ]
    assert gaps[0].advice == "Do approval."
    assert gaps[-1].peers.low is not None


def test_what_the_draft_has_is_no_gap(peers: Factory) -> None:
    gaps = compared(peers, draft(approval="met", risk=2, training=3, audits=True)).gaps
    assert [gap.criterion for gap in gaps] == ["worker_outcome"]


def test_another_rubric_is_said(peers: Factory) -> None:
    other = benchmark(
        peers.workspace, draft(), FOOD, rubric=RUBRIC.model_copy(update={"digest": "1"})
    )
    assert other.same_rubric
    peers.workspace.db.execute("UPDATE assessments SET rubric = 'old@1+0'")
    assert not compared(peers, draft()).same_rubric


@pytest.mark.parametrize("given", [FOOD, FOOD.upper(), "food and bev", "Food…"])
def test_a_sector_is_found_by_case_and_beginning(peers: Factory, given: str) -> None:
    assert find_sector(peers.workspace, given) == FOOD


@pytest.mark.parametrize("given", ["fishign and food", "F", "", "Banking"])
def test_an_unknown_sector_is_an_error_that_helps(peers: Factory, given: str) -> None:
    with pytest.raises(InputError) as caught:
        find_sector(peers.workspace, given)
    assert f"Fashion; {FOOD}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert ("did you mean" in str(caught.value)) == (given not in ("", "Banking"))
    assert ("did you mean 'Fashion'" in str(caught.value)) == (given == "F")


def test_a_workspace_without_registry_says_so(made: Factory) -> None:
    with pytest.raises(InputError, match="read a registry file"):
        find_sector(made.workspace, "Food")


def test_a_sector_without_assessed_statements_gives_no_percentile(made: Factory) -> None:
    made.statement("A", [FOOD])
    found = compared(made, draft())
    assert (found.peers, {standing.percentile for standing in found.standings}) == (0, {None})
    assert found.gaps[0].peers.value is None


def test_a_draft_that_cannot_be_assessed_is_refused(peers: Factory) -> None:
    unreadable = Assessment("cannot_assess", "needs_ocr", 0, "und", "other")
    with pytest.raises(InputError, match="needs_ocr"):
        compared(peers, unreadable)
