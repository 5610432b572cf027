"""Sentences: where they end, where they must not, headings, and hostile input."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.extract import split_sentences
from assess.extract.limits import MAX_SENTENCE_CHARACTERS
from assess.records import Page, Sentence
from tests.extract.makers import PARAGRAPH, SHARED, needs_shared


def split(content: str) -> tuple[Sentence, ...]:
    return split_sentences(content, (Page(1, 0, len(content), "text"),))


def texts(content: str) -> list[str]:
    return [sentence.text for sentence in split(content)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We buy from Tesco Ltd. and A. B. Foods Inc. in the U.K. market, e.g. tea, i.e. leaf.",
        "Mr. J. Smith signed under No. 5 of section 54 (see p. 4).",
        "Revenue was £3.5m (approx. 4.1m euro) at www.example.com/a.html last year.",
    ],
)
def test_stops_that_end_nothing(sentence: str) -> None:
    assert texts(f"{sentence} Our work goes on.") == [sentence, "Our work goes on."]


def test_company_form_ends_a_sentence_where_a_new_one_begins() -> None:
    assert texts("We work with Example Ltd. We visit them.") == [
        "We work with Example Ltd.",
        "We visit them.",
    ]


def test_missing_space_after_a_stop() -> None:
    assert len(texts("We map our supply chain.We audit every site.")) == 2


def test_inline_bullets_dashes_and_counted_items() -> None:
    assert texts("We will: • train staff • audit sites") == [
        "We will:",
        "• train staff",
        "• audit sites",
    ]
    assert texts("Our aims: - Train staff. - Audit sites. - Report.")[1:] == [
        "- Train staff.",
        "- Audit sites.",
        "- Report.",
    ]
    assert texts("Policies include: 1. Code of conduct 2. Hiring policy.") == [
        "Policies include:",
        "1. Code of conduct",
        "2. Hiring policy.",
    ]
    assert texts("We can - and should - act.") == ["We can - and should - act."]


def test_wrapped_lines_are_joined_and_signature_lines_are_not() -> None:
    content = (
        "This statement sets out the steps that Example Limited has taken to\n"
        "prevent slavery in its business. We review it each year and we report\n"
        "on what we did.\n\nOur Policies\nWe keep a code of conduct for all suppliers of goods\n"
        "and services to our sites.\nJane Doe\nChief Executive\n4 May 2024"
    )
    found = split(content)
    assert [sentence.text for sentence in found][2:] == [
        "Our Policies",
        "We keep a code of conduct for all suppliers of goods and services to our sites.",
        "Jane Doe",
        "Chief Executive",
        "4 May 2024",
    ]
    assert [s.heading for s in found if s.text.startswith("We keep")] == ["Our Policies"]
    assert [s.text for s in found if s.is_heading] == ["Our Policies"]


@pytest.mark.parametrize(
    ("content", "heading"),
    [
        ("Our Policies We operate a code of conduct for suppliers.", "Our Policies"),
        ("SUPPLY CHAINS Example buys timber from Brazil.", "SUPPLY CHAINS"),
        ("2.1 Due Diligence and Audits The group visits mills.", "2.1 Due Diligence and Audits"),
        ("Continuous Improvement  Reviews are held each year by us.", "Continuous Improvement"),
    ],
)
def test_headings_glued_to_their_text(content: str, heading: str) -> None:
    first, second = split(content)
    assert (first.text, first.is_heading, second.heading) == (heading, True, heading)


@pytest.mark.parametrize("line", ["Jane Doe", "• Code of conduct", "UK 11.4 16.3 7.0", "a | b"])
def test_lines_that_are_no_headings(line: str) -> None:
    assert not split(f"We keep these:\n{line}\n{PARAGRAPH}")[1].is_heading


@pytest.mark.parametrize(
    "content",
    ["x" * 2_000_000, "(" * 1_000_000, "a\n" * 100_000, "A" + " " * 1_000_000 + "B", ". " * 500_000,
     "MODERN SLAVERY " * 60_000, "Our Policy Of The " * 60_000],
    ids=["word", "brackets", "newlines", "spaces", "stops", "capitals", "titles"],
)  # fmt: skip
def test_hostile_text_is_split_in_linear_time(content: str) -> None:
    start = time.process_time()
    found = split(content)
    # Each takes below 1 s; anything that is not linear takes minutes.
    assert time.process_time() - start < 10
    assert max((s.end - s.start for s in found), default=0) <= MAX_SENTENCE_CHARACTERS


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aB .\n\f•-;:1|()", max_size=300))
def test_sentences_are_ordered_apart_and_lose_no_letter(content: str) -> None:
    found = split(content)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(content[s.start : s.end] for s in found)
    letters = [character for character in content if character.isalnum()]
    assert [character for character in kept if character.isalnum()] == letters


@needs_shared
@pytest.mark.parametrize(("glue", "share"), [("\n", 0.97), (". ", 0.95)])
def test_boundaries_of_sentences_split_by_hand(glue: str, share: float) -> None:
    rows: dict[str, list[str]] = defaultdict(list)
    with (SHARED / "aims" / "uk_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["statement_id"]].append(row["sentence"].strip())
    wanted = found = 0
    for sentences in rows.values():
        starts = {sentence.start for sentence in split(glue.join(sentences))}
        position = 0
        for sentence in sentences[:-1]:
            position += len(sentence) + len(glue)
            wanted += 1
            found += position in starts
    assert found >= share * wanted
