"""Section 54(7): whether a home page has a link in a prominent place to the statement."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from assess.scrape.sites import labels
from assess.scrape.sites.discovery import (
    is_of_another,
    is_story,
    speaks_of_talk,
    statement_links,
    under_strong_heading,
)
from assess.scrape.sites.links import Link
from assess.scrape.urls import url_key

_PLACES = {
    "header": "in its header",
    "menu": "in a menu",
    "body": "in its body",
    "footer": "in its footer",
}


@dataclass(frozen=True, slots=True)
class HomepageLink:
    """What a home page's links say of the statement."""

    value: Literal["met", "partial", "absent"]
    link: Link | None
    """The link that decides, as evidence."""
    reason: str
    """For a person to read."""


def judge_homepage(
    links: Sequence[Link],
    page_url: str,
    *,
    behind: Link | None = None,
    known: Set[str] = frozenset(),
    known_not: Set[str] = frozenset(),
) -> HomepageLink:
    """Judge the links of a home page.

    met: a link that a visitor sees says modern slavery or human trafficking, in its words or in
    those that it completes ("Our modern slavery statement is here"). Its address says nothing to
    a visitor. A link called a policy counts, as it says modern slavery; the reason tells.
    partial: a vague label, a hidden link, one whose target only a script knows, or a statement
    that is found behind a vague label.

    Args:
        links: The home page's.
        page_url: Its address.
        behind: The link with a vague label behind which the statement was found.
        known: Keys (`url_key`) of addresses that a visit proved to be the statement: of links to
            these the words alone count.
        known_not: Keys (`url_key`) of addresses that a visit proved to be no statement.
    """
    own = [link for link in links if url_key(link.url) in known or not _leads_away(link, page_url)]
    real = [link for link in own if url_key(link.url) not in known_not]
    clear = sorted((link for link in real if _says_clearly(link)), key=_worth)
    met = [link for link in clear if link.visible and _leads(link, page_url)]
    if met:
        return HomepageLink("met", met[0], _why_met(met[0]))
    if clear:
        return HomepageLink("partial", clear[0], _why_not_met(clear[0]))
    if vague := _vaguely(real, page_url):
        return vague
    if behind:
        return HomepageLink("partial", behind, f"the statement is behind the label {behind.text!r}")
    if dead := [link for link in own if _says_clearly(link)]:
        why = f"the link {dead[0].text!r} leads to no statement"
        return HomepageLink("absent", dead[0], why)
    return HomepageLink("absent", None, "no link on the home page says modern slavery")


def _leads_away(link: Link, page_url: str) -> bool:
    return speaks_of_talk(link) or is_of_another(link, page_url) or is_story(link, page_url)


def _says_clearly(link: Link) -> bool:
    return labels.says_slavery(link.text) or _completes(link) != ""


def _completes(link: Link) -> str:
    """The words on the page that a link such as "here" or "2023" completes, if these are clear."""
    words = under_strong_heading(link) if link.text else ""
    named = labels.names_statement(words) or labels.names_policy(words)
    return words if named and labels.says_slavery(words) else ""


def _leads(link: Link, page_url: str) -> bool:
    """Whether a link leads anywhere without a script: to another page, or a part of this one."""
    return bool(link.fragment) or url_key(link.url) != url_key(page_url)


def _worth(link: Link) -> tuple[bool, bool, bool, int]:
    words = link.text
    return (
        not link.visible,
        not labels.says_slavery(words),
        labels.names_policy(words),
        link.order,
    )


def _why_met(link: Link) -> str:
    where = _PLACES[link.place]
    if not labels.says_slavery(link.text):
        return f"a link {where} completes the words {_completes(link)!r}"
    policy = "; it is called a policy" if labels.names_policy(link.text) else ""
    return f"a link {where} says {link.text!r}{policy}"


def _why_not_met(link: Link) -> str:
    if not link.visible:
        return f"the link {link.text!r} is hidden from visitors"
    return f"where the link {link.text!r} leads, only a script knows: look in a browser"


def _vaguely(links: Sequence[Link], page_url: str) -> HomepageLink | None:
    """A link whose address, or whose words for those who know the Act, lead to the statement."""
    for link in (found.link for found in statement_links(links, page_url)):
        if labels.is_strong(link.text):
            why = f"the label {link.text!r} does not say modern slavery"
        elif labels.is_strong(labels.url_words(link.url)):
            why = f"its address says so, but its label is {link.text!r}"
        elif near := under_strong_heading(link):
            why = f"its label is {link.text!r}, under the words {near!r}"
        else:
            continue
        return HomepageLink("partial", link, why)
    return None
