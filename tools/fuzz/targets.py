"""All targets but whole documents, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tools.fuzz.drawn import DRAWN
from tools.fuzz.hostile import HOSTILE
from tools.fuzz.readers import READERS
from tools.fuzz.target import Target

TARGETS: Final[Mapping[str, Target]] = {
    target.name: target for target in (*READERS, *DRAWN, HOSTILE)
}
