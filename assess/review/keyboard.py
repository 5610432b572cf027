"""Keys and lines of a person: from a terminal, or from a pipe, where each character is a key."""

from __future__ import annotations

import sys
from typing import Final

import click

END: Final = ""
"""What is read where nothing more comes."""


def key() -> str:
    """One key, in lower case; `END` at the end of a pipe. Ctrl-C and Ctrl-D interrupt."""
    if sys.stdin.isatty():
        try:
            return click.getchar().lower()
        except EOFError:
            return END
    while (character := sys.stdin.read(1)) in ("\n", "\r"):
        pass  # the end of a line that was answered before
    return character.lower()


def line(prompt: str) -> str:
    """A line without its end; ``""`` also at the end of a pipe."""
    if sys.stdin.isatty():
        try:
            return input(prompt).strip()
        except EOFError:
            return ""
    return sys.stdin.readline().strip()
