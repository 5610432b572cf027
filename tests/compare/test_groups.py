"""Who is in which group, what is counted, and that the same comes out however it is read."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assess.compare.group_tables import KeptGroup, read_groups
from assess.compare.groups import Choice, GroupsReport, refresh_sectors
from assess.scrape.names import name_key
from assess.store.workspace import open_workspace
from tests.compare.factory import TYPICAL, Factory

FOOD, FASHION, OTHER = "Food", "Fashion", "Other"
Groups = Mapping[tuple[str, str], KeptGroup]


def compared(made: Factory, **choice: Any) -> Groups:
    asked = Choice(**choice)
    refresh_sectors(made.workspace, asked)
    groups = read_groups(made.workspace.db, asked.key)
    return {(group.kind, group.name): group for group in groups}


def flagged(group: KeptGroup) -> tuple[int, int]:
    row = group.shares["minimal_flag", "true"]
    return row["number"], row["of"]


def fill(made: Factory, sector: str, flags: Sequence[int], **columns: Any) -> None:
    """A statement of its own organisation for each flag."""
    for place, flag in enumerate(flags):
        name = f"{sector} {place}"
        sha = made.document(name, minimal_flag=flag, **columns)
        made.statement(name, [sector], document=sha)


def names(made: Factory) -> None:
    """As the registry's reader leaves them."""
    for key, name in made.workspace.db.execute("SELECT id, name FROM organisations").fetchall():
        made.workspace.db.execute(
            "INSERT OR IGNORE INTO organisation_names VALUES (?, ?, ?)", [key, name, name_key(name)]
        )


def set_organisation(made: Factory, name: str, **columns: Any) -> None:
    for column, value in columns.items():
        made.workspace.db.execute(
            f"UPDATE organisations SET {column} = ? WHERE name = ?", [value, name]
        )


def test_the_latest_assessed_statement_of_each_organisation(made: Factory) -> None:
    made.statement("A", [FOOD], year=2023, document=made.document("a23", minimal_flag=1))
    made.statement("A", [FASHION], year=2024, document=made.document("a24"))
    made.statement("A", [FASHION], year=2025)  # newest, but nobody could read it
    made.statement("B", [FOOD], year=2022)
    latest, every = compared(made), compared(made, which="all")
    assert latest["all", ""].counts["statements"] == 2
    assert latest["group", FASHION].counts["assessed"] == 1
    assert flagged(latest["all", ""]) == (0, 1)
    assert latest["group", FOOD].counts["statements"] == 1
    assert every["all", ""].counts["statements"] == 4
    assert flagged(every["all", ""]) == (1, 2)


def test_the_latest_of_the_years_asked_for(made: Factory) -> None:
    made.statement("A", [FOOD], year=2023, document=made.document("a23", minimal_flag=1))
    made.statement("A", [FOOD], year=2024, document=made.document("a24"))
    assert flagged(compared(made, years=(2023,))["group", FOOD]) == (1, 1)
    assert ("unregistered", "") not in compared(made, years=(2023,))


def test_statements_and_organisations_are_different_denominators(made: Factory) -> None:
    group = made.document("group", minimal_flag=1)
    made.statement("G", [FOOD], others=[f"G{place}" for place in range(9)], document=group)
    made.statement("S", [FOOD], document=made.document("single"))
    of_statements = compared(made)["group", FOOD]
    of_organisations = compared(made, unit="organisations")["group", FOOD]
    assert flagged(of_statements) == (1, 2)
    assert flagged(of_organisations) == (10, 11)
    row = of_organisations.shares["minimal_flag", "true"]
    assert row["effective"] == pytest.approx(11**2 / (10**2 + 1))
    assert row["high"] - row["low"] > 0.6
    assert of_organisations.scores["substance"]["number"] == 11


def test_many_organisations_of_one_statement_show_no_difference(made: Factory) -> None:
    others = [f"G{place}" for place in range(11)]
    made.statement("G", [FOOD], others=others, document=made.document("g", minimal_flag=1))
    fill(made, FASHION, [0] * 12)
    food = compared(made, unit="organisations", minimum=1)["group", FOOD]
    # One statement against twelve; twelve organisations against twelve would have 1e-6.
    assert food.shares["minimal_flag", "true"]["p_value"] == pytest.approx(1 / 13)


