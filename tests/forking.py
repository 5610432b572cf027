"""`assess` for shell scripts: each call in a process of its own that finds everything loaded.

``python -m tests.forking SOCKET`` loads the libraries, says so, and forks for each call of the
script that `client` gives, until its input ends.
"""

from __future__ import annotations

import json
import os
import select
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
# What commands import as they need it.
_LIBRARIES: Final = (
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "scipy.stats",
    "spacy",
    "sqlite_utils",
    "xlsxwriter",
)
_LONGEST: Final = 1_000_000  # bytes of a call
_CLIENT: Final = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
    call = json.dumps([["assess", *sys.argv[2:]], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(line, [call], [0, 1, 2])
    line.shutdown(socket.SHUT_WR)
    sys.exit(int(line.recv(9)))
"""


def write_program(path: Path, code: str, *arguments: str) -> None:
    """A program of Python code that is called with ``arguments`` and those that it is given."""
    command = shlex.join([sys.executable, "-SE", "-c", code, *arguments])
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
    path.chmod(0o755)


@contextmanager
def forking(folder: Path, name: str) -> Iterator[None]:
    """Put a program ``name`` in a folder: `assess` as long as the ``with`` lasts."""
    address = str(folder / "calls")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.forking", address],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None and server.stdout.readline() == b"ready\n"
        write_program(folder / name, _CLIENT, address)
        yield
    finally:
        server.communicate()  # its input closes, which ends it


def _serve(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        _load()
        print("ready", flush=True)  # noqa: T201
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            line, _ = listening.accept()
            with line:
                _answer(line)


def _load() -> None:
    for name in _LIBRARIES:
        import_module(name)
    from assess.extract import from_plain_text
    from assess.score.assessment import assess_text
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric

    assess_text(from_plain_text("We act."), load_rubric(), load_model())


def _answer(line: socket.socket) -> None:
    call, files, _, _ = socket.recv_fds(line, _LONGEST, 3)
    while more := line.recv(_LONGEST):
        call += more
    if child := os.fork():
        for file in files:
            os.close(file)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        line.send(str(code).encode())
        return
    for number, file in enumerate(files):
        os.dup2(file, number)
    arguments, folder, environment = json.loads(call)
    _run(arguments, folder, environment)


def _run(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Become the command; this process ends with it."""
    from assess.cli import main

    sys.argv = arguments
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False)
        for number, mode in enumerate("rww")
    )
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    main()


if __name__ == "__main__":
    _serve(sys.argv[1])
