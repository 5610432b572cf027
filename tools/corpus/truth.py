"""The truth of each document, in the form of the judged statements that the criteria describe."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tools.corpus import criteria
from tools.corpus.sources import Source


def record(source: Source) -> dict[str, Any]:
    """Return one line of ``truth.jsonl``; evidence follows the order of the criteria."""
    meta = source.meta
    legal = dict(zip(criteria.LEGAL, str(meta["legal"]).split(), strict=True))
    depth = dict(
        zip(criteria.DEPTH, (int(level) for level in str(meta["depth"]).split()), strict=True)
    )
    marked = source.evidence
    return {
        "id": source.id,
        "file": source.file,
        "split": "corpus",
        "readings": 1,
        **legal,
        criteria.NO_STEPS: criteria.NO_STEPS in marked,
        **depth,
        **{indicator: indicator in marked for indicator in criteria.INDICATORS},
        "substance": meta["substance"],
        "minimal_compliance": meta["minimal"],
        "statement_kind": meta.get("kind", "statement"),
        "evidence": {name: list(marked[name]) for name in criteria.ALL if name in marked},
    }


def to_jsonl(sources: Iterable[Source]) -> str:
    """Return the whole truth file."""
    return "".join(json.dumps(record(source), ensure_ascii=False) + "\n" for source in sources)
