"""The tutorial is run as a reader would: its blocks one after another, in one shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.forking import forking, write_program

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
# A server that ends when it has answered once, as by Ctrl-C.
_SERVED: Final = """
import re, signal, subprocess, sys, urllib.request
command = [sys.executable, "-m", "assess.cli", "explore", "--port", "0", *sys.argv[1:]]
with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
    for line in server.stdout:
        print(line, end="", flush=True)
        if address := re.search(r"http://[0-9.:]+/", line):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            opener.open(address[0]).read()
            server.send_signal(signal.SIGINT)
sys.exit(server.returncode)
"""


@dataclass(frozen=True)
class Step:
    """A block of commands, and what the page shows of their output."""

    commands: str
    shown: str


def _steps() -> list[Step]:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return [
        Step(text, blocks[i + 1][1] if blocks[i + 1 : i + 2] and blocks[i + 1][0] == "text" else "")
        for i, (language, text) in enumerate(blocks)
        if language == "sh"
    ]


STEPS = _steps()


def _outputs(folder: Path) -> list[str]:
    """What each block printed; all of them in one shell, which ends at the first failure."""
    (folder / "corpus").symlink_to(ROOT / "corpus")
    programs = folder / "programs"
    programs.mkdir()
    write_program(programs / "served", _SERVED)
    end = "----- end of block -----"
    script = "set -e -o pipefail\n" + "".join(
        f"{_runnable(step)}\necho '{end}'\n" for step in STEPS
    )
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    with forking(programs, "assess"):
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            check=False,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            capture_output=True,
            text=True,
            timeout=600,
        )
    parts = done.stdout.split(f"{end}\n")
    failed = STEPS[min(len(parts), len(STEPS)) - 1].commands
    assert done.returncode == 0, f"{failed}\n{done.stderr}"
    return [
        re.sub(r"http://127\.0\.0\.1:\d+/", "http://127.0.0.1:8001/", one) for one in parts[:-1]
    ]


def _runnable(step: Step) -> str:
    return step.commands.rstrip("\n").replace("assess explore ", "served ")


def _pattern(shown: str) -> str:
    """`...` on a line of its own stands for any lines, within a line for any words."""
    lines = [
        "(?:.*\n)*?" if line == "..." else r".*?".join(map(re.escape, line.split("..."))) + " *\n"
        for line in shown.splitlines()
    ]
    return "".join(lines)


def test_what_is_shown_is_what_is_printed(tmp_path: Path) -> None:
    """One test, so that the commands are run once however many processes test."""
    wrong = [
        f"{step.commands}shown:\n{step.shown}printed:\n{output}"
        for step, output in zip(STEPS, _outputs(tmp_path), strict=True)
        if step.shown and not re.fullmatch(_pattern(step.shown), output)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_tutorial_goes_through_the_whole_tool() -> None:
    told = " ".join(step.commands for step in STEPS)
    for command in (
        "run",
        "check",
        "compare",
        "review",
        "report",
        "benchmark",
        "export",
        "explore",
    ):
        assert f"assess {command}" in told
    assert sum(bool(step.shown) for step in STEPS) > 12


def test_a_wrong_line_is_noticed() -> None:
    assert re.fullmatch(_pattern("a\n...\nc ... e\n"), "a\nb\nb\nc d e\n")
    assert not re.fullmatch(_pattern("a\n...\nc ... e\n"), "a\nb\nc d\n")
