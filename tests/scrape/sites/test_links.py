"""Links of pages of many builds."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.sites.links import Link
from tests.scrape.sites.reading import read_links, read_refresh

HOME = "https://www.acme.example/"


def links(page: str, url: str = HOME) -> tuple[Link, ...]:
    return read_links(page.encode(), url)


def only(page: str, url: str = HOME) -> Link:
    (link,) = links(page, url)
    return link


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("msa.pdf", "https://www.acme.example/about/msa.pdf"),
        ("/msa", "https://www.acme.example/msa"),
        ("//cdn.example/msa.pdf", "https://cdn.example/msa.pdf"),
        ("../Modern Slavery.pdf", "https://www.acme.example/Modern%20Slavery.pdf"),
        ("/a%20b?x=1&amp;y=2", "https://www.acme.example/a%20b?x=1&y=2"),
        (" \n/ms\na ", "https://www.acme.example/msa"),
        ("/msa#top", "https://www.acme.example/msa"),
        ("/caffè", "https://www.acme.example/caff%C3%A8"),
        ("HTTPS://Acme.example/X", "https://Acme.example/X"),
    ],
)
def test_addresses_are_absolute(href: str, url: str) -> None:
    assert only(f'<a href="{href}">x</a>', HOME + "about/us").url == url


@pytest.mark.parametrize(
    "href",
    ["mailto:a@b.example", "tel:123", "ftp://a.example/x", "data:text/html,x", "http://[::1"],
)
def test_what_cannot_be_visited_is_no_link(href: str) -> None:
    assert links(f'<a href="{href}">x</a>') == ()


def test_the_base_counts_but_not_for_fragments() -> None:
    page = '<base href="/en/"><a href="msa">a</a><a href="#slavery">b</a>'
    first, second = links(page)
    assert first.url == HOME + "en/msa"
    assert (second.url, second.fragment) == (HOME, "slavery")


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<span>Modern</span> <b>Slavery</b>", "Modern Slavery"),
        ('<img src="x.png" alt="Modern slavery statement">', "Modern slavery statement"),
        ("<svg><title>Modern slavery</title></svg>", "Modern slavery"),
        ("Legal<script>x()</script><style>y</style>", "Legal"),
        ('Read more<span class="sr-only"> on slavery</span>', "Read more"),
        ('<span class="sr-only">Modern slavery</span>', "Modern slavery"),
        ("", ""),
    ],
)
def test_words_are_those_that_are_seen(inner: str, text: str) -> None:
    assert only(f'<a href="/x">{inner}</a>').text == text


def test_an_icon_has_its_label() -> None:
    page = '<a href="/x" aria-label="Modern slavery" title="y"><i class="icon"></i></a>'
    assert only(page).text == "Modern slavery"


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("<footer><nav>{}</nav></footer>", "footer"),
        ("<div id='SITE_FOOTER'>{}</div>", "footer"),
        ("<div class='elementor-location-footer'><ul class='menu'>{}</ul></div>", "footer"),
        ("<div role='contentinfo'>{}</div>", "footer"),
        ("<header><nav><ul><li>{}</li></ul></nav></header>", "menu"),
        ("<div class='mega-menu'>{}</div>", "menu"),
        ("<header><p>{}</p></header>", "header"),
        ("<main><article><header>{}</header></article></main>", "body"),
        ("<body class='has-sticky-footer'><p>{}</p></body>", "body"),
    ],
)
def test_places(page: str, place: str) -> None:
    assert only(page.format("<a href='/x'>Slavery</a>")).place == place


@pytest.mark.parametrize(
    ("page", "visible"),
    [
        ("<p>{}</p>", True),
        ("<div style='display: none'>{}</div>", False),
        ("<div hidden>{}</div>", False),
        ("<div aria-hidden='true'>{}</div>", False),
        ("<noscript>{}</noscript>", False),
        ("<dialog>{}</dialog>", False),
        ("<div class='d-none'>{}</div>", False),
        ("<div class='d-none d-lg-block'>{}</div>", True),
        ("<div class='hidden md:flex'>{}</div>", True),
        ("<nav><ul><li>Legal<ul style='display:none'><li>{}</li></ul></ul></nav>", True),
        ("<nav style='display:none'>{}</nav>", False),
        ("<nav><li hidden>{}</li></nav>", False),
        ("<button aria-controls='m'>Menu</button><div id='m' hidden>{}</div>", True),
        ("<details><summary>Legal</summary>{}</details>", True),
    ],
)
def test_hidden_links_are_told_from_drop_downs(page: str, visible: bool) -> None:
    assert only(page.format("<a href='/x'>Slavery</a>")).visible is visible


def test_a_hidden_link_in_a_menu_is_hidden() -> None:
    assert not only("<nav><a href='/x' style='display:none'>Slavery</a></nav>").visible


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("<button onclick=\"location.href='/msa'\">MSA</button>", HOME + "msa"),
        ("<a href=\"javascript:window.open('msa.pdf')\">MSA</a>", HOME + "msa.pdf"),
        ("<a href='javascript:show()'>MSA</a>", HOME),
        ("<a href='#' onclick='show()'>MSA</a>", HOME),
        ("<iframe src='/msa.pdf' title='Statement'></iframe>", HOME + "msa.pdf"),
        ("<object data='/msa.pdf'></object>", HOME + "msa.pdf"),
    ],
)
def test_links_of_scripts_and_viewers(page: str, url: str) -> None:
    assert only(page).url == url


def test_what_stands_by_a_link_is_kept() -> None:
    page = (
        "<h2>Modern slavery</h2><p>Old.</p><table><tr><td>2023</td><td><a href='/a.pdf'>PDF</a>"
        "</td></tr><tr><td>2022</td><td><a href='/b.pdf'>PDF</a></td></tr></table>"
    )
    found = links(page)
    assert [(link.heading, link.before, link.pdf) for link in found] == [
        ("Modern slavery", "2023", True),
        ("Modern slavery", "2022", True),
    ]
    assert [link.order for link in found] == [0, 1]


def test_refresh() -> None:
    page = b'<meta http-equiv="Refresh" content="0; URL=\'/home\'">'
    assert read_refresh(page, HOME) == HOME + "home"
    assert read_refresh(b'<meta http-equiv="refresh" content="300">', HOME) is None
    assert read_refresh(b"", HOME) is None


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 200_000 + b"<a href=/x>x</a>",
        b"<a href=/x>" * 200_000,
        os.urandom(1_000_000),
        b"<" * 1_000_000,
        b"%PDF-1.4 no page",
        b"<a href='" + b"a" * 1_000_000 + b"'>x</a>",
    ],
    ids=["deep", "links_in_links", "garbage", "brackets", "pdf", "endless_address"],
)
def test_hostile_pages_give_what_is_there(page: bytes) -> None:
    assert len(read_links(page, HOME)) <= 5_000


@given(st.binary(max_size=300))
def test_no_bytes_raise(page: bytes) -> None:
    read_links(b"<html><body><a href='" + page, HOME)
    read_refresh(b'<meta http-equiv=refresh content="' + page, HOME)


@pytest.mark.parametrize("head", ["<!doctype html>", "<html><head>", "<meta charset=utf-8>"])
def test_a_page_may_leave_out_the_tags_of_head_and_body(head: str) -> None:
    text = f"{head}<title>Acme</title><header><a href=/msa>Slavery</a></header><main>We do.</main>"
    (link,) = read_links(text.encode(), HOME)
    assert (link.text, link.place) == ("Slavery", "header")
