"""Boosted trees: the same scores as scikit-learn's, exact shares, files read with distrust."""

from __future__ import annotations

import io
import itertools
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from assess.errors import ModelError
from assess.score.model_files import AGAIN, unpack_arrays
from assess.score.tree_growth import SEED, Growth, float32_below, grow
from assess.score.tree_layout import lay_out
from assess.score.tree_masks import CHUNK, MAX_LEAVES
from assess.score.trees import ARRAYS, BoostedTrees, from_arrays

Floats = NDArray[np.float32]
PATH = Path("trees.npz")
SMALL = Growth(max_iter=12, max_leaf_nodes=8, min_samples_leaf=5)


def examples(count: int = 400, features: int = 7) -> tuple[Floats, NDArray[np.int8]]:
    """Rows with many equal values, and three labels that depend on some of the features."""
    random = np.random.default_rng(3)
    rows = random.normal(size=(count, features)).astype(np.float32)
    rows[:, ::2] = np.round(rows[:, ::2], 1)
    noise = random.normal(scale=0.3, size=count)
    labels = [rows[:, 0] + noise > 0, rows[:, 1] * rows[:, 2] > 0.2, rows[:, 3] - noise > 1]
    return rows, np.array(labels, dtype=np.int8).T


@cache
def small_trees(settings: Growth = SMALL) -> BoostedTrees:
    rows, labels = examples()
    return grow(rows, labels, np.ones(labels.shape), settings)


def random_trees(seed: int, features: int, sizes: list[list[int]]) -> BoostedTrees:
    """Trees of any shape, for each label so many leaves in each."""
    random = np.random.default_rng(seed)
    feature: list[int] = []

    def write(leaves: int) -> None:
        if leaves == 1:
            feature.append(-1)
            return
        feature.append(int(random.integers(features)))
        left = int(random.integers(1, leaves))
        write(left)
        write(leaves - left)

    for tree in itertools.chain.from_iterable(sizes):
        write(tree)
    nodes = np.array(feature, dtype=np.int16)
    return BoostedTrees(
        features,
        random.normal(size=len(sizes)).astype(np.float32),
        np.array([len(trees) for trees in sizes], dtype=np.int32),
        nodes,
        # Few different thresholds, so that rows meet them.
        np.round(random.normal(size=nodes.size), 1).astype(np.float32),
        random.integers(1, 50, size=int((nodes < 0).sum())).astype(np.int32),
    )


def random_rows(seed: int, count: int, features: int) -> Floats:
    random = np.random.default_rng(seed)
    return np.round(random.normal(size=(count, features)), 1).astype(np.float32)


def conditional(trees: BoostedTrees, row: Floats, known: set[int]) -> NDArray[np.float64]:
    """What the trees say where only some features are known, by walking each tree; (labels,)."""
    covers = iter(trees.cover.tolist())
    position = 0

    def walk() -> tuple[float, int]:
        nonlocal position
        feature, number = int(trees.feature[position]), float(trees.number[position])
        position += 1
        if feature < 0:
            return number, next(covers)
        left, left_cover = walk()
        right, right_cover = walk()
        cover = left_cover + right_cover
        if feature in known:
            return (left if row[feature] <= number else right), cover
        return (left * left_cover + right * right_cover) / cover, cover

    return np.array(
        [
            float(baseline) + sum(walk()[0] for _ in range(count))
            for baseline, count in zip(trees.baseline, trees.trees, strict=True)
        ]
    )


def brute_force(trees: BoostedTrees, row: Floats) -> NDArray[np.float64]:
    """Shapley values from their definition, over all subsets."""
    number = trees.features
    shares = np.zeros((trees.trees.size, number))
    for feature in range(number):
        others = [other for other in range(number) if other != feature]
        for size in range(number):
            weight = 1 / (number * math.comb(number - 1, size))
            for known in itertools.combinations(others, size):
                gain = conditional(trees, row, {*known, feature}) - conditional(
                    trees, row, set(known)
                )
                shares[:, feature] += weight * gain
    return shares


SHAPES = st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=4), min_size=1, max_size=3)


