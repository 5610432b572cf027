"""`assess runs`: what was run on a workspace, and running it again."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assess import log
from assess.cli.options import DEFAULT_DB, AsJson, Database, given
from assess.cli.tables import print_json
from assess.errors import AssessError, InputError

if TYPE_CHECKING:
    from assess.runs.reproduce import Step
    from assess.store.runs import Run

DIFFERS = 1

app = typer.Typer(help="List the runs of a workspace, and make them again.")


@app.callback(invoke_without_command=True)
def runs(context: typer.Context, db: Database = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List what was run on a workspace, the newest first; nothing is changed."""
    if context.invoked_subcommand:
        if db != DEFAULT_DB:
            context.default_map = {context.invoked_subcommand: {"db": str(db)}}
        return
    found = _manifests(db)
    if as_json:
        print_json(list(found))
        return
    number = 0
    for number, told in enumerate(found, start=1):  # noqa: B007 - how many there were
        typer.echo(_line(told))
    if not number:
        typer.echo("no runs")


@app.command()
def show(
    run: Annotated[int, typer.Argument(min=1, help="Its number, as `assess runs` lists it.")],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Show one run in full: its manifest."""
    import json

    told = next((one for one in _manifests(db) if one["id"] == run), None)
    if told is None:
        raise InputError(f"{db}: has no run {run}; `assess runs` lists them")
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _in_full(told))


@app.command()
def reproduce(
    run: Annotated[
        str, typer.Argument(help="Its number, or a manifest file.", metavar="RUN|MANIFEST")
    ],
    into: Annotated[
        Path,
        typer.Option("--into", help="New database to make.", parser=given, metavar="DB"),
    ],
    db: Database = DEFAULT_DB,
    inputs: Annotated[
        Path | None,
        typer.Option(
            "--inputs",
            help="Folder where the files that were given lie now.",
            parser=given,
            metavar="FOLDER",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse where a version is not what it was.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a run again in a new database, and say whether its texts and assessments are the same.

    All runs before it are made again as well; of a manifest only its own, which must have begun
    with an empty database. Exit code 1 if the content differs.
    """
    from assess.runs.reproduce import (
        found_inputs,
        read_manifest,
        runs_to_repeat,
        step,
        version_differences,
    )
    from assess.store.runs import read_runs

    if into.exists():
        raise InputError(f"{into}: is there already; give the name of a new database")
    if run.isdecimal():
        with _reading(db) as workspace:
            known = [one for one in read_runs(workspace.db) if one.id <= int(run)][::-1]
        if not known or known[-1].id != int(run):
            raise InputError(f"{db}: has no run {run}; `assess runs` lists them")
    else:
        known = [read_manifest(given(run))]
    repeated = runs_to_repeat(known)
    wanted = repeated[-1]
    versions = list(version_differences(wanted.versions, _versions(wanted)))
    for line in versions:
        log.tell(line, event="version_differs", level=log.WARNING)
    if versions and strict:
        raise InputError("versions are not what they were (above); leave --strict out to go on")
    where = found_inputs(repeated, inputs)
    for one in repeated:
        _run_again(step(one, where, into))
    _tell(wanted, into, db if run.isdecimal() else None, versions, as_json=as_json)


def _tell(wanted: Run, into: Path, old: Path | None, versions: list[str], *, as_json: bool) -> None:
    from assess.store.runs import read_runs

    with _reading(into) as workspace:
        content = next(read_runs(workspace.db)).content
    same = content == wanted.content
    documents = [] if same or old is None else list(_differing(old, into, wanted))
    if as_json:
        print_json(
            {
                "run": wanted.id,
                "same": same,
                "content": [wanted.content, content],
                "versions": versions,
                "documents": documents,
            }
        )
    else:
        for line in documents:
            typer.echo(f"differs: {line}")
        typer.echo(
            f"run {wanted.id} made again in {into}: its texts and assessments are "
            + ("the same" if same else "NOT the same")
        )
    if not same:
        raise typer.Exit(DIFFERS)


def _differing(old: Path, new: Path, wanted: Run) -> Iterator[str]:
    """Which documents differ; nothing where the old database has gone on since."""
    from assess.runs.reproduce import content_differences
    from assess.store.digests import content_digest, digests

    with _reading(old) as then, _reading(new) as now:
        if content_digest(then.db) == wanted.content:
            yield from content_differences(digests(then.db), digests(now.db))


def _versions(run: Run) -> Mapping[str, str | None]:
    """Versions now of what a run named; rubric and classifier of its own are inputs."""
    from assess.runs.versions import judge_versions, program_versions
    from assess.score.rubric_files import shipped_rubrics

    found = program_versions()
    if "rubric" in run.versions:
        name = str(run.settings.get("rubric") or "uk-s54")
        if "--rubric" not in run.arguments and name in shipped_rubrics():
            return found | judge_versions(Path(name), None)
    return found


def _run_again(step: Step) -> None:
    """Run a command by itself: no configuration file, its own settings as defaults."""
    import contextlib
    import io

    from assess.cli import app as root
    from assess.cli.config import apply_limits
    from assess.running import Command, command_now, commanded

    command: Any = typer.main.get_command(root)
    for word in step.run.command.split():
        command = getattr(command, "commands", {}).get(word)
    if command is None:
        raise InputError(f"run {step.run.id}: there is no command {step.run.command!r} any more")
    log.tell(f"assess {step.run.command}", event="run_again", level=log.DEBUG, of=step.run.id)
    settings = dict(step.settings)
    apply_limits(settings.pop("limits", {}))
    outer = command_now()
    own = commanded(Command(outer.describe)) if outer else contextlib.nullcontext()
    try:
        with own, contextlib.redirect_stdout(io.StringIO()):
            command.main(
                list(step.arguments),
                prog_name=step.run.command,
                standalone_mode=False,
                default_map=settings,
            )
    except AssessError:
        if step.run.outcome == "done":
            raise  # else it failed as it did then
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise InputError(f"run {step.run.id}: {error.format_message()}") from None


@contextmanager
def _reading(db: Path) -> Generator[Any]:
    from assess.store import open_to_read

    with open_to_read(db) as workspace:
        yield workspace


def _manifests(db: Path) -> Iterator[dict[str, Any]]:
    from assess.store.runs import manifest, read_runs
    from assess.store.workspace import is_being_written

    with _reading(db) as workspace:
        for place, run in enumerate(read_runs(workspace.db)):
            goes_on = place == 0 and run.outcome is None and is_being_written(db)
            yield manifest(run, goes_on=goes_on)


def _line(told: Mapping[str, Any]) -> str:
    from assess.report.words import shown

    seconds = "" if told["seconds"] is None else f"{told['seconds']:,.1f} s"
    ending = f"{told['outcome']} ({told['exit_code']})" if told["exit_code"] else told["outcome"]
    words = " ".join([told["command"], *told["arguments"]])
    return shown(f"{told['id']:>5}  {told['started_at']}  {ending:<12} {seconds:>10}  {words}")


def _in_full(told: Mapping[str, Any]) -> str:
    import json

    from assess.report.words import shown

    lines = []
    for key, value in told.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}: {json.dumps(one)}" for name, one in value.items())]
        elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(f"  {_pairs(one)}" for one in value)]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(map(shown, lines))


def _pairs(row: Mapping[str, Any]) -> str:
    import json

    return ", ".join(f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in row.items())
