"""Texts as the database holds them, made whole again and judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.records import Assessment, KeptReview, Sentence, Text
from assess.store.results import StoredText

if TYPE_CHECKING:
    from assess.score.model import SentenceModel
    from assess.score.rubric import Rubric


def assess_stored(
    stored: StoredText,
    extractor: str,
    rubric: Rubric,
    model: SentenceModel | None,
    reviews: Sequence[KeptReview] = (),
) -> Assessment:
    """Assess a text as the database holds it, by what persons say of it."""
    from assess.score.assessment import assess_text, cannot_assess, versions_of

    if stored.reason:
        return cannot_assess(stored.reason, versions_of(rubric, model, extractor))
    return assess_text(text_of(stored, extractor), rubric, model, reviews)


def text_of(stored: StoredText, extractor: str) -> Text:
    """A text as it was when it was read, with its sentences."""
    from assess.extract import split_sentences

    return Text(
        stored.content,
        stored.pages,
        split_sentences(stored.content, stored.pages),
        stored.language,
        stored.flags,
        extractor,
        stored.parts,
    )


def judged_sentences(stored: StoredText, extractor: str) -> tuple[Sentence, ...]:
    """The sentences of what is judged of a text, with their offsets in the whole."""
    return judged_of(text_of(stored, extractor))


def judged_of(text: Text) -> tuple[Sentence, ...]:
    """Those of its sentences that are judged."""
    from assess.score.scope import judged_ranges

    if not text.parts:
        return text.sentences
    ranges = list(judged_ranges(text))
    return tuple(
        sentence
        for sentence in text.sentences
        if any(start <= sentence.start and sentence.end <= end for start, end in ranges)
    )
