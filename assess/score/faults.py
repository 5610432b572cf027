"""What is wrong with a rubric, said so that its author can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assess.errors import RubricError

# Long enough for any sensible message, short enough for a line.
MAX_MESSAGE: Final = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, what it is, and what to do about it."""

    file: str
    criterion: str
    """Id of the criterion or signal; ``""`` for the file as a whole."""
    key: str
    """The key at fault, with the rule's name before it where there is one; ``""`` for none."""
    problem: str
    advice: str = ""

    @property
    def line(self) -> str:
        """All of it on one line, safe for a terminal."""
        where = [self.file, self.criterion, self.key]
        told = f"{self.problem}; {self.advice}" if self.advice else self.problem
        return ": ".join(one_line(part) for part in (*where, told) if part)


class RubricFaultError(RubricError):
    """A rubric that cannot be used; ``fault`` is the first thing wrong with it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.line)
        self.fault = fault


def one_line(text: str) -> str:
    """Text as one line that a terminal can show, cut where it is very long."""
    part = text[: 4 * MAX_MESSAGE]
    line = " ".join("".join(c if c.isprintable() else " " for c in part).split())
    return line if len(line) <= MAX_MESSAGE else line[:MAX_MESSAGE].rstrip() + "…"


def quoted(text: str) -> str:
    """A value from a file as messages show it."""
    return one_line(repr(text[:100]))
