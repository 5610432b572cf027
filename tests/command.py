"""`assess` as a user calls it, in this process: starting one takes longer than most commands."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO
from unittest import mock

from assess.cli import main
from assess.resources import corpus_folder


def assess(
    *arguments: object, cwd: Path | None = None, largest_file: int | None = None
) -> CompletedProcess[str]:
    """What a command and the processes it starts print, and its exit code.

    ``largest_file`` is in bytes, as on a disk that is nearly full. An error that `main` does not
    turn into a message is raised.
    """
    command = ["assess", *map(str, arguments)]
    with ExitStack() as stack:
        printed, told = (stack.enter_context(_kept(name)) for name in ("stdout", "stderr"))
        with ExitStack() as during:
            during.enter_context(mock.patch.object(sys, "argv", command))
            during.enter_context(mock.patch.dict(os.environ, COLUMNS="100"))
            during.enter_context(_limited(largest_file))
            if cwd is not None:
                during.enter_context(chdir(cwd))
            code = _exit_code()
        return CompletedProcess(command, code, _read(printed), _read(told))


def run_corpus(folder: Path) -> CompletedProcess[str]:
    """`assess run` on the corpus, into ``folder``: demo.db and demo.html."""
    corpus = corpus_folder()
    return assess(
        "run", "--registry", corpus / "registry.csv", "--files", corpus / "documents",
        "--db", folder / "demo.db", "--report", folder / "demo.html",
    )  # fmt: skip


def _exit_code() -> int:
    try:
        main()
    except SystemExit as done:
        assert isinstance(done.code, int)
        return done.code
    raise AssertionError("main ends with an exit code")


@contextmanager
def _kept(name: str) -> Iterator[IO[bytes]]:
    """A file instead of standard output or error, for children too."""
    number = {"stdout": 1, "stderr": 2}[name]
    before = os.dup(number)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), number)
        try:
            with (
                open(number, "w", encoding="utf-8", closefd=False) as stream,
                mock.patch.object(sys, name, stream),
            ):
                yield file
        finally:
            os.dup2(before, number)
            os.close(before)


def _read(file: IO[bytes]) -> str:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    file.seek(0)
    return file.read().decode("utf-8")


@contextmanager
def _limited(largest_file: int | None) -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
