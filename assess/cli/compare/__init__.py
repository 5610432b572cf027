"""`assess compare`: statements beside one another."""

from __future__ import annotations

import typer

from assess.cli.compare import coverage, declared, reuse, sectors, years

app = typer.Typer(
    help="Compare statements: sectors, reused text, years, declarations, coverage.",
    no_args_is_help=True,
)
app.command("sectors")(sectors.sectors)
app.command("reuse")(reuse.reuse)
app.command("years")(years.years)
app.command("declared")(declared.declared)
app.command("coverage")(coverage.coverage)
