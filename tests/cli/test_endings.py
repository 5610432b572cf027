"""How a command ends when its output or its time is cut short."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import ROOT

COMMAND = [sys.executable, str(ROOT / "cli.py")]
ROWS = "".join(f"s{n // 100},We visited {n} suppliers in India last year.\n" for n in range(60_000))


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


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_leaves_nothing_half_written(tmp_path: Path, asked: signal.Signals) -> None:
    (tmp_path / "t.csv").write_text("statement_id,sentence\n" + ROWS)
    with subprocess.Popen(
        [*COMMAND, "classify", "t.csv", "-o", "o.csv"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".o.csv.*")) and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(asked)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + asked and said.startswith("assess: ended")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