@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        Growth(max_iter=5, max_leaf_nodes=16, max_depth=None, min_samples_leaf=1),
        Growth(max_iter=4, max_leaf_nodes=33, max_depth=None, min_samples_leaf=1),
        Growth(max_iter=3, max_leaf_nodes=2, max_bins=16, max_features=0.5),
        Growth(max_iter=2, min_samples_leaf=400),  # no split is possible
    ],
    ids=["small", "16 leaves", "33 leaves", "stumps", "no splits"],
)
def test_scores_as_scikit_learn(settings: Growth) -> None:
    rows, labels = examples()
    weights = np.linspace(0.5, 2, labels.size).reshape(labels.shape)
    trees = grow(rows, labels, weights, settings)
    # All values next to a threshold, and those equal to it, are asked too.
    near = np.unique(trees.number[trees.feature >= 0])
    near = np.concatenate([near, np.nextafter(near, -np.inf), np.nextafter(near, np.inf)])
    edges = np.repeat(near.astype(np.float32)[:, None], rows.shape[1], axis=1)
    asked = np.concatenate([rows, edges])
    for index, column in enumerate(labels.T):
        fitted = HistGradientBoostingClassifier(
            learning_rate=settings.learning_rate,
            max_iter=settings.max_iter,
            max_leaf_nodes=settings.max_leaf_nodes,
            max_depth=settings.max_depth,
            min_samples_leaf=settings.min_samples_leaf,
            max_bins=settings.max_bins,
            max_features=settings.max_features,
            early_stopping=False,
            random_state=SEED,
        ).fit(rows, column, sample_weight=weights[:, index])
        np.testing.assert_allclose(
            trees.scores(asked)[:, index], fitted.decision_function(asked), atol=1e-5
        )


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6, width=32))
def test_a_rounded_threshold_separates_the_same_numbers(threshold: float, value: float) -> None:
    rounded = float32_below(threshold)
    assert float(np.float32(rounded)) == rounded
    near = np.float32(threshold)
    above, below = np.nextafter(near, np.float32(np.inf)), np.nextafter(near, np.float32(-np.inf))
    for number in (value, float(near), float(above), float(below)):
        assert (number <= threshold) == (number <= rounded)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), SHAPES)
def test_scores_as_walked(seed: int, sizes: list[list[int]]) -> None:
    trees = random_trees(seed, 5, sizes)
    rows = random_rows(seed, 6, 5)
    walked = [conditional(trees, row, set(range(5))) for row in rows]
    np.testing.assert_allclose(trees.scores(rows), walked, atol=1e-12)


@pytest.mark.parametrize("leaves", [1, 2, 8, 9, 16, 17, 32, 33, MAX_LEAVES])
def test_trees_of_any_size(leaves: int) -> None:
    trees = random_trees(leaves, 4, [[leaves, 1], [leaves, leaves]])
    rows = random_rows(1, 30, 4)
    walked = [conditional(trees, row, set(range(4))) for row in rows]
    np.testing.assert_allclose(trees.scores(rows), walked, atol=1e-12)
    told = trees.expected + trees.shares(rows[0]).sum(axis=1)
    np.testing.assert_allclose(told, walked[0], atol=1e-9)


def test_same_bits_alone_or_in_a_batch() -> None:
    trees = random_trees(5, 20, [[16] * 150, [9] * 3, [1], [12] * 77])
    rows = random_rows(6, 3 * CHUNK + 5, 20)
    together = trees.scores(rows)
    assert together.dtype == np.float64
    assert together.shape == (len(rows), 4)
    alone = np.concatenate([trees.scores(rows[i : i + 1]) for i in range(len(rows))])
    assert together.tobytes() == alone.tobytes()
    assert trees.scores(rows[10:100]).tobytes() == together[10:100].tobytes()
    assert trees.scores(np.asfortranarray(rows)).tobytes() == together.tobytes()
    assert trees.scores(rows[:0]).shape == (0, 4)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (np.zeros((2, 6), dtype=np.float32), "features"),
        (np.zeros(7, dtype=np.float32), "features"),
        (np.full((1, 7), np.nan, dtype=np.float32), "no finite number"),
        (np.full((1, 7), np.inf, dtype=np.float32), "no finite number"),
    ],
)
def test_refuses_rows(rows: Floats, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        small_trees().scores(rows)


def test_grows_the_same_bits_each_time() -> None:
    rows, labels = examples()
    first = small_trees().to_arrays()
    again = grow(rows, labels, np.ones(labels.shape), SMALL).to_arrays()
    assert all(first[name].tobytes() == again[name].tobytes() for name in ARRAYS)


def test_covers_are_those_of_training() -> None:
    trees = small_trees()
    assert np.add.reduceat(
        trees.cover, np.cumsum(trees._layout.leaf_counts) - trees._layout.leaf_counts
    ).tolist() == [400] * int(trees.trees.sum())


Change = Callable[[Floats, NDArray[Any], NDArray[Any]], tuple[Any, Any, Any]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda x, y, w: (np.where(x > 2, np.float32(np.nan), x), y, w), "no number"),
        (lambda x, y, w: (np.where(x > 2, np.float32(np.inf), x), y, w), "no number"),
        (lambda x, y, w: (x * np.float32(1e6), y, w), "larger than"),
        (lambda x, y, w: (x.astype(np.float64), y, w), "float32"),
        (lambda x, y, w: (x[:, :0], y, w), "features"),
        (lambda x, y, w: (x[:9], y, w), "shapes"),
        (lambda x, y, w: (x, y[:, 0], w), "shapes"),
        (lambda x, y, w: (x, y, w[:9]), "shapes"),
        (lambda x, y, w: (x, y, -w), "negative"),
        (lambda x, y, w: (x, y, w * np.nan), "no number"),
        (lambda x, y, w: (x, y * 0, w), "label 0"),
        (lambda x, y, w: (x, y * 2, w), "label 0"),
    ],
)
def test_refuses_examples(change: Change, told: str) -> None:
    rows, labels = examples()
    with pytest.raises(ModelError, match=told):
        grow(*change(rows, labels, np.ones(labels.shape)), SMALL)


