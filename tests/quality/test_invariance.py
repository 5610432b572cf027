"""What does not change a statement's meaning does not change what is found in it."""

from __future__ import annotations

import random

import pytest

from assess.records import Text
from tools.invariance import CHANGES, Change, changed, corpus_texts, real_texts

MOST = 0.03


@pytest.fixture(scope="module")
def corpus() -> list[Text]:
    return corpus_texts()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_corpus(corpus: list[Text], change: Change) -> None:
    assert any(change(text, random.Random(1)) != text.content for text in corpus)
    differing, cells = changed(corpus, change)
    assert differing < MOST * cells


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_real_statements(change: Change) -> None:
    texts = real_texts(20)
    if not texts:
        pytest.skip("real statements are not at hand (../shared/data)")
    differing, cells = changed(texts, change)
    assert differing < MOST * cells
