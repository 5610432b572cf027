"""How a command ends when its output is cut short or closed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import ROOT

COMMAND = [sys.executable, str(ROOT / "cli.py")]


def shell(script: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told(tmp_path: Path, unbuffered: str) -> None:
    limited = 'trap "" XFSZ; ulimit -f 1; "$@" rubric show > out.txt'
    done = shell(limited, tmp_path, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert "the output cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_closed_output_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("statement_id,sentence\na,We act.\n")
    done = shell('"$@" classify t.csv -o o.csv >&-', tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "o.csv").exists()


def test_what_is_only_shown_may_be_closed(tmp_path: Path) -> None:
    done = shell('"$@" rubric show >&-', tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
