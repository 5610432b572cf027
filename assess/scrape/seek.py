"""From an address to statements: the page itself, what it links to, what those pages list.

Asks for pages through one function and decides from what it gives, and from nothing else: asked
again over the same pages, it finds the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal
from urllib.parse import urljoin

from assess.extract.media import HTML
from assess.scrape.sites.condition import page_condition
from assess.scrape.sites.discovery import Found, landing_links, statement_links
from assess.scrape.sites.homepage import HomepageLink, judge_homepage
from assess.scrape.sites.links import Link, read_links, read_refresh
from assess.scrape.sites.tree import read_tree
from assess.scrape.urls import any_key, is_file_store, site_of, url_key
from assess.scrape.visits import Visit

How = Literal["own_url", "link", "corrected", "registry_copy", "web_archive", "warc"]
Get = Callable[[str], Awaitable[Visit]]

# Pages and documents asked for on behalf of one target: a page for every year since 2015 and the
# lists on the way. More comes from calendars and other traps.
MAX_REQUESTS: Final = 16
# Where the statement was, and is not any more: its site may have it elsewhere.
GONE: Final = frozenset({"http_404", "http_410", "soft_404"})


@dataclass(frozen=True, slots=True)
class Find:
    """A document that is a statement, or what its link calls one."""

    visit: Visit
    """Without the body."""
    how: How
    asked: str
    """The address that was asked for, before redirects."""
    link_text: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is none."""

    reason: str
    detail: str = ""
    postponed: bool = False


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the home page says of section 54(7)."""

    judged: HomepageLink
    visit: Visit


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found at an address; ``failure`` is None where something was."""

    finds: tuple[Find, ...] = ()
    failure: Failure | None = None
    home: HomePage | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as far as seeking needs it."""

    url: str
    document: bool
    """To be kept: a file that is no page, or a page that is a statement."""
    failure: Failure | None
    links: tuple[Link, ...]
    moved_to: str = ""
    """Where it sends a visitor by itself."""


def look(visit: Visit) -> Page:
    """What a visit brought."""
    reply = visit.reply
    if reply.reason:
        failure = Failure(reply.reason, reply.detail, visit.postponed)
        return Page(reply.final_url, False, failure, ())
    if visit.kind != HTML:
        return Page(reply.final_url, True, None, ())
    root = read_tree(reply.body, reply.charset)
    if root is None:
        return Page(reply.final_url, False, Failure("empty", "a page without words"), ())
    moved_to = read_refresh(root, reply.final_url)
    links = read_links(root, reply.final_url)
    condition = page_condition(root, links, reply.final_url)
    if moved_to and not condition.is_statement:
        return Page(reply.final_url, False, None, links, moved_to)
    why = Failure(condition.reason, condition.detail) if condition.reason else None
    return Page(reply.final_url, condition.is_statement, why, links)


@dataclass
class _Search:
    """One target's search; counts its requests."""

    get: Get
    asked: dict[str, str] = field(default_factory=dict)
    """Keys of addresses, and why there was nothing."""
    finds: list[Find] = field(default_factory=list)
    vain: set[str] = field(default_factory=set)
    """Keys of linked pages that were read, and are no statement and link to none."""

    async def page(self, url: str) -> tuple[Visit, Page] | None:
        """Visit a page, and where it sends a visitor, unless it was or there have been enough."""
        key = any_key(url)
        if key in self.asked or len(self.asked) >= MAX_REQUESTS:
            return None
        self.asked[key] = ""
        visit = await self.get(url)
        page = look(visit)
        further = await self.page(page.moved_to) if page.moved_to else None
        if further:
            return further
        if page.failure:
            self.asked[key] = page.failure.reason
        return without_body(visit), page

    async def follow(self, found: Iterable[Found], depth: int) -> bool:
        """Keep the statements that links lead to, directly or by a list; whether there are any."""
        before = len(self.finds)
        for one in found:
            visited = await self.page(one.link.url)
            if visited is None:
                continue
            visit, page = visited
            if page.document:
                self.finds.append(Find(visit, "link", one.link.url, one.link.text))
            links = statement_links(page.links, page.url)
            if not (page.document or page.failure or links):
                self.vain.add(url_key(one.link.url) or "")
            await self.follow([f for f in links if depth or f.link.pdf], max(0, depth - 1))
        return len(self.finds) > before


