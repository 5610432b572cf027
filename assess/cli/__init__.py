"""The command line: each command parses, calls one function and prints."""

from __future__ import annotations

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
from assess.cli.endings import ended, speak_utf8
from assess.cli.options import given
from assess.cli.recorded import RecordedGroup

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


def main() -> None:
    """Run the command line; expected errors become one line and a documented exit code."""
    # Before numpy is loaded: how many threads share a sum shows in its last bits, and on a busy
    # machine they wait for one another for seconds.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    speak_utf8()
    sys.exit(ended(lambda: app(standalone_mode=True)))
