"""Pages as HTML allows them, and libxml2 does not read them."""

from __future__ import annotations

import pytest

from tests.scrape.sites.reading import condition, read_links

URL = "https://a.example/"
TEXT = "<p>We do not tolerate slavery. This statement is made under section 54.</p>" * 8
TITLE = "<title>Modern slavery statement</title>"


@pytest.mark.parametrize(
    "start", [f"<!doctype html>{TITLE}", f"<html><head>{TITLE}<meta charset=utf-8>", f"<p>{TITLE}"]
)
def test_the_tags_of_head_and_body_may_be_left_out(start: str) -> None:
    page = f"{start}<main>{TEXT}</main><footer><a href=/ms>Slavery</a></footer>".encode()
    assert condition(page, URL).is_statement
    assert [(link.text, link.place) for link in read_links(page, URL)] == [("Slavery", "footer")]
