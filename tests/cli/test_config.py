"""The configuration file: it stands for options, says where it is wrong, and can be shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from assess.cli import app, config
from assess.errors import InputError
from assess.extract.isolation import Extractor, set_limits

RUN = CliRunner()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(config.VARIABLE, raising=False)
    return tmp_path


def assess(*arguments: str) -> Result:
    return RUN.invoke(app, list(arguments))


def told(done: Result) -> str:
    return f"{done.output} {done.exception or ''}"


def test_a_setting_stands_for_the_option_wherever_there_is_one(here: Path, corpus_db: Path) -> None:
    (here / "assess.toml").write_text(f'db = "{corpus_db}"\n')
    done = assess("compare", "coverage")
    assert done.exit_code == 0, told(done)
    assert "statement" in done.stdout


def test_an_option_goes_before_the_file(here: Path, corpus_db: Path) -> None:
    (here / "assess.toml").write_text('db = "nowhere.db"\n')
    assert "nowhere.db: no such database" in told(assess("compare", "coverage"))
    assert assess("compare", "coverage", "--db", str(corpus_db)).exit_code == 0


def test_another_file_is_given_or_named(
    here: Path, corpus_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "assess.toml").write_text('db = "nowhere.db"\n')
    (here / "other.toml").write_text(f'db = "{corpus_db}"\n')
    assert assess("--config", "other.toml", "compare", "coverage").exit_code == 0
    monkeypatch.setenv(config.VARIABLE, "other.toml")
    assert assess("compare", "coverage").exit_code == 0


def test_paths_are_relative_to_the_file(here: Path) -> None:
    (here / "deep").mkdir()
    (here / "deep" / "assess.toml").write_text('db = "a.db"\nrubric = "uk-bill-2026"\n')
    found = config.read_config(Path("deep/assess.toml"))
    assert found.settings == {"db": str(Path("deep/a.db")), "rubric": "uk-bill-2026"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("dbb = 'x'", "no setting 'dbb'; there are db, rubric"),
        ("db = 3", "db must be a text"),
        ("db = ' '", "db is empty"),
        ("jobs = 0", "jobs must be at least 1"),
        ("jobs = 1.5", "jobs must be a whole number"),
        ("jobs = true", "jobs must be a whole number"),
        ("delay = inf", "delay must be at least 0"),
        ("delay = nan", "delay must be at least 0"),
        # Found by fuzzing: a whole number that no float can hold.
        pytest.param(f"delay = {'9' * 400}", "at most 1,000,000,000", id="delay of 400 digits"),
        pytest.param(f"[limits]\ndocument_seconds = {'9' * 400}", "at most", id="400 digits"),
        ("limits = 3", "must be a table"),
        ("[limits]\nseconds = 3", "no setting 'seconds'; there are document_seconds"),
        ("[limits]\ndocument_seconds = 0", "at least 1"),
        ("db = ", "is no TOML"),
        ("db = '\ud800'", "is no TOML"),
        ("db = " + "[" * 9999, "nested too deeply"),
        ("[limits]\ndocument_memory_mb = 200", "at least 500"),
    ],
)
def test_what_is_wrong_is_told(here: Path, text: str, says: str) -> None:
    (here / "assess.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match="(?s)assess.toml.*" + says):
        config.read_config(None)


def test_a_file_that_is_not_there(here: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        config.read_config(Path("nowhere.toml"))
    os.mkfifo(here / "pipe.toml")
    for path in (here, here / "pipe.toml"):
        with pytest.raises(InputError, match="not a file"):
            config.read_config(path)


def test_show_config_says_all_and_where_from(here: Path) -> None:
    (here / "assess.toml").write_text('contact = "a@example.org"\n[limits]\ndocument_seconds = 9\n')
    shown = assess("--show-config").stdout
    assert str(here / "assess.toml") in shown
    assert 'contact = "a@example.org"' in shown
    assert "contact a@example.org)" in shown
    assert "document_seconds = 9" in shown
    assert "# db: assess.db" in shown


def test_every_setting_is_an_option_of_some_command() -> None:
    def names(command: object) -> set[str]:
        children = getattr(command, "commands", {}).values()
        own = {one.name for one in getattr(command, "params", ())}
        return own.union(*map(names, children))

    assert set(config.SETTINGS) <= names(typer.main.get_command(app))


def test_limits_are_those_of_the_worker(here: Path) -> None:
    (here / "assess.toml").write_text("[limits]\ndocument_seconds = 9\ndocument_memory_mb = 700\n")
    try:
        config.apply_limits(config.read_config(None).limits)
        extractor = Extractor()
        assert (extractor._seconds, extractor._memory) == (9, 700_000_000)
    finally:
        set_limits(None, None)


def test_version_and_no_command() -> None:
    assert assess("--version").stdout.startswith("assess ")
    assert assess().exit_code == 2
    assert "review" in assess().output
