"""Passages that anybody may use: law, definitions, and the formula that refers to the Act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import yaml

from assess.compare.reuse.normal import normal_words
from assess.compare.reuse.runs import RUN, Hashes, runs_of, words_of

_FILE: Final = Path(__file__).with_name("standard.yaml")
_CHOICE = re.compile(r"\[([^\]]*)\]")


# Words that one place of a passage may have: one wording, or several.
_Slot = tuple[tuple[str, ...], ...]


@cache
def standard_runs(*, normal: bool = False) -> Hashes:
    """The runs of all standard passages, in every wording, sorted.

    With ``normal`` as runs of texts whose numbers and dates `normal_words` put alike.
    """
    found = {
        run
        for kind in yaml.safe_load(_FILE.read_text(encoding="utf-8")).values()
        for passage in kind["passages"]
        for run in _runs(_slots(normal_words(passage) if normal else passage))
    }
    return np.unique(np.concatenate([runs_of(list(run)) for run in sorted(found)]))


def _slots(passage: str) -> list[_Slot]:
    """``a [b|c d]`` is one wording, ``a``, and then two, ``b`` and ``c d``."""
    slots: list[_Slot] = []
    for number, piece in enumerate(_CHOICE.split(passage)):
        wordings = piece.split("|") if number % 2 else [piece]
        slots.append(tuple(tuple(words_of(wording)) for wording in wordings))
    return slots


def _runs(slots: Sequence[_Slot]) -> Iterator[tuple[str, ...]]:
    """Every run of words on any way through the slots."""
    for number, slot in enumerate(slots):
        for wording in slot:
            for start in range(len(wording)):
                yield from _continued(wording[start:], slots[number + 1 :])


def _continued(begun: tuple[str, ...], slots: Sequence[_Slot]) -> Iterator[tuple[str, ...]]:
    if len(begun) >= RUN:
        yield begun[:RUN]
    elif slots:
        for wording in slots[0]:
            yield from _continued(begun + wording, slots[1:])
