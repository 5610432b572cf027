"""The command that runs, told so that it can be written down and run again."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup

from assess import log
from assess.running import Command, Input, RunStart, commanded

# What a command writes; `db` stands in every run.
OUTPUTS: Final = frozenset({"db", "report", "output", "manifest"})
_OUTPUTS_OF: Final = {"export warc": frozenset({"file"})}


class RecordedGroup(TyperGroup):
    """The root of all commands: each leaves a record in the workspace that it writes to."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options that stand before any command; how to log is known from here on."""
        log.configure(as_json="--log-json" in args)
        with _usage_errors():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what is known of it is asked for only where it is recorded."""
        log.configure(as_json=bool(ctx.params.get("log_json")))
        with commanded(Command(_describe)) as command, _usage_errors():
            try:
                return super().invoke(ctx)
            except typer.Exit as done:
                if command.recorded and done.exit_code:
                    from assess.store.runs import amend_exit_code

                    amend_exit_code(*command.recorded, done.exit_code)
                raise


@contextmanager
def _usage_errors() -> Generator[None]:
    """Tell wrong usage as an object where nothing else may be written; else it tells itself."""
    try:
        yield
    except Exception as error:
        if log.is_json() and hasattr(error, "format_message"):
            log.tell(error.format_message(), event="usage", level=log.ERROR)
            raise typer.Exit(getattr(error, "exit_code", 2)) from None
        raise


def _describe() -> RunStart:
    from assess.discretion import DRY_RUN, LEFT_OUT, PRIVATE_COMMANDS
    from assess.runs.versions import judge_versions, program_versions

    context = _context()
    command = " ".join(_words(context))
    if command.split()[0] in PRIVATE_COMMANDS:
        dry = () if context.params.get("yes") else (DRY_RUN,)
        return RunStart(command, (LEFT_OUT, *dry), {}, program_versions(), ())
    given = [one for one in context.command.params if _is_given(context, one)]
    versions = program_versions()
    if "rubric" in context.params:
        versions = versions | judge_versions(*map(context.params.get, ("rubric", "models")))
    options = [one for one in given if one.param_type_name == "option"]
    arguments = [one for one in given if one.param_type_name == "argument"]
    tokens = [word for one in options for word in _tokens(one, context.params[one.name])]
    named = [word for one in arguments for word in _written(one, context.params[one.name])]
    return RunStart(
        command,
        (*tokens, *(("--", *named) if named else ())),
        dict(_settings(context, given)),
        versions,
        tuple(_inputs(command, context)),
    )


def _context() -> Any:
    """The context of the command that runs."""
    try:
        from typer._click.globals import get_current_context as current
    except ImportError:  # an older typer, which has Click beside it
        from click import get_current_context as current  # type: ignore[no-redef]
    return current()


def _words(context: Any) -> list[str]:
    """The words of a command, without the program's; run again by itself it has no parent."""
    if context.parent is None:
        return [str(context.info_name)]
    words: list[str] = []
    while context.parent is not None:
        words.insert(0, str(context.info_name))
        context = context.parent
    return words


def _is_given(context: Any, one: Any) -> bool:
    source = context.get_parameter_source(one.name)
    return one.name in context.params and source is not None and source.name not in _UNGIVEN


_UNGIVEN: Final = frozenset({"DEFAULT", "DEFAULT_MAP"})


def _tokens(one: Any, value: Any) -> Iterator[str]:
    """An option as it would be given, by its long name."""
    name = max(one.opts, key=len)
    if one.is_flag:
        yield name if value or not one.secondary_opts else max(one.secondary_opts, key=len)
        return
    for word in _written(one, value):
        yield from (name, word)


def _written(one: Any, value: Any) -> list[str]:
    from assess.discretion import LEFT_OUT, PRIVATE, written

    values = _values(value)
    return [LEFT_OUT if one.name in PRIVATE and each else written(each) for each in values]


def _values(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _settings(context: Any, given: list[Any]) -> Iterator[tuple[str, Any]]:
    """Values in force that were not given, as far as there is one; then the limits."""
    from assess.discretion import LEFT_OUT, PRIVATE, written

    for one in context.command.params:
        value = context.params.get(one.name)
        if one in given or value is None or value in ("", [], ()):
            continue
        if one.name in PRIVATE:
            value = LEFT_OUT
        yield one.name, value if isinstance(value, int | float) else written(value)
    from assess.extract.isolation import limits

    seconds, memory = limits()
    yield "limits", {"document_seconds": seconds, "document_memory_mb": memory // 10**6}


def _inputs(command: str, context: Any) -> Iterator[Input]:
    from assess.discretion import sha256_of, written

    written_to = OUTPUTS | _OUTPUTS_OF.get(command, frozenset())
    seen = set()
    for one in context.command.params:
        if one.name in written_to or one.name not in context.params:
            continue
        for value in _values(context.params[one.name]):
            if isinstance(value, Path) and value not in seen and (sha256 := sha256_of(value)):
                seen.add(value)
                yield Input(written(value), sha256)
