"""The texts of a workspace that are compared: what is judged of each, by whom, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from assess.compare.families import NOBODY, Family, Owners, Relation, document_owners, families
from assess.compare.inputs import fingerprint
from assess.compare.reuse.runs import words_of
from assess.records import Text
from assess.scrape.names import FORMS
from assess.store.results import StoredText, read_text
from assess.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every text that could be read, numbered by its document's hash."""

    hashes: tuple[str, ...]
    owners: tuple[Owners, ...]
    families: Mapping[int, Family]
    names: tuple[tuple[str, ...], ...]
    """Of each text, the words of its organisations' names, with and without legal form."""
    made_from: tuple[str, ...]
    """Of each text, what changes when it does."""
    inputs: str
    """Fingerprint of all that the comparison depends on."""

    def relation(self, first: int, second: int) -> Relation:
        """How the owners of two texts are related."""
        return self.owners[first].relation(self.owners[second])

    def belong_together(self, first: int, second: int) -> bool:
        """Whether two texts are of one organisation or group."""
        return self.relation(first, second) in ("same_organisation", "same_group")

    def owner(self, number: int) -> int | None:
        """What texts that belong together have in common; None of an unknown owner."""
        return min(self.owners[number].families, default=None)

    def owner_numbers(self) -> NDArray[np.int64]:
        """One number for texts that belong together; of unknown owner, each its own below 0."""
        found = (self.owner(number) for number in range(len(self.hashes)))
        return np.array(
            [-1 - at if one is None else one for at, one in enumerate(found)], dtype=np.int64
        )


def read_corpus(workspace: Workspace) -> Corpus:
    """What is to be compared; texts are read later, one at a time."""
    db = workspace.db
    rows = db.execute(
        # Words and flags: recognised scans change a text under the same extractor.
        "SELECT document_sha256, extractor, words, flags FROM texts"
        " WHERE status = 'read' ORDER BY document_sha256"
    ).fetchall()
    related = families(db)
    owners = document_owners(db, related)
    names = _names(db)
    whose = tuple(owners.get(sha256, NOBODY) for sha256, *_ in rows)
    called = tuple(
        tuple(sorted({name for one in owner.organisations for name in names[one]}))
        for owner in whose
    )
    return Corpus(
        tuple(sha256 for sha256, *_ in rows),
        whose,
        related,
        called,
        tuple(f"{extractor} {words} {flags}" for _, extractor, words, flags in rows),
        fingerprint(
            [
                *rows,
                *((sorted(one.organisations), sorted(one.families)) for one in whose),
                *called,
                *sorted(related.items()),
            ]
        ),
    )


def judged_texts(workspace: Workspace, corpus: Corpus) -> Iterator[str]:
    """What is judged of each text, in the corpus's order."""
    for sha256 in corpus.hashes:
        stored, extractor = read_text(workspace, sha256)
        yield judged(stored, extractor)


def stored_batches(
    workspace: Workspace, corpus: Corpus, size: int
) -> Iterator[list[tuple[int, StoredText, str]]]:
    """Texts with their numbers and extractors, a batch at a time."""
    texts = len(corpus.hashes)
    for first in range(0, texts, size):
        yield [
            (number, *read_text(workspace, corpus.hashes[number]))
            for number in range(first, min(texts, first + size))
        ]


def judged(stored: StoredText, extractor: str) -> str:
    """What is judged of a text: of a long document the statement in it."""
    return "\n\n".join(stored.content[start:end] for start, end in _ranges(stored, extractor))


def _ranges(stored: StoredText, extractor: str) -> Sequence[tuple[int, int]]:
    """Offsets of what is judged."""
    from assess.score.scope import judged_ranges

    if not stored.parts:
        return [(0, len(stored.content))]
    return list(
        judged_ranges(
            Text(stored.content, stored.pages, (), stored.language, (), extractor, stored.parts)
        )
    )


def _names(db: Database) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for number, name in db.execute(
        "SELECT coalesce(same_as, id), organisation_names.name FROM organisations"
        " JOIN organisation_names ON organisation_id = id"
    ):
        words = words_of(name)
        found[number].add(" ".join(words))
        if len(words) > 1 and words[-1] in FORMS:
            found[number].add(" ".join(words[:-1]))
    return found
