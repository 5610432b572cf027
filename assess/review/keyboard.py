"""Keys and lines of a person: from a terminal, or from a pipe, where each character is a key."""

from __future__ import annotations

import sys
from typing import Final

import click

END: Final = ""
"""What is read where nothing more comes."""
ESCAPE: Final = "\x1b"


class Keyboard:
    """Standard input as keys and lines."""

    def __init__(self) -> None:
        self._waiting = ""

    def key(self) -> str:
        """One key, in lower case; `END` where nothing more comes. Ctrl-C interrupts."""
        if not sys.stdin.isatty():
            return _from_pipe()
        if not self._waiting:
            self._waiting = _pressed()
        if self._waiting.startswith(ESCAPE):  # an arrow is one key of several characters
            self._waiting = ""
            return ESCAPE
        key, self._waiting = self._waiting[:1], self._waiting[1:]
        return key.lower()

    def line(self, prompt: str) -> str:
        """A line without its end; ``""`` also where nothing more comes."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().strip()
        begun, self._waiting = self._waiting, ""
        try:
            return (begun + input(prompt + begun)).strip()
        except EOFError:
            return ""


def _pressed() -> str:
    """What was pressed since the last key; a quick hand is several keys ahead."""
    try:
        return click.getchar()
    except EOFError:
        return END


def _from_pipe() -> str:
    while (character := sys.stdin.read(1)) in ("\n", "\r"):
        pass  # the end of a line that was answered before
    return character.lower()
