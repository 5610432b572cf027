"""Pages' bytes as trees."""

from __future__ import annotations

import codecs

import pytest

from assess.scrape.sites.tree import read_tree


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        ("<p>Café</p>".encode("cp1252"), "iso-8859-1"),
        ('<meta charset="windows-1251"><p>Café</p>'.encode("cp1252"), "windows-1252"),
        (codecs.BOM_UTF8 + "<p>Café</p>".encode(), "iso-8859-1"),
        ("<p>Café</p>".encode(), "windows-1252"),
        ("<p>Café</p>".encode("cp1252"), "no-such-charset"),
        ("<p>Café</p>".encode("cp1252"), "hex"),
    ],
)
def test_the_servers_charset_goes_before_the_pages(page: bytes, charset: str) -> None:
    assert read_tree(page, charset).findtext(".//p") == "Café"


@pytest.mark.parametrize("page", [b"", b"  \n", b"\0\0\0"])
def test_what_is_no_page_is_none(page: bytes) -> None:
    assert read_tree(page) is None


def test_of_a_huge_page_both_ends_are_read() -> None:
    page = b"<h1>Top</h1>" + b"<p>filler text</p>" * 300_000 + b"<h2>Bottom</h2>"
    root = read_tree(page)
    assert (root.findtext(".//h1"), root.findtext(".//h2")) == ("Top", "Bottom")
    assert len(root.findall(".//p")) < 200_000
