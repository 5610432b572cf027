"""`assess compare sectors` as a user meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.store.workspace import open_workspace
from tests.compare.factory import Factory

RUN = CliRunner()
HOSTILE = "Bad\x1b[31m \u202esector\n1. Best"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sector of minimal compliance, one of substance, a small one, and a loose document."""
    path = tmp_path_factory.mktemp("sectors") / "w.db"
    with open_workspace(path) as workspace:
        made = Factory(workspace)
        for sector, number, flag in (("Ritual", 15, 1), ("Substance", 15, 0), (HOSTILE, 2, 1)):
            for place in range(number):
                name = f"{sector} {place}"
                sha = made.document(
                    name, minimal_flag=flag, substance=float(place + 40 * (1 - flag))
                )
                made.statement(name, [sector], document=sha, others=[f"{name} Sub"] * (place == 0))
        made.document("loose")
    return path


def sectors(database: Path, *arguments: str) -> Result:
    return RUN.invoke(app, ["compare", "sectors", "--db", str(database), *arguments])


def test_words(database: Path) -> None:
    told = sectors(database)
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    ritual = lines.index("1. Ritual")
    assert lines[ritual + 1].strip() == "15 statements of 16 organisations, 15 assessed"
    assert "flagged as minimal compliance: 15 of 15, 100% (80–100%); pooled" in lines[ritual + 3]
    assert "+88 points" in lines[ritual + 4]
    assert lines[ritual + 4].endswith(": differs")
    assert "too few to compare: worth 2 observations, 10 needed; no rank, no test" in told.stdout
    assert "Documents without a registry row" in told.stdout
    assert "\x1b" not in told.stdout
    assert "\u202e" not in told.stdout
    assert not any(line.startswith("1. Best") for line in lines)


def test_units_years_and_minimum(database: Path) -> None:
    told = sectors(database, "--unit", "organisations", "--minimum", "20", "--all-years").stdout
    assert "flagged as minimal compliance: 16 of 16, 100% (79–100%), worth 14 observations" in told
    assert "\n1. " not in told
    assert "Statements of one organisation in several years all count" in told
    assert "All\n    0 statements of 0 organisations" in sectors(database, "--year", "2019").stdout


def test_json_has_the_full_table(database: Path) -> None:
    found = json.loads(sectors(database, "--json").stdout)
    assert (found["grouping"], found["unit"], found["which"]) == ("sector", "statements", "latest")
    ritual = next(group for group in found["groups"] if group["group"] == "Ritual")
    assert (ritual["rank"], ritual["assessed"], ritual["too_few"]) == (1, 15, 0)
    [flag] = [row for row in ritual["shares"] if row["measure"] == "minimal_flag"]
    assert (flag["number"], flag["of"], flag["share"]) == (15, 15, 1)
    assert flag["q_value"] < 0.001
    assert {row["score"] for row in ritual["scores"]} == {
        "compliance",
        "substance",
        "minimal_index",
    }
    assert {group["kind"] for group in found["groups"]} == {"group", "all", "unregistered"}


def test_csv_has_a_row_for_each_share_and_two_for_each_score(database: Path) -> None:
    rows = list(csv.DictReader(sectors(database, "--csv").stdout.splitlines()))
    ritual = {(row["measure"], row["level"]): row for row in rows if row["group"] == "Ritual"}
    assert float(ritual["minimal_flag", "true"]["value"]) == 1
    assert float(ritual["substance", "median"]["value"]) == 7
    assert float(ritual["substance", "mean"]["pooled"]) > 7
    assert float(ritual["substance", "median"]["effect"]) < -0.7


def test_the_same_twice(database: Path) -> None:
    assert sectors(database, "--json").stdout == sectors(database, "--json").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--by", "list"], "assess scrape groups"),
        (["--by", "sic-section"], "assess scrape companies"),
    ],
)
def test_what_is_lacking_is_told(database: Path, arguments: list[str], says: str) -> None:
    assert says in sectors(database, *arguments).stdout


@pytest.mark.parametrize(
    "arguments", [["--by", "colour"], ["--json", "--csv"], ["--year", "1900"], ["--minimum", "0"]]
)
def test_wrong_usage(database: Path, arguments: list[str]) -> None:
    assert sectors(database, *arguments).exit_code == 2
