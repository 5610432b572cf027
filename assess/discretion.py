"""How a run's arguments and files are written down: persons and passwords are left out."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

LEFT_OUT: Final = "(left out)"
DRY_RUN: Final = "--dry-run"
"""Of a command that only tells what it would do."""
PRIVATE: Final = frozenset({"contact", "reviewer", "person"})
"""Options whose values name or reach a person."""
PRIVATE_COMMANDS: Final = frozenset({"forget"})
"""What these are given is to be known no more."""
_PASSWORD: Final = re.compile(r"(?<=://)[^/@\s]*@")


def written(value: object) -> str:
    """A value as it is written down: no password of an address, no name of the user's home."""
    text = str(value)
    home = _home()
    if home and (text == home or text.startswith(f"{home}/")):
        text = f"~{text[len(home) :]}"
    return _PASSWORD.sub("", text).encode("utf-8", "replace").decode("utf-8")


def path_of(text: str) -> Path:
    """The path that was written down so."""
    home = _home()
    return Path(home + text[1:]) if home and (text == "~" or text.startswith("~/")) else Path(text)


def _home() -> str | None:
    try:
        return str(Path.home())
    except RuntimeError:  # this user has none
        return None


def sha256_of(path: Path) -> str | None:
    """Hash of a regular file; None of anything else, and of what cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return None
