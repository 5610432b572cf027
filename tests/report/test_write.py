"""When the report is written, and when it is left as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.report import page
from assess.report.sectors import write_sector_report
from tests.compare.factory import RUBRIC, Factory


@pytest.fixture
def filled(made: Factory) -> Factory:
    for place in range(12):
        sha = made.document(f"d{place}", substance=float(place), minimal_flag=place % 2)
        made.statement(f"Org {place}", ["Food"], document=sha)
    return made


def test_a_second_run_changes_nothing(filled: Factory, tmp_path: Path) -> None:
    output = tmp_path / "r.html"
    first = write_sector_report(filled.workspace, output, rubric=RUBRIC)
    stamp, content = output.stat().st_mtime_ns, output.read_bytes()
    second = write_sector_report(filled.workspace, output, rubric=RUBRIC)
    assert (first.changed, second.changed) == (True, False)
    assert (output.stat().st_mtime_ns, output.read_bytes()) == (stamp, content)
    assert first.headlines == second.headlines
    assert first.headlines[1].startswith("Food: 6 of 12 statements (50%, 95% interval 25-75%)")


def test_a_page_of_very_many_statements_has_no_filters_and_says_how_to_get_them(
    filled: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "r.html"
    write_sector_report(filled.workspace, output, rubric=RUBRIC)
    usual = output.read_text("utf-8")
    output.unlink()
    monkeypatch.setattr(page, "FILTERED_STATEMENTS", 11)
    write_sector_report(filled.workspace, output, rubric=RUBRIC)
    many = output.read_text("utf-8")
    note = "This page is of 12 statements, too many for filters"
    assert ('id="data"' in usual, 'id="filters"' in usual, note in usual) == (True, True, False)
    assert ('id="data"' in many, 'id="filters"' in many, note in many) == (False, False, True)
    assert many.count('class="row"') == usual.count('class="row"') == 12


def test_the_same_data_give_the_same_bytes(filled: Factory, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_sector_report(filled.workspace, tmp_path / name, rubric=RUBRIC)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE evidence SET quote = 'Changed.'",
        "UPDATE organisations SET name = 'Renamed' WHERE name = 'Org 3'",
        "UPDATE assessments SET minimal_flag = 1",
    ],
)
def test_changed_data_are_written(filled: Factory, tmp_path: Path, change: str) -> None:
    sha = filled.document("q", quotes={"audits": "We audited."})
    filled.statement("Quoted", ["Food"], document=sha)
    write_sector_report(filled.workspace, tmp_path / "r.html", rubric=RUBRIC)
    filled.workspace.db.execute(change)
    assert write_sector_report(filled.workspace, tmp_path / "r.html", rubric=RUBRIC).changed
    assert not write_sector_report(filled.workspace, tmp_path / "r.html", rubric=RUBRIC).changed


def test_another_minimum_is_another_report(filled: Factory, tmp_path: Path) -> None:
    write_sector_report(filled.workspace, tmp_path / "r.html", rubric=RUBRIC)
    assert write_sector_report(
        filled.workspace, tmp_path / "r.html", minimum=20, rubric=RUBRIC
    ).changed


def test_an_unchanged_report_loads_no_statistics_or_drawing(
    filled: Factory, tmp_path: Path
) -> None:
    output = tmp_path / "r.html"
    write_sector_report(filled.workspace, output, rubric=RUBRIC)
    filled.workspace.db.conn.commit()
    code = f"""
import sys
from pathlib import Path
from assess.report import page
from assess.report.sectors import write_sector_report
from assess.store.workspace import open_workspace
from tests.compare.factory import RUBRIC
with open_workspace(Path({str(tmp_path / "w.db")!r}), write=False) as workspace:
    result = write_sector_report(workspace, Path({str(output)!r}), rubric=RUBRIC)
assert not result.changed
print(sorted({{"matplotlib", "scipy"}} & set(sys.modules)))
"""
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")


def test_a_file_that_is_no_report_is_replaced(filled: Factory, tmp_path: Path) -> None:
    output = tmp_path / "r.html"
    output.write_bytes(b"\xff\xfe<meta name=assess:digest>" + b"x" * 9000)
    assert write_sector_report(filled.workspace, output, rubric=RUBRIC).changed


@pytest.mark.parametrize(
    ("name", "says"), [("missing/r.html", "cannot be written"), ("folder", "not a plain file")]
)
def test_a_place_that_cannot_be_written_is_a_clear_error(
    filled: Factory, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=says):
        write_sector_report(filled.workspace, tmp_path / name, rubric=RUBRIC)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("tmp")]
