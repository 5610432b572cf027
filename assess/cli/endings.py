"""How a command ends: results and errors told in one line, a documented exit code, no traceback."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from assess import log
from assess.errors import AssessError, in_words, is_of_the_machine

INTERRUPTED: Final = 130
_AGAIN: Final = "run the same command again to go on"
# Sent by a system that shuts down, a scheduler whose time is up, a terminal that closes.
_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def ended(command: Callable[[], object]) -> int:
    """Run a command; the exit code with which the program is to end.

    Signals that ask a program to end it as Ctrl-C does: what is half written is removed, processes
    that it started are ended, and the exit code is 128 and the signal's number.
    """
    with _heeding() as received:
        code = _code_of(command, received)
    return 128 + received[0] if received else code


def _code_of(command: Callable[[], object], received: list[int]) -> int:
    try:
        command()
    except SystemExit as done:
        if done.code == INTERRUPTED:
            _say_interrupted(received)
        return _flushed(done.code if isinstance(done.code, int) else 0)
    except AssessError as error:
        _say(str(error))
        return _flushed(error.exit_code)
    except KeyboardInterrupt:
        _say_interrupted(received)
        return INTERRUPTED
    except (MemoryError, SystemError):  # of libraries that run short of it while they are loaded
        _say(f"the machine has not enough memory; close other programs, then {_AGAIN}")
        return AssessError.exit_code
    except OSError as error:
        return _machine_failed(error)
    return _flushed(0)


@contextmanager
def _heeding() -> Generator[list[int]]:
    """Let signals end the command as Ctrl-C does; they are told in the list."""
    received: list[int] = []

    def heed(number: int, _frame: FrameType | None) -> NoReturn:
        received.append(number)
        for each in _ENDING:
            signal.signal(each, signal.SIG_DFL)  # a second one does not wait
        raise KeyboardInterrupt

    before = {}
    with suppress(ValueError):  # not in the main thread: whoever called us heeds them
        for each in _ENDING:
            if signal.getsignal(each) == signal.SIG_DFL:  # nohup ignores them, and so do we
                before[each] = signal.signal(each, heed)
    try:
        yield received
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _say_interrupted(received: list[int]) -> None:
    what = f"ended by {signal.Signals(received[0]).name}" if received else "interrupted"
    _say(f"{what}; {_AGAIN}", "interrupted")


def _folder_deleted(error: OSError) -> bool:
    """Whether libraries failed as they were loaded because there is no current folder."""
    if isinstance(error, FileNotFoundError):
        try:
            Path.cwd()
        except FileNotFoundError:
            return True
    return False


def _flushed(code: int) -> int:
    """The exit code, or another if the last of the output cannot be written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _output_lost(error)
    return code


def _machine_failed(error: OSError) -> int:
    if _folder_deleted(error):
        _say("the current folder was deleted; change to another")
    elif error.filename is None:  # what is written to files of ours is told by who writes it
        return _output_lost(error)
    elif is_of_the_machine(error):
        _say(f"{error.filename}: the system refuses it {in_words(error)}")
    else:
        raise error
    return AssessError.exit_code


def _output_lost(error: OSError) -> int:
    if not isinstance(error, BrokenPipeError) and not is_of_the_machine(error):
        raise error
    # Nothing more can be written there, not even by the interpreter as it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 1  # the reader of our output has gone (`| head`); there is nobody left to tell
    _say(f"the output cannot be written {in_words(error)}")
    return AssessError.exit_code


def speak_utf8() -> None:
    """Output is UTF-8 in every locale; what even that cannot hold is escaped."""
    # Closed by whoever started us; commands ask them whether they are terminals, and write there.
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.RawIOBase):
        # PYTHONUNBUFFERED: a full disk takes a part of what is written, and the rest is lost.
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(sys.stdout.detach()),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
        )


def _say(message: str, event: str = "failed") -> None:
    from assess.report.words import shown

    with suppress(OSError):  # full or closed: the exit code tells
        log.tell(shown(message), event=event, level=log.ERROR)  # it may quote what others wrote
