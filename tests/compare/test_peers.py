"""Percentiles and gaps of a draft among its peers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assess.compare.peers import (
    Asked,
    Benchmark,
    PeerGroup,
    Subject,
    benchmark,
    benchmark_asked,
    find_sector,
    find_turnover,
    read_draft,
)
from assess.compare.peers.changes import change_kind, changes
from assess.compare.stats import wilson
from assess.errors import InputError
from assess.records import Assessment, Evidence, Finding, Value
from assess.score.rubric import Rubric
from tests.compare.factory import RUBRIC, TYPICAL, Factory

FOOD = "Food and beverages, agriculture and fishing"
GROUP = PeerGroup((FOOD,))
DRAFT: dict[str, Value] = {
    "approval": "partial",
    "group_entities": "na",
    "no_steps_statement": False,
    "risk": 0,
    "training": 1,
    "audits": False,
    "worker_outcome": False,
}
IN_AREA = RUBRIC.model_copy(
    update={
        "criteria": tuple(
            one.model_copy(update={"area": "risk"}) if one.kind == "indicator" else one
            for one in RUBRIC.criteria
        )
    }
)


def draft(**values: Value) -> Subject:
    return Subject(
        "draft.docx",
        "draft",
        Assessment(
            status="assessed",
            reason=None,
            words=500,
            language="en",
            statement_kind="statement",
            findings=tuple(Finding(id_, value, 0.9) for id_, value in (DRAFT | values).items()),
            compliance=50.0,
            substance=30.0,
            versions={"rubric": RUBRIC.key, "model": "m1"},
        ),
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
    made.statement("Unread", [FOOD])
    made.workspace.db.execute(
        "INSERT INTO organisation_names SELECT id, name, name_key FROM organisations"
    )
    return made


def compared(peers: Factory, subject: Subject, group: PeerGroup = GROUP) -> Benchmark:
    return benchmark(peers.workspace, subject, group, rubric=RUBRIC)


def test_percentiles_are_mid_ranks_within_the_sector(peers: Factory) -> None:
    found = compared(peers, draft())
    places = {standing.id: standing.percentile for standing in found.standings}
    assert places["substance"] == 62.5  # two below, one equal, of four
    assert places["compliance"] == 0
    assert places["risk"] == 12.5
    assert found.peers == 4
    assert found.too_few


def test_percentiles_have_wilsons_interval(peers: Factory) -> None:
    [found] = [one for one in compared(peers, draft()).standings if one.id == "substance"]
    expected = wilson(2.5, 4)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(100 * expected.low)
    assert found.interval.high == pytest.approx(100 * expected.high)


def test_an_area_counts_its_depth_and_its_indicators(peers: Factory) -> None:
    found = benchmark(peers.workspace, draft(risk=1, audits=True), GROUP, rubric=IN_AREA)
    [risk] = [one for one in found.standings if one.id == "risk"]
    assert risk.value == pytest.approx(100 * (1 / 3 + 1 / 2) / 2)
    assert (risk.depth, risk.indicators) == (1, (1, 2))
    assert risk.percentile == 37.5  # one below, one equal, of four


def test_the_link_on_the_home_page_is_in_no_comparison(made: Factory) -> None:
    link = RUBRIC.criteria[0].model_copy(update={"id": "link", "judged_from": "home_page"})
    rubric = RUBRIC.model_copy(update={"criteria": (*RUBRIC.criteria, link)})
    values = {**TYPICAL, "link": "absent"}
    made.statement("A", [FOOD], document=made.document("a", values=values, compliance=50.0))
    found = benchmark(made.workspace, draft(approval="met", link="na"), GROUP, rubric=rubric)
    compliance = found.standings[0]
    assert (compliance.value, compliance.peer_median, compliance.percentile) == (100, 100, 50)


def test_the_law_comes_first_then_what_most_and_the_best_have(peers: Factory) -> None:
    gaps = compared(peers, draft()).gaps
    assert [(gap.criterion, gap.wanted, gap.peers.count, gap.leading.count) for gap in gaps] == [
        ("approval", "met", 4, 1),
        ("training", "2", 4, 1),  # the rubric calls both depths LAW
        ("risk", "1", 3, 1),
        ("audits", "true", 4, 1),
        ("worker_outcome", "true", 1, 1),
    ]
    assert gaps[0].advice == "Do approval."
    assert gaps[-1].peers.low is not None


def test_the_next_level_is_wanted(peers: Factory) -> None:
    gaps = compared(peers, draft(approval="met", risk=2, training=3, audits=True)).gaps
    assert [(gap.criterion, gap.wanted) for gap in gaps] == [
        ("risk", "3"),
        ("worker_outcome", "true"),
    ]


def test_lawful_without_steps_is_no_gap_of_the_law(made: Factory) -> None:
    steps = RUBRIC.criteria[0].model_copy(update={"id": "steps_supply_chain"})
    rubric = RUBRIC.model_copy(update={"criteria": (steps, *RUBRIC.criteria)})
    silent = draft(steps_supply_chain="absent", no_steps_statement=True, approval="met")
    found = benchmark(made.workspace, silent, GROUP, rubric=rubric)
    assert "steps_supply_chain" not in [gap.criterion for gap in found.gaps]
    [item] = [one for one in found.checklist if one.id == "steps_supply_chain"]
    assert item.state == "na"
    assert found.compliance == 100


@pytest.mark.parametrize(
    ("values", "seen"),
    [({"audits": False}, ["planned"]), ({"approval": "partial"}, ["implemented", "planned"])],
)
def test_what_was_seen_is_told_with_its_status(
    peers: Factory, values: dict[str, Value], seen: list[str]
) -> None:
    [(criterion, value)] = values.items()
    statuses = ("planned", "implemented") if value else ("planned",)
    quotes = tuple(Evidence(f"{one}.", 1, 0, 1, one, "rule:x") for one in statuses)  # type: ignore[arg-type]
    subject = draft()
    findings = tuple(
        replace(one, evidence=quotes) if one.criterion == criterion else one
        for one in subject.assessment.findings
    )
    found = compared(
        peers, replace(subject, assessment=replace(subject.assessment, findings=findings))
    )
    [gap] = [one for one in found.gaps if one.criterion == criterion]
    assert [one.status for one in gap.seen] == seen


def test_what_another_rubric_judged_is_no_peer_and_is_said(peers: Factory) -> None:
    newer = Factory(peers.workspace, rubric="newer@1+0", made=peers.made)
    newer.statement("Newer", [FOOD], document=newer.document("n", substance=99.0))
    found = compared(peers, draft())
    assert (found.peers, found.other_rubrics) == (4, {"newer@1+0": 1})


def test_a_statement_that_another_rubric_judged_is_refused(peers: Factory) -> None:
    peers.workspace.db.execute("UPDATE assessments SET rubric = 'old@1+0' WHERE id = 4")
    with pytest.raises(InputError, match="was judged by rubric old@1"):
        benchmark_asked(peers.workspace, Asked(organisation="O3"), RUBRIC)


def test_another_classifier_is_said(peers: Factory) -> None:
    assert compared(peers, draft()).same_model
    peers.workspace.db.execute("UPDATE assessments SET model = 'm2' WHERE id = 1")
    assert not compared(peers, draft()).same_model


def test_peers_are_latest_statements_and_one_text_is_one_peer(made: Factory) -> None:
    old = made.document("old", substance=90.0)
    made.statement("A", [FOOD], year=2022, document=old)
    made.statement("A", [FOOD], others=["B", "C"], year=2023, document=made.document("new"))
    made.statement("D", [FOOD], year=2024, document=made.document("policy", statement_kind="other"))
    made.statement("E", [FOOD], year=2022, document=made.document("e", substance=50.0))
    made.statement("E", ["Fashion"], year=2024, document=made.document("e2"))
    found = compared(made, draft())
    assert (found.peers, found.organisations) == (1, 3)
    early = compared(made, draft(), replace(GROUP, years=(2022,)))
    assert (early.peers, early.organisations) == (2, 2)


def test_turnover_narrows_the_peers(made: Factory) -> None:
    for name, band in (("A", "Under £36 million"), ("B", "Over £500 million")):
        made.statement(name, [FOOD], document=made.document(name), turnover=band)
    band = find_turnover(made.workspace, "over")
    assert compared(made, draft(), replace(GROUP, turnover=band)).peers == 1
    with pytest.raises(InputError, match="Over £500 million; Under £36 million"):
        find_turnover(made.workspace, "some")


def test_its_own_statements_are_no_peers(peers: Factory) -> None:
    found = benchmark_asked(peers.workspace, Asked(organisation="O3", sectors=("Food",)), RUBRIC)
    assert (found.peers, found.left_out, found.kind, found.substance) == (3, 1, "organisation", 40)
    assert [one.id for one in found.standings if one.percentile == 100] == ["substance", "risk"]


def test_an_organisation_has_the_registrys_sectors(peers: Factory) -> None:
    found = benchmark_asked(peers.workspace, Asked(organisation="Elsewhere"), RUBRIC)
    assert (found.group.sectors, found.peers) == (("Fashion",), 0)


def test_a_correction_counts_and_is_told(peers: Factory) -> None:
    db = peers.workspace.db
    db.execute(
        "INSERT INTO reviews (document_sha256, criterion, verdict, value, reviewer, reviewed_at,"
        " reason) SELECT document_sha256, 'audits', 'rejected', NULL, 'Ann', "
        "'2026-05-01T10:00:00Z', 'a plan' FROM assessments WHERE id = 4"
    )
    db.execute(
        "UPDATE findings SET found_value = value, value = 'false', review_id = 1"
        " WHERE assessment_id = 4 AND criterion = 'audits'"
    )
    found = benchmark_asked(peers.workspace, Asked(organisation="O3"), RUBRIC)
    [gap] = [one for one in found.gaps if one.criterion == "audits"]
    assert gap.person is not None
    assert (gap.person.reviewer, gap.person.day, gap.person.corrected) == (
        "Ann",
        "2026-05-01",
        True,
    )


@pytest.mark.parametrize(("status", "seen"), [("planned", 1), ("rejected", 0)])
def test_what_a_person_rejected_is_not_shown(made: Factory, status: str, seen: int) -> None:
    values = {**TYPICAL, "audits": "false"}
    sha = made.document("a", values=values, quotes={"audits": "We audit."}, status=status)
    made.statement("A", [FOOD], document=sha)
    made.workspace.db.execute("UPDATE texts SET content = 'We audit.'")
    made.workspace.db.execute(
        "INSERT INTO organisation_names SELECT id, name, name_key FROM organisations"
    )
    found = benchmark_asked(made.workspace, Asked(organisation="A"), RUBRIC)
    [gap] = [one for one in found.gaps if one.criterion == "audits"]
    assert len(gap.seen) == seen


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


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Asked(), "which sector"),
        (Asked(sectors=(FOOD,)), "give a draft"),
        (Asked(organisation="Nobody", sectors=(FOOD,)), "no such organisation"),
        (Asked(organisation="Unread"), "no assessed statement of it"),
        (Asked(organisation="Elsewhere", years=(2019,)), "for the year asked"),
    ],
)
def test_what_cannot_be_asked_is_refused(peers: Factory, asked: Asked, told: str) -> None:
    with pytest.raises(InputError, match=told):
        benchmark_asked(peers.workspace, asked, RUBRIC)


def test_a_draft_that_cannot_be_assessed_is_refused(tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("Modern slavery.")
    with pytest.raises(InputError, match="too_short"):
        read_draft(short, RUBRIC, None)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("absent", "partial", "gained"),
        ("partial", "met", "deeper"),
        ("met", "absent", "lost"),
        (3, 1, "shallower"),
        (0, 2, "gained"),
        (True, True, "unchanged"),
        (True, False, "lost"),
        ("na", "met", "not_comparable"),
        ("na", "na", "unchanged"),
    ],
)
def test_changes_have_a_direction(before: Value, after: Value, kind: str) -> None:
    assert change_kind(before, after) == kind


def test_two_drafts_are_compared_item_by_item() -> None:
    found = changes(RUBRIC, draft(), draft(approval="met", audits=True, training=0))
    assert list(found.compliance) == [50, 100]
    assert {one.criterion: one.change for one in found.items if one.change != "unchanged"} == {
        "approval": "deeper",
        "training": "lost",
        "audits": "gained",
    }


def test_a_proposal_is_named(made: Factory) -> None:
    proposed = RUBRIC.criteria[0].model_copy(update={"authority": "BILL", "id": "area"})
    rubric: Rubric = RUBRIC.model_copy(update={"criteria": (*RUBRIC.criteria, proposed)})
    found = benchmark(made.workspace, draft(area="absent"), GROUP, rubric=rubric)
    assert found.proposal == "Test"
    assert "proposal, not law" in found.standings[0].title
