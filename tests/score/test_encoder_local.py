"""Explanations add up to the log odds, and are gradients times embeddings."""

from __future__ import annotations

import numpy as np
import pytest

from assess.score import encoder_network
from assess.score.encoder import Encoders
from assess.score.encoder_network import Widths
from tests.score.encoders import (
    PIECES,
    SENTENCES,
    Matrix,
    encoder,
    encoders,
    expected,
    inputs,
    network,
)

ALL = range(len(SENTENCES))
STEP = 1e-6


@pytest.mark.parametrize("index", ALL)
@pytest.mark.parametrize("seed", range(3))
def test_parts_add_up(seed: int, index: int) -> None:
    one = encoder(seed)
    parts = one.contributions(SENTENCES, index)
    numbers, _ = PIECES.ids(SENTENCES[index])
    assert parts.pieces.shape == (len(numbers), 9)
    assert parts.sentences.shape == (len(SENTENCES), 9)
    assert not parts.sentences[index].any()
    assert {part.dtype for part in parts} == {np.dtype(np.float32)}
    np.testing.assert_allclose(parts.total(), one.logits(SENTENCES)[index], atol=1e-4)


def by_differences(one: Encoders, index: int) -> list[Matrix]:
    """Of each sentence: gradient times embedding of each piece; shape (pieces, labels)."""
    statement = inputs(one, SENTENCES)
    found = []
    for rows in statement:
        parts = np.zeros((len(rows), 9))
        for piece in range(len(rows)):
            kept = rows[piece].copy()
            ends = []
            for sign in (1, -1):
                rows[piece] = kept * (1 + sign * STEP)
                ends.append(expected(one.networks["a"], statement)[index])
            rows[piece] = kept
            parts[piece] = (ends[0] - ends[1]) / (2 * STEP)
        found.append(parts)
    return found


@pytest.mark.parametrize("index", [0, 2, 3, 6])
def test_as_finite_differences(index: int) -> None:
    one = encoder(7)
    parts, brute = one.contributions(SENTENCES, index), by_differences(one, index)
    np.testing.assert_allclose(parts.pieces, brute[index], atol=1e-3)
    wholes = [np.zeros(9) if at == index else brute[at].sum(axis=0) for at in ALL]
    np.testing.assert_allclose(parts.sentences, wholes, atol=1e-3)


def test_without_biases_the_base_is_nothing() -> None:
    net = network(4)
    for bias in (net.conv1_bias, net.conv2_bias, net.dense_bias, net.around_bias, net.out_bias):
        bias[:] = 0
    parts = Encoders(PIECES, {"a": net}).contributions(SENTENCES, 3)
    np.testing.assert_allclose(parts.base, 0, atol=1e-5)


def test_the_same_for_all_sentences_at_once_and_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    one = encoder(5, Widths(16, 32, 24))
    statement = SENTENCES * 5
    found = [one.local(statement).contributions(index) for index in range(len(statement))]
    monkeypatch.setattr(encoder_network, "BLOCK_PIECES", 30)
    local = one.local(statement)
    for index, parts in enumerate(found):
        for here, there in zip(parts, local.contributions(index), strict=True):
            np.testing.assert_allclose(here, there, atol=1e-3)


def test_of_the_mean() -> None:
    both = encoders()
    parts = both.contributions(SENTENCES, 1)
    np.testing.assert_allclose(parts.total(), both.logits(SENTENCES)[1], atol=1e-4)
    alone = both.contributions(SENTENCES, 1, without=["b"])
    other = Encoders(PIECES, {"a": both.networks["a"]}).contributions(SENTENCES, 1)
    assert all(np.array_equal(here, there) for here, there in zip(alone, other, strict=True))


@pytest.mark.parametrize("index", [-1, 1])
def test_no_such_sentence(index: int) -> None:
    with pytest.raises(IndexError, match=f"no sentence {index} among 1"):
        encoder().contributions(["a"], index)
    with pytest.raises(IndexError):
        encoder().contributions([], index)
