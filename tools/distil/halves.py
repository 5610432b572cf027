"""Statements cut into two halves, near-duplicates on one side."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tools.distil.settings import NEAR_DUPLICATE, SEED
from tools.distil.statements import Statement

NAMES = ("a", "b")


def halves(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """By half: its statements, without those that are held out or nearly one that is."""
    groups: dict[int, list[Statement]] = {}
    for group, statement in zip(groups_of(statements), statements, strict=True):
        groups.setdefault(group, []).append(statement)
    usable = [alike for alike in groups.values() if not any(one.held_out for one in alike)]
    by_source: dict[str, list[list[Statement]]] = {}
    for alike in sorted(usable, key=lambda alike: (alike[0].source, alike[0].id)):
        by_source.setdefault(alike[0].source, []).append(alike)
    rng = random.Random(SEED)  # noqa: S311 (to shuffle)
    found: dict[str, list[Statement]] = {name: [] for name in NAMES}
    for together in by_source.values():
        rng.shuffle(together)
        for index, alike in enumerate(together):
            found[NAMES[index % 2]] += alike
    return found


def groups_of(statements: Sequence[Statement]) -> list[int]:
    """For each statement the number of its group of near-duplicates."""
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [" ".join(one.sentences) for one in statements]
    words = r"\w+"
    counter = CountVectorizer(ngram_range=(3, 3), token_pattern=words, binary=True)
    triples = counter.fit_transform(texts)
    sizes = triples.sum(axis=1).A1
    shared = (triples @ triples.T).tocoo()
    parents = list(range(len(texts)))
    for one, other, number in zip(shared.row, shared.col, shared.data, strict=True):
        if one < other and number > NEAR_DUPLICATE * max(1, min(sizes[one], sizes[other])):
            parents[_root(parents, int(one))] = _root(parents, int(other))
    return [_root(parents, index) for index in range(len(parents))]


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index
