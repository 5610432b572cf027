"""Pages given as bytes, read as `assess.scrape.seek.look` reads them."""

from __future__ import annotations

from assess.scrape.sites import links
from assess.scrape.sites.condition import Condition, page_condition
from assess.scrape.sites.links import Link
from assess.scrape.sites.tree import read_tree


def read_links(page: bytes, url: str, charset: str = "") -> tuple[Link, ...]:
    """The links of a page; of what is no page, none."""
    root = read_tree(page, charset)
    return () if root is None else links.read_links(root, url)


def read_refresh(page: bytes, url: str) -> str | None:
    """Where a page sends its visitors."""
    root = read_tree(page)
    return None if root is None else links.read_refresh(root, url)


def condition(page: bytes, url: str) -> Condition:
    """What a page is; of what has no element, an empty one, as `look` has it."""
    root = read_tree(page)
    if root is None:
        return Condition("empty", "a page without words", False)
    return page_condition(root, links.read_links(root, url), url)
