"""What the fuzzer can be pointed at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.errors import AssessError


class BrokenPromiseError(Exception):
    """What came out is not what the documentation says."""


# How a case may end beside success: in one line for the user.
EXPECTED = (AssessError,)


@dataclass(frozen=True, slots=True)
class Target:
    """A reader or writer, and what it is fed."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    """Sound inputs that are mutated."""
    one: Callable[[bytes, Path], str]
    """Takes one input and an empty folder; says in a word what became of it. Raises what the
    program raises: an AssessError is a proper refusal, anything else is what the run looks for."""
    tokens: tuple[bytes, ...] = ()
    """Pieces that matter to the format, put in at random."""
    drawn: bool = False
    """The bytes are choices that hypothesis makes a case of, so any bytes will do."""
    weight: int = 1
    """Its share of the time when all are run."""
