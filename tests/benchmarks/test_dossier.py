"""The dossier's benchmark measures what it says; speed itself is not tested."""

from __future__ import annotations

from benchmarks.dossier import long_text


def test_the_text_has_the_words_and_pages_of_a_long_statement() -> None:
    text = long_text(3_000)
    assert 3_000 <= len(text.split()) < 6_000
    assert "\f" in text and text == long_text(3_000)
