"""Signals and failing machines end a command cleanly: one line, an exit code, nothing half."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path

import pytest

from assess.cli.endings import ended
from assess.files import writing


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_nothing_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: signal.Signals, code: int
) -> None:
    def command() -> None:
        with writing(tmp_path / "a") as handle:
            handle.write("half")
            os.kill(os.getpid(), number)
            time.sleep(5)

    before = signal.getsignal(number)
    assert ended(command) == code
    assert capsys.readouterr().err == f"assess: ended by {number.name}; {_AGAIN}\n"
    assert not list(tmp_path.iterdir()) and signal.getsignal(number) == before


_AGAIN = "run the same command again to go on"


def test_a_hangup_that_is_ignored_stays_ignored(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as by nohup
    try:
        assert ended(lambda: os.kill(os.getpid(), signal.SIGHUP)) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyboardInterrupt(), f"interrupted; {_AGAIN}"),
        (MemoryError(), "the machine has not enough memory; close other programs"),
        (OSError(errno.EMFILE, "", "a.csv"), "a.csv: the system refuses it (Too many open files)"),
        (OSError(errno.EDQUOT, "", "a.csv"), "quota"),
    ],
)
def test_what_the_machine_refuses_is_one_line(
    capsys: pytest.CaptureFixture[str], error: BaseException, told: str
) -> None:
    def command() -> None:
        raise error

    assert ended(command) == (130 if isinstance(error, KeyboardInterrupt) else 2)
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1


def test_a_defect_of_ours_is_not_hidden() -> None:
    def command() -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file", "templates/page.html")

    with pytest.raises(FileNotFoundError):
        ended(command)
