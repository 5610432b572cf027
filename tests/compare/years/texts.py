"""Sentences for tests."""

from __future__ import annotations

from assess.extract import from_plain_text
from assess.records import Sentence


def sentences(*lines: str) -> tuple[Sentence, ...]:
    """Sentences as the extractor splits a text of one paragraph a line."""
    return from_plain_text("\n\n".join(lines)).sentences