def test_statements_that_share_a_document_are_one_observation(made: Factory) -> None:
    sha = made.document("shared")
    for name in "ABC":
        made.statement(name, [FOOD], document=sha)
    food = compared(made)["group", FOOD]
    assert (food.counts["assessed"], food.counts["effective"]) == (3, 1)


def test_a_statement_of_several_sectors_counts_fully_in_each(made: Factory) -> None:
    made.statement("A", [FOOD, FASHION], document=made.document("a", minimal_flag=1))
    made.statement("B", [FOOD], document=made.document("b"))
    found = compared(made)
    assert [flagged(found[key]) for key in (("all", ""), ("group", FOOD), ("group", FASHION))] == [
        (1, 2),
        (1, 2),
        (1, 1),
    ]


def test_the_rest_of_a_group_is_in_other_groups(made: Factory) -> None:
    """Statements without a sector may be of any: they are not compared with."""
    fill(made, FOOD, [1] * 12)
    fill(made, FASHION, [0] * 12)
    for place in range(12):
        made.statement(f"N{place}", document=made.document(f"n{place}", minimal_flag=1))
    food = compared(made)["group", FOOD]
    row = food.shares["minimal_flag", "true"]
    assert row["difference"] == 1
    assert row["p_value"] < 1e-5
    assert row["q_value"] >= row["p_value"]
    assert food.counts["rank"] == 1


def test_small_groups_are_pooled_but_in_no_test(made: Factory) -> None:
    fill(made, FOOD, [1] * 3, substance=10.0)
    fill(made, FASHION, [0, 1] * 10, substance=40.0)
    fill(made, OTHER, [0, 0, 1, 0] * 5, substance=50.0)
    food = compared(made)["group", FOOD]
    row = food.shares["minimal_flag", "true"]
    assert (food.counts["too_few"], food.counts["rank"], row["q_value"], row["difference"]) == (
        1,
        None,
        None,
        None,
    )
    assert row["share"] == 1 > row["pooled"] > 0.3
    assert food.scores["substance"]["p_value"] is None


def test_an_item_that_applies_to_few_is_in_no_test(made: Factory) -> None:
    """Twelve statements are enough, but the item applies to two of them."""
    for sector in (FOOD, FASHION):
        for place in range(12):
            values = {**TYPICAL, "group_entities": "met" if place < 2 else "na"}
            name = f"{sector} {place}"
            sha = made.document(name, values=values, substance=float(place))
            made.statement(name, [sector], document=sha)
    row = compared(made)["group", FOOD].shares["group_entities", "met"]
    assert (row["number"], row["of"], row["p_value"]) == (2, 2, None)


def test_documents_without_a_registry_row_are_told_apart(made: Factory) -> None:
    made.document("loose", minimal_flag=1)
    fill(made, FOOD, [0])
    found = compared(made)
    assert flagged(found["unregistered", ""]) == (1, 1)
    assert flagged(found["all", ""]) == (0, 1)
    assert ("unregistered", "") not in compared(made, unit="organisations")


def test_only_statements_that_could_be_judged_are_in_denominators(made: Factory) -> None:
    made.statement("A", [FOOD], document=made.document("a"))
    made.statement("B", [FOOD], document=made.document("b", reason="needs_ocr"))
    made.statement("C", [FOOD], document=made.document("c", statement_kind="policy"))
    made.statement("D", [FOOD])
    made.statement("E", [FOOD], document=made.document("e", minimal_flag=None, substance=None))
    food = compared(made)["group", FOOD]
    told = ("statements", "with_document", "cannot_assess", "other_kinds", "assessed")
    assert [food.counts[name] for name in told] == [5, 4, 1, 1, 2]
    assert flagged(food) == (0, 1)
    assert food.scores["substance"]["number"] == 1


