"""Section 54(7): the link on the home page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.scrape.sites.condition import is_statement_page, page_condition
from assess.scrape.sites.discovery import landing_links
from assess.scrape.sites.homepage import judge_homepage
from assess.scrape.sites.links import read_page
from tests.scrape.sites.pages import STATEMENT, URL, home, link

# What a person sees in a browser: value, words of the link, and where it leads.
TRUTH = json.loads((Path(__file__).parent / "homepages.json").read_text())
WANTED = 10


@pytest.mark.parametrize(
    ("html", "value"),
    [
        (home(footer=link(STATEMENT, "Modern slavery statement")), "met"),
        (home(footer=link("/a.pdf", "Slavery and human trafficking")), "met"),
        (
            home(
                menu=f"<li>About<ul hidden><li>{link(STATEMENT, 'Modern slavery')}</li></ul></li>"
            ),
            "met",
        ),
        (home(footer=link("/p", "Modern slavery policy")), "met"),
        (home(footer=link(STATEMENT, '<img alt="Modern slavery statement" src="x.png">')), "met"),
        (home(footer=link(STATEMENT, "Compliance statement")), "partial"),
        (home(footer=link(STATEMENT, "Supply chains")), "partial"),
        (home(body=f"<div hidden>{link(STATEMENT, 'Modern slavery statement')}</div>"), "partial"),
        (home(body="<p>We oppose modern slavery.</p>"), "absent"),
        (home(body=link("/news/slavery", "News: our fight against modern slavery")), "absent"),
        (home(footer=link("/policies", "Policies")), "absent"),
        (home(footer=f"<!-- {link(STATEMENT, 'Modern slavery statement')} -->"), "absent"),
        (home(footer=link("https://www.gov.uk/slavery", "Modern slavery")), "absent"),
    ],
)
def test_values(html: bytes, value: str) -> None:
    judged = judge_homepage(read_page(html, URL).links, URL)
    assert judged.value == value
    assert (judged.link is None) == (value == "absent")


def test_a_visible_link_goes_before_a_hidden_one() -> None:
    hidden = f"<div hidden>{link(STATEMENT, 'Modern slavery statement')}</div>"
    html = home(body=hidden, footer=link("/other", "Modern slavery statement 2023"))
    judged = judge_homepage(read_page(html, URL).links, URL)
    assert judged.value == "met"
    assert judged.link is not None
    assert judged.link.place == "footer"


def test_behind_a_vague_label_it_is_partial() -> None:
    page = read_page(home(footer=link("/policies", "Policies")), URL)
    (one_hop,) = landing_links(page.links, URL)
    judged = judge_homepage(page.links, URL, one_hop_away=one_hop)
    assert (judged.value, judged.link) == ("partial", one_hop.link)


def test_a_policy_is_said_to_be_one() -> None:
    page = read_page(home(footer=link("/p", "Modern slavery policy")), URL)
    assert "policy" in judge_homepage(page.links, URL).reason


def test_the_real_home_pages(shared: Path) -> None:
    right = []
    for name, truth in TRUTH.items():
        data = (shared / "documents" / "homepages" / name).read_bytes()
        page = read_page(data, f"https://{truth['host']}/")
        judged = judge_homepage(page.links, page.url)
        assert page_condition(page).reason is None, name
        assert not is_statement_page(page), name
        link = judged.link
        right.append(
            judged.value == truth["value"]
            and link is not None
            and link.text == truth["words"]
            and link.url.endswith(truth["leads_to"])
        )
    assert len(right) == 11
    assert sum(right) >= WANTED


def test_the_real_statement_pages(shared: Path) -> None:
    pages = sorted((shared / "documents" / "html").glob("*.html"))
    read = [read_page(path.read_bytes(), f"https://a.example/{path.name}") for path in pages]
    assert len(read) == 19
    assert [page.url for page in read if page_condition(page).reason] == []
    assert sum(map(is_statement_page, read)) >= 18
