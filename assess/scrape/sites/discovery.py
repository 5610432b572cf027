"""Which links of a page lead to the statement, and which to a page that may list it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from assess.scrape.sites import labels
from assess.scrape.sites.links import Link
from assess.scrape.urls import is_home_page, site_of, url_key

MAX_STATEMENTS: Final = 20
"""The Act's first statements are of 2016: twice as many as years since then are copies."""
MAX_LANDINGS: Final = 4
"""Pages one hop away: one in a hundred statements is found on a fifth, and each is a visit."""

_LEAST: Final = 30
# Where the Act, guidance and talk about it are: nobody's own statement.
_NOBODYS = re.compile(
    r"(?:^|\.)(?:gov\.uk|gov\.wales|gov\.scot|parliament\.uk|wikipedia\.org|facebook\.com"
    r"|twitter\.com|x\.com|linkedin\.com|youtube\.com|instagram\.com)$"
)
# A story about slavery may be the statement under a headline; a visit tells.
_STORY: Final = 40
_DOCUMENTS: Final = (".pdf", ".doc", ".docx", ".odt", ".rtf")
_NO_DOCUMENT = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|json|xml|zip|mp[34]|mov|xlsx?|pptx?|csv|ics|vcf)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A link worth a visit."""

    link: Link
    score: int
    """0 to 100; above 50 the link itself says that it leads to the statement."""
    years: tuple[int, ...]
    """That its words, its address or its heading name."""
    why: str


def statement_links(links: Sequence[Link], page_url: str) -> tuple[Found, ...]:
    """The links that say that they lead to the statement, best and newest first.

    All years are offered, each address once, at most `MAX_STATEMENTS`. Policies rank below
    statements. Documents may lie on any host, pages of other sites need a clear label.
    """
    found = (_judged(link, page_url) for link in links)
    kept = _once([one for one in found if one and one.score >= _LEAST], page_url)
    return tuple(sorted(kept, key=_rank)[:MAX_STATEMENTS])


def landing_links(links: Sequence[Link], page_url: str) -> tuple[Found, ...]:
    """Pages of the same site that probably list the statement, best first.

    At most `MAX_LANDINGS`; none that `statement_links` gives.
    """
    own = site_of(page_url)
    taken = {url_key(found.link.url) for found in statement_links(links, page_url)}
    found = [
        Found(link, score, (), f"vague label: {link.text or labels.file_words(link.url)!r}")
        for link in links
        if site_of(link.url) == own and not _is_file(link) and url_key(link.url) not in taken
        if (score := _vague(link))
    ]
    kept = [one for one in _once(found, page_url) if not is_home_page(url_key(one.link.url) or "")]
    return tuple(sorted(kept, key=_rank)[:MAX_LANDINGS])


def speaks_of_talk(link: Link) -> bool:
    """Whether a link that names slavery leads to news, a campaign or a service instead.

    A plain label ("Modern slavery") is believed, wherever its address stands on the site.
    """
    if labels.is_talk(link.text):
        return True
    if labels.is_strong(link.text) and (_is_named(link) or not labels.names_in(link.text)):
        return False
    return labels.is_talk(labels.url_words(link.url))


def is_story(link: Link, page_url: str) -> bool:
    """Whether a label on slavery says more than a title does: "Acme tackles modern slavery".

    Of a menu's or footer's one more word is a name.
    """
    stem = _stem(page_url)
    more = [name for name in labels.names_in(link.text) if name not in stem]
    most = 0 if link.place == "body" else 1
    return labels.is_strong(link.text) and not _is_named(link) and len(more) > most


def is_of_another(link: Link, page_url: str) -> bool:
    """Whether a link leads to another organisation's statement or page.

    From a page's text it does where it leads to another site and names anybody but this one, or
    names no statement. What footers and menus link to is the group's, unless it is the site of a
    campaign against slavery.
    """
    if site_of(link.url) == site_of(page_url) or _is_registry(link.url):
        return False
    other = _stem(link.url)
    if _NOBODYS.search(urlsplit(link.url).hostname or ""):
        return True
    if not _is_named(link) and labels.is_strong(labels.url_words(f"http://x/{other}")):
        return True
    if link.place != "body":
        return not labels.is_strong(link.text) and not _is_file(link)
    names = [name for name in labels.names_in(link.text) if len(name) > 2]
    if any(name in _stem(page_url) for name in names):
        return False
    if any(name in other for name in names):
        return True
    return not _is_file(link) and (bool(names) or not _is_named(link))


def _is_named(link: Link) -> bool:
    """Whether its words name a statement or policy."""
    return labels.names_statement(link.text) or labels.names_policy(link.text)


def _stem(url: str) -> str:
    """The letters of a site's name: "acme-hats.co.uk" -> "acmehats"."""
    return re.sub(r"[^a-z0-9]", "", site_of(url).partition(".")[0])


