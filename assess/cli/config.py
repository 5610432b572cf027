"""The configuration file: what a user would otherwise give with every command."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typer

from assess.cli.options import DEFAULT_JOBS, DEFAULT_MINIMUM
from assess.errors import InputError
from assess.extract.limits import WORKER_MEMORY_BYTES, WORKER_SECONDS
from assess.files import read_regular

FILE: Final = Path("assess.toml")
VARIABLE: Final = "ASSESS_CONFIG"

# More than any machine has, and still a number that can be reckoned with.
_MOST: Final = 1_000_000_000
# Far more than all settings take; what is larger is another file.
_MOST_BYTES: Final = 1_000_000

Kind = type[str] | type[int] | type[float] | type[bool]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the file; it stands for the option of its name wherever a command has it."""

    kind: Kind
    at_least: float
    """Of numbers."""
    meaning: str
    unset: str
    """What holds where it is not set, in words."""
    is_path: bool = False
    """Then it is relative to the file's folder."""


SETTINGS: Final[Mapping[str, Setting]] = {
    "db": Setting(str, 0, "the SQLite workspace", "assess.db", is_path=True),
    "rubric": Setting(str, 0, "a rubric file, or a shipped one's name", "uk-s54", is_path=True),
    "models": Setting(str, 0, "folder of another classifier", "the shipped one", is_path=True),
    "contact": Setting(
        str, 0, "mail or web address in the user agent, for the sites' questions", "none"
    ),
    "delay": Setting(float, 0, "seconds between two requests to a domain, at least", "2"),
    "reviewer": Setting(str, 0, "your name, beside what you say in `assess review`", "none"),
    "minimum": Setting(
        int, 1, "fewer assessed statements are too few to compare", str(DEFAULT_MINIMUM)
    ),
    "jobs": Setting(int, 1, "processes to read, score and compare with", str(DEFAULT_JOBS)),
    "dask": Setting(str, 0, "a Dask scheduler's address, to read and score there", "none"),
    "originals": Setting(
        str, 0, "where its workers find the kept originals", "the folder beside the database"
    ),
    "log_json": Setting(bool, 0, "log to standard error as JSON, one object a line", "false"),
}
LIMITS: Final[Mapping[str, Setting]] = {
    "document_seconds": Setting(float, 1, "time to read one document", f"{WORKER_SECONDS}"),
    # With less the reader, not the document, is too large, and sound documents look damaged.
    "document_memory_mb": Setting(
        int, 500, "memory to read one document", f"{WORKER_MEMORY_BYTES // 10**6}"
    ),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says."""

    path: Path | None
    """None: there is no file."""
    settings: Mapping[str, str | float]
    limits: Mapping[str, float]


def read_config(given: Path | None) -> Config:
    """The file that was given, that ``ASSESS_CONFIG`` names, or ``assess.toml`` here, if any.

    Raises:
        InputError: it cannot be read, is no TOML, or holds what is no setting.
    """
    named = given or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    path = named or FILE
    if named is None and not path.is_file():
        return Config(None, {}, {})
    found = _parsed(path)
    limits = found.pop("limits", {})
    if not isinstance(limits, dict):
        raise InputError(f"{path}: [limits] must be a table of {', '.join(LIMITS)}")
    return Config(
        path,
        {key: _value(path, key, value, SETTINGS) for key, value in found.items()},
        {key: float(_value(path, key, value, LIMITS)) for key, value in limits.items()},
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_regular(path, _MOST_BYTES).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no TOML ({error})") from None
    except RecursionError:
        raise InputError(f"{path}: is no configuration (nested too deeply)") from None


_KINDS: Final[Mapping[Kind, str]] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def _value(path: Path, key: str, value: object, known: Mapping[str, Setting]) -> str | float:
    setting = known.get(key)
    if setting is None:
        raise InputError(f"{path}: no setting {key[:40]!r}; there are {', '.join(known)}")
    if type(value) is not setting.kind and not (setting.kind is float and type(value) is int):
        wanted = _KINDS[setting.kind]
        raise InputError(f"{path}: {key} must be {wanted} ({setting.meaning})")
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        if not setting.at_least <= value <= _MOST:
            told = f"at least {setting.at_least:g}, at most {_MOST:,}"
            raise InputError(f"{path}: {key} must be {told}")
        return value
    text = str(value)
    if not text.strip():
        raise InputError(f"{path}: {key} is empty; leave it out or say what it is")
    return _path(path, key, text) if setting.is_path else text


def _path(file: Path, key: str, text: str) -> str:
    beside = file.parent / Path(text).expanduser()
    # A shipped rubric is known by its name.
    return text if key == "rubric" and not beside.exists() else str(beside)


def defaults(command: Any, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as defaults of all commands below one that have an option of the name."""
    children = getattr(command, "commands", None)
    own = {one.name for one in command.params}
    found = {key: value for key, value in settings.items() if key in own}
    for name, child in (children or {}).items():
        found[name] = defaults(child, settings)
    return found


def apply_limits(limits: Mapping[str, float]) -> None:
    """Let documents be read within these limits in this process."""
    if limits:
        from assess.extract.isolation import set_limits

        memory = limits.get("document_memory_mb")
        set_limits(limits.get("document_seconds"), None if memory is None else int(memory * 1e6))


def show(config: Config) -> None:
    """Print every setting, what it is, and where that comes from."""
    where = config.path.absolute() if config.path else f"none; {FILE} in this folder would be read"
    typer.echo(f"# configuration file: {where}")
    for table, known, values in (
        ("", SETTINGS, config.settings),
        ("limits", LIMITS, config.limits),
    ):
        if table:
            typer.echo(f"\n[{table}]")
        for key, setting in known.items():
            typer.echo(_line(key, setting, values.get(key)))
    typer.echo(f"\n# user agent: {_user_agent(str(config.settings.get('contact', '')))}")


def _line(key: str, setting: Setting, value: object) -> str:
    import json

    meaning = f"  # {setting.meaning}"
    return (
        f"# {key}: {setting.unset}{meaning}"
        if value is None
        else f"{key} = {json.dumps(value)}{meaning}"
    )


def _user_agent(contact: str) -> str:
    from assess.scrape.network import user_agent

    return user_agent(contact)
