"""Regular expressions of many alternatives, arranged so that searching stays fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PARTS: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


def word_cues(*groups: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """One pattern of all groups' alternatives, each of which must begin a word.

    Tens of alternatives that each ask for a word boundary are tried at every character; asked
    once for all, only where a word begins. Those that begin with ``^`` are tried at the start.
    """
    alternatives = [one for group in groups for one in _alternatives(group)]
    opening = [one for one in alternatives if one.startswith("^")]
    others = [one for one in alternatives if not one.startswith("^")]
    parts = [rf"\b(?=\w)(?:{'|'.join(others)})"] if others else []
    return re.compile("|".join([*parts, *opening]), flags)


def _alternatives(pattern: str) -> Iterator[str]:
    """The alternatives at the top level of a pattern."""
    depth = begun = 0
    for part in _PARTS.finditer(pattern):
        if part.group() == "|" and not depth:
            yield pattern[begun : part.start()]
            begun = part.end()
        depth += {"(": 1, ")": -1}.get(part.group(), 0)
    yield pattern[begun:]
