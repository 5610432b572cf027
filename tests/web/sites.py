"""What the sites of a local web are: data that the server reads."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from tests.web.exchange import Exchange

Behaviour = Callable[["Exchange"], Awaitable[None]]
"""Answers one request in its own way. Must be pickled: a function of a module, or a partial."""

Certificate = Literal["valid", "expired", "self_signed", "untrusted", "wrong_host"]

Listening = Literal["shared", "refuses", "never_connects", "drops", "no_tls"]
"""``shared``: the ports of all; ``refuses``: nobody listens; ``never_connects``: the connection is
never made; ``drops``: closed as soon as it is made; ``no_tls``: port 443 answers with garbage."""

HomepageValue = Literal["met", "partial", "absent"]

# A name with somebody's public address and an intranet's. A client must refuse it: one that
# does not will connect to the real address, so check what it does before it connects.
MIXED: Final = {"mixed.example": ("93.184.216.34", "10.0.0.1")}

# Any date will do that never changes; a Monday.
LAST_MODIFIED: Final = "Mon, 05 Jun 2023 09:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Page:
    """What one path answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """Content-Length is added. With an ETag or Last-Modified, conditional requests get 304."""
    behaviour: Behaviour | None = None
    """Instead of an ordinary answer."""


@dataclass(frozen=True, slots=True)
class Site:
    """A virtual host, the same by http and https."""

    host: str
    pages: Mapping[str, Page] = field(default_factory=dict)
    """By path, with the query if there is one."""
    robots: Page | None = None
    """None: 404."""
    any_page: Page | None = None
    """For paths that `pages` lacks; None: 404."""
    delay: float = 0.0
    """Seconds before each answer."""
    certificate: Certificate = "valid"
    https_only: bool = False
    """http is redirected to https."""
    moved_to: str = ""
    """Host to which everything is redirected."""
    listening: Listening = "shared"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect collector finds on a site."""

    home_url: str
    """The address that the tool is given."""
    statement_urls: tuple[str, ...]
    """Final addresses of all statements that the home page leads to."""
    homepage_value: HomepageValue
    place: str
    """``header``, ``menu``, ``body``, ``footer``, or ``""`` without a link."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A site that misbehaves, and where."""

    name: str
    sites: tuple[Site, ...]
    """The first is the one that is visited."""
    url: str
    """The address that misbehaves."""
    reasons: tuple[str, ...]
    """How a good visit may end: codes of `assess.scrape.fetch.reasons`; ``""``: with a document."""
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """As `Web.addresses`."""

    @property
    def home_url(self) -> str:
        """What `assess scrape sites` would be given."""
        return urljoin(self.url, "/")


@dataclass(frozen=True, slots=True)
class Web:
    """Sites, and what is true of them."""

    sites: Mapping[str, Site]
    """By host."""
    truth: Mapping[str, Truth] = field(default_factory=dict)
    """By registrable domain."""
    documents: tuple[str, ...] = ()
    """Addresses of statements that are to be fetched as such."""
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that the resolver leads elsewhere than to this web."""
    attacks: Mapping[str, Attack] = field(default_factory=dict)
    """By name."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What an address answers: see `tests.web.registry`."""


def html(text: str, *, status: int = 200, charset: str = "utf-8") -> Page:
    """An ordinary page, with validators."""
    return document(text.encode(charset), f"text/html; charset={charset}", status=status)


def document(body: bytes, media_type: str, *, status: int = 200) -> Page:
    """An ordinary file, with validators."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"Content-Type": media_type, "ETag": etag, "Last-Modified": LAST_MODIFIED}
    return Page(body, status, headers)


def plain(text: str, *, status: int = 200) -> Page:
    """Such as robots.txt."""
    return Page(text.encode(), status, {"Content-Type": "text/plain; charset=utf-8"})


def redirect(location: str, status: int = 302) -> Page:
    """A redirect to any address."""
    return Page(b"", status, {"Location": location})


def site_key(host: str) -> str:
    """The one spelling of a host's name, without its port."""
    name = host.strip().rstrip(".").lower()
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    return name


def path_key(target: str) -> str:
    """The one spelling of a path and query, however they are quoted or dotted; no fragment.

    A slash at the end makes no difference: clients do not agree on what ``/a/.`` is.
    """
    parts = urlsplit(f"http://host/{target.removeprefix('/')}")
    path = normpath(unquote(parts.path)).rstrip("/") or "/"
    return f"{path}?{unquote(parts.query)}" if parts.query else path
