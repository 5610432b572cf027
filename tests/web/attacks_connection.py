"""Sites that attack through the connection, its pace and its amount.

Where no connection is made there is no robots.txt either, and a visit may end with that.
"""

from __future__ import annotations

from tests.web import behaviours
from tests.web.attacks import answers, attack, everywhere
from tests.web.sites import Page, Site


@attack("timeout")
def slow_loris(host: str) -> Site:
    """Headers drip for ever."""
    return everywhere(host, behaviours.drip_head)


@attack("timeout")
def slow_body(host: str) -> Site:
    """The body drips for ever."""
    return everywhere(host, behaviours.drip_body)


@attack("timeout")
def never_answers(host: str) -> Site:
    """Takes the request and says nothing."""
    return everywhere(host, behaviours.never_answers)


@attack("timeout", "connection_lost")
def endless_interim(host: str) -> Site:
    """103 Early Hints for ever."""
    return everywhere(host, behaviours.endless_interim)


@attack("too_large")
def endless_body(host: str) -> Site:
    """A body without end."""
    return everywhere(host, behaviours.endless_body)


@attack("too_large")
def big_file(host: str) -> Site:
    """300 MB with Content-Length."""
    return everywhere(host, behaviours.big_file)


@attack("too_large")
def big_file_without_length(host: str) -> Site:
    """300 MB without Content-Length."""
    return everywhere(host, behaviours.big_file_without_length)


@attack("connection_lost", "too_large")
def header_flood(host: str) -> Site:
    """A hundred thousand headers."""
    return everywhere(host, behaviours.many_headers)


@attack("connection_lost", "too_large")
def header_of_a_megabyte(host: str) -> Site:
    """One header line of a megabyte."""
    return everywhere(host, behaviours.long_header)


@attack("connect_failed", "robots_unreachable")
def refuses_connection(host: str) -> Site:
    """Nobody listens."""
    return Site(host, listening="refuses")


@attack("connect_failed", "timeout", "robots_unreachable")
def never_connects(host: str) -> Site:
    """Packets vanish, as behind a firewall."""
    return Site(host, listening="never_connects")


@attack("connect_failed", "connection_lost", "robots_unreachable")
def drops_at_accept(host: str) -> Site:
    """Resets each connection as soon as it is made."""
    return Site(host, listening="drops")


@attack("connection_lost")
def drops_connection(host: str) -> Site:
    """Resets the connection instead of an answer."""
    return everywhere(host, behaviours.drops_at_once)


@attack("connection_lost")
def drops_mid_header(host: str) -> Site:
    """Closes within the headers."""
    return everywhere(host, behaviours.drops_mid_head)


@attack("incomplete", "connection_lost")
def drops_mid_body(host: str) -> Site:
    """Resets within the body."""
    return everywhere(host, behaviours.drops_mid_body)


@attack("connection_lost")
def garbage_bytes(host: str) -> Site:
    """No HTTP at all."""
    return everywhere(host, behaviours.garbage)


@attack("connection_lost")
def http09(host: str) -> Site:
    """A body without status or headers."""
    return everywhere(host, behaviours.http09)


@attack("incomplete")
def length_too_long(host: str) -> Site:
    """Content-Length says more than comes."""
    return everywhere(host, behaviours.length_too_long)


@attack("", "connection_lost", "no_statement")
def length_too_short(host: str) -> Site:
    """Content-Length says less than comes: the client cannot know."""
    return everywhere(host, behaviours.length_too_short)


@attack("connection_lost", "incomplete")
def length_negative(host: str) -> Site:
    """Content-Length: -1."""
    return everywhere(host, behaviours.length_negative)


@attack("connection_lost", "incomplete")
def two_lengths(host: str) -> Site:
    """Two values of Content-Length."""
    return everywhere(host, behaviours.two_lengths)


@attack("")
def no_length_close(host: str) -> Site:
    """The end of the connection is the end of the body: no attack, but odd."""
    return everywhere(host, behaviours.no_length_close)


@attack("")
def closes_unannounced(host: str) -> Site:
    """A kept connection is dead when it is used again."""
    return everywhere(host, behaviours.closes_unannounced)


@attack("connection_lost", "incomplete")
def chunked_broken(host: str) -> Site:
    """A chunk's size is no number."""
    return everywhere(host, behaviours.chunked_bad_size)


@attack("incomplete", "connection_lost")
def chunked_without_end(host: str) -> Site:
    """The last chunk never comes."""
    return everywhere(host, behaviours.chunked_without_end)


@attack("tls_failed", "robots_unreachable", scheme="https")
def expired_certificate(host: str) -> Site:
    """Valid until yesterday."""
    return Site(host, any_page=behaviours.STATEMENT, certificate="expired")


@attack("tls_failed", "robots_unreachable", scheme="https")
def self_signed(host: str) -> Site:
    """Vouches for itself."""
    return Site(host, any_page=behaviours.STATEMENT, certificate="self_signed")


@attack("tls_failed", "robots_unreachable", scheme="https")
def unknown_authority(host: str) -> Site:
    """Signed by an authority that nobody trusts."""
    return Site(host, any_page=behaviours.STATEMENT, certificate="untrusted")


@attack("tls_failed", "robots_unreachable", scheme="https")
def wrong_host_certificate(host: str) -> Site:
    """Of somebody else's name."""
    return Site(host, any_page=behaviours.STATEMENT, certificate="wrong_host")


@attack("tls_failed", "connect_failed", "robots_unreachable", scheme="https")
def tls_garbage(host: str) -> Site:
    """Garbage instead of a TLS handshake."""
    return Site(host, any_page=behaviours.STATEMENT, listening="no_tls")


@attack("")
def head_refused(host: str) -> Site:
    """405 to HEAD; GET is answered."""
    return everywhere(host, behaviours.head_refused)


@attack("http_other", "empty")
def no_content(host: str) -> Site:
    """204."""
    return answers(host, Page(b"", 204))
