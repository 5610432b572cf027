"""Sites that lead elsewhere: in circles, into private networks, to what is no web address."""

from __future__ import annotations

from typing import Final

from tests.web import behaviours
from tests.web.attacks import answers, attack, everywhere
from tests.web.sites import MIXED, Page, Site, plain, redirect

_PRIVATE: Final = "10.0.0.1"


def _to(host: str, location: str) -> Site:
    return answers(host, redirect(location))


def _chain(host: str, length: int) -> Site:
    """As many redirects, then a statement."""
    steps = {f"/{i}": redirect(f"/{i + 1}") for i in range(1, length)}
    return Site(host, {"/": redirect("/1"), **steps, f"/{length}": behaviours.STATEMENT})


@attack("too_many_redirects")
def redirect_loop(host: str) -> Site:
    """Two addresses that lead to each other."""
    return Site(host, {"/": redirect("/b"), "/b": redirect("/")})


@attack("too_many_redirects")
def redirect_to_itself(host: str) -> Site:
    """One address that leads to itself."""
    return _to(host, "/")


@attack("")
def redirect_chain_of_5(host: str) -> Site:
    """As many as are allowed."""
    return _chain(host, 5)


@attack("too_many_redirects")
def redirect_chain_of_6(host: str) -> Site:
    """One more than is allowed."""
    return _chain(host, 6)


@attack("too_many_redirects")
def endless_redirect_new_urls(host: str) -> Site:
    """A trap: each address leads to one that was never seen."""
    return everywhere(host, behaviours.new_redirect)


@attack("forbidden_address")
def redirect_to_private(host: str) -> Site:
    """Into an intranet."""
    return _to(host, f"http://{_PRIVATE}/")


@attack("forbidden_address")
def redirect_to_metadata(host: str) -> Site:
    """To a cloud's secrets."""
    return _to(host, "http://169.254.169.254/latest/meta-data/")


@attack("forbidden_address")
def redirect_to_ipv6_loopback(host: str) -> Site:
    """To this machine."""
    return _to(host, "http://[::1]/")


@attack("forbidden_address")
def redirect_to_mapped_loopback(host: str) -> Site:
    """To this machine, by an IPv4 address within IPv6."""
    return _to(host, "http://[::ffff:127.0.0.1]/")


@attack("forbidden_address", "bad_redirect", "no_such_host")
def redirect_to_decimal_loopback(host: str) -> Site:
    """To this machine, in a spelling that some resolvers take."""
    return _to(host, "http://2130706433/")


@attack("forbidden_address", addresses={"inside.example": (_PRIVATE,)})
def redirect_to_private_name(host: str) -> Site:
    """To a name whose address is private."""
    return _to(host, "http://inside.example/")


@attack("forbidden_address", addresses={"mixed-addresses.example": MIXED["mixed.example"], **MIXED})
def mixed_addresses(host: str) -> Site:
    """A name with one public and one private address."""
    return answers(host, behaviours.STATEMENT)


@attack("bad_redirect")
def redirect_to_file(host: str) -> Site:
    """To a file of this machine."""
    return _to(host, "file:///etc/passwd")


@attack("bad_redirect")
def redirect_to_script(host: str) -> Site:
    """To what is no address."""
    return _to(host, "javascript:alert(1)")


@attack("bad_redirect")
def redirect_without_location(host: str) -> Site:
    """Nowhere."""
    return answers(host, Page(b"", 302))


@attack("bad_redirect", "bad_url")
def redirect_to_broken_address(host: str) -> Site:
    """To an address that cannot be parsed."""
    return _to(host, "http://[half/")


@attack("bad_redirect")
def redirect_to_port(host: str) -> Site:
    """To another service of the same host."""
    return _to(host, f"http://{host}:6379/")


@attack("credentials_in_url", "bad_redirect")
def redirect_with_credentials(host: str) -> Site:
    """With a name and a password."""
    return _to(host, f"http://user:secret@{host}/statement")


@attack("no_such_host")
def redirect_to_unknown_host(host: str) -> Site:
    """To a name that nobody has."""
    return _to(host, "http://nobody-has-this-name.example/")


@attack("robots_disallow")
def redirect_to_disallowed(host: str) -> tuple[Site, ...]:
    """To another host, whose robots.txt says no."""
    other = f"target-of-{host}"
    no = plain("User-agent: *\nDisallow: /\n")
    return _to(host, f"http://{other}/"), Site(other, robots=no, any_page=behaviours.STATEMENT)


@attack("tls_failed", "robots_unreachable")
def redirect_to_expired(host: str) -> tuple[Site, ...]:
    """To another host, whose certificate has expired."""
    other = f"target-of-{host}"
    return (
        _to(host, f"https://{other}/"),
        Site(other, any_page=behaviours.STATEMENT, certificate="expired"),
    )
