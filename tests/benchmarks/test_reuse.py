"""`make bench-reuse` makes the pairs that it says; speed itself is not tested."""

from __future__ import annotations

from itertools import pairwise

from assess.compare.reuse.refresh import refresh_reuse
from benchmarks.reuse import FAMILY, fill, perturbed, raw_seconds, scratch_workspace

SOURCES = [[f"s{source}w{n}" for n in range(400)] for source in range(7)]


def test_statements_are_the_same_every_time_and_families_are_apart() -> None:
    made = list(perturbed(SOURCES, 4 * FAMILY, plain=False))
    assert made == list(perturbed(SOURCES, 4 * FAMILY, plain=False))
    assert len(set(made)) == 4 * FAMILY
    with scratch_workspace() as workspace:
        fill(workspace, iter(made))
        refresh_reuse(workspace)
        names = dict(workspace.db.execute("SELECT document_sha256, name FROM document_sources"))
        pairs = workspace.db.execute("SELECT first_sha256, second_sha256 FROM text_pairs")
        families = [{int(names[one]) // FAMILY for one in pair} for pair in pairs]
    assert all(len(family) == 1 for family in families)
    assert len(families) > 3 * FAMILY


def test_plain_statements_are_of_few_sources() -> None:
    made = list(perturbed(SOURCES, 30, plain=True))
    assert len({text[:2] for text in made}) <= len(SOURCES)
    assert any(one != other for one, other in pairwise(made))


def test_the_baseline_counts() -> None:
    assert raw_seconds([" ".join(SOURCES[0]), " ".join(SOURCES[1])]) > 0
