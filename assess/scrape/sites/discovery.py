"""Which links of a page lead to statements, and which pages may list them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from assess.scrape.fetch.addresses import registrable
from assess.scrape.sites.links import Link
from assess.scrape.sites.words import (
    about_other_matter,
    only_points,
    says_policy,
    says_slavery,
    says_statement,
    url_says_slavery,
    url_words,
    vagueness,
    years,
)
from assess.scrape.urls import is_home_page, url_key

# One for each year since the Act, and a few doubles.
MAX_FOUND: Final = 14
# Pages that are read in search of a list; the likeliest come first.
MAX_LANDINGS: Final = 4

_LABEL: Final = 4.0
_AROUND: Final = 2.5
_ADDRESS: Final = 2.0
_CALLED_STATEMENT: Final = 1.0
_CALLED_POLICY: Final = -1.0
_OTHER_MATTER: Final = -3.5
# Words of the address, or words around a link that says nothing itself, are enough.
_ENOUGH: Final = 2.0
# Neither a page nor a document.
_NO_DOCUMENT: Final = (
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".zip", ".mp4", ".mp3", ".xml", ".css", ".js",
    ".ico", ".xlsx", ".xls", ".csv", ".pptx", ".ics",
)  # fmt: skip
# They write about slavery and are linked to from statements; none is the linking site's own.
_NOT_THE_SITES_OWN: Final = frozenset(
    {"gov.uk", "legislation.gov.uk", "service.gov.uk", "parliament.uk", "unseenuk.org", "police.uk",
     "modernslaveryhelpline.org", "antislavery.org", "stopthetraffik.org", "gla.gov.uk", "un.org",
     "hopeforjustice.org", "walkfree.org", "globalslaveryindex.org", "ilo.org", "facebook.com",
     "twitter.com", "x.com", "linkedin.com", "youtube.com", "wikipedia.org", "instagram.com",
     "slaveryfootprint.org", "stronger2gether.org", "business-humanrights.org", "bbc.co.uk",
     "theguardian.com", "salvationarmy.org.uk", "gla.gov", "gov.wales", "gov.scot",
     "crimestoppers-uk.org"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A link that may lead on."""

    link: Link
    score: float
    years: tuple[int, ...]
    why: str
    """``label``, ``around`` (words beside it), ``address`` or ``vague``."""


def statement_links(links: Iterable[Link], page_url: str) -> tuple[Found, ...]:
    """Links that say, by label, words around or address, that they are the statement.

    The likeliest and, of several years, the latest first; each address once.
    """
    own = url_key(page_url)
    best: dict[str, Found] = {}
    for link in links:
        key = url_key(link.url)
        if key is None or key == own or not _may_be_document(link.url):
            continue
        found = _rated(link)
        if found.score >= _ENOUGH and _may_be_own(found, page_url):
            before = best.get(key)
            if before is None or _rank(found) < _rank(before):
                best[key] = found
    return tuple(sorted(best.values(), key=_rank))[:MAX_FOUND]


def landing_links(links: Iterable[Link], page_url: str) -> tuple[Found, ...]:
    """Pages of the same site that may list the statement, by their vaguer labels."""
    own, domain = url_key(page_url), registrable(_host(page_url))
    best: dict[str, Found] = {}
    for link in links:
        key = url_key(link.url)
        if key is None or key == own or is_home_page(key) or link.pdf:
            continue
        if registrable(_host(link.url)) != domain or not _may_be_document(link.url):
            continue
        points = vagueness(link.text)
        if points and key not in best and not url_says_slavery(link.url):
            best[key] = Found(link, points, (), "vague")
    return tuple(sorted(best.values(), key=lambda f: (-f.score, f.link.order)))[:MAX_LANDINGS]


def calls_itself_statement(url: str) -> bool:
    """Whether an address's own words say that a modern slavery statement is there."""
    return url_says_slavery(url) and not about_other_matter(url_words(url))


def _rated(link: Link) -> Found:
    address = url_words(link.url)
    if says_slavery(link.text):
        score, why = _LABEL, "label"
    elif only_points(link.text) and says_slavery(link.context):
        score, why = _AROUND, "around"
    elif url_says_slavery(link.url):
        score, why = _ADDRESS, "address"
    else:
        return Found(link, 0.0, (), "")
    words = f"{link.text} {address}"
    score += _CALLED_STATEMENT * says_statement(words) + _CALLED_POLICY * says_policy(link.text)
    score += _OTHER_MATTER * (about_other_matter(words) and not says_statement(link.text))
    if why == "address" and says_policy(words):
        score = max(score, _ENOUGH)
    return Found(link, score, years(f"{link.text} {address}"), why)


def _rank(found: Found) -> tuple[float, int, int]:
    return -found.score, -max(found.years, default=0), found.link.order


def _may_be_own(found: Found, page_url: str) -> bool:
    """Whether it can be the site's own statement: elsewhere only if it is clearly said."""
    host, domain = _host(found.link.url), registrable(_host(page_url))
    if registrable(host) == domain:
        return True
    if any(host == other or host.endswith(f".{other}") for other in _NOT_THE_SITES_OWN):
        return False
    if found.link.pdf:
        return found.why != "around" or says_statement(found.link.text)
    # Of a group, the parent's site has it; a site's own menus and footer do not lead to articles.
    return found.why == "label" and (found.link.place != "body" or says_statement(found.link.text))


def _may_be_document(url: str) -> bool:
    return not url.lower().partition("?")[0].endswith(_NO_DOCUMENT)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