def test_what_was_found_of_minimal_compliance_goes_before_the_texts_own(made: Factory) -> None:
    first, second = made.document("a", minimal_flag=0), made.document("b", minimal_flag=1)
    statement = made.statement("A", [FOOD], document=first)
    made.statement("B", [FOOD], document=second)
    made.workspace.db.execute(
        "INSERT INTO minimal_results VALUES (1, ?, ?, 'ritual', 'rule', 0.9, 1, '[]')",
        [first, statement],
    )
    food = compared(made)["group", FOOD]
    assert flagged(food) == (2, 2)
    assert food.scores["minimal_index"]["median"] == pytest.approx((0.9 + 0.2) / 2)
    types = {
        level: (row["number"], row["of"])
        for (name, level), row in food.shares.items()
        if name == "type"
    }
    assert types["ritual"] == (1, 1)
    assert types["silent"] == (0, 1)


def test_bands_ownership_and_submission(made: Factory) -> None:
    made.statement("A", turnover="Over £500 million", group_submission=1, others=["P"])
    made.statement("B", turnover="Under £36 million", group_submission=0)
    made.statement("C", turnover="£36 million to £60 million", group_submission=0)
    made.statement("D", turnover="Not provided")
    for name, kind in (("A", "Private"), ("B", "Private"), ("P", "Public")):
        set_organisation(made, name, sector_type=kind)
    assert [name for kind, name in compared(made, by="turnover") if kind == "group"] == [
        "Under £36 million",
        "£36 million to £60 million",
        "Over £500 million",
    ]
    owned = compared(made, by="ownership")
    counted = {key: group.counts["statements"] for key, group in owned.items()}
    # The group's statement is of a private and of a public organisation.
    assert counted == {
        ("group", "Private"): 2,
        ("group", "Public"): 1,
        ("all", ""): 4,
        ("none", ""): 2,
    }
    submitted = compared(made, by="submission", unit="organisations")
    assert submitted["group", "group"].counts["organisations"] == 2
    assert submitted["group", "single"].counts["statements"] == 2


def test_a_company_counts_in_each_of_its_sections_once(made: Factory) -> None:
    made.statement("A", document=made.document("a"))
    set_organisation(made, "A", company_number="00000001")
    db = made.workspace.db
    db.execute("INSERT INTO companies VALUES ('00000001', 'A', '', '', NULL)")
    for place, (code, division, section) in enumerate(
        (("10110", "10", "C"), ("10120", "10", "C"), ("46320", "46", "G"))
    ):
        db.execute(
            "INSERT INTO company_sic VALUES ('00000001', ?, ?, '', ?, 'Div', ?, 'Sec')",
            [place, code, division, section],
        )
    sections = compared(made, by="sic-section", unit="organisations")
    assert {
        name: flagged(group) for (kind, name), group in sections.items() if kind == "group"
    } == {
        "C Sec": (0, 1),
        "G Sec": (0, 1),
    }
    divisions = compared(made, by="sic-division")
    assert [name for kind, name in divisions if kind == "group"] == ["10 Div", "46 Div"]


@pytest.mark.parametrize(
    ("organisation", "number", "listed"),
    [
        ("", "1", True),
        ("Anything", "00000001", True),
        ("Aldermoor Foods Ltd", "", True),
        ("ALDERMOOR FOODS", "", True),
        ("Aldermoor Foods plc", "", False),  # another form
        ("Aldermoor Foods Ltd", "00009999", False),  # another number
        ("Aldermoor Food Limited", "", False),  # only like it
        ("Dunmarrow Limited", "", False),  # two of that name
        ("", "", False),
    ],
)
def test_lists_match_by_number_or_exact_name_only(
    made: Factory, organisation: str, number: str, listed: bool
) -> None:
    made.statement("ALDERMOOR FOODS LIMITED", document=made.document("a"))
    set_organisation(made, "ALDERMOOR FOODS LIMITED", company_number="00000001")
    made.statement("DUNMARROW LIMITED")
    made.statement("Dunmarrow Ltd")
    names(made)
    made.workspace.db.execute(
        "INSERT INTO listed_groups VALUES (1, 'FTSE', ?, ?)", [organisation, number]
    )
    assert (("group", "FTSE") in compared(made, by="list")) == listed


