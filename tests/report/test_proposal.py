"""A report by a rubric of proposed law is never taken for one by the law."""

from __future__ import annotations

from pathlib import Path

from assess.report.sectors import write_sector_report
from assess.store.workspace import open_workspace
from tests.compare.factory import CRITERIA, RUBRIC, Factory
from tests.report.test_sector_page import SCRIPT

PROPOSED = ("area_risk", "legal", "BILL", "Risk reported")


def told(folder: Path, *criteria: tuple[str, str, str, str]) -> tuple[str, tuple[str, ...]]:
    with open_workspace(folder / "w.db") as workspace:
        made = Factory(workspace, criteria=criteria)
        for place in range(3):
            made.statement(f"Org {place}", ["Food"], document=made.document(f"d{place}"))
        done = write_sector_report(workspace, folder / "r.html", minimum=2, rubric=RUBRIC)
    return (folder / "r.html").read_text("utf-8"), done.headlines


def test_proposed_law_is_marked(tmp_path: Path) -> None:
    page, headlines = told(tmp_path, *CRITERIA, PROPOSED)
    assert "<strong>Not law.</strong>" in page
    assert '<span class="badge bill">BILL (not law)</span>' in page
    assert "What the law asks, and what a proposal (not law) would ask" in page
    assert "optional in law today" in page
    assert "the law and a proposal, which is not law, ask" in page
    assert "compliance under a proposal (not law)" in headlines[2]


def test_the_law_is_not(tmp_path: Path) -> None:
    page, headlines = told(tmp_path, *CRITERIA)
    for word in ("Not law", "BILL", "proposal"):
        assert word not in SCRIPT.sub("", page.split("</style>")[1])
    assert "Median compliance " in headlines[2] and "proposal" not in headlines[2]
