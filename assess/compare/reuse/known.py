"""Pairs and clusters that are known from before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlite_utils import Database

from assess.compare.reuse.clusters import Cluster, overlap
from assess.compare.reuse.corpus import Corpus
from assess.compare.reuse.pairs import PAIR, Pairs, Runs


@dataclass(frozen=True, slots=True)
class ChangedPairs:
    """What became of the pairs of before."""

    now: Pairs
    """All pairs that there are, new ones too."""
    gone: Sequence[tuple[str, str]]
    related: Sequence[tuple[str, str, str]]
    """Relation, and the pair whose texts are so related now."""


_PAIRS: Final = """
    SELECT first_sha256, second_sha256, shared_runs, overlap, own_overlap, relation
    FROM text_pairs"""

_OVERLAPS: Final = """
    SELECT members.document_sha256, template.document_sha256, members.overlap
    FROM text_clusters AS members
    JOIN text_clusters AS template USING (cluster) WHERE template.is_template"""


def changed_pairs(
    db: Database, corpus: Corpus, new: Pairs, is_gone: Callable[[str, str], bool]
) -> ChangedPairs:
    """Go through the pairs of before."""
    numbers = {sha256: number for number, sha256 in enumerate(corpus.hashes)}
    gone: list[tuple[str, str]] = []
    related: list[tuple[str, str, str]] = []

    def staying() -> Iterator[tuple[int, int, int, float, float]]:
        for first, second, shared, of_shorter, own, relation in db.execute(_PAIRS):
            if is_gone(first, second):
                gone.append((first, second))
                continue
            one, other = numbers[first], numbers[second]
            if (now := corpus.relation(one, other)) != relation:
                related.append((now, first, second))
            yield one, other, shared, of_shorter, np.nan if own is None else own

    pairs: Pairs = np.concatenate((np.fromiter(staying(), PAIR), new))
    return ChangedPairs(pairs[np.lexsort((pairs["second"], pairs["first"]))], gone, related)


def known_overlaps(
    db: Database,
    corpus: Corpus,
    runs: Runs,
    clusters: Sequence[Cluster],
    stale: Collection[str],
) -> Iterator[list[float]]:
    """Of each cluster its texts' overlaps with its template; computed where they are not known."""
    known = {
        (text, template): found
        for text, template, found in db.execute(_OVERLAPS)
        if text not in stale and template not in stale
    }
    for cluster in clusters:
        template = corpus.hashes[cluster.template]
        found = [known.get((corpus.hashes[text], template)) for text in cluster.texts]
        yield [
            overlap(runs, text, cluster.template) if one is None else one
            for text, one in zip(cluster.texts, found, strict=True)
        ]
