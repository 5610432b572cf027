"""A short run of the fuzzer, and that it would notice."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from assess.extract import from_plain_text
from assess.records import Sentence, Text
from tools.fuzz.documents import documents, run
from tools.fuzz.invariants import broken

TEXT = from_plain_text("We act against slavery.\fWe train our staff.")


def moved(sentence: Sentence, by: int) -> Sentence:
    return sentence._replace(start=sentence.start + by)


def test_a_short_run_breaks_no_promise(tmp_path: Path) -> None:
    tally = run(seconds=30, seed=3, most=120, kept=tmp_path)
    assert tally.failures == [] and list(tmp_path.iterdir()) == []
    assert tally.outcomes["text"] > 40 and tally.judged > 0


def test_documents_follow_from_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(islice(documents(5), 60))
    assert any(name.endswith(".docx") for _, name in first)
    # Archives are dated: what is made next year must be the same.
    next_year = time.localtime(time.time() + 400 * 86_400)
    monkeypatch.setattr("zipfile.time.localtime", lambda _seconds=None: next_year)
    assert list(islice(documents(5), 60)) == first
    assert list(islice(documents(6), 5)) != first[:5]


@pytest.mark.parametrize(
    "text",
    [
        replace(TEXT, pages=()),
        replace(TEXT, pages=TEXT.pages[:1]),
        replace(TEXT, sentences=TEXT.sentences[::-1]),
        replace(TEXT, sentences=(moved(TEXT.sentences[0], 1),)),
        replace(TEXT, sentences=tuple(s._replace(page=1) for s in TEXT.sentences)),
        replace(TEXT, content=TEXT.content.replace("staff", "st\ud800ff")),
    ],
)
def test_broken_promises_are_noticed(text: Text) -> None:
    assert broken(TEXT) is None and broken(text)
