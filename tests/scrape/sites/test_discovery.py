"""Which links lead to statements."""

from __future__ import annotations

import pytest

from assess.scrape.sites.discovery import calls_itself_statement, landing_links, statement_links
from assess.scrape.sites.links import read_page
from tests.scrape.sites.pages import URL, home, link


def found(html: str) -> list[str]:
    page = read_page(home(body=html), URL)
    return [one.link.url.removeprefix(URL) for one in statement_links(page.links, URL)]


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("/a", "Modern Slavery Act Statement"),
        ("/a", "Modern day slavery"),
        ("/a", "Anti-Slavery & Human Trafficking"),
        ("/a", "Slavery and human trafficking statement"),
        ("/a", "Section 54 statement"),
        ("/a", "Datganiad caethwasiaeth fodern"),
        ("/files/ModernSlaveryStatement2023.pdf", "Read more"),
        ("/modern-slavery", "Compliance"),
        ("/media/1/msa-statement.pdf", "Download"),
        ("/docs/anti_slavery_policy.pdf", "Policy"),
        ("https://cdn.example/x/Modern-Slavery-Statement.pdf", "2023"),
        ("https://parent.example/ms", "Group modern slavery statement"),
    ],
)
def test_what_says_it_is_the_statement(href: str, words: str) -> None:
    assert len(found(link(href, words))) == 1


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("/a", "Policies"),
        ("/news/charity-walk", "We walk against modern slavery"),
        ("/blog/what-is-modern-slavery", "What is modern slavery?"),
        ("/training/modern-slavery", "Modern slavery training courses"),
        ("https://www.gov.uk/modern-slavery-statement", "Modern slavery statement registry"),
        ("https://www.legislation.gov.uk/ukpga/2015/30", "Modern Slavery Act 2015"),
        ("https://www.modernslaveryhelpline.org/", "Modern Slavery Helpline"),
        ("https://other.example/campaign", "Modern slavery"),
        ("/logo-modern-slavery.png", "Modern slavery"),
        ("/", "Modern slavery"),
        ("#modern-slavery", "Modern slavery statement"),
    ],
)
def test_what_is_not_the_sites_own_statement(href: str, words: str) -> None:
    assert found(link(href, words)) == []


def test_of_a_group_the_parents_page_in_the_footer() -> None:
    page = read_page(home(footer=link("https://parent.example/ms", "Modern slavery")), URL)
    assert len(statement_links(page.links, URL)) == 1


def test_words_around_a_link_that_says_nothing_itself() -> None:
    assert found("<h2>Modern slavery statements</h2><p><a href='/f/1.pdf'>2023</a></p>") == [
        "f/1.pdf"
    ]
    assert found("<h2>Modern slavery statements</h2><p><a href='/bread'>Our bread</a></p>") == []


def test_all_years_latest_first_each_once() -> None:
    years = "".join(
        f"<li>{link(f'/ms-{year}.pdf', f'Modern slavery statement {year}')}</li>"
        for year in (2019, 2023, 2021)
    )
    again = link("/ms-2023.pdf#page=2", "Modern slavery statement 2023")
    assert found(f"<ul>{years}</ul>{again}") == ["ms-2023.pdf", "ms-2021.pdf", "ms-2019.pdf"]


def test_statement_before_policy() -> None:
    links = link("/p", "Modern slavery policy") + link("/s", "Modern slavery statement")
    assert found(links) == ["s", "p"]


def test_pages_that_may_list_it_the_likeliest_first() -> None:
    labels = ["About us", "Sustainability", "Policies", "Compliance statements", "Cookie policy",
              "Gender pay gap report", "Legal"]  # fmt: skip
    html = "".join(link(f"/{number}", label) for number, label in enumerate(labels))
    html += link("https://other.example/p", "Policies") + link("/p.pdf", "Policies")
    page = read_page(home(body=html), URL)
    texts = [one.link.text for one in landing_links(page.links, URL)]
    assert texts == ["Compliance statements", "Policies", "Sustainability", "Legal"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://a.example/docs/Modern%20Slavery%20Statement.pdf", True),
        ("https://a.example/modernslavery", True),
        ("https://a.example/news/modern-slavery-campaign", False),
        ("https://modern-slavery.example/brochure.pdf", False),
    ],
)
def test_an_address_that_calls_itself_a_statement(url: str, says: bool) -> None:
    assert calls_itself_statement(url) is says
