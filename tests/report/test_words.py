"""Numbers in words, and text of others made safe."""

from __future__ import annotations

import pytest

from assess.compare.stats import share
from assess.report import words


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0%"), (0.001, "under 1%"), (0.345, "34%"), (0.999, "over 99%"), (1, "100%")],
)
def test_only_true_ends_read_as_none_or_all(value: float, told: str) -> None:
    assert words.percent(value) == told


def test_a_share_always_has_its_denominator_and_interval() -> None:
    assert words.share_words(share(23, 96)) == "23 of 96 statements (24%, 95% interval 17–33%)"
    assert words.share_words(share(1, 1)) == "1 of 1 statement (100%, 95% interval 21–100%)"
    assert words.share_words(share(0, 0)) == "no statements to count"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x", True),
        (" HTTP://a.example ", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT://a.example/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//a.example/x", False),
        ("https://", False),
        ("http://[broken", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert (words.web_link(url) is not None) == kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u2066b", "a[U+2066]b"),
        ("a\x1b[31mb", "a [31mb"),
        ("a\ud800b", "a\ufffdb"),
        ("Société Générale", "Société Générale"),
        ("שלום", "שלום"),
    ],
)
def test_marks_that_mislead_are_spelled_out(text: str, told: str) -> None:
    assert words.shown(text) == told


@pytest.mark.parametrize(
    ("parts", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_as_sentences(parts: list[str], told: str) -> None:
    assert words.listed(parts) == told
