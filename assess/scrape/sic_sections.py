"""UK SIC 2007: the 21 sections and 88 divisions of a code.

Source: Office for National Statistics, UK Standard Industrial Classification of Economic Activities
2007 (Open Government Licence v3.0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

_FILE: Final = Path(__file__).with_name("sic2007.yaml")
_CODE = re.compile(r"\d{5}")


@dataclass(frozen=True, slots=True)
class Activity:
    """Where a SIC 2007 code belongs."""

    division: str
    """Two digits."""
    division_title: str
    section: str
    """A letter."""
    section_title: str


def activity(code: str) -> Activity | None:
    """Division and section of a five-digit code; None for what is none of SIC 2007.

    Codes such as 99999 (dormant company) are Companies House's own and have no activity.
    """
    if not _CODE.fullmatch(code) or code in _without_activity():
        return None
    return _divisions().get(code[:2])


@cache
def _divisions() -> dict[str, Activity]:
    sections = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["sections"]
    return {
        division: Activity(division, title, letter, section["title"])
        for letter, section in sections.items()
        for division, title in section["divisions"].items()
    }


@cache
def _without_activity() -> frozenset[str]:
    return frozenset(yaml.safe_load(_FILE.read_text(encoding="utf-8"))["without_activity"])
