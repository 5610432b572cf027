"""Section 54(7): does the home page link to the statement in a prominent place?

Home Office guidance (5.3.2): directly visible on the home page or in an obvious drop-down menu.
That its words clearly say modern slavery is the practice of the Business & Human Rights Resource
Centre, to which "compliance statement", "supply chains" or "policies" are not clear.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assess.scrape.sites.discovery import Found, statement_links
from assess.scrape.sites.links import Link
from assess.scrape.sites.words import says_policy

Value = Literal["met", "partial", "absent"]


@dataclass(frozen=True, slots=True)
class HomepageLink:
    """The judgement, with the link that it rests on."""

    value: Value
    link: Link | None
    reason: str


def judge_homepage(
    links: Iterable[Link], page_url: str, *, one_hop_away: Found | None = None
) -> HomepageLink:
    """Judge the links of a home page.

    Args:
        one_hop_away: the link with a vaguer label behind which the statement was found.
    """
    found = statement_links(links, page_url)
    clear = [one.link for one in found if one.why == "label"]
    for link in clear:
        if link.visible:
            called = ", where it is called a policy" if says_policy(link.text) else ""
            return HomepageLink(
                "met", link, f"a visible link in the {link.place} says modern slavery{called}"
            )
    if clear:
        return HomepageLink(
            "partial", clear[0], "a link says modern slavery, but a visitor does not see it"
        )
    if found:
        return HomepageLink(
            "partial", found[0].link, "the words of the link do not say modern slavery"
        )
    if one_hop_away:
        return HomepageLink(
            "partial",
            one_hop_away.link,
            "the statement was found behind a link whose words do not say modern slavery",
        )
    return HomepageLink("absent", None, "no link to a statement was found on the home page")
