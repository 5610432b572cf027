"""A local web that stands in for the hosts of a registry's file."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from tests.web import texts
from tests.web.hostile import attacks
from tests.web.sites import Page, Site, Web, document, html, path_key, plain, site_key

YEAR: Final = 2022

REASONS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "page": ("",),
        "pdf": ("",),
        "home_page": ("",),
        "landing_page": ("",),
        "home_page_without_link": ("no_statement",),
        "not_found": ("http_404",),
        "server_error": ("http_5xx", "host_given_up"),
        "soft_404": ("soft_404",),
        "consent_wall": ("consent_wall",),
        "script_only": ("script_only",),
        "login_page": ("login_page",),
        "refuses_connection": ("connect_failed", "robots_unreachable"),
        "unknown_host": ("no_such_host", "robots_unreachable"),
        "expired_certificate": ("tls_failed", "robots_unreachable"),
        "robots_disallow": ("robots_disallow",),
        "robots_500": ("robots_unreachable",),
    }
)
"""How a visit to an address of each kind may end, the registry's copy not counted; ``""``: kept."""

# In percent; the rest is as most sites are. Half of a real file's links were found to lead to a
# home page, to be broken or missing; here most answer, so that keeping is tested too.
_HOST_KINDS: Final = {
    "refuses_connection": 3,
    "unknown_host": 3,
    "expired_certificate": 1,
    "robots_disallow": 2,
    "robots_500": 1,
}
_PAGE_KINDS: Final = {
    "not_found": 8,
    "server_error": 2,
    "soft_404": 2,
    "consent_wall": 2,
    "script_only": 2,
    "login_page": 1,
}
_ROOT_KINDS: Final = {"home_page_without_link": 20}
_PAGE_SHAPES: Final = {"landing_page": 15}
_LIKE_ATTACKS: Final = ("soft_404", "consent_wall", "script_only", "login_page")


def registry_web(csv_path: Path, *, seed: int = 0) -> Web:
    """A web where every distinct ``StatementURL`` and ``PDFURL`` of a file has its answer.

    `Web.kinds` says for each ``StatementURL`` what it is: a key of `REASONS_OF`. Texts are made up
    and bear the name of the row's organisation. Raises `KeyError` if a column is missing.
    """
    with csv_path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    copies = {url: row["OrganisationName"] for url, row in _addresses(rows, "PDFURL")}
    copy_hosts = {_place(url)[0] for url in copies}
    pages: dict[str, dict[str, Page]] = defaultdict(dict)
    kinds = {}
    for url, row in _addresses(rows, "StatementURL"):
        host, path = _place(url)
        of_host = "" if host in copy_hosts else _pick(_HOST_KINDS, seed, host)
        kinds[url] = of_host or _kind(path, seed, host)
        pages[host].update(_pages(kinds[url], row["OrganisationName"], host, path))
    for url, name in copies.items():
        host, path = _place(url)
        pages[host][path] = _pdf(name, f"copy at {host}{path}")
    return Web(_sites(pages, {_place(url)[0]: kind for url, kind in kinds.items()}), kinds=kinds)


def _addresses(rows: list[dict[str, str]], column: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each distinct address of a column, with the first row that has it."""
    seen = set()
    for row in rows:
        url = row[column].strip()
        if url not in seen and urlsplit(url).hostname:
            seen.add(url)
            yield url, row


def _place(url: str) -> tuple[str, str]:
    """Host and path as the server looks them up."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return site_key(parts.hostname or ""), path_key(path)


def _kind(path: str, seed: int, host: str) -> str:
    """What a path of a host that answers is."""
    if path == "/":
        return _pick(_ROOT_KINDS, seed, host) or "home_page"
    if failure := _pick(_PAGE_KINDS, seed, host, path):
        return failure
    if _is_pdf(path):
        return "pdf"
    return _pick(_PAGE_SHAPES, seed, host, path) or "page"


def _is_pdf(path: str) -> bool:
    return path.partition("?")[0].lower().endswith(".pdf")


def _pick(percents: Mapping[str, int], *key: object) -> str:
    """One of the names by its share, the same for the same key; ``""`` for the rest."""
    digest = hashlib.sha256(repr((sorted(percents), key)).encode()).digest()
    at = int.from_bytes(digest[:4], "big") % 100
    for name, percent in percents.items():
        at -= percent
        if at < 0:
            return name
    return ""


def _pages(kind: str, name: str, host: str, path: str) -> dict[str, Page]:
    """The page at a path, with the page that it leads to."""
    linked = f"/statement-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    key = f"{host}{path}"
    statement = html(texts.statement_html(name, YEAR, key))
    link = texts.link(linked, "Modern slavery statement")
    if kind == "home_page":
        return {path: html(texts.home(name, footer=link)), linked: statement}
    if kind == "home_page_without_link":
        return {path: html(texts.home(name))}
    if kind == "landing_page":
        inner = f"<main><h1>Corporate governance</h1><p>Our reports.</p><ul>{link}</ul></main>"
        return {path: html(texts.page(f"{name}: governance", inner)), linked: statement}
    if kind in _LIKE_ATTACKS:
        attack = attacks()[kind]
        return {path: attack.sites[0].pages[path_key(urlsplit(attack.url).path)]}
    if kind in ("not_found", "server_error"):
        return {path: plain("not here", status=404 if kind == "not_found" else 500)}
    return {path: _pdf(name, key) if _is_pdf(path) else statement}


def _pdf(name: str, key: str) -> Page:
    return document(texts.statement_pdf(name, YEAR, key), "application/pdf")


def _sites(pages: Mapping[str, dict[str, Page]], kinds: Mapping[str, str]) -> dict[str, Site]:
    """All hosts that exist, as the kinds of their addresses want them."""
    return {
        host: _site(host, has, kinds.get(host, ""))
        for host, has in pages.items()
        if kinds.get(host) != "unknown_host"
    }


def _site(host: str, pages: dict[str, Page], kind: str) -> Site:
    if kind == "refuses_connection":
        return Site(host, listening="refuses")
    if kind == "expired_certificate":
        return Site(host, pages, certificate="expired", https_only=True)
    if kind == "robots_disallow":
        return Site(host, pages, robots=plain("User-agent: *\nDisallow: /\n"))
    if kind == "robots_500":
        return Site(host, pages, robots=plain("oops", status=500))
    return Site(host, pages)
