"""Judgements of further statements, kept without their texts: `models/judgements.jsonl`.

Each line gives the file of the text below the data folder, the hash of the text, the values that
are not the default, and where in the text the evidence stands. The texts belong to others; with
them at hand, the lines become judged statements to learn from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assess.errors import InputError
from assess.files import read_regular
from assess.resources import models_folder
from assess.score.gold import GoldStatement

JUDGEMENTS_FILE: Final = "judgements.jsonl"
SPLIT: Final = "read"
MAX_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the file."""

    id: str
    file: str
    """Below the data folder; of a JSON Lines file, the line with that id."""
    sha256: str
    judged: Mapping[str, Any]
    evidence: Mapping[str, Sequence[tuple[int, int]]]
    """By criterion: characters of the text, end exclusive."""


def read_judgements(data: Path, path: Path | None = None) -> list[GoldStatement]:
    """Judged statements whose texts are in ``data`` as they were read; others are left out.

    Raises:
        InputError: the file of judgements is missing or not of its format.
    """
    judgements = list(_lines(path or models_folder() / JUDGEMENTS_FILE))
    texts = {file: _texts(data / file) for file in sorted({one.file for one in judgements})}
    return [
        _statement(one, text)
        for one in judgements
        if (text := texts[one.file].get(one.id)) is not None and digest(text) == one.sha256
    ]


def digest(text: str) -> str:
    """The hash by which a text is known again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _lines(path: Path) -> Iterator[Judgement]:
    for number, line in enumerate(read_regular(path, MAX_BYTES).splitlines(), 1):
        try:
            row = json.loads(line)
            evidence = {
                criterion: [(int(start), int(end)) for start, end in spans]
                for criterion, spans in row["evidence"].items()
            }
            yield Judgement(row["id"], row["file"], row["sha256"], row["judged"], evidence)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise InputError(f"{path}, line {number}: not a judgement; restore the file") from None


def _texts(path: Path) -> dict[str, str]:
    """Texts of a file by id; a plain text has its name, without its ending, for an id."""
    if not path.is_file():
        return {}
    content = read_regular(path, MAX_BYTES)
    if path.suffix != ".jsonl":
        return {path.stem: content.decode("utf-8", "replace")}
    try:
        rows = [json.loads(line) for line in content.splitlines()]
        return {row["id"]: row["text"] for row in rows}
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path}: not statements with id and text, one a line") from None


def _statement(one: Judgement, text: str) -> GoldStatement:
    quotes = {
        criterion: [text[start:end] for start, end in spans]
        for criterion, spans in one.evidence.items()
    }
    return GoldStatement(one.id, SPLIT, text, one.judged, quotes)