def under_strong_heading(link: Link) -> str:
    """The heading or the words before it, if these speak for a link that itself says nothing."""
    if link.place in ("header", "menu") or not labels.is_empty(link.text):
        return ""
    near = (link.before, link.heading)
    return next((words for words in near if labels.is_strong(words) and not _is_story(words)), "")


def _is_story(words: str) -> bool:
    return labels.is_talk(words) and not labels.names_statement(words)


def _judged(link: Link, page_url: str) -> Found | None:
    if _NO_DOCUMENT.search(urlsplit(link.url).path):
        return None
    score, why = _score(link)
    if not score or speaks_of_talk(link) or is_of_another(link, page_url):
        return None
    score = min(score, _STORY) if is_story(link, page_url) else score
    return Found(link, score - 5 * (not link.visible), _years(link), why)


def _score(link: Link) -> tuple[int, str]:
    """How clearly a link says that it leads to the statement, by the best of what it says."""
    words, address = link.text, labels.url_words(link.url)
    if labels.is_strong(words):
        return _strength(words, 100, 90), f"its words: {words!r}"
    if labels.is_other_subject(words):
        return 0, ""
    if labels.is_strong(labels.file_words(link.url)):
        return _strength(labels.file_words(link.url), 80, 70), f"its address: {address!r}"
    near = under_strong_heading(link)
    if near and (_is_file(link) or link.text):
        return (70 if _is_file(link) or labels.years(words) else 55), f"it stands by: {near!r}"
    if labels.is_strong(address) and not labels.is_other_subject(address):
        return 50, f"its address: {address!r}"
    if labels.is_near(words):
        return 40, f"its words are near: {words!r}"
    return 0, ""


def _strength(words: str, statement: int, otherwise: int) -> int:
    if labels.names_statement(words):
        return statement
    return otherwise - 20 * labels.names_policy(words)


def _years(link: Link) -> tuple[int, ...]:
    """Those of the words; else of the address; else of what stands before a bare link."""
    if said := labels.years(link.text):
        return said
    if filed := labels.url_years(link.url):
        return filed
    if not labels.is_empty(link.text):
        return ()
    return labels.years(link.before) or labels.years(link.heading)


def _vague(link: Link) -> int:
    """How well a label leads on; 5 less where it is hidden, half where only the address says it."""
    if labels.is_other_subject(link.text):
        return 0
    by_words = labels.vague_score(link.text)
    by_address = labels.vague_score(labels.file_words(link.url)) // 2
    score = max(by_words, by_address)
    return score - 5 * (not link.visible) if score else 0


def _is_file(link: Link) -> bool:
    return link.pdf or urlsplit(link.url).path.lower().endswith(_DOCUMENTS)


def _is_registry(url: str) -> bool:
    return (urlsplit(url).hostname or "") == "modern-slavery-statement-registry.service.gov.uk"


def _rank(found: Found) -> tuple[int, int, int]:
    return (-found.score, -max(found.years, default=0), found.link.order)


def _once(found: Iterable[Found], page_url: str) -> list[Found]:
    """Each address once, with its best label and all its years; never the page itself."""
    best: dict[str, Found] = {}
    for one in found:
        key = url_key(one.link.url)
        if key is None or key == url_key(page_url):
            continue
        other = best.get(key)
        if other is None:
            best[key] = one
            continue
        years = tuple(dict.fromkeys((*other.years, *one.years)))
        best[key] = replace(min(other, one, key=_rank), years=years)
    return list(best.values())
