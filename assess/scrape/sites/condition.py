"""What a page is: a statement, one that may lead to it, or one that stands in the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from assess.extract.html.pieces import Piece, read_pieces
from assess.extract.parts.landing import is_absent, is_link_page
from assess.extract.prose.sentences import split_sentences
from assess.records import Page as TextPage
from assess.scrape.sites import labels
from assess.scrape.sites.discovery import statement_links
from assess.scrape.sites.links import Link

# A page of fewer words of its own says nothing.
_FEW: Final = 40
# Notices, forms and messages are shorter; what is longer has a text of its own.
_SHORT: Final = 200
# Messages say in their first words that the page is not there.
_FRONT: Final = 400
# A statement's shortest running text: the least that says who it is and what it does.
_LEAST_WORDS: Final = 30
# Under a statement's own title a sentence is enough: some say no more.
_LEAST_TITLED: Final = 12
# Lines of fewer words are headings, menu entries and labels.
_SENTENCE: Final = 8
# A page that leads to documents and says more than this is a statement with its copies.
_LONG: Final = 80
# Running text names its subject at least so often, unless the headline does.
_MENTIONS: Final = 3
# A text on the subject names it at least once in so many words; a home page hardly ever.
_WORDS_PER_MENTION: Final = 150
_MISSING = re.compile(
    r"\b404\b|\bpage\W+(?:was\W+|is\W+|could\W+)?not\W+(?:be\W+)?found|not\W+found\W*$"
    r"|\b(?:can['’]?t|cannot|could\W+not|couldn['’]?t|unable\W+to)\W+(?:seem\W+to\W+)?(?:be\W+found"
    r"|find\W+(?:the|that|this|what|a|any)\b)"
    r"|(?:no\W+longer\W+(?:exists?|available|here)|does\W+not\W+exist|doesn['’]?t\W+exist)\b"
    r"|nothing\W+(?:was\W+)?found|(?:page|document|file)\W+(?:has\W+been\W+|is\W+|was\W+)?"
    r"(?:missing|moved|removed|deleted)|heb\W+(?:ei|ddod\W+o)\W+hyd",
    re.I | re.M,
)
_CONSENT = re.compile(
    r"before\W+you\W+(?:continue|proceed)|we\W+value\W+your\W+privacy|(?:use|uses|accept|manage"
    r"|about|our)\W+(?:\w+\W+)?cookies|cookie\W+(?:consent|settings|preferences)|your\W+consent"
    r"|consent\W+to|(?:confirm|verify)\W+(?:your\W+age|you\W+are|that\W+you)|are\W+you\W+over\W+18"
    r"|legal\W+drinking\W+age|(?:professional|institutional)\W+(?:investor|client)"
    r"|select\W+your\W+(?:country|region|location)",
    re.I,
)
_AGREES = re.compile(
    r"\b(?:accept|agree|consent|allow|continue|reject|decline|confirm|enter|i\W+am|yes|manage)\b",
    re.I,
)
_SCRIPTS = re.compile(r"\b(?:enable|requires?|turn\W+on|without)\W+(?:\w+\W+){0,2}javascript", re.I)
_FILLED: Final = (
    "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby' or"
    " @id='app-root' or @id='main-app' or self::app-root or @data-reactroot or @ng-app"
    " or @ng-version]"
)
_OWN_VOICE = re.compile(
    r"\b(?:we|our|us|the\W+(?:company|group|trust|organi[sz]ation|firm))\b", re.I
)
_READERS = re.compile(r"\b(?:you|your)\b", re.I)
_DECLARES = re.compile(
    r"\bmodern\W+slavery\W+act\b|\bsection\W+54\b|\bth(?:is|e)\W+(?:\w+\W+){0,6}(?:statement|policy)\b"
    r"|\bour\W+(?:\w+\W+){0,3}(?:statement|policy|supply\W+chains?|suppliers|approach|commitment)\b"
    r"|\bzero\W+tolerance\b|\bcommit(?:s|ted|ment)\b|\bnot\W+(?:\w+\W+)?tolerate\b|\bopposes?\b",
    re.I,
)
# What a text that is not titled as one calls itself, or is made under.
_FORMAL = re.compile(
    r"\bsection\W+54\b|\bth(?:is|e\W+following)\W+(?:\w+\W+){0,6}(?:statement|policy)\b"
    r"|\b(?:pursuant|accordance|compliance|required)\b[^.]{0,60}\bmodern\W+slavery\W+act\b",
    re.I,
)
_SUBJECT = re.compile(
    r"slavery|traffick|(?:forced|bonded|compulsory|child)\W+labou?r|servitude|caethwas", re.I
)
_ARTICLE: Final = (
    "//meta[@property='og:type'][translate(@content,'ARTICLE','article')='article']"
    " | //meta[starts-with(@property,'article:author')]"
    " | //*[contains(@itemtype,'NewsArticle') or contains(@itemtype,'BlogPosting')]"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a page is."""

    reason: str | None
    """A code of `assess.scrape.fetch.reasons`, or None for a page to keep or read."""
    detail: str
    is_statement: bool
    """The page is itself a statement or policy, not a home page, list or article."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the conditions look at."""

    root: Any
    links: Sequence[Link]
    title: str
    headings: tuple[str, ...]
    lines: tuple[str, ...]
    """Its own text, without menus, links and what lies over the page."""
    all_lines: tuple[str, ...]
    """The same with its links."""
    shown: str
    """All words on it."""

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)

    @property
    def front(self) -> str:
        return "\n".join((self.title, *self.headings[:2]))


