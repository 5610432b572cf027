"""Links as they stand on a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.sites.links import Link, read_page
from tests.scrape.sites.pages import URL, home, link


def only(html: str | bytes, url: str = URL) -> Link:
    data = html if isinstance(html, bytes) else html.encode()
    (found,) = read_page(data, url).links
    return found


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a", "https://www.aldermoor.example/a"),
        ("a.pdf?v=2#page=3", "https://www.aldermoor.example/about/a.pdf?v=2"),
        ("../b", "https://www.aldermoor.example/b"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("HTTP://other.example", "HTTP://other.example"),
        (" /spaced\n ", "https://www.aldermoor.example/spaced"),
        ("?year=2023", "https://www.aldermoor.example/about/?year=2023"),
    ],
)
def test_addresses_are_absolute_and_without_fragment(href: str, url: str) -> None:
    assert only(f'<a href="{href}">x</a>', f"{URL}about/").url == url


@pytest.mark.parametrize(
    "href",
    ["#top", "", "javascript:void(0)", "mailto:a@b.example", "tel:1", "data:,x", "http://[x"],
)
def test_what_is_no_web_address_is_no_link(href: str) -> None:
    assert read_page(f'<a href="{href}">x</a>'.encode(), URL).links == ()


def test_base_is_honoured() -> None:
    found = only('<head><base href="https://b.example/c/"></head><a href="d">x</a>')
    assert found.url == "https://b.example/c/d"


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("Modern <b>slavery</b>\n statement", "Modern slavery statement"),
        ('<img src="x" alt="Modern slavery">', "Modern slavery"),
        ("<script>x</script><span>Policies</span>", "Policies"),
        ("<svg><title>pdf</title></svg>", "Statement"),
    ],
)
def test_words_of_a_link(inner: str, words: str) -> None:
    label = "" if "svg" not in inner else 'aria-label="Statement"'
    assert only(f'<a href="/a" {label}>{inner}</a>').text == words


@pytest.mark.parametrize(
    ("html", "place"),
    [
        (home(footer=link("/s", "S")), "footer"),
        (home(menu=f"<li>{link('/s', 'S')}</li>"), "menu"),
        (home(header=link("/s", "S")), "header"),
        (home(body=link("/s", "S")), "body"),
        (home(footer=f"<nav class='menu'>{link('/s', 'S')}</nav>"), "footer"),
        (b'<div id="footer-wrap"><ul><li><a href="/s">S</a></li></ul></div>', "footer"),
        (b'<div class="main-navigation"><a href="/s">S</a></div>', "menu"),
        (b'<div role="contentinfo"><a href="/s">S</a></div>', "footer"),
        (b'<body class="has-menu footer-dark"><p><a href="/s">S</a></p></body>', "body"),
        (b'<main class="no-header"><a class="menu-link" href="/s">S</a></main>', "body"),
    ],
)
def test_places(html: bytes, place: str) -> None:
    (found,) = [one for one in read_page(html, URL).links if one.text == "S"]
    assert found.place == place


@pytest.mark.parametrize(
    ("html", "visible"),
    [
        ('<div style="display: none"><a href="/s">S</a></div>', False),
        ("<div hidden><a href='/s'>S</a></div>", False),
        ("<div aria-hidden='true'><a href='/s'>S</a></div>", False),
        ("<a class='sr-only' href='/s'>S</a>", False),
        ("<noscript><a href='/s'>S</a></noscript>", False),
        ("<nav><ul style='display:none'><li><a href='/s'>S</a></li></ul></nav>", True),
        ("<nav aria-hidden='true'><a href='/s'>S</a></nav>", True),
        ("<div class='overflow-hidden'><a href='/s'>S</a></div>", True),
        ("<p><a href='/s'>S</a></p>", True),
    ],
)
def test_what_a_visitor_does_not_see(html: str, visible: bool) -> None:
    assert only(html).visible is visible


def test_templates_scripts_and_comments_hold_no_links() -> None:
    html = b"<template><a href=/a>a</a></template><!-- <a href=/b>b</a> --><script>'<a href=/c>'"
    assert read_page(html, URL).links == ()


def test_the_words_around_a_link() -> None:
    html = (
        "<h2>Modern slavery</h2><ul><li>Statement for 2023: <a href=/s.pdf>download</a></li></ul>"
    )
    found = only(html)
    assert found.context == "Modern slavery Statement for 2023: download"
    assert found.pdf


def test_own_text_is_without_links_menus_and_footer() -> None:
    page = read_page(home(body=link("/s", "Slavery"), footer="<p>Slavery</p>"), URL)
    assert "four generations" in page.text
    assert "Slavery" not in page.text
    assert page.title == "Aldermoor Foods"
    assert page.headings == ("Bread since 1931",)


@pytest.mark.parametrize(
    ("content", "url"),
    [
        ("0; url=/new", "https://www.aldermoor.example/new"),
        ("3;URL='https://b.example/'", "https://b.example/"),
        ("600; url=/new", ""),
        ("30", ""),
        ("0; url=javascript:x", ""),
    ],
)
def test_refresh(content: str, url: str) -> None:
    head = f'<meta http-equiv="Refresh" content="{content}">'
    assert read_page(home(head=head), URL).refresh == url


@pytest.mark.parametrize("charset", ["", "utf-8", "windows-1252", "x-unknown"])
def test_curly_quotes_survive_wrong_labels(charset: str) -> None:
    assert (
        only("<p>Bäcker</p><a href=/s>Our ‘statement’</a>".encode(), URL).text == "Our ‘statement’"
    )
    page = read_page("<a href=/s>Our ‘statement’</a>".encode("cp1252"), URL, charset)
    assert page.links[0].text == "Our ‘statement’"


def test_a_charset_that_only_the_server_names() -> None:
    page = read_page("<a href=/s>Oświadczenie</a>".encode("iso8859-2"), URL, "iso-8859-2")
    assert page.links[0].text == "Oświadczenie"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"<" * 10_000,
        b"<div>" * 50_000 + b"<a href=/s>S</a>",
        b"<a href=/s>" * 50_000,
        b"<?xml version='1.0' encoding='x'?><html><body>x</body></html>",
        bytes(range(256)) * 500,
        b"<a href='" + b"x" * 1_000_000 + b"'>S</a>",
    ],
)
def test_hostile_pages_end_soon(data: bytes) -> None:
    begun = time.monotonic()
    read_page(data, URL)
    assert time.monotonic() - begun < 5


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    read_page(data, URL, "utf-8")
