"""The link on the home page, on written pages and on eleven real ones."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest

from assess.scrape.sites.homepage import HomepageLink, judge_homepage
from assess.scrape.urls import url_key
from tests.scrape.sites.reading import read_links

HOME = "https://www.acme.example/"
# What a person saw in Chromium: where the page stands, its link's value, words and address.
TRUTH: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "homepages.json").read_text(encoding="utf-8")
)


def judged(page: str) -> HomepageLink:
    return judge_homepage(read_links(page.encode(), HOME), HOME)


@pytest.mark.parametrize(
    "page",
    [
        "<footer><a href='/x'>Modern Slavery Statement</a></footer>",
        "<p><a href='/x'>Slavery and human trafficking</a></p>",
        "<nav>Legal<ul style='display:none'><li><a href='/x'>Anti-slavery</a></ul></nav>",
        "<footer><a href='/x' aria-label='Modern slavery'><img src='i.png'></a></footer>",
        "<footer><a href='#modern-slavery'>Modern slavery statement</a></footer>",
        "<p>Read our modern slavery statement <a href='/x.pdf'>here</a>.</p>",
        "<div hidden><a href='/x'>Modern slavery</a></div><a href='/x'>Modern slavery</a>",
        "<footer><a href='/about/research/x'>Modern slavery</a></footer>",
        "<footer><a href='/x'>MODERN SLA&shy;VERY</a></footer>",
        "<footer><a href='https://acmegroup.example/msa'>Modern Slavery</a></footer>",
    ],
)
def test_met(page: str) -> None:
    assert judged(page).value == "met"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<a href='/modern-slavery'>Compliance statement</a>", "its label is"),
        ("<a href='/modern-slavery.pdf'>Policies</a>", "its label is"),
        ("<h3>Modern slavery</h3><a href='/x'>Read more</a>", "under the words"),
        ("<a href='/x'>Section 54 statement</a>", "does not say modern slavery"),
        ("<div hidden><a href='/x'>Modern slavery statement</a></div>", "hidden"),
        ("<a href='#' onclick='x()'>Modern slavery statement</a>", "script"),
    ],
)
def test_partial(page: str, reason: str) -> None:
    found = judged(page)
    assert (found.value, reason in found.reason) == ("partial", True)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>We oppose modern slavery.</p><a href='/p'>Policies</a>",
        "<a href='/news/7'>Blog: how we fight modern slavery</a>",
        "<a href='https://charity.example/'>End modern slavery</a>",
        "<a href='https://globex.example/msa'>Globex modern slavery statement</a>",
        "<a href='/slavery-museum'>Slavery museum</a>",
        "<h2>Our modern slavery statement</h2><footer><a href='/x'>Read more</a></footer>",
        "<a href='/2023/5'>Acme tackles modern slavery</a>",
        "<footer><a href='https://www.antislavery.example/'>Anti-slavery</a></footer>",
        "<footer><a href='https://www.legislation.gov.uk/msa'>Modern Slavery Act</a></footer>",
        "<a href='/x'>Modern slavery statement services</a>",
    ],
)
def test_absent(page: str) -> None:
    assert judged(page).value == "absent"


def test_a_policy_counts_and_is_told_and_a_statement_goes_before_it() -> None:
    policy = "<footer><a href='/p'>Modern slavery policy</a>"
    assert "called a policy" in judged(policy).reason
    both = judged(policy + "<a href='/s'>Modern slavery statement</a>")
    assert both.link is not None
    assert both.link.url == HOME + "s"


def test_one_hop_away_is_partial_with_the_link_on_the_home_page() -> None:
    home = read_links(b"<a href='/policies'>Policies</a>", HOME)
    result = judge_homepage(home, HOME, behind=home[0])
    assert (result.value, result.link) == ("partial", home[0])


def test_a_story_that_a_visit_proved_to_be_the_statement_counts() -> None:
    links = read_links(b"<a href='/stand'>Where Acme stands on modern slavery</a>", HOME)
    assert judge_homepage(links, HOME).value == "absent"
    assert judge_homepage(links, HOME, known={"acme.example/stand"}).value == "met"


WORDPRESS = """<body class="home wp-theme has-sticky-footer">
<header id="masthead" class="site-header"><nav id="site-navigation">
<ul id="primary-menu" class="menu">
<li class="menu-item"><a href="/about/">About</a>
<ul class="sub-menu"><li><a href="/about/team/">Team</a></li></ul></li></ul></nav></header>
<main><article><h2>Latest</h2><a href="/2024/03/slavery-talk/">Our talk on slavery at the fair</a>
</article></main><footer id="colophon" class="site-footer"><div class="widget"><ul class="menu">
<li><a href="/privacy/">Privacy</a></li>
<li><a href="/wp-content/uploads/2024/03/MSS-FY23.pdf">Modern
Slavery Statement</a></li></ul></div></footer></body>"""
BUILDER = """<body><div id="SITE_CONTAINER"><div id="SITE_HEADER"><wix-nav class="navbar">
<div role="navigation" style="display:none"><a href="/policies">Policies</a></div></wix-nav></div>
<div id="PAGES_CONTAINER"><h1>Hats</h1></div><div id="SITE_FOOTER"><p><span>
<a href="https://docs.host.example/u/1.pdf" target="_blank"><span style="color:red">Modern
Slavery</span>
</a></span></p></div></div></body>"""
MEGA = """<header><button aria-controls="mega">Menu</button>
<div id="mega" aria-hidden="true" hidden><div class="col"><h3>Company</h3>
<ul><li><a href="/co/legal/slavery">Modern slavery</a></li></ul></div></div></header>
<div class="mobile-drawer" hidden><a href="/co/legal/slavery/">Modern slavery</a></div>"""


@pytest.mark.parametrize(
    ("page", "place", "target"),
    [
        (WORDPRESS, "footer", HOME + "wp-content/uploads/2024/03/MSS-FY23.pdf"),
        (BUILDER, "footer", "https://docs.host.example/u/1.pdf"),
        (MEGA, "header", HOME + "co/legal/slavery"),
    ],
    ids=["wordpress", "builder", "mega_menu"],
)
def test_pages_of_site_builders(page: str, place: str, target: str) -> None:
    found = judged(page)
    assert found.link is not None
    assert (found.value, found.link.place, found.link.url) == ("met", place, target)


def test_a_link_that_a_visit_proved_wrong_does_not_count() -> None:
    links = read_links(b"<a href='/msa'>Modern slavery statement</a>", HOME)
    key = url_key(HOME + "msa")
    assert key is not None
    result = judge_homepage(links, HOME, known_not={key})
    assert (result.value, result.link) == ("absent", links[0])


def test_the_eleven_real_home_pages(shared: Path) -> None:
    wrong = []
    for name, truth in TRUTH.items():
        body = (shared / "documents" / "homepages" / name).read_bytes()
        found = judge_homepage(read_links(body, truth["url"]), truth["url"])
        target = urljoin(truth["url"], truth["href"])
        link = (found.link.text, found.link.url) if found.link else ("", "")
        if (found.value, *link) != (truth["value"], truth["words"], target):
            wrong.append((name, found))
    assert len(TRUTH) == 11
    assert wrong == []
