"""Sentences are split into terms exactly as scikit-learn splits them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from assess.score.terms import LETTER_GROUPS, letter_groups, words, words_and_pairs
from tests.extract.makers import PARAGRAPH

# What splits, joins or grows when lowered, decomposed or stripped, often enough to meet.
SIGNS = [*"aIéİﬁßⅣ½²٣_1'’-ʼำΣ😀\u0301\u200d\u200b\t \n\x0b\x1c\x85\xa0\u2028\u3000\x00\ud800"]
PARTS = st.sampled_from([*SIGNS, "we", "Audit", "e\u0301", "__", "54", "  ", "\r\n", "現代", "ΑΣ"])
TEXTS = st.lists(PARTS | st.text(max_size=3), max_size=12).map("".join) | st.text(max_size=60)

SPLITS: list[tuple[Callable[[str], list[str]], dict[str, Any]]] = [
    (words, {}),
    (words_and_pairs, {"ngram_range": (1, 2), "strip_accents": "unicode"}),
    (letter_groups, {"analyzer": "char_wb", "ngram_range": LETTER_GROUPS}),
]


@pytest.mark.parametrize(("split", "parameters"), SPLITS)
def test_split_as_scikit_learn_does(
    split: Callable[[str], list[str]], parameters: dict[str, Any]
) -> None:
    theirs = CountVectorizer(**parameters).build_analyzer()

    @settings(max_examples=150, deadline=None)
    @given(TEXTS)
    @example("")
    @example("a")
    @example(PARAGRAPH)
    @example("Café  déjà_vu\tI 2024 — 54(1) co-operate don’t")
    def same(text: str) -> None:
        assert split(text) == theirs(text)

    same()


def test_terms_of_a_sentence() -> None:
    assert words("A Café: 54 audits") == ["café", "54", "audits"]
    assert words_and_pairs("A Café: 54 audits")[2:] == ["audits", "cafe 54", "54 audits"]
    assert letter_groups("A of") == [" a ", " of", "of ", " of "]
