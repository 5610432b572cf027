"""Word pieces: as WordPiece cuts them, with shapes and spans, and the same remembered or not."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assess.score import pieces as module
from assess.score.pieces import FIRST, MAX_PIECES, UNKNOWN, Pieces, Shape

VOCABULARY = (
    *("slave", "##ry", "##r", "##y", "modern", "risk", "a", "##a", "b", "##b", "e", "##e"),
    *(".", ",", "2", "##0", "20", "'", "#"),
)
PIECES = Pieces(VOCABULARY)


def names(sentence: str) -> list[str]:
    numbers, _ = PIECES.ids(sentence)
    return ["?" if number == UNKNOWN else VOCABULARY[number - FIRST] for number in numbers]


def written(sentence: str) -> list[str]:
    return [sentence[start:end] for start, end in PIECES.spans(sentence)]


def test_the_longest_piece_first() -> None:
    assert names("Modern slavery, risk.") == ["modern", "slave", "##ry", ",", "risk", "."]
    assert names("slavey") == ["slave", "##y"]
    assert names("2020") == ["?"]
    assert names("2000") == ["20", "##0", "##0"]
    assert names("a#") == ["a", "#"]


def test_a_word_with_a_part_that_is_unknown_is_unknown() -> None:
    assert names("slavex risk") == ["?", "risk"]
    assert names("ry") == ["?"]
    assert written("slavex risk") == ["slavex", "risk"]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("risk", Shape.LOWER),
        ("RISK", Shape.UPPER),
        ("A", Shape.CAPITAL),
        ("Risk", Shape.CAPITAL),
        ("2000", Shape.DIGITS),
        ("rISK", Shape.OTHER),
        (".", Shape.OTHER),
    ],
)
def test_shapes(word: str, shape: Shape) -> None:
    assert set(PIECES.ids(word)[1]) == {shape}


def test_accents_are_removed_and_belong_to_their_letter() -> None:
    composed = "slav\u00e9ry risk"
    apart = unicodedata.normalize("NFD", composed)
    assert PIECES.ids(composed) == PIECES.ids(apart) == PIECES.ids("slavery risk")
    assert written(composed) == ["slav\u00e9", "ry", "risk"]
    assert written(apart) == ["slave\u0301", "ry", "risk"]


@pytest.mark.parametrize("sentence", ["", "  ", "\u0301"])
def test_without_words_one_unknown_piece(sentence: str) -> None:
    assert PIECES.ids(sentence) == ([UNKNOWN], [Shape.OTHER])
    assert PIECES.spans(sentence) == [(0, len(sentence))]


def test_long_sentences_and_words_are_cut_short() -> None:
    assert len(PIECES.ids("risk " * 200)[0]) == len(PIECES.spans("risk " * 200)) == MAX_PIECES
    assert len(PIECES.ids("ab" * 5_000)[0]) == MAX_PIECES
    assert names(" " * module.MAX_CHARACTERS + "risk") == ["?"]


def test_a_word_of_any_length_is_cut_quickly() -> None:
    start = time.perf_counter()
    PIECES.ids("a" * module.MAX_CHARACTERS)
    assert time.perf_counter() - start < 0.5


def test_forgets_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WORDS", 2)
    small = Pieces(VOCABULARY)
    for sentence in ("risk modern slavery a b", "b a slavery modern risk", "x" * 100):
        assert small.ids(sentence) == PIECES.ids(sentence)
    assert len(small._remembered) <= 2


def test_tokens_of_a_statement() -> None:
    codes, lengths = PIECES.tokens(["a Risk", ""])
    risk, a = (VOCABULARY.index(name) + FIRST for name in ("risk", "a"))
    assert codes.tolist() == [a * 8, risk * 8 + 2, 0, UNKNOWN * 8 + 4, 0]
    assert lengths.tolist() == [2, 1]
    codes, lengths = PIECES.tokens([])
    assert (codes.size, lengths.size) == (0, 0)


@example("2\ufe0f0")
@given(st.text(st.sampled_from("aberA2.0' \u00e9\u0301\u0130\uac00\ufe0f#"), max_size=40))
def test_spans_are_in_order_and_within(sentence: str) -> None:
    numbers, shapes = PIECES.ids(sentence)
    spans = PIECES.spans(sentence)
    assert len(numbers) == len(shapes) == len(spans)
    assert all(0 <= start <= end <= len(sentence) for start, end in spans)
    assert all(one <= two for (one, _), (two, _) in pairwise(spans))
    for number, (start, end) in zip(numbers, spans, strict=True):
        if number != UNKNOWN:
            marked = unicodedata.normalize("NFD", sentence[start:end])
            plain = "".join(c for c in marked if unicodedata.category(c) != "Mn").lower()
            assert VOCABULARY[number - FIRST].removeprefix("##") in plain
