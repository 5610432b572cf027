"""Explanations add up to the log odds and to the score by words; each part is where it is from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.score.explain import MOST_TOLD, Explainer, Explanation, explain
from assess.score.features import Features, Row
from assess.score.labels import LABELS
from assess.score.signals import MOST, signal_names
from assess.score.term_shares import TermShares, word_spans
from tests.score.model_factory import STATEMENT, small_model

LONG = ("We audit suppliers. " * 250)[:5_000]
ODD = (
    "",
    "a",
    " ",
    "\u0301",
    " \u0301 ",
    "?!… –— ...",
    "x" * 6_000,
    LONG,
    LONG + "board " * 200,
    " " * 1_600 + "suppliers",
    "Ünïcödé ΣΊΣΥΦΟΣ ΟΔΟΣ, 奴隷制 🙂 ﬁsh ½ of the board",
    "tab\tline\nbreak\u00a0no\u2028break the\x1cboard",
)
SENTENCES = (*STATEMENT, *ODD)


def check(sentences: tuple[str, ...], index: int, scale: float = 1.0) -> list[Explanation]:
    """Both levels of each label of one sentence against the classifier's own numbers."""
    model = small_model(scale)
    found = Explainer(model, sentences).explain(index)
    rows = [Row("a", sentence) for sentence in sentences]
    matrix = model.features.matrix(rows)
    probabilities = model.probabilities(rows)[index]
    signals = model.signals(rows, matrix)[index]
    raw = model.trees.scores(signals[None])[0]
    by_encoder = model.encoder.logits(sentences)[index].astype(np.float64)
    by_terms = (matrix[[index]].astype(np.float64) @ model.weights)[0] + model.intercepts
    assert [one.label for one in found] == list(LABELS)
    for column, one in enumerate(found):
        slope, offset = model.calibration[:, column].astype(np.float64)
        assert one.log_odds == pytest.approx(slope * raw[column] + offset, abs=1e-9)
        assert one.probability == pytest.approx(probabilities[column], abs=1e-7)
        told = sum(signal.weight for signal in one.signals)
        assert one.base + told + one.other_signals == pytest.approx(one.log_odds, abs=1e-9)
        words = one.words
        score = (by_encoder[column] + by_terms[column]) / 2
        assert words.score == pytest.approx(score, abs=1e-4)
        told = sum(word.weight for word in words.words)
        told += sum(around.weight for around in words.sentences)
        assert words.base + told + words.other_sentences == pytest.approx(score, abs=1e-4)
        assert words.clipped is bool(max(abs(by_encoder[column]), abs(by_terms[column])) > MOST)
        if not words.clipped:
            assert signals[column] == pytest.approx(score, abs=1e-4)
        assert all(sentences[index][w.start : w.end] == w.text != "" for w in words.words)
        assert all(around.place for around in words.sentences)
    return found


@pytest.mark.parametrize("index", range(len(SENTENCES)))
def test_parts_add_up(index: int) -> None:
    check(SENTENCES, index)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_statement_of_one_sentence(sentence: str) -> None:
    (one, *_) = check((sentence,), 0)
    assert one.words.sentences == () and one.words.other_sentences == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60) | st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_of_any_text(sentences: list[str]) -> None:
    check(tuple(sentences), len(sentences) // 2)


def test_says_what_was_cut() -> None:
    found = check(STATEMENT, 3, scale=60.0)
    assert any(one.words.clipped for one in found)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80) | st.sampled_from(SENTENCES))
def test_each_term_is_in_a_word(text: str) -> None:
    """All of the sentence's own columns are told, none twice, where all its terms are known."""
    features = Features.fit([Row("", sentence) for sentence in (STATEMENT[0], text) * 10])
    matrix = features.matrix([Row("", text)])
    ones = np.ones((matrix.shape[1], 1), dtype=np.float32)
    found = TermShares(features, ones, [text], matrix).words(0, word_spans(text))
    assert found.sum() == pytest.approx(matrix.sum(), abs=1e-4)


def weights_of(term: str, block: str) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """One for the column of a term, else nothing."""
    features = small_model().features
    found = np.zeros((small_model().weights.shape[0], 1), dtype=np.float32)
    start = len(features.known("words")) if block == "letters" else 0
    found[start + features.known(block)[term]] = 1
    return found


@pytest.mark.parametrize(
    ("term", "block", "text", "shares"),
    [
        ("board", "words", "Board, the board; parent", [0.5, 0, 0.5, 0]),
        ("the board", "words", "so the board a the Board", [0, 0.25, 0.25, 0, 0.25, 0.25]),
        ("third party", "words", "our third-party audit", [0, 1, 0]),
        ("cafe", "words", "a CAFÉ", [0, 1]),
        ("ana", "letters", "Banana ana pan", [2 / 3, 1 / 3, 0]),
        (" su", "letters", "supplier unsure", [1, 0]),
    ],
)
def test_terms_go_to_their_words(term: str, block: str, text: str, shares: list[float]) -> None:
    features, weights = small_model().features, weights_of(term, block)
    matrix = features.matrix([Row("", text)])
    found = TermShares(features, weights, [text], matrix).words(0, word_spans(text))[:, 0]
    assert found.sum() == pytest.approx(float((matrix @ weights)[0, 0]), abs=1e-6)
    np.testing.assert_allclose(found / found.sum(), shares, atol=1e-6)


@pytest.mark.parametrize("offset", [-4, -3, -2, -1, 1, 2])
def test_neighbours_words_go_to_their_sentence(offset: int) -> None:
    features, weights = small_model().features, small_model().weights
    blank = ["-"] * 9
    blank[4 + offset] = "our board and the suppliers"
    matrix = features.matrix([Row("", sentence) for sentence in blank])
    found = TermShares(features, weights, blank, matrix).sentences(4)
    whole = np.asarray(matrix[[4]] @ weights)[0]
    np.testing.assert_allclose(found[4 + offset], whole, atol=1e-6)
    assert whole.any() == (offset not in (-4, 2))
    np.testing.assert_allclose(found.sum(axis=0), whole, atol=1e-6)


def test_the_encoder_reads_no_word_far_behind() -> None:
    """Its part goes to the base where all it reads is blank."""
    model = small_model()
    far = " " * 1_600 + "suppliers"
    (one, *_) = Explainer(model, [far]).explain(0)
    matrix = model.features.matrix([Row("", far)])
    by_terms = float((matrix @ model.weights)[0, 0])
    (word,) = one.words.words
    assert word.weight == pytest.approx(by_terms / 2, abs=1e-5)


def test_what_weighs_most_comes_first() -> None:
    one = explain(small_model(), SENTENCES, 1, "risk")
    assert one.label == "risk" and one.threshold == 0.5
    weights = [abs(signal.weight) for signal in one.signals]
    assert 0 < len(weights) <= MOST_TOLD and weights == sorted(weights, reverse=True)
    assert {signal.name for signal in one.signals} <= set(signal_names(LABELS))
    around = [abs(sentence.weight) for sentence in one.words.sentences]
    assert len(around) == MOST_TOLD and around == sorted(around, reverse=True)
    assert one.words.other_sentences != 0


@pytest.mark.parametrize("index", [-1, 6])
def test_no_such_sentence(index: int) -> None:
    with pytest.raises(IndexError, match="no sentence"):
        explain(small_model(), STATEMENT, index, "risk")
