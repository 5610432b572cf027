"""Places among the other statements of a sector."""

from __future__ import annotations

from assess.report.dossier.records import Standing
from assess.report.dossier.words import percentile, standing
from tests.compare.factory import TYPICAL, Factory
from tests.report.dossier.making import by_id, page_of, text_of, tree


def fill(made: Factory, number: int) -> None:
    for place in range(number):
        sha = made.document(f"d{place}", substance=float(place), values={**TYPICAL, "risk": "2"})
        made.statement(f"Org {place}", ["Food"], document=sha)


def test_scores_and_areas_are_placed_among_the_others(made: Factory) -> None:
    fill(made, 12)
    peers = text_of(by_id(tree(page_of(made, "Org 3")), "peers"))
    assert "Substance 3 of 100 27 above 3 of 11 others (27%, 95% interval 10–57%)" in peers
    assert "Risk assessment 2 of 3: specific 50 above 0 of 11 others" in peers


def test_a_text_is_one_peer_however_many_statements_it_is_for(made: Factory) -> None:
    fill(made, 12)
    shared = made.document("shared", substance=90.0)
    for name in ("A", "B", "C"):
        made.statement(name, ["Food"], document=shared)
    assert "12 others" in text_of(by_id(tree(page_of(made, "Org 3")), "peers"))
    assert "12 others" in text_of(by_id(tree(page_of(made, "B")), "peers"))


def test_an_older_statement_of_another_is_no_peer(made: Factory) -> None:
    fill(made, 12)
    made.statement("Org 5", ["Food"], year=2020, document=made.document("old"))
    assert "11 others" in text_of(by_id(tree(page_of(made, "Org 3")), "peers"))


def test_few_are_too_few_to_compare(made: Factory) -> None:
    fill(made, 10)
    peers = text_of(by_id(tree(page_of(made, "Org 3")), "peers"))
    assert "9 other assessed statements: too few to compare" in peers


def test_nobody_is_at_the_hundredth_percentile_with_an_equal() -> None:
    assert percentile(Standing("", "", 999, 1, 0, None)) == "over 99"
    assert percentile(Standing("", "", 0, 0, 0, None)) == "–"
    assert standing(Standing("", "", 1, 0, 0, None)).startswith("above 1 of 1 other (100%")
