"""The collecting commands, used by a clumsy operator."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assess.cli.collect import DEFAULT_DELAY, _lines
from assess.cli.options import FIRST_YEAR, LAST_YEAR
from assess.scrape.collect import CollectReport
from assess.scrape.fetch.lanes import MIN_DELAY
from assess.scrape.registry import YEARS
from tests.command import assess

ROOT = Path(__file__).parents[2]


def urls(folder: Path, *options: str, address: str = "http://a.localhost:9/") -> tuple[object, ...]:
    """Arguments that visit an address where nobody listens."""
    (folder / "urls.txt").write_text(address)
    rest = ("--allow-private-network", "--db", folder / "w.db", *options)
    return "scrape", "urls", folder / "urls.txt", *rest


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    for delay in ("inf", "nan"):
        done = assess(*urls(tmp_path, "--delay", delay))
        assert (done.returncode, "--delay" in done.stderr) == (2, True)


def test_an_unwritable_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "w.db").mkdir()
    done = assess(*urls(tmp_path, "--delay", "0"))
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("assess: ")


def test_closed_standard_error_does_no_harm(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, urls(tmp_path, "--delay", "0"))]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *command],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert "connect_failed 1" in done.stdout


def test_several_addresses_are_addresses() -> None:
    report = CollectReport(2, 2, 0, 0, 0, 1, {}, {})
    assert _lines(report)[0].startswith("2 addresses: 2 kept")


def test_a_year_is_a_year(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Acme Limited")
    for command in ("scrape registry", "scrape statements", f"missing {tmp_path}/names.txt"):
        for year in ("1", "99999999999999999999"):
            done = assess(*command.split(), "--year", year, "--db", tmp_path / "w.db")
            assert (done.returncode, "--year" in done.stderr) == (2, True), command


def test_a_list_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    done = assess(*urls(tmp_path, address="\x1b]0;owned\x07,bar\n1,2\n"))
    assert done.returncode == 2
    assert "\x1b" not in done.stderr and "\x07" not in done.stderr


def test_the_command_line_has_the_limits_of_what_it_calls() -> None:
    """They stand there again, for the libraries behind them take long to load."""
    assert DEFAULT_DELAY == MIN_DELAY
    assert range(FIRST_YEAR, LAST_YEAR + 1) == YEARS
