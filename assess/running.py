"""What is running: the command, its stages, and who writes them down."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

from assess import log

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was given to a command, or a folder of documents."""

    path: str
    sha256: str | None
    """Of a file its bytes'; of a folder the list of its documents' (`assess.scrape.given`)."""
    documents: int | None = None
    """In a folder."""


@dataclass(frozen=True, slots=True)
class RunStart:
    """What is known of a run when it begins."""

    command: str
    """Its words, e.g. ``scrape files``."""
    arguments: tuple[str, ...]
    """As given, each option by its long name; what names persons is left out."""
    settings: Mapping[str, Any]
    """Values in force that were not given: of the configuration file, and defaults."""
    versions: Mapping[str, str | None]
    inputs: tuple[Input, ...]


class Recorder(Protocol):
    """Writes down what a run does."""

    @property
    def id(self) -> int:
        """Key of the run in its database."""

    def stage_begun(self, name: str) -> int:
        """A stage begins; its position in the run."""

    def stage_ended(self, position: int, seconds: float, counts: Mapping[str, int]) -> None:
        """A stage has ended well."""

    def input_read(self, found: Input) -> None:
        """All documents of an input have been read."""


@dataclass(slots=True)
class Command:
    """A command of the command line while it runs."""

    describe: Callable[[], RunStart]
    recorded: tuple[Path, int] | None = None
    """The database and the key of its last run there, once it has one."""


_command: ContextVar[Command | None] = ContextVar("command", default=None)
_recorder: ContextVar[Recorder | None] = ContextVar("recorder", default=None)
_stage: ContextVar[str | None] = ContextVar("stage", default=None)


@contextmanager
def commanded(command: Command) -> Generator[Command]:
    """Run a command of the command line: what it does to a workspace is recorded there."""
    token = _command.set(command)
    try:
        yield command
    finally:
        _command.reset(token)


def command_now() -> Command | None:
    """The command that runs; None where the package is used as a library."""
    return _command.get()


@contextmanager
def recorded_by(recorder: Recorder) -> Generator[None]:
    """Let stages be written down by a recorder."""
    token = _recorder.set(recorder)
    try:
        yield
    finally:
        _recorder.reset(token)


def input_read(found: Input) -> None:
    """Tell the recorder, if there is one, what a folder held."""
    if recorder := _recorder.get():
        recorder.input_read(found)


@contextmanager
def stage(name: str) -> Generator[dict[str, int]]:
    """A stage of a run, timed and logged; what is put in the dict are its counts."""
    recorder, token = _recorder.get(), _stage.set(name)
    counts: dict[str, int] = {}
    begun = time.monotonic()
    try:
        position = recorder.stage_begun(name) if recorder else 0
        log.tell(f"{name}: begun", event="stage_begun", level=log.DEBUG)
        yield counts
        seconds = time.monotonic() - begun
        if recorder:
            recorder.stage_ended(position, seconds, counts)
        _tell_end(name, seconds, counts)
    finally:
        _stage.reset(token)


def _tell_end(name: str, seconds: float, counts: Mapping[str, int]) -> None:
    told = "".join(f"{key.replace('_', ' ')} {number:,}, " for key, number in counts.items())
    log.tell(
        f"{name}: {told}{seconds:.1f} s",
        event="stage_ended",
        level=log.DEBUG,
        seconds=round(seconds, 3),
        counts=dict(counts),
    )


def staged(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a stage; the whole numbers of the dataclass it returns are the counts."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with stage(name) as counts:
                result = function(*args, **kwargs)
                counts.update(_counts(result))
            return result

        return run

    return decorate


def _counts(result: object) -> dict[str, int]:
    if not dataclasses.is_dataclass(result):
        return {}
    named = ((one.name, getattr(result, one.name)) for one in dataclasses.fields(result))
    return {name: int(value) for name, value in named if isinstance(value, int)}


def _where() -> dict[str, Any]:
    recorder = _recorder.get()
    return {"run": recorder.id if recorder else None, "stage": _stage.get()}


log.say_where(_where)