def test_labels_not_known_teach_nothing() -> None:
    rows, labels = examples()
    known = np.ones(labels.shape)
    known[::3] = 0
    unknown = np.where(known > 0, labels, -1)
    found = grow(rows, unknown, known, SMALL).to_arrays()
    told = grow(rows[known[:, 0] > 0], labels[known[:, 0] > 0], known[known[:, 0] > 0], SMALL)
    assert all((found[name] == array).all() for name, array in told.to_arrays().items())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (replace(SMALL, max_leaf_nodes=65), "max_leaf_nodes"),
        (replace(SMALL, max_leaf_nodes=1), "max_leaf_nodes"),
        (replace(SMALL, max_iter=0), "max_iter"),
        (replace(SMALL, max_iter=20_000), "max_iter"),
        (replace(SMALL, learning_rate=-1.0), "learning_rate"),
    ],
)
def test_refuses_settings(settings: Growth, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        small_trees(settings)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), SHAPES, st.integers(1, 5))
def test_shares_by_brute_force(seed: int, sizes: list[list[int]], features: int) -> None:
    trees = random_trees(seed, features, sizes)
    row = random_rows(seed, 1, features)[0]
    shares = trees.shares(row)
    assert shares.shape == (len(sizes), features)
    np.testing.assert_allclose(shares, brute_force(trees, row), atol=1e-10)
    np.testing.assert_allclose(trees.expected, conditional(trees, row, set()), atol=1e-12)


def test_shares_of_grown_trees_by_brute_force() -> None:
    trees = small_trees()
    for row in examples()[0][:2]:
        np.testing.assert_allclose(trees.shares(row), brute_force(trees, row), atol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_shares_sum_to_the_score(seed: int) -> None:
    trees = random_trees(seed, 40, [[16] * 30, [64] * 5])
    rows = random_rows(seed, 4, 40)
    told = [trees.expected + trees.shares(row).sum(axis=1) for row in rows]
    np.testing.assert_allclose(told, trees.scores(rows), atol=1e-9)


def test_a_feature_that_is_not_asked_has_no_share() -> None:
    trees = random_trees(2, 5, [[9, 9], [4]])
    wider = replace(trees, features=7)
    row = random_rows(2, 1, 7)[0]
    shares = wider.shares(row)
    assert (shares[:, 5:] == 0).all()
    assert shares[:, :5].tobytes() == trees.shares(row[:5]).tobytes()


def test_features_that_do_the_same_share_alike() -> None:
    """An 'and' of two features, with the same examples either way."""
    trees = BoostedTrees(
        2,
        np.zeros(1, dtype=np.float32),
        np.array([2], dtype=np.int32),
        np.array([0, -1, 1, -1, -1, 1, -1, 0, -1, -1], dtype=np.int16),
        np.array([0.5, 0, 0.5, 0, 1] * 2, dtype=np.float32),
        np.array([4, 2, 2] * 2, dtype=np.int32),
    )
    shares = trees.shares(np.ones(2, dtype=np.float32))[0]
    assert shares[0] == pytest.approx(shares[1])
    assert trees.expected.tolist() == [0.5]
    assert shares.sum() == pytest.approx(1.5)


def test_files_give_the_same_trees() -> None:
    trees = small_trees()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **trees.to_arrays())
    arrays = unpack_arrays(buffer.getvalue(), PATH, ARRAYS)
    again = from_arrays(arrays, 7, 3, PATH)
    rows, _ = examples()
    assert again.scores(rows).tobytes() == trees.scores(rows).tobytes()
    assert again.shares(rows[0]).tobytes() == trees.shares(rows[0]).tobytes()
    assert all(array.dtype == again.to_arrays()[name].dtype for name, array in arrays.items())


