"""The command line: each command parses, calls one function and prints."""

from __future__ import annotations

import os
import sys

import typer

from assess.cli import benchmark, classify, documents, learn, report, run, scrape
from assess.errors import AssessError

app = typer.Typer(
    name="assess",
    help="Read modern slavery statements (section 54, Modern Slavery Act 2015) and tell form "
    "from substance.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(scrape.app, name="scrape")
app.command("extract")(documents.extract)
app.command("score")(documents.score)
app.command("check")(documents.check)
app.command("classify")(classify.classify)
app.add_typer(report.app, name="report")
app.command("benchmark")(benchmark.benchmark)
app.command("run")(run.run)
app.command("train")(learn.train)
app.command("evaluate")(learn.evaluate)

INTERRUPTED = 130


def main() -> None:
    """Run the command line; expected errors become one line and a documented exit code."""
    try:
        app()
    except AssessError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("interrupted; run the same command again to go on")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _say(message: str) -> None:
    sys.stderr.write(f"assess: {message}\n")
