"""Who is counted where, and over what denominator."""

from __future__ import annotations

from assess.compare.sectors import GroupSummary, SectorComparison, compare_sectors
from assess.compare.stats import Share
from tests.compare.factory import TYPICAL, Factory

FOOD, FASHION = "Food", "Fashion"


def group(comparison: SectorComparison, name: str) -> GroupSummary:
    return next(found for found in comparison.sectors if found.name == name)


def measured(
    comparison: SectorComparison, found: GroupSummary, criterion: str, level: str
) -> Share:
    [place] = [
        place
        for place, measure in enumerate(comparison.measures)
        if (measure.criterion.id, measure.level) == (criterion, level)
    ]
    return found.shares[place]


def test_a_statement_counts_in_each_of_its_sectors_and_once_overall(made: Factory) -> None:
    made.statement("A", [FOOD, FASHION], document=made.document("a"), others=["A1", "A2"])
    made.statement("B", [FOOD])
    found = compare_sectors(made.workspace)
    food, fashion = group(found, FOOD), group(found, FASHION)
    assert (food.statements, food.organisations) == (2, 4)
    assert (food.with_document, food.assessed, food.organisations_assessed) == (1, 1, 3)
    assert (fashion.statements, fashion.assessed) == (1, 1)
    assert (found.overall.statements, found.overall.assessed) == (2, 1)


def test_only_assessed_statements_are_in_denominators(made: Factory) -> None:
    made.statement("A", [FOOD], document=made.document("a"))
    made.statement("B", [FOOD], document=made.document("b", reason="needs_ocr"))
    made.statement("C", [FOOD], document=made.document("c", statement_kind="policy"))
    made.statement("D", [FOOD], document=made.document("d", scored=False))
    made.statement("E", [FOOD])
    found = compare_sectors(made.workspace)
    food = group(found, FOOD)
    assert food.assessed == 1
    assert dict(food.cannot_assess) == {"needs_ocr": 1, "not yet scored": 1}
    assert food.other_kinds == (("policy", 1),)
    assert measured(found, food, "approval", "met").of == 1
    assert food.minimal.of == 1


def test_levels_and_not_applicable(made: Factory) -> None:
    values = [
        {"approval": "met", "group_entities": "na", "risk": "0", "audits": "true"},
        {"approval": "partial", "group_entities": "met", "risk": "1", "audits": "false"},
        {"approval": "absent", "group_entities": "absent", "risk": "3", "audits": "false"},
    ]
    for place, found_values in enumerate(values):
        sha = made.document(f"d{place}", values={**TYPICAL, **found_values})
        made.statement(f"O{place}", [FOOD], document=sha)
    found = compare_sectors(made.workspace)
    food = group(found, FOOD)

    def counted(criterion: str, level: str) -> tuple[int, int]:
        share = measured(found, food, criterion, level)
        return share.count, share.of

    assert counted("approval", "met") == (1, 3)
    assert counted("approval", "partial") == (1, 3)
    assert counted("group_entities", "met") == (1, 2)
    assert counted("risk", "1+") == (2, 3)
    assert counted("risk", "2+") == (1, 3)
    assert counted("audits", "true") == (1, 3)
    assert counted("no_steps_statement", "true") == (0, 3)


def test_scores_tiers_and_minimal_compliance(made: Factory) -> None:
    for place, substance in enumerate((10.0, 20.0, 60.0)):
        low = substance < 50
        sha = made.document(
            f"d{place}",
            substance=substance,
            tier="basic" if low else "strong",
            minimal_flag=int(low) if place else None,
        )
        made.statement(f"O{place}", [FOOD], document=sha)
    food = group(compare_sectors(made.workspace), FOOD)
    assert food.substance is not None
    assert food.substance.median == 20
    assert food.tiers == (("basic", 2), ("strong", 1))
    assert (food.minimal.count, food.minimal.of) == (1, 2)  # one could not be judged


def test_small_sectors_are_too_few_to_compare(made: Factory) -> None:
    for place in range(3):
        made.statement(f"O{place}", [FOOD], document=made.document(f"d{place}"))
    made.statement("P", [FASHION], document=made.document("p"))
    found = compare_sectors(made.workspace, minimum=3)
    assert not group(found, FOOD).too_few
    assert group(found, FASHION).too_few


def test_documents_without_a_registry_row_are_a_group_of_their_own(made: Factory) -> None:
    made.document("loose")
    made.statement("A", document=made.document("a"))
    found = compare_sectors(made.workspace)
    assert found.unregistered.assessed == 1
    assert found.overall.assessed == 1
    assert [sector.kind for sector in found.sectors] == ["no_sector"]


def test_years_keep_their_statements_only(made: Factory) -> None:
    made.statement("A", [FOOD], year=2023, document=made.document("a"))
    made.statement("B", [FOOD], year=2024, document=made.document("b"))
    assert compare_sectors(made.workspace, years=[2024]).overall.assessed == 1
    assert compare_sectors(made.workspace, years=[2020]).overall.statements == 0


def test_judgements_by_another_rubric_are_named_not_mixed(made: Factory) -> None:
    made.statement("A", [FOOD], document=made.document("a", rubric="old@1+0"))
    made.statement("B", [FOOD], document=made.document("b"))
    food = group(compare_sectors(made.workspace), FOOD)
    assert food.assessed == 1
    assert food.cannot_assess == (("judged by another rubric only", 1),)


def test_an_empty_workspace_gives_no_numbers(made: Factory) -> None:
    found = compare_sectors(made.workspace)
    assert (found.sectors, found.overall.compliance, found.overall.minimal.value) == (
        (),
        None,
        None,
    )


def test_nothing_stays_behind_in_the_database(made: Factory) -> None:
    before = made.workspace.db.table_names()
    compare_sectors(made.workspace)
    assert made.workspace.db.table_names() == before
    assert not made.workspace.db.execute("SELECT * FROM sqlite_temp_master").fetchall()
