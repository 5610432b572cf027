"""Statements to learn from: with labels, and without."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.extract import from_plain_text
from assess.files import read_regular
from assess.score.aims import read_sentences
from assess.score.gold import read_gold
from assess.score.labels import LABELS

LABELLED: Final = ("uk_silver", "ca", "au_gold")
# What the classifier is measured on.
HELD_OUT: Final = "uk_dev"
# Texts of `mixed.jsonl` that repeat statements of `uk_dev.csv`.
REPEATED: Final = ("s634", "s946")
MAX_BYTES: Final = 1_000_000_000
WORDS: Final = range(150, 8_000)
# A sentence long enough to tell a statement by, and how many of them may be known already.
TELLING: Final = 60
KNOWN: Final = 0.4


@dataclass(frozen=True, slots=True)
class Statement:
    """The sentences of a statement; ``source`` is a key of `settings.WEIGHTS`, or `HELD_OUT`."""

    source: str
    id: str
    sentences: tuple[str, ...]
    labels: tuple[tuple[int, ...], ...] | None = None
    """0 or 1 by sentence and label."""
    held_out: bool = False
    """Whether something is measured on it: neither it nor what is nearly it is learned from."""


def labelled(data: Path) -> list[Statement]:
    """Of the AIMS tables, the held-out ones too.

    Raises:
        InputError: a table is missing or not of its format.
    """
    return [one for source in (*LABELLED, HELD_OUT) for one in _table(data, source)]


def _table(data: Path, source: str) -> Iterator[Statement]:
    table = read_sentences(data / "aims" / f"{source}.csv", LABELS)
    labels = list(zip(*(table.ones(label) for label in LABELS), strict=True))
    by_id: dict[str, list[int]] = {}
    for index, row in enumerate(table.rows):
        by_id.setdefault(row.statement_id, []).append(index)
    for name, rows in by_id.items():
        held_out = source == HELD_OUT or table.cells[rows[0]].get("split") == "dev"
        sentences = tuple(table.rows[row].sentence for row in rows)
        yield Statement(source, name, sentences, tuple(labels[row] for row in rows), held_out)


def unlabelled(data: Path, with_labels: Sequence[Statement]) -> list[Statement]:
    """English statements of usual length that are none of the others, nor nearly so."""
    judged = [one for one in read_gold(data) if one.split == "dev"]
    ids = {one.id for one in with_labels} | {one.id for one in judged} | set(REPEATED)
    known = {_plain(sentence) for one in with_labels for sentence in one.sentences}
    known |= {_plain(sentence) for one in judged for sentence in _sentences(one.text)}
    found = []
    for name, text in _texts(data):
        sentences = () if name in ids or _slug(name) in ids else _sentences(text)
        telling = {_plain(sentence) for sentence in sentences if len(sentence) > TELLING}
        if telling and len(telling & known) <= KNOWN * len(telling):
            known |= telling
            found.append(Statement("unlabelled", name, tuple(sentences)))
    return found


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    folder = data / "statements"
    for line in read_regular(folder / "mixed.jsonl", MAX_BYTES).splitlines():
        row = json.loads(line)
        yield row["id"], row["text"]
    for path in sorted((folder / "food").glob("*.txt")):
        yield path.stem, path.read_text("utf-8", errors="replace")


def _sentences(text: str) -> Collection[str]:
    if len(text.split()) not in WORDS:
        return ()
    read = from_plain_text(text)
    return [sentence.text for sentence in read.sentences] if read.language == "en" else ()


def _plain(sentence: str) -> str:
    return re.sub(r"\W+", " ", sentence.lower()).strip()


def _slug(name: str) -> str:
    """How the silver table names a text that has its organisation's name."""
    return "m" + re.sub(r"[^A-Za-z0-9]+", "-", name)
