"""The command line: each command parses, calls one function and prints."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from assess import __version__, log
from assess.cli import (
    benchmark,
    classify,
    collect,
    companies,
    compare,
    config,
    demo,
    doctor,
    documents,
    dossier,
    evaluate,
    explore,
    export,
    forget,
    learn,
    merge,
    missing,
    report,
    review,
    rubric,
    run,
    runs,
    scrape,
)
from assess.cli.options import given
from assess.cli.recorded import RecordedGroup
from assess.errors import AssessError

app = typer.Typer(
    name="assess",
    cls=RecordedGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (collect.statements, collect.sites, collect.urls, collect.warc, collect.status):
    scrape.app.command()(command)
scrape.app.command()(companies.companies)
scrape.app.command()(companies.groups)
app.add_typer(scrape.app, name="scrape")
app.add_typer(export.app, name="export")
app.command("extract")(documents.extract)
app.command("score")(documents.score)
app.command("check")(documents.check)
app.command("classify")(classify.classify)
report.app.command()(dossier.organisation)
app.add_typer(report.app, name="report")
app.add_typer(rubric.app, name="rubric")
app.command("benchmark")(benchmark.benchmark)
app.add_typer(compare.app, name="compare")
app.command("missing")(missing.missing)
app.command("run")(run.run)
app.add_typer(runs.app, name="runs")
app.command("merge")(merge.merge)
app.command("review")(review.review)
app.command("train")(learn.train)
app.add_typer(evaluate.app, name="evaluate")
app.command("compare-models")(learn.compare_models)
app.command("demo")(demo.demo)
app.command("forget")(forget.forget)
app.command("doctor")(doctor.doctor)
app.command("explore")(explore.explore)


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Option(
            "--config",
            help="Configuration file; else what ASSESS_CONFIG names, or assess.toml here.",
            parser=given,
            metavar="FILE",
        ),
    ] = None,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print all settings, and end.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Log to standard error as JSON, one object a line.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell when each stage begins and ends.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version, and end.")] = False,
) -> None:
    """Read modern slavery statements (section 54, Modern Slavery Act 2015) and tell form from
    substance."""
    if version:
        typer.echo(f"assess {__version__}")
        raise typer.Exit
    found = config.read_config(file)
    log.configure(as_json=log_json or bool(found.settings.get("log_json")), verbose=verbose)
    if show_config:
        config.show(found)
        raise typer.Exit
    if context.invoked_subcommand is None:
        context.fail("Missing command.")
    context.default_map = config.defaults(context.command, found.settings)
    config.apply_limits(found.limits)


INTERRUPTED = 130
# No room on the disk, in the quota, or for a file so large; a failing disk.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main() -> None:
    """Run the command line; expected errors become one line and a documented exit code."""
    sys.exit(_run())


def _run() -> int:
    _speak_utf8()
    try:
        app(standalone_mode=True)
    except SystemExit as done:
        if done.code == INTERRUPTED:
            _say("interrupted; run the same command again to go on", "interrupted")
        return _flushed(done.code if isinstance(done.code, int) else 0)
    except AssessError as error:
        _say(str(error))
        return _flushed(error.exit_code)
    except KeyboardInterrupt:
        _say("interrupted; run the same command again to go on", "interrupted")
        return INTERRUPTED
    except OSError as error:
        if _folder_deleted(error):
            _say("the current folder was deleted; change to another")
            return AssessError.exit_code
        return _output_lost(error)
    return 0


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


def _output_lost(error: OSError) -> int:
    if not isinstance(error, BrokenPipeError) and error.errno not in _FULL:
        raise error
    # Nothing more can be written there, not even by the interpreter as it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 1  # the reader of our output has gone (`| head`); there is nobody left to tell
    _say(f"the output cannot be written ({error.strerror})")
    return AssessError.exit_code


def _speak_utf8() -> None:
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

    log.tell(shown(message), event=event, level=log.ERROR)  # it may quote what others wrote
