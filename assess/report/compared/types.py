"""Kinds of statement by sector, from the comparison of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.compare.group_tables import KeptGroup
from assess.compare.minimal.typology import TYPES, Type
from assess.compare.stats import Share

TITLES: Final[Mapping[Type, str]] = {
    "silent": "Silent",
    "ritual": "Ritual",
    "policy_led": "Policy-led",
    "practising": "Practising",
    "leading": "Leading",
}
MEANINGS: Final[Mapping[Type, str]] = {
    "silent": "says that no steps were taken, or next to nothing",
    "ritual": "form without substance: the text looks like minimal compliance, or has little that "
    "is particular to the organisation",
    "policy_led": "policies and general measures; no concrete check of suppliers, or particulars "
    "in fewer than three of five areas of practice",
    "practising": "concrete checks of suppliers and particulars in most areas of practice",
    "leading": "the highest band of substance, and two or more kinds of result",
}


@dataclass(frozen=True, slots=True)
class TypesOfGroup:
    """The types of one group's assessed statements."""

    group: KeptGroup
    shares: tuple[Share, ...]
    """In the order of ``TYPES``; all of one denominator."""

    @property
    def of(self) -> int:
        """Statements whose type is known."""
        return self.shares[0].of


def types_of(groups: Sequence[KeptGroup]) -> tuple[TypesOfGroup, ...]:
    """All first, then the groups whose types are known, those enough to compare before others."""
    told = [
        TypesOfGroup(group, tuple(_share(group, name) for name in TYPES))
        for group in groups
        if group.kind in ("all", "group", "none") and ("type", TYPES[0]) in group.shares
    ]
    return tuple(
        sorted(
            (one for one in told if one.of),
            key=lambda one: (one.group.kind != "all", bool(one.group.counts["too_few"])),
        )
    )


def _share(group: KeptGroup, name: Type) -> Share:
    row = group.shares["type", name]
    return Share(row["number"], row["of"], row["low"], row["high"])
