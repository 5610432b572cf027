"""Web addresses as keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.urls import is_home_page, url_key


@pytest.mark.parametrize(
    "url",
    [
        "https://www.Acme.example/Slavery/",
        "http://acme.example:80/Slavery",
        "acme.example/Slavery#top",
        "https://acme.example/Slavery?utm_source=mail",
    ],
)
def test_spellings_of_one_address_share_a_key(url: str) -> None:
    assert url_key(url) == "acme.example/Slavery"


def test_escapes_are_made_one_kind_and_queries_kept() -> None:
    assert url_key("https://a.example/x y.pdf?id=1") == url_key("https://a.example/x%20y.pdf?id=1")
    assert url_key("https://a.example/p?id=1") != url_key("https://a.example/p?id=2")


def test_home_pages_are_told_from_pages() -> None:
    keys = [url_key(url) for url in ("https://www.acme.example/", "https://acme.example/msa")]
    assert [is_home_page(key) for key in keys if key] == [True, False]


@pytest.mark.parametrize("url", ["", "n/a", "http://[::1", "not a web address", "http://a.b:x/"])
def test_what_is_no_address_is_none(url: str) -> None:
    assert url_key(url) is None


@given(st.text())
def test_any_text_has_a_key_or_none(url: str) -> None:
    key = url_key(url)
    assert key is None or key == key.strip()


def test_hosts_of_an_intranet_have_no_dot() -> None:
    assert url_key("http://localhost:8000/ms/") == "localhost:8000/ms"
    assert url_key("intranet/ms") is None
