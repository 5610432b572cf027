"""Targets whose cases hypothesis draws: rubrics of broken structure, and command lines.

`fuzz_one_input` makes a case of any bytes, so that the same bytes give the same case, and a
coverage-guided fuzzer can choose them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest import mock

import typer
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.fuzz.target import BrokenPromiseError, Target

Draw = Callable[[st.SearchStrategy[Any]], Any]

# What people type, what programs pass on, and what attackers try. No slash: commands write files.
_WORDS: Final = (
    "", " ", "-", "--", "0", "-1", "1e9", "nan", "٣", "2024", "2024-13-45", "99999999999999999999",
    "=1+1", "<script>", "\x1b[31m", "\u202e", "a\0b",
    "\ud800", "%s", "{0}", "'; DROP TABLE texts;--",
    "Food", "uk-s54", "no-such", "12345678", "x" * 300, "html,csv", "é", "policies", "true", "*",
)  # fmt: skip
_FILES: Final = (
    "one.db", "empty.db", "text.db", "one.txt", "one.html", "registry.csv", "sites.csv", "folder",
    "rubric.yaml", "assess.toml", "missing.txt", "out.html", "out.csv", "out", "loop", "bytes.bin",
)  # fmt: skip
_CHOICES: Final = ("html", "csv", "md", "xlsx", "statements", "organisations", "latest", "sector")
_NUMBERS: Final = frozenset(
    {"jobs", "minimum", "year", "top", "limit", "number", "statement", "delay", "decided"}
)
# They write to the user's own shell, or end at once.
_OUTSIDE: Final = frozenset({"install_completion", "show_completion", "help"})
# They serve, wait for a person, take minutes or ask the network; `--help` aside.
_LEFT_OUT: Final = frozenset({("demo",), ("explore",)})
_EXIT_CODES: Final = (0, 1, 2, 130)

_text = st.sampled_from(_WORDS) | st.text(st.characters(exclude_characters="/~"), max_size=12)
_any_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_text, inner, max_size=4),
    max_leaves=12,
)


def _function(check: Callable[[st.DataObject, Path], str]) -> Callable[[bytes, Path], str]:
    """A case of drawn data, as `Target.one` wants it."""

    def one(data: bytes, folder: Path) -> str:
        found = "undrawn"

        @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.data())
        def drawn(data: st.DataObject) -> None:
            nonlocal found
            found = check(data, folder)

        drawn.hypothesis.fuzz_one_input(data)  # type: ignore[attr-defined]
        return found

    return one


@cache
def _shipped() -> Any:
    from importlib import resources

    source = resources.files("assess.score").joinpath("rubrics", "uk-s54.yaml")
    return yaml.safe_load(source.read_text("utf-8"))


def changed(tree: Any, draw: Draw, depth: int = 0) -> Any:
    """``tree`` with one of its values replaced, dropped, doubled or renamed."""
    entries: list[Any] = list(tree) if isinstance(tree, (dict, list)) else []
    if not entries or (depth and draw(st.integers(0, 4)) == 0):
        return draw(_any_value)
    place = draw(st.integers(0, len(entries) - 1))
    how = draw(st.sampled_from(("within", "within", "within", "drop", "rename", "replace")))
    if isinstance(tree, list):
        return _changed_list(tree, place, how, draw, depth)
    key = entries[place]
    rest = {k: v for k, v in tree.items() if k != key}
    if how == "drop":
        return rest
    if how == "rename":
        return {**rest, draw(_text | st.sampled_from(entries)): tree[key]}
    inner = draw(_any_value) if how == "replace" else changed(tree[key], draw, depth + 1)
    return {**rest, key: inner}


def _changed_list(tree: list[Any], place: int, how: str, draw: Draw, depth: int) -> list[Any]:
    before, after = tree[:place], tree[place + 1 :]
    if how == "drop":
        return before + after
    if how == "rename":
        return [*before, tree[place], tree[place], *after]
    inner = draw(_any_value) if how == "replace" else changed(tree[place], draw, depth + 1)
    return [*before, inner, *after]


def _rubric(data: st.DataObject, folder: Path) -> str:
    from assess.score.rubric import load_rubric

    tree = _shipped()
    for _ in range(data.draw(st.integers(1, 3))):
        tree = changed(tree, data.draw)
    path = folder / "rubric.yaml"
    try:
        path.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    except (UnicodeEncodeError, yaml.YAMLError):
        return "unwritable"
    from assess.errors import RubricError

    try:
        rubric = load_rubric(path)
    except RubricError:
        return "refused"
    if not data.draw(st.booleans()):
        return "loaded"
    return _judged(rubric)


def _judged(rubric: Any) -> str:
    """A rubric that was taken must judge, quoting the text's own words."""
    from assess.extract import from_plain_text
    from assess.score.assessment import assess_text
    from assess.score.model import load_model
    from tools.fuzz.invariants import misquoted

    text = from_plain_text(_STATEMENT)
    if why := misquoted(assess_text(text, rubric, load_model()), text):
        raise BrokenPromiseError(why)
    return "judged"


