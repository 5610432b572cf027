"""Real documents: nothing lost, little of the site kept."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assess.errors import UnreadableDocument
from assess.extract import extract
from assess.records import Text
from tests.extract.makers import SHARED, needs_shared

pytestmark = needs_shared


def read(path: str) -> Text:
    file = SHARED / "documents" / path
    return extract(file.read_bytes(), file.name)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def fives(text: str) -> Counter[str]:
    """Sequences of five words."""
    found = re.findall(r"\w+", text.lower())
    return Counter(" ".join(found[i : i + 5]) for i in range(len(found) - 4))


def recall(found: Counter[str], wanted: Counter[str]) -> float:
    return 1 - (wanted - found).total() / wanted.total()


def test_scan_needs_ocr(without_tesseract: None) -> None:
    with pytest.raises(UnreadableDocument) as error:
        read("pdf/scanned-8-pages.pdf")
    assert error.value.reason == "needs_ocr"


def test_pdf_against_its_text() -> None:
    known = (SHARED / "statements" / "food" / "23.5 DEGREES LIMITED.txt").read_text("utf-8")
    content = read("pdf/23-5-degrees.pdf").content
    assert recall(words(content), words(known)) >= 0.98
    assert recall(fives(content), fives(known)) >= 0.98


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "sasapps.io-content-pages-slavery-statement.md",
            "sasapps.io-slavery-statement-index.html",
        ),
        (
            "secariolabs.github.io-pages-modern-slavery-policy.md",
            "secariolabs.github.io-modern-slavery-policy-index.html",
        ),
    ],
)
def test_markdown_and_html_of_one_page_agree(markdown: str, html: str) -> None:
    one, other = words(read(f"markdown/{markdown}").content), words(read(f"html/{html}").content)
    assert recall(one, other) >= 0.97 and recall(other, one) >= 0.97


@pytest.mark.parametrize(
    ("page", "last"),
    [
        ("sasapps.io-slavery-statement-index", "Chief SAS App Officer, Bowe IO Limited"),
        ("secariolabs.github.io-modern-slavery-policy-index", "April 2022"),
        ("meaningful-planet.github.io-modern-slavery-policy", "12 March 2025"),
        ("giggling-squid-static-modern-slavery-index", "on 12 May 2021."),
        ("uk-ground-transportation-modern-slavery-statement", "Date: [Insert approval date]"),
        ("yokahu-website-webflow-modern-slavery", "social media; and drug and alcohol use"),
    ],
)
def test_pages_end_where_the_statement_ends(page: str, last: str) -> None:
    content = read(f"html/{page}.html").content
    assert last in content.splitlines()[-1]
    assert not re.search(r"cookie settings|privacy policy|all rights reserved", content, re.I)


def test_columns_of_a_real_brochure() -> None:
    text = read("pdf/pm-group-2019.pdf")
    order = ["Our Business", "Our Policies", "Assessment of Supply Chain", "Approval", "April 2020"]
    places = [text.content.index(part) for part in order]
    assert places == sorted(places) and "two_columns" in text.flags
