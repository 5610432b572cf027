"""The runs of a workspace: written down while they go on, and read."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from assess import log
from assess.clock import now
from assess.discretion import LEFT_OUT, PRIVATE_COMMANDS
from assess.errors import AssessError, WorkspaceError
from assess.running import Input, RunStart, command_now, recorded_by
from assess.store.digests import content_digest, refresh_digests

INTERRUPTED: Final = 130
_COLUMNS: Final = (
    "id",
    "command",
    "arguments",
    "settings",
    "versions",
    "began_empty",
    "started_at",
    "ended_at",
    "seconds",
    "outcome",
    "exit_code",
    "message",
    "issues",
    "content",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a run."""

    stage: str
    started_at: str
    seconds: float | None
    """None: it did not end."""
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the database has it."""

    id: int
    command: str
    arguments: tuple[str, ...]
    settings: Mapping[str, Any]
    versions: Mapping[str, str | None]
    began_empty: bool
    started_at: str
    ended_at: str | None
    seconds: float | None
    outcome: str | None
    """None: it goes on, or was killed and nobody has written since."""
    exit_code: int | None
    message: str | None
    issues: Mapping[str, int]
    """How many of each code it noted."""
    content: str | None
    """Hash of all texts and assessments when it was done."""
    stages: tuple[Stage, ...]
    inputs: tuple[Input, ...]


class _Recorder:
    """Writes one run down; each call is a transaction of its own."""

    def __init__(self, db: Database, start: RunStart) -> None:
        self._db = db
        self._begun = time.monotonic()
        self._stages = 0
        with db.atomic():
            # Nobody else writes now: what did not end was killed.
            db.execute("UPDATE runs SET outcome = 'killed' WHERE outcome IS NULL")
            cursor = db.execute(
                "INSERT INTO runs (command, arguments, settings, versions, began_empty, started_at)"
                " VALUES (?, ?, ?, ?, NOT EXISTS (SELECT 1 FROM documents)"
                " AND NOT EXISTS (SELECT 1 FROM statements), ?)",
                [
                    start.command,
                    *map(_json, (start.arguments, start.settings, start.versions)),
                    now(),
                ],
            )
            self.id = int(cursor.lastrowid or 0)
            for given in start.inputs:
                self._write_input(given)
        log.tell(f"run {self.id}: {start.command}", event="run_begun", level=log.DEBUG, run=self.id)

    def stage_begun(self, name: str) -> int:
        self._stages += 1
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO run_stages (run_id, position, stage, started_at) VALUES (?, ?, ?, ?)",
                [self.id, self._stages, name, now()],
            )
        return self._stages

    def stage_ended(self, position: int, seconds: float, counts: Mapping[str, int]) -> None:
        with self._db.atomic():
            self._db.execute(
                "UPDATE run_stages SET seconds = ?, counts = ? WHERE (run_id, position) = (?, ?)",
                [round(seconds, 3), _json(counts), self.id, position],
            )

    def input_read(self, found: Input) -> None:
        with self._db.atomic():
            self._write_input(found)

    def end(self, outcome: str, exit_code: int, message: str | None = None) -> None:
        """Close the run; what it left is only told where it is done."""
        seconds = round(time.monotonic() - self._begun, 3)
        content = None
        if outcome == "done":
            refresh_digests(self._db)
            content = content_digest(self._db)
        issues = dict(
            self._db.execute(
                "SELECT code, count(*) FROM issues WHERE run_id = ? GROUP BY 1 ORDER BY 1",
                [self.id],
            ).fetchall()
        )
        with self._db.atomic():
            self._db.execute(
                "UPDATE runs SET ended_at = ?, seconds = ?, outcome = ?, exit_code = ?,"
                " message = ?, issues = ?, content = ? WHERE id = ?",
                [
                    now(),
                    seconds,
                    outcome,
                    exit_code,
                    message,
                    _json(issues),
                    content,
                    self.id,
                ],
            )
        log.tell(
            f"run {self.id}: {outcome}, {seconds:.1f} s",
            event="run_ended",
            level=log.DEBUG,
            run=self.id,
            outcome=outcome,
            seconds=seconds,
        )

    def _write_input(self, given: Input) -> None:
        self._db.execute(
            "INSERT INTO run_inputs VALUES (?, ?, ?, ?) ON CONFLICT (run_id, path) DO UPDATE"
            " SET sha256 = excluded.sha256, documents = excluded.documents",
            [self.id, given.path, given.sha256, given.documents],
        )


@contextmanager
def recording(db: Database, path: Path) -> Generator[int | None]:
    """Write down what the command that runs does to the workspace; its run's id.

    Nothing is written, and None given, where the package is used as a library.
    """
    command = command_now()
    if command is None:
        yield None
        return
    start = command.describe()
    recorder = _Recorder(db, start)
    command.recorded = (path, recorder.id)
    try:
        with recorded_by(recorder):
            yield recorder.id
    except BaseException as error:
        outcome, code, message = _ending(error)
        if message and start.command in PRIVATE_COMMANDS:
            message = LEFT_OUT  # it quotes what the command was given
        if db.conn.in_transaction:
            db.conn.rollback()
        # The error that is on its way says more than that it cannot be written down.
        with suppress(sqlite3.Error):
            recorder.end(outcome, code, message)
        raise
    recorder.end("done", 0)


def _ending(error: BaseException) -> tuple[str, int, str | None]:
    """Outcome, exit code and message of a run that an exception ends."""
    if isinstance(error, AssessError):
        return "failed", error.exit_code, str(error)
    if isinstance(error, KeyboardInterrupt | GeneratorExit) or type(error).__name__ == "Abort":
        return "interrupted", INTERRUPTED, None
    code = error.code if isinstance(error, SystemExit) else getattr(error, "exit_code", None)
    if isinstance(code, int) and not hasattr(error, "format_message"):
        return ("interrupted" if code >= INTERRUPTED else "done"), code, None
    return "failed", code if isinstance(code, int) else 1, str(error) or type(error).__name__


def amend_exit_code(path: Path, run: int, exit_code: int) -> None:
    """Say how the command ended whose run had been closed before; left where that cannot be."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as opened,
        opened,
    ):
        opened.execute("UPDATE runs SET exit_code = ? WHERE id = ?", [exit_code, run])


