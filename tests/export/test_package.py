"""The data package: the Frictionless tool finds nothing wrong, and cells are as in the database."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import frictionless

from assess.export.package import DESCRIPTOR, export_package
from assess.export.tables import TABLES
from assess.store import Workspace
from tests.export.conftest import ATTACKS, LONG
from tests.export.test_tables import correct


def faults(folder: Path) -> list[object]:
    made = frictionless.validate(str(folder / DESCRIPTOR))
    return [*made.errors, *(error for task in made.tasks for error in task.errors)]


def test_the_corpus_is_valid(corpus: Workspace, tmp_path: Path) -> None:
    export_package(corpus, tmp_path / "out")
    assert not faults(tmp_path / "out")


def test_a_broken_reference_would_be_found(corpus: Workspace, tmp_path: Path) -> None:
    export_package(corpus, tmp_path / "out", ["documents", "findings"])
    path = tmp_path / "out" / "documents.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]))
    assert faults(tmp_path / "out")


def test_hostile_cells_are_valid_and_unchanged(hostile: Workspace, tmp_path: Path) -> None:
    correct(hostile)
    export_package(hostile, tmp_path / "out")
    assert not faults(tmp_path / "out")
    with (tmp_path / "out" / "organisations.csv").open(encoding="utf-8", newline="") as handle:
        names = [row["name"] for row in csv.DictReader(handle)]
    assert names == [*ATTACKS, LONG]


def test_it_says_whose_the_data_are(corpus: Workspace, tmp_path: Path) -> None:
    export_package(corpus, tmp_path / "out")
    told = json.loads((tmp_path / "out" / DESCRIPTOR).read_text("utf-8"))
    by_name = {resource["name"]: resource for resource in told["resources"]}
    assert by_name["organisations"]["licenses"][0]["name"] == "OGL-UK-3.0"
    assert "licenses" not in by_name["evidence"]  # quotes are their publishers'
    assert len(told["resources"]) == len(TABLES)


def test_references_to_tables_left_out_are_dropped(corpus: Workspace, tmp_path: Path) -> None:
    export_package(corpus, tmp_path / "out", ["findings"])
    [resource] = json.loads((tmp_path / "out" / DESCRIPTOR).read_text("utf-8"))["resources"]
    assert resource["schema"]["foreignKeys"] == []
