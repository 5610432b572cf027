"""The encoder's networks: as plain loops compute them, in any number of sentences."""

from __future__ import annotations

import numpy as np
import pytest

from assess.errors import ModelError
from assess.score import encoder_network as module
from assess.score.encoder import Encoders
from assess.score.encoder_network import Widths
from tests.score.encoders import PIECES, SENTENCES, encoder, encoders, expected, inputs, network


@pytest.mark.parametrize("number", range(1, len(SENTENCES) + 1))
def test_as_plain_loops(number: int) -> None:
    one, sentences = encoder(), SENTENCES[:number]
    logits = one.logits(sentences)
    assert logits.dtype == np.float32
    np.testing.assert_allclose(
        logits, expected(one.networks["a"], inputs(one, sentences)), atol=1e-4
    )


def test_of_no_sentence_there_is_none() -> None:
    assert encoder().logits([]).shape == encoders().logits([]).shape == (0, 9)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = SENTENCES * 9
    whole = encoder().logits(sentences)
    monkeypatch.setattr(module, "BLOCK_PIECES", 20)
    monkeypatch.setattr(module, "BLOCK_SENTENCES", 4)
    np.testing.assert_allclose(encoder().logits(sentences), whole, atol=1e-5)


def test_a_block_holds_at_least_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = PIECES.tokens(SENTENCES)
    monkeypatch.setattr(module, "BLOCK_PIECES", 1)
    blocks = list(module.blocks_of(tokens))
    assert [len(block.lengths) for block in blocks] == [1] * len(SENTENCES)
    assert np.concatenate([block.codes for block in blocks]).tolist() == tokens.codes.tolist()


def test_same_sentences_same_bits() -> None:
    one = encoder(3, Widths(16, 32, 24))
    statement = SENTENCES * 200
    logits = one.logits(statement)
    one.logits(SENTENCES)
    assert logits.tobytes() == one.logits(statement).tobytes()


def test_very_long_statements() -> None:
    logits = encoder().logits(SENTENCES * 2_000)
    assert logits.shape == (len(SENTENCES) * 2_000, 9)
    assert np.isfinite(logits).all()


def test_the_mean_of_networks() -> None:
    both = encoders()
    a, b = (Encoders(PIECES, {name: both.networks[name]}).logits(SENTENCES) for name in "ab")
    np.testing.assert_allclose(both.logits(SENTENCES), (a + b) / 2, atol=1e-6)
    assert both.logits(SENTENCES, without=["a"]).tobytes() == b.tobytes()
    assert both.logits(SENTENCES, without={"b", "c"}).tobytes() == a.tobytes()
    with pytest.raises(ModelError, match="no network of the encoder is left"):
        both.logits(SENTENCES, without="ab")


def test_widths() -> None:
    assert network(0, Widths(3, 4, 5)).widths == (3, 4, 5)
    assert list(module.shapes_for(1, Widths(1, 1, 1))) == module.names()


def test_as_many_threads_as_there_are_same_bits() -> None:
    import threadpoolctl

    one = encoder(3, Widths(64, 128, 96))
    with threadpoolctl.threadpool_limits(1):
        alone = [one.logits(SENTENCES * times).tobytes() for times in (1, 5, 50)]
    assert alone == [one.logits(SENTENCES * times).tobytes() for times in (1, 5, 50)]