def read_runs(db: Database) -> Iterator[Run]:
    """All runs, the newest first; none where the database is from before they were kept.

    Raises:
        WorkspaceError: a row is not what this program writes.
    """
    if "runs" not in db.table_names():
        return
    columns = ", ".join(_COLUMNS)
    for row in db.execute(f"SELECT {columns} FROM runs ORDER BY id DESC"):  # noqa: S608 - ours
        try:
            run = _run(db, dict(zip(_COLUMNS, row, strict=True)))
        except (ValueError, TypeError, AttributeError):
            raise WorkspaceError(f"run {row[0]}: what the database says of it is damaged") from None
        yield run


def _run(db: Database, row: Mapping[str, Any]) -> Run:
    stages = db.execute(
        "SELECT stage, started_at, seconds, counts FROM run_stages WHERE run_id = ?"
        " ORDER BY position",
        [row["id"]],
    )
    inputs = db.execute(
        "SELECT path, sha256, documents FROM run_inputs WHERE run_id = ? ORDER BY rowid",
        [row["id"]],
    )
    parsed = {name: json.loads(row[name] or "{}") for name in ("settings", "versions", "issues")}
    return Run(
        **{
            **row,
            **{name: dict(found) for name, found in parsed.items()},
            "arguments": tuple(json.loads(row["arguments"])),
            "began_empty": bool(row["began_empty"]),
        },
        stages=tuple(
            Stage(stage, begun, seconds, dict(json.loads(counts)))
            for stage, begun, seconds, counts in stages
        ),
        inputs=tuple(Input(*one) for one in inputs),
    )


def manifest(run: Run, *, goes_on: bool) -> dict[str, Any]:
    """A run as one JSON object, with its keys always in the same order."""
    told = asdict(run)
    outcome = run.outcome or ("running" if goes_on else "killed")
    totals = {key: _total(run, *of) for key, of in _TOTALS.items()}
    return {"format": 1, **told, "outcome": outcome, "counts": totals}


def manifest_run(told: Mapping[str, Any]) -> Run:
    """The run of a manifest (KeyError, TypeError, ValueError: it is none)."""
    if told["format"] != 1:
        raise ValueError("another format")
    known = {one.name: told[one.name] for one in fields(Run)}
    return Run(
        **{
            **known,
            "arguments": tuple(map(str, told["arguments"])),
            "stages": tuple(Stage(**one) for one in told["stages"]),
            "inputs": tuple(Input(**one) for one in told["inputs"]),
        }
    )


# What a reader asks for first, of the stages' counts.
_TOTALS: Final = {
    "read": ("extract", "read"),
    "cannot_read": ("extract", "cannot_assess"),
    "assessed": ("score", "assessed"),
    "cannot_assess": ("score", "cannot_assess"),
}


def _total(run: Run, stage: str, count: str) -> int:
    return sum(one.counts.get(count, 0) for one in run.stages if one.stage == stage)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
