"""`assess explore` as it is run."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.errors import InputError, WorkspaceError
from assess.explore import server


def test_without_datasette_it_says_how_to_install_it(
    corpus_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    result = CliRunner().invoke(app, ["explore", "--db", str(corpus_db)])
    assert isinstance(result.exception, InputError)
    assert "pip install 'assess-modern-slavery[explore]'" in str(result.exception)
    assert "\n" not in str(result.exception)


def test_help_says_that_it_is_an_extra() -> None:
    help_text = " ".join(CliRunner().invoke(app, ["explore", "--help"]).output.split())
    assert "assess-modern-slavery[explore]" in help_text


def test_no_database(tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    result = CliRunner().invoke(app, ["explore", "--db", str(tmp_path / "no.db")])
    assert isinstance(result.exception, WorkspaceError)
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use(corpus_db: Path) -> None:
    pytest.importorskip("datasette")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(app, ["explore", "--db", str(corpus_db), "--port", port])
    assert isinstance(result.exception, InputError)
    assert "give another --port" in str(result.exception)


def test_it_serves_until_it_is_interrupted(corpus_db: Path) -> None:
    pytest.importorskip("datasette")
    command = [sys.executable, "-u", "cli.py", "explore", "--db", str(corpus_db), "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        response = httpx.get(f"{found[0]}assess.json", trust_env=False, timeout=30)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)
    assert response.json()["database"] == "assess"
    assert (process.returncode, complaints) == (0, "")


def test_others_are_warned_of(corpus_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("datasette")
    monkeypatch.setattr(server, "serve", lambda *given: None)
    result = CliRunner().invoke(app, ["explore", "--db", str(corpus_db), "--host", "0.0.0.0"])
    assert "can read the whole database" in result.stderr