def without_body(visit: Visit) -> Visit:
    """As it is, but for the body, which may be large."""
    return replace(visit, reply=replace(visit.reply, body=b""))


async def seek(url: str, get: Get, *, how: How = "own_url") -> Sought:
    """The statements at an address of a statement, which may be a list or a home page."""
    search = _Search(get)
    visited = await search.page(url)
    assert visited is not None
    visit, page = visited
    if page.document:
        search.finds.append(Find(visit, how, url))
        others = [f for f in statement_links(page.links, page.url) if f.link.pdf]
        await search.follow(others, 0)
    elif page.failure is None or page.failure.reason == "soft_404":
        await _follow_links(search, page)
    return _sought(search, page)


async def seek_from_home(url: str, get: Get) -> Sought:
    """The statements that a home page leads to, and whether its link is prominent."""
    search = _Search(get)
    visited = await search.page(url)
    assert visited is not None
    visit, page = visited
    if page.failure or visit.kind != HTML:
        failure = page.failure or Failure("wrong_type", "the home page is no page")
        return Sought(failure=failure)
    behind = await _follow_links(search, page)
    if page.document and not search.finds:  # the statement itself was given as the website
        return Sought((Find(visit, "own_url", url),))
    judged = judge_homepage(
        page.links,
        page.url,
        behind=behind,
        known=frozenset(filter(None, (url_key(find.asked) for find in search.finds))),
        known_not=search.vain,
    )
    judged = _unless_broken(_unless_vain(judged), search)
    home = HomePage(_told_of_redirect(judged, url, page.url), visit)
    return Sought(tuple(search.finds), _sought(search, page).failure, home)


def _told_of_redirect(judged: HomepageLink, url: str, final_url: str) -> HomepageLink:
    """A website that leads to another's is said to: whose home page it is, a person may ask."""
    if site_of(url) == site_of(final_url):
        return judged
    return replace(judged, reason=f"{judged.reason}; the website leads to {site_of(final_url)}")


def _unless_vain(judged: HomepageLink) -> HomepageLink:
    """That a page is no statement is not said of the organisation, but for a person to look at."""
    if judged.value == "absent" and judged.link:
        why = f"{judged.reason} that was recognised: look in a browser"
        return replace(judged, value="partial", reason=why)
    return judged


def _unless_broken(judged: HomepageLink, search: _Search) -> HomepageLink:
    """A link to a page that is not there is no access to the statement."""
    key = url_key(judged.link.url) if judged.link else None
    if judged.value == "met" and key and search.asked.get(key) in GONE:
        return replace(judged, value="partial", reason="its link leads to a page that is not there")
    return judged


async def _follow_links(search: _Search, page: Page) -> Link | None:
    """Follow the page's links to statements; if none leads to one, the vague ones.

    Returns the vague link that did.
    """
    if await search.follow(statement_links(page.links, page.url), 1):
        return None
    for landing in landing_links(page.links, page.url):
        visited = await search.page(landing.link.url)
        if visited is None:
            continue
        visit, list_page = visited
        if list_page.document and visit.kind == HTML:
            search.finds.append(Find(visit, "link", landing.link.url, landing.link.text))
        listed = statement_links(list_page.links, list_page.url)
        if await search.follow(listed, 0) or list_page.document:
            return landing.link
    return None


def home_of(url: str) -> str | None:
    """The home page of an address's site; None where files of many organisations lie."""
    home = urljoin(url, "/")
    host = (url_key(home) or "").partition(":")[0]
    if is_file_store(host):
        return None
    return home


def _sought(search: _Search, page: Page) -> Sought:
    if search.finds:
        return Sought(tuple(search.finds))
    return Sought(failure=page.failure or Failure("no_statement", _looked_at(search)))


def _looked_at(search: _Search) -> str:
    others = len(search.asked) - 1
    return f"the page and {others} that it links to were read" if others else "the page was read"
