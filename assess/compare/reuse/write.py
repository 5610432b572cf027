"""What was found of reused text, written to the database; to be called in a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlite_utils import Database

from assess.compare.reuse.clusters import Cluster
from assess.compare.reuse.corpus import Corpus
from assess.compare.reuse.known import ChangedPairs
from assess.compare.reuse.pairs import Pairs
from assess.compare.reuse.sentences import OwnWords
from assess.compare.reuse.uses import Uses, use_rows
from assess.store.workspace import Workspace


def clear(db: Database) -> None:
    """Empty the tables."""
    for table in ("text_pairs", "sentence_uses", "shared_sentences", "text_reuse"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def write_groups(db: Database, corpus: Corpus) -> None:
    """Replace the families, where they are others."""
    rows = [(one, of.id, of.because) for one, of in sorted(corpus.families.items())]
    if rows != db.execute("SELECT * FROM organisation_groups ORDER BY 1").fetchall():
        db.execute("DELETE FROM organisation_groups")
        db.conn.executemany("INSERT INTO organisation_groups VALUES (?, ?, ?)", rows)


def write_pairs(db: Database, corpus: Corpus, pairs: Pairs) -> None:
    """Add pairs."""
    db.conn.executemany(
        "INSERT INTO text_pairs VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                corpus.hashes[first],
                corpus.hashes[second],
                float(overlap),
                None if np.isnan(own) else float(own),
                int(shared),
                corpus.relation(first, second),
            )
            for first, second, shared, overlap, own in pairs
        ),
    )


def renew_pairs(db: Database, changed: ChangedPairs) -> None:
    """Remove the pairs that are gone, and let the others be related as they are now."""
    db.conn.executemany(
        "DELETE FROM text_pairs WHERE first_sha256 = ? AND second_sha256 = ?", changed.gone
    )
    db.conn.executemany(
        "UPDATE text_pairs SET relation = ? WHERE first_sha256 = ? AND second_sha256 = ?",
        changed.related,
    )


def write_clusters(
    db: Database, corpus: Corpus, clusters: Sequence[Cluster], overlaps: Iterable[Sequence[float]]
) -> None:
    """Replace the clusters; ``overlaps`` are those of each one's texts with its template."""
    db.execute("DELETE FROM text_clusters")
    db.conn.executemany(
        "INSERT INTO text_clusters VALUES (?, ?, ?, ?)",
        (
            (corpus.hashes[text], number, int(text == cluster.template), overlap)
            for number, (cluster, of_texts) in enumerate(zip(clusters, overlaps, strict=True), 1)
            for text, overlap in zip(cluster.texts, of_texts, strict=True)
        ),
    )


def write_own_words(db: Database, found: Iterable[tuple[str, OwnWords]]) -> None:
    """Add or replace what is a text's own, by its hash."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO text_reuse VALUES (?, ?, ?, ?, ?)",
        (
            (sha256, words.words, words.standard, words.shared, words.own_share)
            for sha256, words in found
        ),
    )


def write_sentences(workspace: Workspace, hashes: Sequence[str], uses: Uses) -> None:
    """Add all sentences that several owners have, and where they stand."""
    workspace.db.conn.executemany(
        "INSERT INTO shared_sentences VALUES (?, ?, ?, ?, ?, ?, ?)",
        (uses.described(workspace, one, hashes) for one in uses.shared()),
    )
    workspace.db.conn.executemany(
        "INSERT INTO sentence_uses VALUES (?, ?, ?, ?)",
        (row for one in uses.shared() for row in use_rows(one, hashes)),
    )


@dataclass(frozen=True, slots=True)
class Renewed:
    """Sentences that may be shared by others than before."""

    uses: Uses
    """All uses of these sentences, now."""
    ids: frozenset[int]
    anew: frozenset[str]
    """Documents whose own sentences may be others now."""


def renew_sentences(workspace: Workspace, hashes: Sequence[str], renewed: Renewed) -> None:
    """Bring some sentences up to date."""
    db = workspace.db
    db.conn.executemany(
        "DELETE FROM sentence_uses WHERE document_sha256 = ?", [(one,) for one in renewed.anew]
    )
    before = {
        int(number)
        for (number,) in db.execute(
            "SELECT id FROM shared_sentences WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(renewed.ids))],
        )
    }
    gone = set(before)
    for one in renewed.uses.shared():
        row = renewed.uses.described(workspace, one, hashes)
        db.execute(_RENEWED, row)
        db.conn.executemany(
            "INSERT INTO sentence_uses VALUES (?, ?, ?, ?)",
            (
                use
                for use in use_rows(one, hashes)
                if row[0] not in before or use[1] in renewed.anew
            ),
        )
        gone.discard(row[0])
    db.conn.executemany("DELETE FROM shared_sentences WHERE id = ?", [(one,) for one in gone])


_RENEWED = """
    INSERT INTO shared_sentences VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = excluded.words,
        documents = excluded.documents, organisations = excluded.organisations,
        standard = excluded.standard"""
