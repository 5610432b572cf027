"""The reasons of a quote as one column of the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from assess.records import Reason


def reasons_to_json(reasons: Sequence[Reason]) -> str:
    """A JSON array of objects with the fields of `Reason`."""
    return json.dumps([asdict(reason) for reason in reasons], ensure_ascii=False)


def reasons_from_json(column: str) -> tuple[Reason, ...]:
    """What `reasons_to_json` wrote."""
    return tuple(Reason(**reason) for reason in json.loads(column))
