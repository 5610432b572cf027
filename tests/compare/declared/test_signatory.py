"""The signatory's name in all the ways texts write it, and no other person's."""

from __future__ import annotations

import pytest

from assess.compare.declared.signatory import (
    find_person,
    line_around,
    other_signatory,
    parse_person,
)
from tests.compare.declared.test_search import START, searched

FOUND = [
    ("Amara Whitfield (CEO)", "Amara Whitfield", "the full name"),
    ("Amara WHITFIELD (CEO)", "AMARA WHITFIELD", "the full name"),
    ("WHITFIELD, Amara (CEO)", "Amara Whitfield", "the full name"),
    ("Dr Amara Whitfield OBE (Chair)", "Amara Whitfield", "the full name"),
    ("Amara Whitfield (CEO)", "Dr Amara J. Whitfield", "the full name"),
    ("Amara Jane Whitfield (CEO)", "Amara Whitfield", "the full name"),
    ("Amara Whitfield (CEO)", "A. Whitfield", "surname and initial"),
    ("Seán O'Neill (Director)", "Sean O’Neill", "the full name"),
    ("Anna Smith-Jones (Director)", "Anna Smith Jones", "the full name"),
    ("Patrick McLaughlin (COO)", "Patrick Mclaughiin", "the full name, spelt a little differently"),
    ("Amara Whitfield (CEO)", "SignedAmaraWhitfieldChair", "the full name, run together"),
    ("Nicholas Hampton (CEO)", "Nick Hampton", "surname, with a given name alike"),
    ("Amara Whitfield (CEO)", "Ms Whitfield", "surname"),
]


@pytest.mark.parametrize(("declared", "told", "how"), FOUND)
def test_a_name_is_found_in_its_variants(declared: str, told: str, how: str) -> None:
    person = parse_person(declared)
    assert person
    text = f"Approved by the board.\n\n{told}\nChief Executive"
    places = find_person(text, person)
    assert places[0].how == how


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ("John Smith (Director)", "Mary Smith"),
        ("Jan Lee (Director)", "Jon Lee"),
        ("John Smith (Director)", "John Smithson"),
        ("John Smith (Director)", "John and Mary, with the smith"),
    ],
)
def test_another_persons_name_is_not_found(declared: str, told: str) -> None:
    person = parse_person(declared)
    assert person
    assert not find_person(f"Approved by the board.\n\n{told}\nDirector", person)


@pytest.mark.parametrize("declared", ["", "The Board", "CEO", "Whitfield (CEO)"])
def test_what_is_no_name_of_two_words_is_no_person(declared: str) -> None:
    person = parse_person(declared)
    assert person is None or declared == "The Board"


def test_one_clear_sign_off_names_another() -> None:
    text = START + "The board approved this statement.\n\nSigned: Gideon Marl\nManaging Director"
    other = other_signatory(searched(text))
    assert other
    assert other[2] == "Gideon Marl"


def test_two_sign_offs_name_nobody() -> None:
    text = START + "Signed:\n\nGideon Marl\nManaging Director\n\nPerpetua Lowe\nDirector"
    assert other_signatory(searched(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Managing Director, Alder Valley County Club",
        "Alder Tiles " * 5 + "\n\nAlder Tiles\nManaging Director",
        "Document owner: Gideon Marl, Managing Director",
    ],
)
def test_a_company_or_a_keeper_of_the_document_signed_nothing(text: str) -> None:
    assert other_signatory(searched(f"{START}The board approved this statement.\n\n{text}")) is None


def test_a_line_is_quoted_whole() -> None:
    content = "before\nSigned by A. Whitfield, Chair\nafter"
    start, end = line_around(content, content.index("A."), content.index(", Chair"))
    assert content[start:end] == "Signed by A. Whitfield, Chair"
