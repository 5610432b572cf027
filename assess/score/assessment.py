"""The pure heart: a text, a rubric and a model in; an assessment out. Same input, same output."""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assess import __version__
from assess.extract.parts.find import NO_STATEMENT
from assess.kept import kept_for_good
from assess.records import Assessment, Finding, KeptReview, Text
from assess.score.corrections import corrected
from assess.score.judge import judge
from assess.score.kind import statement_kind
from assess.score.model import Sensed, SentenceModel
from assess.score.rubric import Rubric
from assess.score.rules import Reading, RuleBook
from assess.score.scope import judged_scope
from assess.score.scores import compliance_score, minimal_compliance, substance_score, tier
from assess.score.specificity import specificity

# Fewer words cannot be a statement: a stub, a title, or what was left of a failed export.
MIN_WORDS = 25
# The longest real statement has 80,000 characters, a report read whole by mistake 208,000; judging
# takes up to 70 microseconds each.
MAX_JUDGED_CHARACTERS = 300_000
# Quality flags of the extractor that make a text unfit to judge.
UNFIT_FLAGS = ("words_run_together", NO_STATEMENT, "link_page")
# A text that names none of these is another document: of 1,090 real statements none is without.
SUBJECT = re.compile(
    r"slave|traffick|servitude|exploitation|human\W{0,3}rights"
    r"|\b(?:forced|bonded|compulsory|child|prison)\b[^.;]{0,40}?\blabou?r",
    re.IGNORECASE,
)

_books: dict[str, RuleBook] = {}


def assess_text(
    text: Text,
    rubric: Rubric,
    model: SentenceModel | None,
    reviews: Sequence[KeptReview] = (),
) -> Assessment:
    """Judge one text, or the part of it that is the statement, by every criterion of the rubric.

    Returns ``cannot_assess`` with a reason, never zeros, where the text is not fit to judge.
    Quotes and offsets are those of the whole text, words those of what was judged. What persons
    said of the findings (``reviews`` of this document, oldest first) goes before what was found,
    in the scores too.
    """
    versions = versions_of(rubric, model, text.extractor)
    scope = judged_scope(text)
    judged = scope.text if scope else text
    if reason := unfit(judged):
        return cannot_assess(reason, versions, judged.words, text.language, flags=text.flags)
    reading, findings = _judged(judged, rubric, model)
    if scope:
        findings = tuple(map(scope.restored, findings))
    findings = corrected(findings, reviews, text, rubric) if reviews else findings
    assessment = _scored(judged, rubric, reading, findings, versions)
    return replace(assessment, part=scope.part if scope else None, flags=text.flags)


def _judged(
    text: Text, rubric: Rubric, model: SentenceModel | None
) -> tuple[Reading, tuple[Finding, ...]]:
    book = rule_book(rubric)
    sentences = [sentence.text for sentence in text.sentences]
    labels, learned = model.sense(sentences) if model else Sensed((), None)
    reading = book.read(text, labels, model.status if model else None)
    return reading, judge(rubric, reading, book.hits(reading), learned)


def _scored(
    text: Text,
    rubric: Rubric,
    reading: Reading,
    findings: tuple[Finding, ...],
    versions: Mapping[str, str],
) -> Assessment:
    by_id = {finding.criterion: finding for finding in findings}
    particulars = specificity(reading)
    substance = substance_score(rubric, by_id, particulars)
    kind = statement_kind(reading)
    return Assessment(
        status="assessed",
        reason=None,
        words=text.words,
        language=text.language,
        statement_kind=kind,
        findings=findings,
        compliance=compliance_score(rubric, by_id),
        substance=substance,
        tier=tier(rubric, substance),
        minimal_compliance=(
            None if kind == "other" else minimal_compliance(rubric, by_id, particulars, substance)
        ),
        specificity=particulars,
        versions=versions,
    )


def unfit(text: Text) -> str | None:
    """Why a text that was read cannot be judged, or None."""
    if text.language not in ("en", "und"):
        return "not_english"  # first: words of a script without spaces are not counted
    if text.words < MIN_WORDS:
        return "too_short"
    if len(text.content) > MAX_JUDGED_CHARACTERS:
        return "too_long"
    flag = next((flag for flag in UNFIT_FLAGS if flag in text.flags), None)
    return flag or (None if SUBJECT.search(text.content) else NO_STATEMENT)


def cannot_assess(
    reason: str,
    versions: Mapping[str, str],
    words: int = 0,
    language: str = "und",
    *,
    flags: tuple[str, ...] = (),
    detail: str = "",
) -> Assessment:
    """The assessment of a document that cannot be judged."""
    return Assessment(
        status="cannot_assess",
        reason=reason,
        words=words,
        language=language,
        statement_kind="other",
        versions=versions,
        flags=flags,
        detail=detail,
    )


def versions_of(rubric: Rubric, model: SentenceModel | None, extractor: str) -> dict[str, str]:
    """What an assessment depends on, beside the document."""
    return {
        "assess": __version__,
        "extractor": extractor,
        "rubric": rubric.key,
        "model": model.key if model else "none",
    }


def rule_book(rubric: Rubric) -> RuleBook:
    """The compiled rules of a rubric; compiled once in a process."""
    if rubric.key not in _books:
        gc.collect()
        with kept_for_good():  # the weights too, loaded before
            _books[rubric.key] = RuleBook(rubric)
    return _books[rubric.key]
