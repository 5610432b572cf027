"""What a comparison of groups can be of; light, as the command line reads it at its start."""

from __future__ import annotations

from typing import Literal

GroupingName = Literal[
    "sector", "sic-section", "sic-division", "turnover", "ownership", "submission", "list"
]
Unit = Literal["statements", "organisations"]
Which = Literal["latest", "all"]