def broken(name: str, change: Callable[[NDArray[Any]], NDArray[Any]]) -> dict[str, NDArray[Any]]:
    arrays = random_trees(1, 5, [[4, 4], [3]]).to_arrays()
    return {**arrays, name: change(arrays[name])}


def first(value: object) -> Callable[[NDArray[Any]], NDArray[Any]]:
    def change(array: NDArray[Any]) -> NDArray[Any]:
        changed = array.copy()
        changed[0] = value
        return changed

    return change


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("baseline", first(np.nan), "no number"),
        ("baseline", lambda a: a[:1], "shape"),
        ("baseline", lambda a: a.astype(str), "not numbers"),
        ("number", first(np.inf), "no number"),
        ("number", first(2e6), "too large"),
        ("number", lambda a: a.astype(np.int32), "not numbers"),
        ("number", lambda a: a[1:], "shape"),
        ("cover", first(0), "not from 1"),
        ("cover", lambda a: a.astype(np.int64) * 2**40, "not from 1"),
        ("cover", lambda a: a[1:], "shape"),
        ("cover", lambda a: a.astype(np.float32), "not integers"),
        ("trees", lambda a: a.astype(bool), "not integers"),
        ("trees", lambda a: a[::-1].copy() * 2, "holds 3 trees where 'trees' tells 6"),
        ("trees", first(0), "not from 1"),
        ("trees", lambda a: np.array(3, dtype=np.int32), "shape"),
        ("feature", first(5), "not from -1 to 4"),
        ("feature", first(-2), "not from -1 to 4"),
        ("feature", lambda a: a.astype(np.uint64) | np.uint64(2**63), "not from -1 to 4"),
        ("feature", lambda a: a.astype(object), "not integers"),
        ("feature", lambda a: a[None], "shape"),
        ("feature", lambda a: np.where(a < 0, 0, a), "shape"),
        ("feature", lambda a: np.roll(a, 1), "whole tree"),
    ],
)
def test_refuses_arrays(
    name: str, change: Callable[[NDArray[Any]], NDArray[Any]], told: str
) -> None:
    with pytest.raises(ModelError, match=told) as caught:
        from_arrays(broken(name, change), 5, 2, PATH)
    assert str(caught.value).startswith(f"{PATH}: ")
    assert str(caught.value).endswith(AGAIN)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ARRAYS)
def test_refuses_fewer_arrays(name: str) -> None:
    arrays = small_trees().to_arrays()
    del arrays[name]
    with pytest.raises(ModelError, match=f"lacks '{name}'"):
        from_arrays(arrays, 7, 3, PATH)


def test_refuses_other_features_or_labels() -> None:
    arrays = random_trees(1, 5, [[40], [40]]).to_arrays()
    for features, labels in ((4, 2), (5, 1), (5, 3), (5, 0)):
        with pytest.raises(ModelError):
            from_arrays(arrays, features, labels, PATH)


def test_refuses_what_is_too_large() -> None:
    with pytest.raises(ModelError, match="65 leaves"):
        from_arrays(random_trees(1, 2, [[65]]).to_arrays(), 2, 1, PATH)
    many = random_trees(1, 2, [[1] * 30_000, [1] * 30_000])
    with pytest.raises(ModelError, match="60000 trees"):
        from_arrays(many.to_arrays(), 2, 2, PATH)


def test_no_trees() -> None:
    nothing = np.zeros(0, dtype=np.int16)
    assert lay_out(nothing < 0) is None
    numbers = nothing.astype(np.float32)
    none = nothing.astype(np.int32)
    trees = BoostedTrees(1, numbers, none, nothing, numbers, none)
    with pytest.raises(ModelError, match="not whole"):
        trees.scores(np.zeros((1, 1), dtype=np.float32))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=15))
def test_lays_out_whole_trees_only(leaves: list[bool]) -> None:
    def read(position: int) -> int | None:
        """The position after the subtree there, or None if it breaks off."""
        if position >= len(leaves):
            return None
        if leaves[position]:
            return position + 1
        middle = read(position + 1)
        return None if middle is None else read(middle)

    starts = [0]
    while (last := starts[-1]) < len(leaves) and (end := read(last)) is not None:
        starts.append(end)
    layout = lay_out(np.array(leaves))
    if starts[-1] < len(leaves):
        assert layout is None
    else:
        assert layout is not None
        assert layout.starts.tolist() == starts
        assert layout.ends.tolist() == [read(position) for position in range(len(leaves))]


def test_needs_neither_numpy_nor_scikit_learn_to_import() -> None:
    code = "import sys, assess.score.trees; print({'numpy', 'sklearn'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
