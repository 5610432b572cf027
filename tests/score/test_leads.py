"""Lead lines of lists, and of sentences broken over lines."""

from __future__ import annotations

import time

import pytest

from assess.score.leads import lead_lines


def leads(*lines: str, heading: str = "") -> list[str]:
    return list(lead_lines((line, line == heading) for line in lines))


@pytest.mark.parametrize(
    "lead",
    ["Next year:", "In 2027 we will", "We plan the following steps", "Our aims include", "- to:"],
)
def test_items_after_what_opens_a_list(lead: str) -> None:
    assert leads(lead, "Map the mills.", "Train drivers.") == ["", lead, lead]


def test_a_list_ends_at_a_heading_or_a_line_of_its_own() -> None:
    assert leads("We will:", "Map the mills", "We audit.", "Mills") == ["", "We will:", "", ""]
    assert leads("We will:", "Risk", "Mills", heading="Risk") == ["", "", ""]


def test_a_list_within_a_list_keeps_the_outer_line() -> None:
    assert leads("We will:", "Map the mills:", "Cotton")[-1] == "We will: Map the mills:"


def test_a_sentence_broken_over_lines() -> None:
    assert leads("We will train", "all drivers on", "forced labour.", "it is late") == [
        "",
        "We will train",
        "We will train all drivers on",
        "",
    ]


def test_long_lists_are_none() -> None:
    assert leads("We will:", *["Mills"] * 20).count("We will:") == 12


def test_time_is_linear_in_hostile_text() -> None:
    start = time.perf_counter()
    leads(*["the following a b c d " * 2_000] * 50, *["will :" * 10_000] * 50)
    leads(*["lower case without an end"] * 20_000)
    assert time.perf_counter() - start < 2.0
