"""Documentation and commands are checked against each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from assess.cli import app
from tools.docs import PAGE, page

ROOT = Path(__file__).parents[1]
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "models" / "README.md"])


def test_commands_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.docs"


def _commands(command: Any, path: tuple[str, ...]) -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    children = getattr(command, "commands", None)
    if children is None or command.invoke_without_command:
        options = {opt for p in command.params for opt in [*p.opts, *p.secondary_opts]}
        found[path] = options | {"--help", "-h"}
    for name, child in (children or {}).items():
        found |= _commands(child, (*path, name))
    return found


def test_every_command_in_the_docs_exists_with_its_options() -> None:
    known = _commands(typer.main.get_command(app), ())
    checked = 0
    for text in TEXTS:
        for block in re.findall(r"```(?:sh|console)\n(.*?)```", text.read_text("utf-8"), re.DOTALL):
            for line in re.findall(r"^\$? ?(assess .*)$", block.replace("\\\n", " "), re.MULTILINE):
                words = tuple(_without_config(line.split()[1:]))
                path = max((p for p in known if words[: len(p)] == p), key=len, default=None)
                assert path is not None, f"{text.name}: {line}"
                options = {w.split("=")[0] for w in words if re.match(r"--?[a-z]", w)}
                assert options <= known[path], f"{text.name}: {line}"
                checked += 1
    assert checked >= 8


def _without_config(words: list[str]) -> list[str]:
    """The words after ``--config FILE``, which may stand before any command."""
    return words[2:] if words[:1] == ["--config"] else words


def test_every_command_has_help() -> None:
    def walk(command: Any) -> None:
        assert command.help, command.name
        for child in getattr(command, "commands", {}).values():
            walk(child)

    walk(typer.main.get_command(app))


def test_links_between_pages_lead_somewhere() -> None:
    for text in TEXTS:
        for target in re.findall(r"\]\(([^)#]+)", text.read_text("utf-8")):
            if "://" not in target:
                assert (text.parent / target).exists(), f"{text.name}: {target}"


def test_no_machine_paths_or_registry_hosts() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "index-url" not in lock


def test_every_reason_and_flag_of_extraction_is_described() -> None:
    described = set(
        re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/extraction.md").read_text("utf-8"), re.M)
    )
    source = "\n".join(
        path.read_text("utf-8")
        for path in [*(ROOT / "assess/extract").rglob("*.py"), ROOT / "assess/score/assessment.py"]
    )
    reasons = set(re.findall(r'UnreadableDocument\(\s*"(\w+)"', source))
    flags = set(re.findall(r'flags(?:\.add\(| \|= \{|: .*= \{)"(\w+)"', source))
    named = set(re.findall(r'^[A-Z_]+: Final = "([a-z]+_[a-z_]+)"$', source, re.M))
    assert len(reasons) > 6 and len(named) > 8
    assert reasons | flags | named <= described
