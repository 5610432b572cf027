"""What the sector report says of home pages: what was seen, and never more than a visit saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assess.compare.sectors import compare_sectors
from assess.report.heatmap import sections
from assess.report.words import home_pages
from assess.store import open_workspace
from tests.compare.factory import CRITERIA, TYPICAL, Factory
from tests.report.test_sector_page import FOOD, page_of, section, text_of

TITLE = "Link on the home page"
ITEM = ("homepage_link", "legal", "LAW", TITLE)


@pytest.fixture
def visited(tmp_path: Path) -> Iterator[Factory]:
    """An empty workspace whose rubric has the item."""
    with open_workspace(tmp_path / "w.db") as workspace:
        yield Factory(workspace, criteria=(ITEM, *CRITERIA))


def add(made: Factory, value: str, *visits: str) -> None:
    """A statement whose finding has a value, with what visits say."""
    number = made.made + 1
    values: Mapping[str, str] = {**TYPICAL, "homepage_link": value}
    sha = made.document(f"d{number}.pdf", values=values)
    made.statement(f"Org {number}", [FOOD], document=sha)
    for place, found in enumerate(visits):
        made.visit(sha, found, site=10 * number + place)


def test_without_a_visit_the_page_says_so_once_and_draws_no_empty_row(visited: Factory) -> None:
    add(visited, "na")
    page = page_of(visited)
    told = text_of(section(page, "criteria"))
    assert "The link on the home page is not assessed: no visit of a home page was counted." in told
    comparison = compare_sectors(visited.workspace)
    rows = [row.label for part in sections(comparison) for row in part.rows]
    assert not [row for row in rows if TITLE in row] and "Board approval" in rows
    statements = text_of(section(page, "statements"))
    assert f"Not assessed: {TITLE} (no home page was visited)." in statements
    assert TITLE not in text_of(section(page, "findings"))


def test_the_share_is_told_with_how_many_were_judged(visited: Factory) -> None:
    for value in ("absent", "partial"):
        add(visited, value, value)
    add(visited, "na")
    judged = (
        "The link on the home page was judged, by a visit, for 2 of 3 statements;"
        " for the rest it is not assessed."
    )
    page = page_of(visited)
    assert judged in text_of(section(page, "criteria"))
    least = f"“{TITLE}” is met least often: 0 of 2 statements (0%, 95% interval 0–66%). {judged}"
    assert least in text_of(section(page, "findings"))


def test_what_a_visit_saw_stands_beside_its_judgement_as_text(visited: Factory) -> None:
    add(visited, "met", "met")
    add(visited, "absent", "absent")
    told = text_of(section(page_of(visited), "statements"))
    seen = "the reason (https://10.example/, visited on 2026-03-01)"
    assert f"{TITLE} Met “Modern <b>slavery</b>”: {seen}" in told
    assert f"{TITLE} Not found on the home page the reason (https://20.example/" in told
    assert f"Not found in the text: {TITLE}" not in told


def test_home_pages_that_differ_are_not_called_unvisited(visited: Factory) -> None:
    add(visited, "na", "met", "absent")
    told = text_of(section(page_of(visited), "statements"))
    assert f"Not assessed: {TITLE} (the home pages of 2 sites differ)." in told
    assert "no home page was visited" not in told


@pytest.mark.parametrize(("value", "visits"), [("na", ["met"]), ("met", ["absent"]), ("met", [])])
def test_what_is_not_counted_yet_is_no_evidence(
    visited: Factory, value: str, visits: list[str]
) -> None:
    add(visited, value, *visits)
    told = text_of(section(page_of(visited), "statements"))
    assert "what visits say has changed since; run assess score" in told
    assert "the reason" not in told and f"{TITLE} Met by" not in told
    assert "no home page was visited" not in told


def test_a_rubric_without_the_item_says_nothing_of_it(made: Factory) -> None:
    made.statement("Org", [FOOD], document=made.document("d.pdf"))
    assert home_pages(compare_sectors(made.workspace)) == ""
    page = page_of(made)
    assert all("home page" not in text_of(section(page, id_)) for id_ in ("criteria", "statements"))
