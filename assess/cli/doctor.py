"""`assess doctor`: what this installation can do."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from assess.cli.options import AsJson


def doctor(as_json: AsJson = False) -> None:
    """Say what this installation can do. Exit code 1 if something needed does not work."""
    from assess.doctor import examine

    checks = examine()
    works = not any(check.fails for check in checks)
    if as_json:
        typer.echo(json.dumps({"ok": works, "checks": [asdict(check) for check in checks]}))
    else:
        for check in checks:
            typer.echo(f"{check.state:<8} {check.name}: {check.detail}")
    raise typer.Exit(0 if works else 1)
