"""Only the judged part of a document is judged, and quotes stand where they are in the whole."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from assess.extract import from_plain_text
from assess.records import Assessment, Evidence, Finding, Page, Part, Text
from assess.score.assessment import assess_text
from assess.score.rubric import Rubric, load_rubric
from assess.score.scope import judged_scope
from assess.store.results import StoredText
from assess.stored import assess_stored
from tests.extract.reports import make_report, make_statement
from tests.extract.test_language import ENGLISH, OTHERS, WELSH


@cache
def rubric() -> Rubric:
    return load_rubric(None)


def assess(text: Text) -> Assessment:
    return assess_text(text, rubric(), None)


def values(assessment: Assessment) -> dict[str, object]:
    return {finding.criterion: finding.value for finding in assessment.findings}


def text_of(*pages: str, parts: tuple[Part, ...]) -> Text:
    """A text with the given parts, whatever would be told apart in it."""
    return replace(from_plain_text("\f".join(pages)), parts=parts)


def test_statement_in_a_report_is_judged_as_if_it_stood_alone() -> None:
    statement = make_statement(3)
    report = make_report(3, statement, pages=60, at=0.5)
    text = from_plain_text(report.text)
    found, alone = assess(text), assess(from_plain_text(report.text[report.start : report.end]))
    assert values(found) == values(alone)
    assert (found.compliance, found.substance) == (alone.compliance, alone.substance)
    assert abs(found.words - alone.words) < 20 and found.part is not None
    pages = {page.number: page for page in text.pages}
    quotes = [one for finding in found.findings for one in finding.evidence]
    assert quotes
    for quote in quotes:
        assert quote.quote == text.content[quote.start : quote.end]
        assert report.start <= quote.start and quote.end <= report.end + 1
        assert pages[quote.page].start <= quote.start <= pages[quote.page].end
        assert found.part.first_page <= quote.page <= found.part.last_page


def test_english_part_of_a_bilingual_statement_is_judged() -> None:
    content = "\n\n".join(one for pair in zip(WELSH, ENGLISH, strict=True) for one in pair)
    found, alone = assess(from_plain_text(content)), assess(from_plain_text("\n\n".join(ENGLISH)))
    assert found.status == "assessed" and values(found) == values(alone)
    assert found.words == alone.words
    assert found.part is not None and found.part.other_languages == ("cy",)
    for finding in found.findings:
        for quote in finding.evidence:
            assert quote.quote == content[quote.start : quote.end]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("\n\n".join(WELSH), "not_english"),
        (OTHERS["zh"] * 2, "not_english"),
        ("Read our modern slavery statement 2023 (PDF) here.\n" + "Home\n" * 30, "link_page"),
        (make_report(100, pages=30).text, "no_statement"),
    ],
    ids=["welsh", "chinese", "link page", "report"],
)
def test_what_holds_no_statement_is_refused(content: str, reason: str) -> None:
    found = assess(from_plain_text(content))
    assert (found.status, found.reason, found.findings) == ("cannot_assess", reason, ())


def test_whole_text_has_no_scope() -> None:
    text = from_plain_text("\n\n".join(ENGLISH))
    assert judged_scope(text) is None and assess(text).part is None


def test_pages_and_sentences_of_the_cut_keep_their_numbers() -> None:
    one, two, three = "First page. Its end.", "Second page. Foreign words. More.", "Third page."
    start, foreign = len(one) + 1, one + "\f" + "Second page. "
    parts = (
        Part(start, start + len(two) + 1 + len(three), "statement", "", "en", 0.9, True),
        Part(len(foreign), len(foreign) + 14, "other_language", "", "cy", 1.0, False),
    )
    scope = judged_scope(text_of(one, two, three, parts=parts))
    assert scope is not None
    cut = scope.text
    assert cut.content == "Second page.\n\nMore.\fThird page."
    assert cut.pages == (Page(2, 0, 19, "text"), Page(3, 20, 31, "text"))
    assert [(s.text, s.page) for s in cut.sentences] == [
        ("Second page.", 2),
        ("More.", 2),
        ("Third page.", 3),
    ]
    for sentence in cut.sentences:
        assert cut.content[sentence.start : sentence.end] == sentence.text


def test_quote_over_a_seam_keeps_its_longer_half() -> None:
    content = "We audit. Dim yma. All mills were audited."
    parts = (Part(10, 18, "other_language", "", "cy", 1.0, False),)
    text = text_of(content, parts=parts)
    scope = judged_scope(text)
    assert scope is not None
    glued = Evidence(scope.text.content[3:], 1, 3, len(scope.text.content), "implemented", "rule:x")
    (quote,) = scope.restored(Finding("training", True, 0.7, (glued,))).evidence
    assert quote.quote == "All mills were audited." == content[quote.start : quote.end]


def test_stored_text_is_judged_as_the_read_one() -> None:
    text = from_plain_text("\n\n".join((*WELSH, *ENGLISH)))
    stored = StoredText(
        "", text.content, text.pages, text.language, text.flags, text.parts, reason=None
    )
    assert assess_stored(stored, text.extractor, rubric(), None) == assess(text)
