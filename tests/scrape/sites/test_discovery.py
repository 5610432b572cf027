"""Which links lead to the statement."""

from __future__ import annotations

import pytest

from assess.scrape.sites.discovery import (
    MAX_LANDINGS,
    MAX_STATEMENTS,
    landing_links,
    statement_links,
)
from assess.scrape.urls import site_of
from tests.scrape.sites.reading import read_links

HOME = "https://www.acme.co.uk/"


def statements(page: str, url: str = HOME) -> list[str]:
    return [one.link.url for one in statement_links(read_links(page.encode(), url), url)]


def landings(page: str) -> list[str]:
    return [one.link.text for one in landing_links(read_links(page.encode(), HOME), HOME)]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/x'>Modern Slavery Statement</a>",
        "<a href='/modern-slavery-statement'>Our commitment</a>",
        "<a href='/docs/slavery.pdf'><img src='i.png'></a>",
        "<a href='/x'>MSA 2015 statement</a>",
        "<a href='/x'>Datganiad caethwasiaeth fodern</a>",
        "<a href='/x'>Transparency in supply chains</a>",
        "<a href='https://cdn.host.example/f/123.pdf'>Modern slavery statement</a>",
        "<a href='https://acmegroup.example/x'>Modern Slavery Statement</a>",
        "<a href='/news/modern-slavery-statement'>Modern Slavery Statement 2023</a>",
        "<p>Our modern slavery statement is <a href='/f/9.pdf'>here</a>.</p>",
        "<h2>Modern Slavery Statements</h2><a href='/f/9'>2021</a>",
        "<button onclick=\"window.location='/x'\">Modern slavery statement</button>",
    ],
)
def test_found(link: str) -> None:
    assert len(statements(link)) == 1


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/news/slavery-bill'>Modern slavery bill passes</a>",
        "<a href='/x'>Blog: our modern slavery journey</a>",
        "<a href='https://charity.example/'>End modern slavery</a>",
        "<a href='https://www.globex.example/msa'>Globex modern slavery statement</a>",
        "<a href='https://www.globex.example/msa.pdf'>Globex modern slavery statement</a>",
        "<a href='/x'>Privacy statement</a>",
        "<a href='/x'>Gender pay gap report</a>",
        "<a href='/'>Modern slavery statement</a>",
        "<a href='/slavery.png'>Modern slavery</a>",
        "<h2>Modern slavery</h2><a href='/x'>Our hats</a>",
        "<h2>Modern slavery</h2><footer><a href='/x'>Contact us</a></footer>",
    ],
)
def test_not_found(link: str) -> None:
    assert statements(link) == []


def test_best_and_newest_first_and_policies_last() -> None:
    page = """
      <a href='/policy'>Modern slavery policy</a>
      <a href='/a.pdf'>Modern slavery statement 2021</a>
      <a href='/b.pdf'>Modern slavery statement 2022-23</a>
      <a href='/c'>Modern slavery statement</a>"""
    assert statements(page) == [HOME + path for path in ("b.pdf", "a.pdf", "c", "policy")]


def test_years_of_a_list() -> None:
    page = "<h1>Modern slavery statements</h1><ul>" + "".join(
        f"<li>Financial year {year}: <a href='/f/{year % 7}.pdf'>Download</a></li>"
        for year in (2023, 2022, 2021)
    )
    found = statement_links(read_links(page.encode(), HOME + "msa"), HOME + "msa")
    assert [one.years for one in found] == [(2023,), (2022,), (2021,)]


def test_copies_of_a_menu_are_one_link_and_the_list_has_an_end() -> None:
    one = "<nav><a href='/msa/'>Modern slavery</a></nav>"
    assert statements(one + one.replace("/msa/", "https://acme.co.uk/msa")) == [HOME + "msa/"]
    many = "".join(f"<a href='/{n}.pdf'>Modern slavery statement</a>" for n in range(50))
    assert len(statements(many)) == MAX_STATEMENTS


def test_landing_pages_are_of_the_same_site_and_few() -> None:
    page = """
      <a href='/about'>About us</a> <a href='/p'>Policies</a> <a href='/hr'>Human rights</a>
      <a href='/privacy'>Privacy policy</a> <a href='/gov'>Governance</a> <a href='/l'>Legal</a>
      <a href='https://other.example/p'>Policies</a> <a href='/p.pdf'>Compliance</a>
      <a href='/msa'>Modern slavery compliance</a>"""
    found = landings(page)
    assert found[:2] == ["Human rights", "Policies"]
    assert len(found) == MAX_LANDINGS
    assert not {"Compliance", "Modern slavery compliance", "Privacy policy"} & set(found)
    assert landings("<a href='https://esg.acme.co.uk/x'>ESG</a>") == ["ESG"]


def test_sites_are_registrable_domains() -> None:
    assert site_of("https://shop.acme.co.uk/x") == site_of("http://acme.co.uk") == "acme.co.uk"
    assert site_of("https://a.github.io") != site_of("https://b.github.io")
    assert site_of("http://127.0.0.1:80/") == "127.0.0.1"
    assert site_of("http://[::1") == site_of("") == ""
