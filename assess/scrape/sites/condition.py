"""What a page is: a statement, something else, or nothing that a visitor could read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assess.scrape.sites.discovery import statement_links
from assess.scrape.sites.links import WebPage
from assess.scrape.sites.words import SUBJECT, about_other_matter, says_slavery, url_words

# A page with fewer words is an error, a wall or a shell; the shortest statement seen has 40.
_FEW: Final = 40
_SHELL_WORDS: Final = 60
_NOTICE_WORDS: Final = 300
# Mentions of slavery, and words, of a statement whose title does not say so.
_MENTIONS: Final = 4
_WORDS: Final = 150
# A page that lists statements introduces them in fewer words than a statement has.
_INTRODUCTION: Final = 150
_NOT_THERE = re.compile(
    r"\b(?:error\s+)?404\b|page\s+(?:\w+\s+){0,2}not\s+(?:be\s+)?found|not\s+found|\boops\b"
    r"|(?:can[’'`]?t|cannot|could\s?n[o’']?t|unable\s+to)\s+(?:be\s+)?(?:find|found|locate)"
    r"|no\s+longer\s+(?:exists?|available|here)|does\s*(?:n[’']t|\s+not)\s+exist"
    r"|(?:page|file|document)\s+(?:you\b.{0,40}\s)?(?:has|have|was|is|may\s+have)\s+(?:been\s+)?"
    r"(?:moved|removed|deleted|missing|gone)",
    re.I,
)
_CONSENT = re.compile(
    r"cookies?\b|consent|accept\s+all|reject\s+all|we\s+value\s+your\s+privacy|before\s+you\s+continue|"
    r"manage\s+(?:your\s+)?(?:preferences|options|choices)|our\s+partners|verify\s+(?:that\s+)?you\s+are"
    r"|checking\s+your\s+browser|not\s+a\s+robot|are\s+you\s+(?:a\s+)?(?:human|robot)|captcha"
    r"|professional\s+investor|confirm\s+(?:that\s+)?you",
    re.I,
)
_ABOUT_SLAVERY = re.compile(r"slavery|traffick|forced\s+labou?r|servitude|caethwasiaeth", re.I)
_OWN_ACCOUNT = re.compile(
    r"\bstatement\b|\bpolicy\b|section\s*54|modern\s+slavery\s+act|\bour\b|\bwe\b|datganiad", re.I
)


@dataclass(frozen=True, slots=True)
class Condition:
    """Why a page shows nothing; ``reason`` is a code of `assess.scrape.fetch.reasons`, or None."""

    reason: str | None
    detail: str = ""


def page_condition(page: WebPage) -> Condition:
    """Tell pages that are not there, walls and shells from pages that say something."""
    mentions = len(_ABOUT_SLAVERY.findall(page.text))
    front = f"{page.title} {' '.join(page.headings[:3])}"
    if page.words < _SHELL_WORDS and page.shell:
        return Condition("script_only", f"{page.words} words without scripts")
    if page.words < _NOTICE_WORDS and mentions <= 2:
        if found := _NOT_THERE.search(f"{front} {page.text[:600]}"):
            return Condition("soft_404", found[0])
        if page.password:
            return Condition("login_page", front[:100])
    if mentions == 0 and _is_wall(page):
        return Condition("consent_wall", front[:100])
    if page.words < 3 and not page.links:
        return Condition("empty", f"{page.words} words")
    return Condition(None)


def _is_wall(page: WebPage) -> bool:
    """Whether what it says is mostly a question for consent."""
    if page.words > _NOTICE_WORDS:
        return False
    asked = len(_CONSENT.findall(f"{page.title} {' '.join(page.headings)} {page.text}"))
    return asked >= 2 and len(page.text.split()) < _FEW * asked


def is_statement_page(page: WebPage) -> bool:
    """Whether the page itself is a modern slavery statement or policy.

    Not: a home page that mentions it, a list of statements, an article about slavery.
    """
    words, mentions = len(page.text.split()), len(_ABOUT_SLAVERY.findall(page.text))
    called = says_slavery(page.title) or any(map(says_slavery, page.headings))
    own = _OWN_ACCOUNT.search(page.text) is not None
    if not own or (about_other_matter(url_words(page.url)) and not _declares(page)):
        return False
    lists = [f for f in statement_links(page.links, page.url) if f.link.place == "body"]
    if lists and words < _INTRODUCTION and not _declares(page):
        return False
    if called:
        return words >= _FEW and mentions >= 1
    return words >= _WORDS and mentions >= _MENTIONS and len(SUBJECT.findall(page.text)) >= 2


def _declares(page: WebPage) -> bool:
    """Whether it says of itself that it is the statement."""
    return (
        re.search(
            r"(?:this|the\s+following|our)\s+(?:\w+\s+){0,4}statement\b[^.]{0,160}(?:section\s*54|"
            r"modern\s+slavery\s+act|pursuant|financial\s+year)|made\s+(?:pursuant|under)[^.]{0,40}"
            r"section\s*54|pursuant\s+to\s+section\s*54",
            page.text,
            re.I,
        )
        is not None
    )
