"""The phrase language: what matches, what does not, and what is refused."""

from __future__ import annotations

import pytest

from assess.score.phrase_language import PhraseError, parse_phrase
from assess.score.phrases import PhraseBook

LISTS = {"countries": ("china", "south africa")}


def matches(phrase: str, sentence: str) -> bool:
    passage = PhraseBook([phrase], [], LISTS).passage(sentence)
    assert phrase in passage.candidates() or phrase not in passage
    return phrase in passage


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("audit*", "Forty sites were audited."),
        ("supplier|vendor code", "Our VENDOR code applies."),
        ("third-party audits", "We use third party audits."),
        ("third-party audits", "We use third-party audits."),
        ("train* ..3 staff", "We trained all of our staff."),
        ("the? board", "Approved by Board members."),
        ("from @countries", "We buy cotton from South Africa."),
        ("# audits", "We did 40 audits."),
        ("## audits", "We did 40 audits."),
        ("supplier 's|s code", "Each supplier’s code is kept."),
    ],
)
def test_matches(phrase: str, sentence: str) -> None:
    assert matches(phrase, sentence)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("audit", "We audited it."),
        ("train* ..2 staff", "We trained each and every one of our staff."),
        ("from @countries", "We buy cotton from Southampton."),
        ("supplier code", "The code of our supplier."),
        ("## audits", "We rely on third audits."),
        ("in ## audits", "In 2021 audits began."),
    ],
)
def test_does_not_match(phrase: str, sentence: str) -> None:
    assert not matches(phrase, sentence)


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("from @regions", "unknown list"),
        ("a ..99 b", "gap"),
        ("a|b..12 c", "a gap stands by itself"),
        ("from..3 @countries", "a gap stands by itself"),
        ("from @countries..3 b", "a gap stands by itself"),
        ("a ..3b", "gap"),
        ("the? ..3", "at least one word"),
        ("a " * 25, "25 words are too many"),
        ("a ..12 ..12 ..1 b", "more than 24 words stand between"),
        ("a ..12 b? ..12 c? ..1 d", "more than 24 words stand between"),
        ("a ..12 b? ..12 c? ..1", "more than 24 words stand between"),
        ("sub-contractor|agent", "hyphen"),
        ("[a-z]+", "not a word"),
    ],
)
def test_refuses(phrase: str, says: str) -> None:
    with pytest.raises(PhraseError, match=says):
        parse_phrase(phrase, LISTS)


def test_span_is_the_first_longest_match() -> None:
    text = "We audit all sites and audit sites again."
    span = PhraseBook(["audit* ..2 sites"], [], LISTS).passage(text).span("audit* ..2 sites")
    assert span is not None
    assert text[slice(*span)] == "audit all sites"
