"""Sites whose answer is well-formed HTTP, but not what it seems."""

from __future__ import annotations

import gzip
import zlib
from html import escape
from typing import Final

from tests.web import behaviours, texts
from tests.web.attacks import answers, attack, everywhere
from tests.web.behaviours import BODY, STATEMENT
from tests.web.sites import Page, Site, document, html, plain, redirect

_NAME: Final = "Umbermere Foods Limited"
_PATH: Final = "/modern-slavery-statement"
_ENGLISH: Final = "text/html; charset=utf-8"
_HOME: Final = html(texts.home(_NAME, footer=texts.link(_PATH, "Modern slavery statement")))
# 1 x 1 pixel, transparent.
_GIF: Final = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


def _linked(host: str, page: Page) -> Site:
    """A home page that links to what misbehaves."""
    return Site(host, {"/": _HOME, _PATH: page})


def _encoded(name: str, body: bytes) -> Page:
    return Page(body, 200, {"Content-Type": _ENGLISH, "Content-Encoding": name})


@attack("too_large")
def gzip_bomb(host: str) -> Site:
    """4 MB that become 4 GB."""
    return everywhere(host, behaviours.gzip_bomb)


@attack("too_large", "bad_encoding")
def gzip_bomb_twice_packed(host: str) -> Site:
    """A few hundred bytes that become 64 MB by two steps."""
    return answers(host, _encoded("gzip, gzip", gzip.compress(gzip.compress(bytes(1 << 26)))))


