"""From what persons said of findings to what can be learned from; no database here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.records import Review, Sentence, Text
from assess.score.features import Row
from assess.score.gold import GoldStatement
from assess.score.labels import LABELS
from assess.score.review_checks import fits, is_sound
from assess.score.review_meaning import Span, locate
from assess.score.review_truth import SPLIT, judged_by_reviewers, letters
from assess.score.rubric import Rubric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNKNOWN: Final = -1
# Of the shorter of the two: words that only touch a sentence say nothing of it.
_COVERED: Final = 0.5
# Of a document's sentences in another text: from here on it is the same statement.
_SAME: Final = 0.5
_MIN_LETTERS: Final = 20
# Of the words reviewed: one letter is a slip of the hand, and would tell of a whole sentence.
_MIN_QUOTED: Final = 2

KEPT_FOR_MEASURING: Final = "their statements are kept for measuring"


@dataclass(frozen=True, slots=True)
class ReviewedSentences:
    """All sentences of documents in which a label of some sentence is known."""

    rows: tuple[Row, ...]
    """By document, in reading order; ``statement_id`` is ``review:`` and the document's hash."""
    labels: NDArray[np.int8]
    """Shape (rows, labels), in the order of `LABELS`: 0, 1, or -1 where nobody said."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """What reviews teach."""

    sentences: ReviewedSentences
    judged: tuple[GoldStatement, ...]
    """Documents with a known value of some criterion; not ``complete``."""
    used_of: Mapping[str, int]
    """By document: its reviews; of several of the same words only the last one counts."""
    left_out: Mapping[str, int]
    """How many reviews could not be used, by reason."""

    @property
    def used(self) -> int:
        """How many reviews are learned from."""
        return sum(self.used_of.values())

    @property
    def skipped(self) -> int:
        """How many reviews could not be used."""
        return sum(self.left_out.values())


class Placed(NamedTuple):
    """A review, and where its words stand in the text as it is now; None: the whole document."""

    review: Review
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Learned:
    """What the reviews of one document teach."""

    rows: tuple[Row, ...]
    labels: Sequence[Sequence[int]]
    judged: GoldStatement | None


def learn_from(found: Sequence[Review], texts: Mapping[str, Text], rubric: Rubric) -> Reviews:
    """What reviews (oldest first) teach of the documents in ``texts``, which are by hash."""
    import numpy as np

    left_out: Counter[str] = Counter()
    by_document: dict[str, list[Placed]] = {}
    for review in found:
        usable = _placed(review, texts.get(review.document), rubric)
        if isinstance(usable, str):
            left_out[usable] += 1
        else:
            by_document.setdefault(review.document, []).append(usable)
    learned = [
        _learned(document, texts[document], _last(by_document[document]), rubric)
        for document in sorted(by_document)
    ]
    labels = [row for one in learned for row in one.labels]
    return Reviews(
        ReviewedSentences(
            tuple(row for one in learned for row in one.rows),
            np.array(labels, dtype=np.int8).reshape(-1, len(LABELS)),
        ),
        tuple(one.judged for one in learned if one.judged),
        {document: len(placed) for document, placed in sorted(by_document.items())},
        dict(sorted(left_out.items())),
    )


def _placed(review: Review, text: Text | None, rubric: Rubric) -> Placed | str:
    """The review in its place, or why it cannot be used."""
    if text is None:
        return "the document has no text"
    if review.criterion is not None:
        criterion = rubric.by_id().get(review.criterion)
        if criterion is None:
            return "the rubric has no such criterion"
        if review.value is not None and not fits(review.value, criterion):
            return "the criterion cannot have that value"
    if not is_sound(review, rubric):
        return "it contradicts itself, or is not as reviews are kept"
    if review.start is None:
        return Placed(review, None)
    if sum(map(str.isalnum, review.quote)) < _MIN_QUOTED:
        return "it quotes no word"
    span = locate(review, text.content)
    return Placed(review, span) if span else "the text no longer holds the words"


def _last(placed: Sequence[Placed]) -> list[Placed]:
    """The last review of each place and target: readings of a text differ in where words stand."""
    found: dict[object, Placed] = {}
    for one in placed:
        key = (one.review.criterion, one.review.label, one.span)
        found.pop(key, None)
        found[key] = one
    return list(found.values())


def _learned(document: str, text: Text, placed: Sequence[Placed], rubric: Rubric) -> _Learned:
    labels = _labels(text.sentences, placed, rubric)
    rows = tuple(Row(f"{SPLIT}:{document}", sentence.text) for sentence in text.sentences)
    known = any(value != UNKNOWN for row in labels for value in row)
    judged = judged_by_reviewers(document, text, _widened(text, placed), rubric)
    return _Learned(rows if known else (), labels if known else (), judged)


def _widened(text: Text, placed: Sequence[Placed]) -> list[Review]:
    """The reviews with the whole sentences that they quote from: a word may stand anywhere.

    A sentence is either evidence or rejected: what was said last of any of it counts.
    """
    last: dict[tuple[str | None, int], bool] = {}
    found: list[Review] = []
    for review, span in reversed(placed):
        rejected = review.verdict == "rejected"
        covered = _covered(text.sentences, span) if span else []
        held = [
            index
            for index in covered
            if last.setdefault((review.criterion, index), rejected) == rejected
        ]
        if held or not covered:
            quote = "\n".join(text.sentences[index].text for index in held)
            found.append(replace(review, quote=quote))
    return found[::-1]


def _labels(
    sentences: Sequence[Sentence], placed: Sequence[Placed], rubric: Rubric
) -> list[list[int]]:
    """Labels of each sentence. What was said of the label itself goes before what follows from a
    criterion, and then the later before the earlier."""
    found = [[UNKNOWN] * len(LABELS) for _ in sentences]
    for review, span in sorted(placed, key=lambda one: one.review.label is not None):
        told = _told(review, rubric)
        if told and span:
            column, value = told
            for index in _covered(sentences, span):
                found[index][column] = value
    return found


def _told(review: Review, rubric: Rubric) -> tuple[int, int] | None:
    """The column of a label and its value, of the words reviewed."""
    if review.label is not None:
        return LABELS.index(review.label), int(review.value or 0)
    label = rubric.criterion(str(review.criterion)).label
    # Half a signature or approval: the label's makers would call it either.
    if label is None or (review.verdict != "rejected" and review.value == "partial"):
        return None
    return LABELS.index(label), int(review.verdict != "rejected")


def _covered(sentences: Sequence[Sentence], span: Span) -> list[int]:
    """The sentences of which the span holds half, or that hold half of the span."""
    start, end = span
    return [
        index
        for index, one in enumerate(sentences)
        if min(end, one.end) - max(start, one.start)
        >= _COVERED * min(end - start, one.end - one.start)
    ]


def without(reviews: Reviews, held_out: Iterable[str]) -> Reviews:
    """The reviews less those of statements that are kept for measuring, given by their texts.

    Two readings of a statement differ in blanks, running heads and cut lines: it is the same when
    half of its sentences are in the other text.
    """
    import numpy as np

    texts = [letters(text) for text in held_out]
    same = {
        id_ for id_, sentences in _by_statement(reviews.sentences.rows) if _is_in(sentences, texts)
    }
    kept = [
        index for index, row in enumerate(reviews.sentences.rows) if row.statement_id not in same
    ]
    judged = tuple(
        one for one in reviews.judged if not _is_in(re.split(r"[.\n\f]", one.text), texts)
    )
    measuring = {id_.removeprefix(f"{SPLIT}:") for id_ in same}
    measuring |= {one.id for one in reviews.judged} - {one.id for one in judged}
    left_out = Counter(reviews.left_out)
    left_out[KEPT_FOR_MEASURING] += sum(reviews.used_of.get(id_, 0) for id_ in measuring)
    return replace(
        reviews,
        sentences=ReviewedSentences(
            tuple(reviews.sentences.rows[index] for index in kept),
            reviews.sentences.labels[np.array(kept, dtype=np.int64)],
        ),
        judged=judged,
        used_of={id_: count for id_, count in reviews.used_of.items() if id_ not in measuring},
        left_out=dict(sorted((+left_out).items())),
    )


def _by_statement(rows: Iterable[Row]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.statement_id, []).append(row.sentence)
    return found.items()


def _is_in(sentences: Iterable[str], texts: Sequence[str]) -> bool:
    told = [found for one in sentences if len(found := letters(one)) >= _MIN_LETTERS]
    return any(sum(one in text for one in told) >= max(1, _SAME * len(told)) for text in texts)
