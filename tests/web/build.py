"""Ordinary sites of made-up companies, whose statements and home-page links are known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from tests.web import texts
from tests.web.companies import PLANS, Plan
from tests.web.hostile import hostile_web
from tests.web.sites import MIXED, Page, Site, Truth, Web, document, html, plain

YEAR: Final = 2022
# Every fourth document is a PDF; they cost most of the time of making a web.
_PDF_EVERY: Final = 4


def build_web(
    *,
    sites: int = 200,
    documents: int = 0,
    seed: int = 0,
    crawl_delay: float = 0.0,
    delay: float = 0.0,
    hostile: bool = False,
) -> Web:
    """Makes a web, the same for the same arguments.

    `Web.truth` has an entry for each of the ``sites`` companies, by its registrable domain.
    ``documents`` more statements are spread evenly over the sites at addresses of their own that no
    page links to: `Web.documents`, in no order. ``crawl_delay`` stands in every robots.txt, and
    each answer of a company takes ``delay`` seconds. ``hostile`` adds the sites of
    `tests.web.hostile`.
    """
    extra: dict[int, dict[str, Page]] = defaultdict(dict)
    for number in range(documents):
        path, page = _document(number, seed)
        extra[number % sites][path] = page
    web = hostile_web() if hostile else Web({}, addresses=MIXED)
    all_sites, truth, urls = dict(web.sites), dict(web.truth), []
    for number in range(sites):
        company = _company(number, seed, extra[number], crawl_delay)
        all_sites.update({site.host: replace(site, delay=delay) for site in company.sites})
        truth[company.domain] = company.truth
        urls += [company.root + path for path in extra[number]]
    Random(seed).shuffle(urls)
    return replace(web, sites=all_sites, truth=truth, documents=tuple(urls))


@dataclass(frozen=True, slots=True)
class _Company:
    domain: str
    root: str
    """Of final addresses, without the slash."""
    sites: tuple[Site, ...]
    truth: Truth


def _company(number: int, seed: int, extra: dict[str, Page], crawl_delay: float) -> _Company:
    """One company's hosts. Each fourth: by http; https only; www only; asked by https."""
    domain = f"company-{number:04}.example"
    plan = PLANS[number % len(PLANS)](texts.organisation(number), f"{seed}-{number:05}")
    variant = number // len(PLANS) % 4
    www = f"www.{domain}" if variant == 2 else domain
    root = f"{'http' if variant == 0 else 'https'}://{www}"
    main = Site(
        www,
        {**plan.pages, **extra},
        robots=_robots(number, crawl_delay),
        https_only=variant in (1, 2),
    )
    moved = (Site(domain, robots=None, moved_to=www, https_only=True),) if www != domain else ()
    home = f"{'https' if variant == 3 else 'http'}://{domain}/"
    return _Company(domain, root, (main, *moved), _truth(plan, home, root))


def _truth(plan: Plan, home: str, root: str) -> Truth:
    return Truth(home, tuple(root + path for path in plan.statements), plan.value, plan.place)


def _robots(number: int, crawl_delay: float) -> Page | None:
    """Half of the sites have one; all if they ask for a delay."""
    if crawl_delay:
        return plain(f"User-agent: *\nDisallow: /search\nCrawl-delay: {crawl_delay:g}\n")
    return plain("User-agent: *\nDisallow: /search\n") if number % 2 else None


def _document(number: int, seed: int) -> tuple[str, Page]:
    """A statement that no page links to, with its path."""
    name, key = texts.organisation(number), f"{seed}-document-{number:06}"
    if number % _PDF_EVERY == 0:
        pdf = texts.statement_pdf(name, YEAR, key)
        return f"/files/statement-{number:06}.pdf", document(pdf, "application/pdf")
    return f"/statements/{number:06}", html(texts.statement_html(name, YEAR, key))
