"""Why there is no document: each code with what it means and what a person can do.

docs/collecting.md lists them; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of `attempts.reason` or `targets.reason`."""

    meaning: str
    advice: str


_OPEN = "open it in a browser; if it is there, correct the address in an override file"
_LATER = "run again later with --recheck"

REASONS: Final[dict[str, Reason]] = {
    # The address
    "bad_url": Reason("no web address that can be visited", "correct it in an override file"),
    "forbidden_address": Reason(
        "the name leads, or may lead, to a private or special network address",
        "if it is your own intranet, use --allow-private-network",
    ),
    "forbidden_port": Reason("not port 80 or 443", "correct it in an override file"),
    "credentials_in_url": Reason(
        "the address holds a user name or password", "correct it in an override file"
    ),
    "no_such_host": Reason("the host's name is not known", _OPEN),
    # The site's wishes
    "robots_disallow": Reason(
        "the site's robots.txt asks not to fetch it",
        "ask the organisation for a copy, and add it with `assess scrape files`",
    ),
    "robots_unreachable": Reason(
        "robots.txt could not be had (no answer or a server error), which counts as a no", _LATER
    ),
    "host_asked_to_wait": Reason(
        "the host asked for a longer pause than one run waits", "run again later"
    ),
    "host_given_up": Reason("the host gave no answer several times in a row", "run again later"),
    # The connection
    "connect_failed": Reason("no connection to the host", _LATER),
    "tls_failed": Reason(
        "the site's certificate is not valid (expired, self-signed, or of another name)",
        "tell the organisation; the tool never goes on without a valid certificate",
    ),
    "timeout": Reason("the answer took longer than one request may", _LATER),
    "connection_lost": Reason("the connection broke, or what came was no HTTP", _LATER),
    "incomplete": Reason("the body ended before its end", _LATER),
    # The answer
    "too_many_redirects": Reason("more than 5 redirects, or a loop", _OPEN),
    "bad_redirect": Reason("a redirect that leads nowhere a visit can go", _OPEN),
    "too_large": Reason(
        "more than 25 MB, sent or unpacked", "save the statement by hand and add it as a file"
    ),
    "bad_encoding": Reason("its compression is broken or unknown", _LATER),
    "http_401": Reason("the site asks for a login", _OPEN),
    "http_403": Reason("the site refuses the visit", _OPEN),
    "http_404": Reason("not there", _OPEN),
    "http_408": Reason("the server gave up waiting", _LATER),
    "http_410": Reason("removed for good", _OPEN),
    "http_429": Reason("the host says it was asked too often", _LATER),
    "http_4xx": Reason("another answer that blames the request", _OPEN),
    "http_5xx": Reason("the server failed", _LATER),
    "http_other": Reason("an answer without a document", _OPEN),
    # What came
    "empty": Reason("an empty page or file", _OPEN),
    "wrong_type": Reason("neither a page nor a document that can be read", _OPEN),
    "soft_404": Reason("a page that says the statement is not there, sent as if it were", _OPEN),
    "consent_wall": Reason("only a notice that asks for consent", _OPEN),
    "script_only": Reason(
        "a page whose text is made by scripts in a browser",
        "save it from a browser as PDF and add it with `assess scrape files`",
    ),
    "login_page": Reason("only a form to log in", _OPEN),
    "forgotten": Reason(
        "what was found there was to be forgotten (`assess forget`)", "nothing needs to be done"
    ),
    "internal_error": Reason("the tool itself failed on it", "report it, with the detail"),
    "no_statement": Reason(
        "neither the page itself nor a page it links to is a modern slavery statement", _OPEN
    ),
}
