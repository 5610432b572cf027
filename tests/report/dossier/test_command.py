"""`assess report organisation` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.errors import InputError

RUN = CliRunner()


def report(database: Path, *arguments: str) -> Result:
    return RUN.invoke(app, ["report", "organisation", "--db", str(database), *arguments])


def test_it_says_what_was_found_and_where_the_page_is(corpus_db: Path, tmp_path: Path) -> None:
    output = tmp_path / "h.html"
    done = report(corpus_db, "ZZ118209", "-o", str(output))
    assert done.exit_code == 0 and output.is_file()
    name, headline, path = done.stdout.splitlines()
    assert name == "HOBNAIL & THRUSH FOOTWEAR LIMITED" and headline.startswith("Registry year 2023")
    assert path == f"report: {output}"
    assert (
        "Registry year 2022"
        in report(corpus_db, "hobnail", "--year", "2022", "-o", str(output)).stdout
    )


def test_all_go_into_a_folder(corpus_db: Path, tmp_path: Path) -> None:
    done = report(corpus_db, "--all", "-o", str(tmp_path / "all"))
    assert done.exit_code == 0
    assert f"index: {tmp_path / 'all' / 'index.html'}" in done.stdout
    assert (tmp_path / "all" / "hobnail-thrush-footwear-limited.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give one organisation, or --all"),
        (["Org", "--all"], "give one organisation, or --all"),
        (["--all"], "--all needs a folder"),
        (["--all", "--year", "2022", "-o", "x"], "leave --year out"),
    ],
)
def test_wrong_usage_is_told(corpus_db: Path, arguments: list[str], says: str) -> None:
    done = report(corpus_db, *arguments)
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())


def test_an_unknown_name_is_a_clear_error(corpus_db: Path) -> None:
    assert isinstance(report(corpus_db, "nobody at all").exception, InputError)


def test_another_rubric_than_the_one_that_judged_is_told(corpus_db: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "a.html")
    done = report(corpus_db, "Hobnail", "-o", out, "--rubric", "uk-bill-2026")
    assert "no text was judged by uk-bill-2026" in done.stderr
    assert report(corpus_db, "Hobnail", "-o", out, "--rubric", "uk-s54").stderr == ""