def page_condition(root: Any, links: Sequence[Link], url: str) -> Condition:
    """Say what a page is. Never raises.

    Args:
        root: Of `read_tree`.
        links: Of `read_links`.
        url: Where it came from, after redirects.
    """
    page = _read(root, links)
    if not (page.shown or root.find(".//script") is not None):
        return Condition("empty", "a page without words", False)
    statement = _says_slavery(page) and _is_statement(page, url)
    reason, detail = (None, "") if statement else _in_the_way(page, url)
    return Condition(reason, detail, statement)


def _read(root: Any, links: Sequence[Link]) -> _Page:
    pieces, _ = read_pieces(root)
    own = [piece for piece in pieces if _is_own(piece)]
    title = " ".join((root.findtext(".//title") or "").split())[:_FRONT]
    # Pieces leave out bare numbers, such as "404".
    heads = [" ".join(str(head.xpath("string()")).split()) for head in root.findall(".//h1")[:1]]
    heads += [one.text for one in pieces if one.heading and not one.chrome]
    headings = tuple(dict.fromkeys(head[:_FRONT] for head in heads))
    shown = root.xpath(
        # Not only of the body: where its tag is left out, as HTML allows, libxml2 makes none.
        "//text()[not(ancestor::script or ancestor::style or ancestor::noscript"
        " or ancestor::template or ancestor::title)]"
    )
    words = " ".join(" ".join(map(str, shown)).split())
    lines = tuple(piece.text for piece in own)
    all_lines = tuple(piece.text for piece in pieces if not piece.chrome)
    return _Page(root, links, title, headings, lines, all_lines, words)


def _is_own(piece: Piece) -> bool:
    return not piece.chrome and piece.link_share < 0.5


def _leads_elsewhere(page: _Page) -> bool:
    """Whether its text only leads to the statement, or says that it is not there."""
    content = "\n".join(page.all_lines)
    sentences = split_sentences(content, (TextPage(1, 0, len(content), "html"),))
    return is_link_page(content, sentences) or is_absent(content, sentences)


def _says_slavery(page: _Page) -> bool:
    mentions = sum(len(_SUBJECT.findall(line)) for line in page.lines)
    if labels.is_strong(page.front):
        return mentions > 0 and page.words >= _LEAST_WORDS // 2
    return mentions >= _MENTIONS and mentions * _WORDS_PER_MENTION >= page.words


def _is_statement(page: _Page, url: str) -> bool:
    """Told by running text in its own voice that binds it, not by headlines and links.

    Under the title of a statement or policy a few words do, unless they lead to documents.
    """
    if _leads_elsewhere(page):
        return False
    running = " ".join(line for line in page.lines if len(line.split()) >= _SENTENCE)
    words = len(running.split())
    if not (_SUBJECT.search(running) and _DECLARES.search(running)):
        return False
    if words < _LONG and _leads_on(page.links, url):
        return False
    own, readers = len(_OWN_VOICE.findall(running)), len(_READERS.findall(running))
    if _is_titled(page):
        return words >= _LEAST_TITLED and own >= readers
    formal = _FORMAL.search(running) or any(map(_is_plain, (page.title, *page.headings[:2])))
    return (
        bool(formal) and words >= _LEAST_WORDS and own > readers and not page.root.xpath(_ARTICLE)
    )


def _is_titled(page: _Page) -> bool:
    """Whether title or headline is a statement's or policy's, on the subject."""
    heads = (page.title, *page.headings[:2])
    return any(
        labels.is_strong(head)
        and (labels.names_statement(head) or labels.names_policy(head))
        and not labels.is_talk(head)
        for head in heads
    )


def _is_plain(head: str) -> bool:
    """Whether a headline names the subject and tells no story: "Modern slavery"."""
    return labels.is_strong(head) and not labels.names_in(head) and not labels.is_talk(head)


def _leads_on(links: Sequence[Link], url: str) -> bool:
    """Whether links in the text lead to statements: documents, or one for each year."""
    inside = [link for link in links if link.place == "body"]
    return any(found.link.pdf or found.years for found in statement_links(inside, url))


def _in_the_way(page: _Page, url: str) -> tuple[str | None, str]:
    """Why a page that is no statement is not one, where it says so itself.

    A page with a box over it, or little text, is not in the way while its links lead on.
    """
    short = page.words < _SHORT
    front = page.front
    if page.words < _SHORT // 2:
        front += "\n" + "\n".join(page.lines)[:_FRONT]
    if short and _MISSING.search(front):
        return "soft_404", page.front.strip().replace("\n", "; ")[:_FRONT]
    if statement_links(page.links, url):
        return None, ""
    if page.root.find(".//input[@type='password']") is not None and short:
        return "login_page", page.title
    if _is_consent_wall(page):
        return "consent_wall", page.title
    return ("script_only", page.title) if _is_shell(page) else (None, "")


def _is_consent_wall(page: _Page) -> bool:
    """Whether it asks for consent, or who the visitor is, and offers nothing else."""
    asked = _CONSENT.search(page.shown)
    if not asked or not _AGREES.search(page.shown):
        return False
    if page.words < _FEW and len(page.root.findall(".//a")) < 10:
        return True
    other = [line for line in page.lines if len(line.split()) >= 8 and not _CONSENT.search(line)]
    return page.words < _SHORT and bool(_CONSENT.search(page.front)) and len(other) <= 3


def _is_shell(page: _Page) -> bool:
    if page.words >= _FEW or page.root.find(".//script") is None:
        return False
    if len(page.shown.split()) < _FEW and page.root.xpath(_FILLED):
        return True
    said = " ".join(str(part) for part in page.root.xpath("//noscript//text()"))
    return bool(_SCRIPTS.search(f"{said} {page.shown[:2000]}")) or not page.shown