def test_who_is_on_no_list_is_the_rest(made: Factory) -> None:
    fill(made, FOOD, [1] * 11)
    fill(made, FASHION, [0] * 11)
    names(made)
    for place in range(11):
        made.workspace.db.execute(
            "INSERT INTO listed_groups VALUES (?, 'Suppliers', ?, '')", [place, f"Food {place}"]
        )
    assert (
        compared(made, by="list")["group", "Suppliers"].shares["minimal_flag", "true"]["difference"]
        == 1
    )


def test_names_of_one_organisation_are_one(made: Factory) -> None:
    made.statement("A", [FOOD], year=2023, document=made.document("a23"))
    made.statement("A LTD", [FOOD], year=2024, document=made.document("a24"))
    db = made.workspace.db
    db.execute("UPDATE organisations SET same_as = 1 WHERE name = 'A LTD'")
    counts = compared(made)["group", FOOD].counts
    assert (counts["statements"], counts["organisations"]) == (1, 1)


def refresh(made: Factory, **choice: Any) -> GroupsReport:
    return refresh_sectors(made.workspace, Choice(**choice))


def test_computed_anew_only_where_inputs_have_changed(made: Factory) -> None:
    fill(made, FOOD, [0, 1])
    assert refresh(made).changed
    assert not refresh(made).changed
    assert refresh(made, minimum=2).changed
    assert refresh(made, by="turnover").changed
    assert not refresh(made, minimum=2).changed
    made.workspace.db.execute("UPDATE findings SET value = '3' WHERE criterion = 'risk'")
    assert refresh(made, minimum=2).changed


def test_what_is_no_longer_so_does_not_stay(made: Factory) -> None:
    fill(made, FOOD, [0, 1])
    refresh(made, by="submission")
    fill(made, FASHION, [1])
    refresh(made)
    groupings = made.workspace.db.execute("SELECT DISTINCT grouping FROM group_shares").fetchall()
    assert groupings == [("sector",)]
    assert refresh(made, by="submission").changed


def test_a_new_list_is_noticed(made: Factory) -> None:
    fill(made, FOOD, [0])
    names(made)
    assert refresh(made, by="list").groups == 0
    made.workspace.db.execute("INSERT INTO listed_groups VALUES (1, 'FTSE', 'Food 0', '')")
    found = refresh(made, by="list")
    assert (found.changed, found.groups) == (True, 1)


def dump(path: Path, order: Sequence[int]) -> list[tuple[object, ...]]:
    """The tables after 40 statements were read in some order."""
    with open_workspace(path) as workspace:
        made = Factory(workspace)
        for place in order:
            sha = made.document(
                f"d{place}", minimal_flag=place % 3 == 0, substance=float(place * 7 % 50)
            )
            sectors = [FOOD, FASHION, OTHER][: 1 + place % 2] if place % 5 else [OTHER]
            made.statement(
                f"O{place // 2}",
                sectors,
                year=2020 + place % 2,
                document=sha,
                others=[f"X{place}"] * (place % 4 == 0),
                summary_url=f"https://registry.example/s{place}",
            )
        for unit in ("statements", "organisations"):
            refresh_sectors(workspace, Choice(unit=unit, which="all"))
            refresh_sectors(workspace, Choice(unit=unit))
        tables = ("group_counts", "group_shares", "group_scores", "comparisons")
        return [row for name in tables for row in workspace.db.execute(f"SELECT * FROM {name}")]


def test_the_order_of_input_makes_no_difference(tmp_path: Path) -> None:
    order = list(range(40))
    shuffled = random.Random(5).sample(order, len(order))
    assert dump(tmp_path / "a.db", order) == dump(tmp_path / "b.db", shuffled)


def test_an_empty_workspace_has_no_numbers(made: Factory) -> None:
    found = compared(made)
    assert list(found) == [("all", "")]
    assert found["all", ""].scores["substance"]["median"] is None
    assert found["all", ""].shares["minimal_flag", "true"]["share"] is None


def test_nothing_is_left_of_a_refresh_that_was_interrupted(
    made: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(made, FOOD, [0, 1])
    refresh(made)
    before = list(made.workspace.db.execute("SELECT * FROM group_shares"))
    fill(made, FASHION, [1])

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assess.compare.groups.set_current", cut)
    with pytest.raises(KeyboardInterrupt):
        refresh(made)
    assert list(made.workspace.db.execute("SELECT * FROM group_shares")) == before
