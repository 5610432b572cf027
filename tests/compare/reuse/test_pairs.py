"""Pairs are those of a brute force with sets of words, whatever the texts."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.compare.reuse.pairs import Texts, find_pairs
from assess.compare.reuse.runs import RUN, distinct_runs
from assess.compare.reuse.sketch import COMMON, OVERLAP, build_index, sketch_of
from assess.compare.reuse.spool import among, spooled

MIXED = Path(__file__).parents[4] / "shared" / "data" / "statements" / "mixed.jsonl"
NOTHING = np.empty(0, dtype=np.uint64)


def found(
    folder: Path, texts: Sequence[str], standard: np.ndarray = NOTHING
) -> dict[tuple[int, int], float]:
    runs = [distinct_runs(text) for text in texts]
    spool = spooled(folder / "runs", runs)
    own = np.array([int((~among(one, standard)).sum()) for one in runs], dtype=np.int64)
    index = build_index(sketch_of(one) for one in runs)
    pairs = find_pairs(Texts(spool, standard, own), index, range(len(texts)))
    return {(int(p["first"]), int(p["second"])): float(p["overlap"]) for p in pairs}


def brute(texts: Iterable[str]) -> dict[tuple[int, int], float]:
    """By an index of plain word tuples."""
    runs = [_runs(re.findall(r"\w+", text.lower())) for text in texts]
    with_run = defaultdict(list)
    for number, of_one in enumerate(runs):
        for run in of_one:
            with_run[run].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in with_run.values():
        for pair in combinations(numbers, 2):
            shared[pair] += 1
    every = {(a, b): count / min(len(runs[a]), len(runs[b])) for (a, b), count in shared.items()}
    return {pair: overlap for pair, overlap in every.items() if overlap >= OVERLAP}


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


# Stretches of a few sources, so that texts share much, little or nothing.
STRETCH = st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 60))
TEXT = st.lists(STRETCH, max_size=4).map(
    lambda parts: " ".join(
        f"s{s}w{at}" for s, start, length in parts for at in range(start, start + length)
    )
)


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXT, max_size=8))
def test_short_texts_as_by_brute_force(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    assert found(folder, texts) == pytest.approx(brute(texts))


def test_a_short_text_in_a_long_one(tmp_path: Path) -> None:
    long = " ".join(f"word{n}" for n in range(5000))
    short = " ".join(f"word{n}" for n in range(2000, 2100))
    assert found(tmp_path, [long, short]) == {(0, 1): 1.0}


def test_case_punctuation_and_blanks_do_not_count(tmp_path: Path) -> None:
    text = "We buy flour, sugar and salt from mills in Kent, Essex and Hull."
    other = text.upper().replace(", ", " ,\n\t").replace(".", "!")
    assert found(tmp_path, [text, other]) == {(0, 1): 1.0}


def test_texts_shorter_than_a_run_have_no_pairs(tmp_path: Path) -> None:
    assert found(tmp_path, ["", "one two", "one two", "a b c d e f g"]) == {}
    assert found(tmp_path, []) == {}


def test_stock_phrases_that_thousands_have_hide_no_pair(tmp_path: Path) -> None:
    """Runs in more sketches than are followed do not find anybody; the rest of a text does."""
    stock = " ".join(f"stock{n}" for n in range(60))
    own = [" ".join(f"own{t}x{n}" for n in range(200)) for t in range(2 * COMMON)]
    texts = [f"{one} {stock}" for one in own]
    near = own[7].split()
    texts.append(" ".join([*near[:150], *(f"other{n}" for n in range(50))]) + " " + stock)
    assert set(found(tmp_path, texts)) == {(7, len(texts) - 1)}


def test_a_template_of_hundreds_is_one_cluster_of_pairs(tmp_path: Path) -> None:
    """Where all of a text is common, it still finds others with the same text."""
    template = " ".join(f"same{n}" for n in range(300))
    texts = [f"{template} name{t} of{t}" for t in range(COMMON + 50)]
    linked = {one for pair in found(tmp_path, texts) for one in pair}
    assert linked == set(range(len(texts)))


@pytest.mark.skipif(not MIXED.is_file(), reason="real statements are not at hand (../shared/data)")
def test_real_statements(tmp_path: Path) -> None:
    with MIXED.open(encoding="utf-8") as handle:
        texts = [json.loads(line)["text"] for line in handle]
    true, called = set(brute(texts)), set(found(tmp_path, texts))
    assert len(true) >= 90
    assert len(true & called) / len(true) >= 0.98
    assert len(true & called) / len(called) >= 0.95
