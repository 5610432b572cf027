"""What the program says on standard error: lines for people, or JSON objects for machines."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

DEBUG: Final = logging.DEBUG
INFO: Final = logging.INFO
WARNING: Final = logging.WARNING
ERROR: Final = logging.ERROR
VARIABLE: Final = "ASSESS_LOG_JSON"
"""Set for the processes that a command starts, so that they log as it does."""

_INHERITED: Final = bool(os.environ.get(VARIABLE))
_LOGGER: Final = logging.getLogger("assess")
_PREFIX: Final = "assess: "

Where = Callable[[], dict[str, Any]]


class _Stderr(logging.Handler):
    """Writes to whatever standard error is at the moment; what goes wrong there is raised."""

    def emit(self, record: logging.LogRecord) -> None:
        if sys.stderr is not None:
            sys.stderr.write(f"{self.format(record)}\n")


class _Lines(logging.Formatter):
    """Our own messages as they are; a program's name before those that have none of their own."""

    def format(self, record: logging.LogRecord) -> str:
        prefix = "" if getattr(record, "plain", False) else _PREFIX
        return f"{prefix}{record.getMessage()}"


class _Json(logging.Formatter):
    """One object a line: time, level, event, run, stage, message, then the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "library"),
            **_where(),
            "message": record.getMessage().strip().removeprefix(_PREFIX),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["exception"] = "".join(traceback.format_exception(*record.exc_info))
        # ASCII: no name of a file can move a terminal's cursor or end a line.
        return json.dumps(told, default=str)


def _nowhere() -> dict[str, Any]:
    return {"run": None, "stage": None}


_where: Where = _nowhere
_handler: Final = _Stderr()


def tell(
    message: str,
    *,
    event: str = "message",
    level: int = INFO,
    plain: bool = False,
    **fields: object,
) -> None:
    """Say something on standard error; with ``plain`` without the program's name before it.

    ``event`` names what happened, for machines, and ``fields`` are its numbers.
    """
    if not _LOGGER.handlers:
        configure()
    _LOGGER.log(level, "%s", message, extra={"event": event, "plain": plain, "fields": fields})


def configure(*, as_json: bool = False, verbose: bool = False) -> None:
    """Log as JSON or in lines; stages (level debug) are told in JSON, and with ``verbose``.

    In JSON what libraries warn of, and an error that nobody expected, are objects too.
    """
    as_json = as_json or _INHERITED
    _handler.setFormatter(_Json() if as_json else _Lines())
    _LOGGER.handlers = [_handler]
    _LOGGER.propagate = False
    _LOGGER.setLevel(DEBUG if as_json or verbose else INFO)
    root = logging.getLogger()
    root.removeHandler(_handler)
    logging.captureWarnings(as_json)
    sys.excepthook = _unexpected if as_json else sys.__excepthook__
    os.environ.pop(VARIABLE, None)
    if as_json:
        root.addHandler(_handler)
        os.environ[VARIABLE] = "1"


def is_json() -> bool:
    """Whether standard error is for machines: nothing but objects may be written there."""
    return isinstance(_handler.formatter, _Json)


def say_where(where: Where) -> None:
    """Let ``where`` tell the run and the stage that each event belongs to."""
    global _where  # noqa: PLW0603 - one program, one standard error
    _where = where


def _unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _LOGGER.critical(
        "%s", error or kind.__name__, exc_info=(kind, error, trace), extra={"event": "defect"}
    )


if _INHERITED:  # a worker process, or a command that another one started
    configure(as_json=True)
