"""Judgements of further statements, kept without their texts: `models/judgements.jsonl`.

Each line gives the file of the text below the data folder, the hash of the text, the values that
are not the default, and where in the text the evidence stands. The texts belong to others; with
them at hand, the lines become judged statements to learn from.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from assess.errors import InputError
from assess.files import read_regular
from assess.resources import models_folder
from assess.score.gold import GoldStatement, check_overall, check_values
from assess.score.rubric import Rubric

JUDGEMENTS_FILE: Final = "judgements.jsonl"
SPLIT: Final = "read"
MAX_BYTES: Final = 500_000_000
# What a file system takes: characters of a whole name, bytes of each of its parts.
MAX_NAME: Final = 1_000
MAX_PART: Final = 255


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
    place: str
    """The file of judgements and the line, for messages."""


def read_judgements(data: Path, rubric: Rubric, path: Path | None = None) -> list[GoldStatement]:
    """Judged statements whose texts are in ``data`` as they were read; others are left out.

    Raises:
        InputError: the file of judgements is missing or not of its format, or a value is none
            that its criterion can have.
    """
    path = path or models_folder() / JUDGEMENTS_FILE
    judgements = list(_lines(path))
    texts = {file: _texts(data / file) for file in sorted({one.file for one in judgements})}
    found = [
        _statement(one, text)
        for one in judgements
        if (text := texts[one.file].get(one.id)) is not None and digest(text) == one.sha256
    ]
    check_values(found, rubric, path)
    return found


def digest(text: str) -> str:
    """The hash by which a text is known again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _lines(path: Path) -> Iterator[Judgement]:
    for number, line in enumerate(read_regular(path, MAX_BYTES).splitlines(), 1):
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise _refusal(place, "not valid JSON") from None
        if not isinstance(row, dict):
            raise _refusal(place, "not a JSON object")
        yield _judgement(row, place)


def _judgement(row: Mapping[str, Any], place: str) -> Judgement:
    for key in ("id", "file", "sha256"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise _refusal(place, f"{key!r} must be a text, not empty")
    if not _is_below(row["file"]):
        raise _refusal(place, f"'file' {row['file'][:60]!r} names no file below the data folder")
    judged = row.get("judged")
    if not isinstance(judged, dict):
        raise _refusal(place, "'judged' must give the values by criterion")
    check_overall(judged, place)
    evidence = row.get("evidence")
    if not isinstance(evidence, dict):
        raise _refusal(place, "'evidence' must give the places by criterion")
    spans = {key: _spans(value, key, place) for key, value in evidence.items()}
    return Judgement(row["id"], row["file"], row["sha256"], judged, spans, place)


def _refusal(place: str, problem: str) -> InputError:
    return InputError(f"{place}: not a judgement ({problem}); restore the file")


def _is_below(name: str) -> bool:
    """Whether it is the name of a file below some folder, on every system."""
    parts = PureWindowsPath(name).parts  # splits at both kinds of slash
    return (
        len(name) <= MAX_NAME
        and name.isprintable()
        and all(len(part.encode()) <= MAX_PART for part in parts)
        and ".." not in parts
        and not PureWindowsPath(name).anchor
        and not PurePosixPath(name).is_absolute()
    )


def _spans(value: object, criterion: str, place: str) -> list[tuple[int, int]]:
    if not isinstance(value, list) or not all(map(_is_span, value)):
        told = "must be a list of [start, end], whole numbers from 0 with start before end"
        raise _refusal(place, f"'evidence', {criterion[:60]!r}: {told}")
    return [(start, end) for start, end in value]


def _is_span(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(end) is int for end in value)
        and 0 <= value[0] < value[1]
    )


def _texts(path: Path) -> dict[str, str]:
    """Texts of a file by id; a plain text has its name, without its ending, for an id."""
    if not os.path.lexists(path):
        return {}
    content = read_regular(path, MAX_BYTES)
    if path.suffix != ".jsonl":
        return {path.stem: content.decode("utf-8", "replace")}
    texts: dict[str, str] = {}
    for number, line in enumerate(content.splitlines(), 1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        id_, text = (row.get("id"), row.get("text")) if isinstance(row, dict) else (None, None)
        if not isinstance(id_, str) or not isinstance(text, str):
            told = "not a statement with id and text, both texts"
            raise InputError(f"{path}, line {number}: {told}; mend the line or take it out")
        texts[id_] = text
    return texts


def _statement(one: Judgement, text: str) -> GoldStatement:
    for criterion, spans in one.evidence.items():
        if any(end > len(text) for _, end in spans):
            told = f"'evidence', {criterion[:60]!r}: beyond the text's {len(text):,} characters"
            raise _refusal(one.place, told)
    quotes = {
        criterion: [text[start:end] for start, end in spans]
        for criterion, spans in one.evidence.items()
    }
    return GoldStatement(one.id, SPLIT, text, one.judged, quotes)
