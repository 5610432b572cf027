"""The nine labels of the AIMS data sets: what a sentence of a statement is about."""

from __future__ import annotations

from typing import Literal, get_args

Label = Literal[
    "approval",
    "signature",
    "structure",
    "operations",
    "supply_chains",
    "risk",
    "mitigation",
    "remediation",
    "effectiveness",
]
LABELS: tuple[Label, ...] = get_args(Label)
