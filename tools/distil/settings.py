"""All that decides what comes out, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SEED: Final = 20151029
# Threads of torch; results on another number differ in the last digits.
THREADS: Final = 2
# Statements that share more than this part of the shorter one's word triples are one group.
NEAR_DUPLICATE: Final = 0.5
# Canadian and Australian statements disclose more and otherwise; variants are made up.
WEIGHTS: Final = {"uk_silver": 1.0, "ca": 0.5, "au_gold": 0.5, "unlabelled": 1.0, "variant": 0.7}
# Pieces of the teacher's vocabulary that are seen as often are kept.
MIN_PIECES: Final = 3


@dataclass(frozen=True, slots=True)
class TeacherSettings:
    """A language model fine-tuned on the labels."""

    epochs: float = 3
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    batch: int = 32
    warm: float = 0.08
    """Part of the steps in which the rate rises."""
    decay: float = 0.01
    dropout: float = 0.1
    sentence: int = 92
    """Pieces of a sentence that are read, and of what stands before and behind it."""
    before: int = 24
    behind: int = 12


@dataclass(frozen=True, slots=True)
class StudentSettings:
    """A small network that learns what a teacher says."""

    embedding: int = 80
    channels: int = 144
    hidden: int = 112
    epochs: int = 15
    rate: float = 2e-3
    batch: int = 400
    """Sentences, of whole statements."""
    decay: float = 0.02
    dropout: float = 0.2
    unknown: float = 0.1
    """Part of the pieces that are hidden in training."""
    other_half: bool = False
    """Whether it also learns what its teacher says of the other half's statements."""


TEACHER: Final = TeacherSettings()
STUDENT: Final = StudentSettings()
