"""Write docs/commands.md from the commands' own help: ``python -m tools.docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from assess.cli import app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
INTRODUCTION = """# Commands

Made from the commands' own help by `python -m tools.docs`; a test holds this page to it.

Results go to standard output, progress and messages to standard error. Exit codes: 0 done;
1 some document could not be assessed (`check`), a rubric has faults (`rubric validate`), a model
is worse (`compare-models --fail-on-worse`), something needed does not work or is broken (`doctor`),
or a part was left out (`merge`); 2 wrong usage, with the usage shown, or input that cannot be used,
with one line that says what and where; 130 interrupted. Commands that write to a database hold
`<database>.lock` meanwhile; a second one says so and exits with 2.
"""


def page() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    return "\n".join([INTRODUCTION, *_sections(root, "assess")]) + "\n"


def _sections(command: Any, path: str) -> Iterator[str]:
    commands = getattr(command, "commands", None)
    if commands is None:
        yield _section(command, path)
        return
    if command.invoke_without_command:
        yield _section(command, path)
    for name, child in sorted(commands.items()):
        yield from _sections(child, f"{path} {name}")


def _section(command: Any, path: str) -> str:
    lines = [f"## {path}", "", str(command.help).strip(), ""]
    parameters = [p for p in command.params if p.name != "help"]
    if parameters:
        lines += ["| argument or option | meaning |", "|---|---|"]
        lines += [f"| {_name(p)} | {_meaning(p)} |" for p in parameters]
        lines.append("")
    return "\n".join(lines)


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.name.upper()}{'...' if parameter.nargs == -1 else ''}`"
    names = [*parameter.opts, *parameter.secondary_opts]
    return ", ".join(f"`{name}`" for name in names)


def _meaning(parameter: Any) -> str:
    text = str(parameter.help or "").strip()
    if parameter.required:
        return f"{text} Required."
    shown = parameter.default
    if shown in (None, False, [], ()) or callable(shown):
        return text
    return f"{text} Default: `{shown}`."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