_STATEMENT: Final = (
    "Modern slavery statement 2024\n\nThis statement was approved by the board of A Limited on 1 "
    "May 2024. We have a whistleblowing policy. We trained 40 buyers on forced labour in 2023 and "
    "audited 20 suppliers, of which two repaid recruitment fees to 31 workers. We will review our "
    "key performance indicators.\n\nJane Roe\nDirector\n"
) * 3


@cache
def _commands() -> Mapping[tuple[str, ...], Any]:
    from assess.cli import app

    found: dict[tuple[str, ...], Any] = {}

    def walk(command: Any, path: tuple[str, ...]) -> None:
        found[path] = command
        for name, child in (getattr(command, "commands", None) or {}).items():
            walk(child, (*path, name))

    walk(typer.main.get_command(app), ())
    return found


def _arguments(draw: Draw) -> list[str]:
    """A command with what it needs, mostly of the right kind; now and then whatever."""
    path = draw(st.sampled_from(sorted(_commands())))
    if path in _LEFT_OUT:
        return [*path, "--help"]
    words: list[str] = []
    for one in _commands()[path].params:
        if one.name in _OUTSIDE or draw(st.integers(0, 9)) >= (9 if one.required else 3):
            continue
        words += _given(one, draw)
    if "--db" not in words and any("--db" in one.opts for one in _commands()[path].params):
        words += ["--db", "one.db"]
    if draw(st.integers(0, 4)) == 0:
        words.insert(draw(st.integers(0, len(words))), draw(_text))
    return [*path, *words]


def _given(parameter: Any, draw: Draw) -> list[str]:
    """An option with its value, or an argument."""
    names = [name for name in (*parameter.opts, *parameter.secondary_opts) if name[:1] == "-"]
    if names and parameter.is_flag:
        return [draw(st.sampled_from(names))]
    numbers = st.integers(-1, 2030).map(str)
    value = draw(numbers if parameter.name in _NUMBERS else st.sampled_from(_FILES + _CHOICES))
    if draw(st.integers(0, 5)) == 0:
        value = draw(_text)
    return [draw(st.sampled_from(names)), value] if names else [value]


def _command(data: st.DataObject, folder: Path) -> str:
    arguments = _arguments(data.draw)
    code, output = run_command(arguments, folder)
    if code not in _EXIT_CODES:
        raise BrokenPromiseError(f"{arguments}: exit code {code}")
    if "Traceback (most recent" in output:
        raise BrokenPromiseError(f"{arguments}: a traceback: {output[-2000:]}")
    return f"exit {code}"


def run_command(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Run a command line in this process, in ``folder``, cut off from the network.

    Returns:
        The exit code, and both outputs. Any exception but an AssessError goes through.
    """
    from typer.testing import CliRunner

    from assess.cli import app
    from assess.errors import AssessError

    with ExitStack() as stack:
        stack.enter_context(_in_folder(folder))
        for name in ("socket.socket.connect", "socket.getaddrinfo"):
            stack.enter_context(mock.patch(name, side_effect=OSError("no network here")))
        stack.enter_context(mock.patch("assess.scrape.visits.WAIT_SECONDS", 0.0))
        stack.enter_context(mock.patch.dict(os.environ, HOME=str(folder)))
        result = CliRunner().invoke(app, [_argument(one) for one in arguments])
    error = result.exception
    if isinstance(error, AssessError):
        return error.exit_code, result.output + str(error)
    if error is not None and not isinstance(error, SystemExit):
        raise error
    return result.exit_code, result.output


def _argument(word: str) -> str:
    """As the system could pass it on: no NUL, and bytes that are no UTF-8 as Python has them."""
    return os.fsdecode(os.fsencode(word.replace("\0", ""))) if _passes(word) else "x"


def _passes(word: str) -> bool:
    try:
        os.fsencode(word)
    except UnicodeEncodeError:
        return False
    return True


class _in_folder:  # noqa: N801 - a context manager, as contextlib.chdir is
    """The current folder, for a while, with what a user might have lying there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        self._before = Path.cwd()
        _furnish(self._folder)
        os.chdir(self._folder)

    def __exit__(self, *_: object) -> None:
        os.chdir(self._before)


def _furnish(folder: Path) -> None:
    from tools.fuzz.hostile import small_workspace

    contents = {
        "empty.db": b"",
        "text.db": b"not a database, but long enough to look like one" * 40,
        "one.txt": _STATEMENT.encode(),
        "one.html": b"<h1>Modern slavery statement</h1><p>" + _STATEMENT.encode(),
        "registry.csv": b"StatementYear,OrganisationName,StatementSummaryURL\n2024,A,x\n",
        "sites.csv": b"organisation,website\nA Limited,https://a.example/\n",
        "rubric.yaml": b"id: own\nversion: '1'\ntitle: Own\nnotice: none\nextends: uk-s54\n",
        "bytes.bin": bytes(range(256)),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder").mkdir(exist_ok=True)
    (folder / "loop").unlink(missing_ok=True)
    (folder / "loop").symlink_to("loop")
    small_workspace(folder / "one.db")


def _bytes() -> list[bytes]:
    return [bytes(2000)]


DRAWN: Final = (
    Target("rubric-structure", _bytes, _function(_rubric), drawn=True, weight=3),
    Target("commands", _bytes, _function(_command), drawn=True, weight=4),
)
