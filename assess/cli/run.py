"""`assess run`: from registry file and documents to a report in one command."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assess.cli.options import (
    DEFAULT_DB,
    DEFAULT_JOBS,
    DEFAULT_MINIMUM,
    Backend,
    Dask,
    Database,
    Jobs,
    Minimum,
    Originals,
    RubricFile,
    engine_of,
    given,
)
from assess.errors import InputError
from assess.running import command_now


def run(
    report: Annotated[Path, typer.Option("--report", help="HTML report to write.")],
    registry: Annotated[
        list[Path] | None, typer.Option("--registry", help="Registry download (CSV).")
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--files", help="Document, folder, or JSON Lines.", parser=given, metavar="PATH"
        ),
    ] = None,
    db: Database = DEFAULT_DB,
    rubric: RubricFile = None,
    minimum: Minimum = DEFAULT_MINIMUM,
    jobs: Jobs = DEFAULT_JOBS,
    dask: Dask = None,
    backend: Backend = None,
    originals: Originals = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest",
            help="JSON file to write: versions, inputs, settings, durations and counts of this "
            "run, to make it again.",
            parser=given,
            metavar="FILE",
        ),
    ] = None,
) -> None:
    """Read, match, extract, score and report; work already done is skipped."""
    import gc

    from assess.files import is_same
    from assess.pipeline import Inputs, run_all
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    # Rows are read by the hundred thousand and hold no cycles: looking for some took a sixth of
    # the time.
    gc.set_threshold(200_000)
    loaded, engine = load_rubric(rubric), engine_of(jobs, dask, backend, originals)
    if manifest is not None and is_same(manifest, report):
        raise InputError(f"{manifest}: is the report; give another name for the manifest")
    with _manifest_kept(manifest), open_workspace(db) as workspace:
        result = run_all(
            workspace,
            Inputs(tuple(registry or ()), tuple(files or ())),
            loaded,
            report,
            minimum,
            engine,
        )
    for line in result.lines:
        typer.echo(line)
    typer.echo(f"report: {report}" + ("" if result.changed else " (unchanged)"))


@contextmanager
def _manifest_kept(manifest: Path | None) -> Generator[None]:
    """Write the run's manifest when it has ended, well or not."""
    if manifest is not None and not manifest.parent.is_dir():
        raise InputError(f"{manifest}: its folder does not exist; make it first")
    try:
        yield
    finally:
        command = command_now()
        if manifest is not None and command is not None and command.recorded:
            _write_manifest(manifest, *command.recorded)


def _write_manifest(manifest: Path, db: Path, run: int) -> None:
    import json

    from assess.files import writing
    from assess.store import open_to_read
    from assess.store.runs import manifest as told_of
    from assess.store.runs import read_runs

    with open_to_read(db) as workspace, writing(manifest) as handle:
        [found] = (one for one in read_runs(workspace.db) if one.id == run)
        handle.write(json.dumps(told_of(found, goes_on=False), ensure_ascii=False, indent=1))
        handle.write("\n")