@attack("bad_encoding", "incomplete", path=_PATH)
def truncated_gzip(host: str) -> Site:
    """The compressed stream ends in its middle."""
    packed = gzip.compress(BODY)
    return _linked(host, _encoded("gzip", packed[: len(packed) // 2]))


@attack("bad_encoding", path=_PATH)
def not_gzip(host: str) -> Site:
    """Plain text, said to be compressed."""
    return _linked(host, _encoded("gzip", BODY))


@attack("bad_encoding", path=_PATH)
def brotli_unasked(host: str) -> Site:
    """Compressed by a method that was not offered."""
    return _linked(host, _encoded("br", _brotli(BODY)))


@attack("", "bad_encoding", path=_PATH)
def gzip_unasked(host: str) -> Site:
    """Valid gzip, whatever was offered."""
    return _linked(host, _encoded("gzip", gzip.compress(BODY)))


@attack("", "bad_encoding", path=_PATH)
def deflate_without_header(host: str) -> Site:
    """Raw deflate, as some old servers send it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return _linked(host, _encoded("deflate", packer.compress(BODY) + packer.flush()))


def _brotli(data: bytes) -> bytes:
    """A brotli stream that stores its data as they are (RFC 7932, section 9.2)."""
    header = ((len(data) - 1) << 4 | 1 << 20).to_bytes(3, "little")
    return header + data + b"\x03"


@attack("soft_404", path=_PATH)
def soft_404(host: str) -> Site:
    """Says "not found" with status 200."""
    inner = (
        "<main><h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or "
        'has been moved.</p><p><a href="/">Back to the home page</a></p></main>'
    )
    return _linked(host, html(texts.page("404: page not found", inner)))


@attack("soft_404", "no_statement", path=_PATH)
def soft_404_redirect_home(host: str) -> Site:
    """What is missing leads to the home page, on which there is no link."""
    return Site(host, {"/": html(texts.home(_NAME)), _PATH: redirect("/")})


@attack("consent_wall", path=_PATH)
def consent_wall(host: str) -> Site:
    """Only a notice that asks for consent."""
    inner = (
        "<div id='consent'><h1>Before you continue</h1><p>We and our partners use cookies to store "
        "and access information on your device. Please accept cookies to continue to the site.</p>"
        "<button>Accept all cookies</button><button>Reject all</button>"
        "<a href='/cookies'>Manage preferences</a></div>"
    )
    return _linked(host, html(texts.page("Cookie consent", inner)))


@attack("script_only", path=_PATH)
def script_only(host: str) -> Site:
    """The text is made by scripts."""
    inner = (
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
        '<script src="/static/js/main.8f3a1c.js"></script>'
    )
    return _linked(host, html(texts.page("Umbermere", inner)))


@attack("script_only", "no_statement")
def script_only_home(host: str) -> Site:
    """The home page itself is made by scripts."""
    inner = '<div id="app"></div><script>window.__STATE__={"page":"home"};</script>'
    return answers(host, html(texts.page("Umbermere", inner + '<script src="/app.js"></script>')))


@attack("login_page", path=_PATH)
def login_page(host: str) -> Site:
    """Only a form to log in."""
    inner = (
        "<main><h1>Sign in</h1><form method='post' action='/login'><label>User name "
        "<input name='user'></label><label>Password <input type='password' name='password'></label>"
        "<button>Log in</button></form><a href='/forgot'>Forgotten your password?</a></main>"
    )
    return _linked(host, html(texts.page("Sign in", inner)))


@attack("empty", path=_PATH)
def empty_body(host: str) -> Site:
    """200 and no byte."""
    return _linked(host, Page(b"", 200, {"Content-Type": _ENGLISH}))


@attack("wrong_type", "no_statement", path=_PATH)
def garbage_as_html(host: str) -> Site:
    """Random bytes, said to be a page."""
    noise = bytes((i * 7919 + i * i * 31) % 256 for i in range(20_000))
    return _linked(host, document(noise, _ENGLISH))


@attack("", path=_PATH)
def wrong_charset_cp1252_as_utf8(host: str) -> Site:
    """The header says utf-8; the bytes are Windows-1252."""
    return _linked(host, document(_fancy().encode("cp1252"), _ENGLISH))


@attack("", path=_PATH)
def wrong_charset_utf8_as_cp1252(host: str) -> Site:
    """The header says windows-1252; the bytes are UTF-8."""
    return _linked(host, document(_fancy().encode(), "text/html; charset=windows-1252"))


@attack("", path=_PATH)
def charset_cp1252(host: str) -> Site:
    """Windows-1252, and the header says so."""
    return _linked(host, document(_fancy().encode("cp1252"), "text/html; charset=windows-1252"))


@attack("", path=_PATH)
def charset_unknown(host: str) -> Site:
    """A charset that nobody knows."""
    return _linked(host, document(BODY, "text/html; charset=x-umbermere"))


FANCY: Final = "“Pellworth’s café – £5 million”"
"""Words of the pages with a wrong charset, whose characters show how they were decoded."""


def _fancy() -> str:
    """A statement with those words, which names no charset itself."""
    text = texts.statement_html(_NAME, 2022, "charset").replace('<meta charset="utf-8">', "")
    return text.replace("</h1>", f"</h1><p>{escape(FANCY, quote=False)}</p>")


@attack("", path=_PATH)
def pdf_as_html(host: str) -> Site:
    """A PDF, said to be a page."""
    return _linked(host, document(_pdf(), _ENGLISH))


@attack("", path=_PATH)
def html_as_pdf(host: str) -> Site:
    """A page, said to be a PDF."""
    return _linked(host, document(BODY, "application/pdf"))


@attack("", path=_PATH)
def pdf_as_octet_stream(host: str) -> Site:
    """A PDF, said to be anything."""
    return _linked(host, document(_pdf(), "application/octet-stream"))


@attack("", path=_PATH)
def without_content_type(host: str) -> Site:
    """A page, of which nothing is said."""
    return _linked(host, Page(BODY))


@attack("wrong_type", "incomplete", "no_statement", "", path=_PATH)
def truncated_pdf(host: str) -> Site:
    """Half a PDF, sent as if it were whole."""
    pdf = _pdf()
    return _linked(host, document(pdf[: len(pdf) // 2], "application/pdf"))


def _pdf() -> bytes:
    return texts.statement_pdf(_NAME, 2022, "hostile-pdf")


@attack("wrong_type", path=_PATH)
def image(host: str) -> Site:
    """A picture."""
    return _linked(host, document(_GIF, "image/gif"))


@attack("wrong_type", path=_PATH)
def archive(host: str) -> Site:
    """A compressed archive."""
    return _linked(host, document(b"PK\x03\x04" + bytes(200), "application/zip"))


@attack("no_statement")
def calendar_trap(host: str) -> Site:
    """Each page has twelve new links that promise a statement."""
    return everywhere(host, behaviours.calendar)


@attack("no_statement", path=_PATH)
def meta_refresh_loop(host: str) -> Site:
    """A page that sends the browser to itself."""
    again = f'<meta http-equiv="refresh" content="0; url={_PATH}">'
    return _linked(host, html(texts.page("Moved", f"{again}<p>You are being redirected.</p>")))


@attack("http_other", "incomplete", path=_PATH)
def partial_content(host: str) -> Site:
    """206 without having been asked for a part."""
    headers = {"Content-Type": _ENGLISH, "Content-Range": f"bytes 0-99/{len(BODY)}"}
    return _linked(host, Page(BODY[:100], 206, headers))


@attack("http_other", path=_PATH)
def not_modified_unasked(host: str) -> Site:
    """304 to a client that has nothing."""
    return _linked(host, Page(b"", 304))


@attack("http_401", path=_PATH)
def asks_for_login(host: str) -> Site:
    """401."""
    return _linked(host, Page(b"who?", 401, {"WWW-Authenticate": 'Basic realm="staff"'}))


@attack("http_403", path=_PATH)
def refuses(host: str) -> Site:
    """403."""
    return _linked(host, plain("no", status=403))


@attack("http_404", path=_PATH)
def not_found(host: str) -> Site:
    """An honest 404: the home page links to what is not there."""
    return Site(host, {"/": _HOME})


@attack("http_410", path=_PATH)
def gone(host: str) -> Site:
    """410."""
    return _linked(host, plain("gone", status=410))


@attack("http_404", path=_PATH)
def statement_sent_with_404(host: str) -> Site:
    """The statement's own text, with status 404."""
    return _linked(host, Page(BODY, 404, STATEMENT.headers))
