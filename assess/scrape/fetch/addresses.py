"""Which web addresses may be visited, and at which network address: resolved once, checked, used.

Every address that a name resolves to is checked, and the connection goes to a checked one, so that
a second answer of the name server cannot lead elsewhere.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

from assess.scrape.fetch.errors import FetchFailed

PORTS: Final = {"http": 80, "https": 443}
# Longer ones are traps or data; servers refuse them.
MAX_URL: Final = 2_000
# Addresses of one name that are tried.
MAX_ADDRESSES: Final = 4
# Twice what a system usually asks its name servers for (two tries of 5 s).
RESOLVE_SECONDS: Final = 20.0
_NO_NAME_SERVER: Final = "no name server answers"

_IPV6_UNICAST: Final = ipaddress.ip_network("2000::/3")
# Global by the standard library, and yet roads to private addresses, or to nowhere.
_NOT_GLOBAL: Final = (
    (ipaddress.ip_network("64:ff9b::/96"), "NAT64"),
    (ipaddress.ip_network("64:ff9b:1::/48"), "NAT64"),
    (ipaddress.ip_network("2002::/16"), "6to4"),
    (ipaddress.ip_network("2001::/32"), "Teredo"),
    (ipaddress.ip_network("192.88.99.0/24"), "6to4 relay"),
    (ipaddress.ip_network("3fff::/20"), "documentation"),  # RFC 9637, newer than Python 3.11
)
# No top-level domain is a number. A system reads 31.12.2023 as 31.12.7.231: a stranger.
_NUMBER: Final = re.compile(r"\d+|0x[\da-f]*", re.ASCII)
_LOOPBACK_NAME: Final = "localhost"
# What may stand in a path or query as it is; the rest, such as spaces, is escaped.
_SAFE: Final = "/%:=&?~+!$,;'@()*[]"

Resolve = Callable[[str, int], Awaitable[list[tuple[str, int]]]]
"""Host and port to network addresses and ports; raises ``OSError`` for an unknown name."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart; it can be visited."""

    scheme: str
    host: str
    """In lower case and ASCII; an IPv6 address without brackets."""
    port: int
    path: str
    """With the query; at least ``/``."""

    @property
    def origin(self) -> str:
        """Scheme, host and, where unusual, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if PORTS[self.scheme] == self.port else f':{self.port}'}"

    @property
    def url(self) -> str:
        """Without fragment."""
        return f"{self.origin}{self.path}"

    @property
    def registrable(self) -> str:
        """The domain that somebody registered: that of ``shop.a.co.uk`` is ``a.co.uk``."""
        return registrable(self.host)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The domain that somebody registered; a network address or bare suffix stands for itself."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return str(_suffixes().privatesuffix(host) or host)
    return host


def parse(url: str, *, any_port: bool = False) -> Address:
    """Take a web address apart.

    Raises:
        FetchFailed: ``bad_url``, ``credentials_in_url`` or ``forbidden_port``.
    """
    url = url.strip()
    if len(url) > MAX_URL:
        raise FetchFailed("bad_url", f"longer than {MAX_URL:,} characters")
    if any(not letter.isprintable() for letter in url):
        raise FetchFailed("bad_url", "it holds control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except (ValueError, UnicodeError):
        raise FetchFailed("bad_url", "it cannot be taken apart") from None
    if parts.scheme.lower() not in PORTS:
        raise FetchFailed("bad_url", "it does not begin with http:// or https://")
    if "@" in parts.netloc:
        raise FetchFailed("credentials_in_url")
    if not host:
        raise FetchFailed("bad_url", "it names no host")
    scheme = parts.scheme.lower()
    if port is None:
        port = PORTS[scheme]
    if port not in PORTS.values() and not any_port:
        raise FetchFailed("forbidden_port", f"port {port}")
    path = quote(parts.path or "/", safe=_SAFE)
    return Address(
        scheme, host, port, urlunsplit(("", "", path, quote(parts.query, safe=_SAFE), ""))
    )


def _ascii_host(host: str) -> str:
    host = host.lower()
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.rstrip(".")  # not before: IDNA knows other full stops
    if any(letter in host for letter in ' "<>\\^`{|}%/?#@') or ".." in f".{host}":
        raise ValueError(host)
    if ":" not in host and _NUMBER.fullmatch(host.rpartition(".")[2]):
        ipaddress.IPv4Address(host)
    return host


def refusal(address: str) -> str | None:
    """Why a network address is not visited, or None where it is a public one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "no network address"
    for network, name in _NOT_GLOBAL:
        if ip in network:
            return name
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        return "an IPv4 address in an IPv6 one"
    for name in ("loopback", "link_local", "multicast", "unspecified", "private", "reserved"):
        if getattr(ip, f"is_{name}"):
            return name.replace("_", "-")
    if not ip.is_global or (ip.version == 6 and ip not in _IPV6_UNICAST):
        return "of special use"
    return None


async def resolve(host: str, port: int) -> list[tuple[str, int]]:
    """The network addresses of a name, by the system; names below localhost are loopback."""
    if host == _LOOPBACK_NAME or host.endswith(f".{_LOOPBACK_NAME}"):
        return [("127.0.0.1", port)]
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(place[0]), port) for *_, place in found]


class AddressGuard:
    """Resolves names and refuses those that lead, or may lead, to a private address."""

    def __init__(self, resolve: Resolve = resolve, *, allow_private: bool = False) -> None:
        self._resolve = resolve
        self._allow_private = allow_private

    async def endpoints(self, address: Address) -> list[tuple[str, int]]:
        """Checked network addresses and ports to connect to, in order of preference.

        Raises:
            FetchFailed: ``no_such_host``, ``connect_failed`` or ``forbidden_address``.
        """
        found = await self._resolved(address)
        if not found:
            raise FetchFailed("no_such_host", address.host)
        if not self._allow_private:
            for place, _ in found:
                if why := refusal(place):
                    raise FetchFailed(
                        "forbidden_address", f"{address.host} leads to {place} ({why})"
                    )
        return list(dict.fromkeys(found))[:MAX_ADDRESSES]

    async def _resolved(self, address: Address) -> list[tuple[str, int]]:
        """Empty for an unknown name, which is not the same as a name server without an answer."""
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                return await self._resolve(address.host, address.port)
        except TimeoutError:
            raise FetchFailed("connect_failed", _NO_NAME_SERVER) from None
        except (OSError, UnicodeError) as error:
            if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
                raise FetchFailed("connect_failed", _NO_NAME_SERVER) from None
            return []
