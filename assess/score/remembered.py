"""What was worked out for a word, kept for when the word comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """Values by word, worked out at first sight. Full, it forgets all: what is common returns.

    A dictionary that fills itself, for looking up what is there costs no call.
    """

    def __init__(self, work_out: Callable[[str], Value], most: int, longest: int = 200) -> None:
        """``most``: words kept; ``longest``: in characters, longer ones are worked out anew."""
        super().__init__()
        self._work_out = work_out
        self._most = most
        self._longest = longest

    def __missing__(self, word: str) -> Value:
        value = self._work_out(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[word] = value
        return value
