"""Sentences that other statements repeat: what is remembered of them changes no result."""

from __future__ import annotations

import pytest

from assess.extract import from_plain_text
from assess.score.phrases import PhraseBook
from assess.score.rubric import load_rubric
from assess.score.rules import Hit, RuleBook
from assess.score.status import evidence_status, whole_status

# Alike but for the line above, which tells whether the same words are a plan.
WORK = "Audits of all suppliers in high-risk countries\nTraining on modern slavery for buyers"
TEXTS = [
    f"Next steps\n\nIn the next year we will do the following:\n{WORK}\n\nWe audited nine sites.",
    f"What we did\n\nIn 2024 we completed the following:\n{WORK}\n\nWe audited nine sites.",
    f"We did not train our buyers.\n\n{WORK}\n\nWe audited nine sites. Our board signed this.",
]


@pytest.mark.parametrize(("known", "words"), [(1, 200_000), (1_000, 200_000), (1_000, 1)])
def test_results_are_the_same_whatever_was_read_before(
    known: int, words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hits(book: RuleBook, text: str) -> list[Hit]:
        return book.hits(book.read(from_plain_text(text)))

    monkeypatch.setattr("assess.score.phrases._PASSAGES_KNOWN", known)
    monkeypatch.setattr("assess.score.phrases._MOST_WORDS", words)
    book, alone = RuleBook(load_rubric()), []
    for text in TEXTS:
        evidence_status.cache_clear()
        whole_status.cache_clear()
        alone.append(hits(book, text))
    assert all(alone)
    assert alone[0] != alone[1]
    together = [hits(book, text) for text in (*TEXTS, *reversed(TEXTS))]
    assert together == [*alone, *reversed(alone)]


def test_the_words_of_many_texts_do_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.score.phrases._MOST_WORDS", 500)
    book = PhraseBook(["audit* ..2 sites"], [], {"goods": ["cotton"]}, {"kinds": ["silk"]})
    for number in range(20):
        book.begin_text()
        strange = " ".join(f"word{number}x{place}" for place in range(100))
        passage = book.passage(f"We audited two sites for silk and cotton {strange}")
        assert passage.span("audit* ..2 sites") == (3, 20)
        assert passage.lists == {"goods"} and passage.named == {"kinds": 1}
        assert len(book._nlp.vocab) < 1_200
