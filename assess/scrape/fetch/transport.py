"""One request over one connection. The only module that imports httpx.

httpx gets the checked network address, and the host's name for the Host header and the
certificate. Connections are not kept: two hosts at one address must not share one, and between two
requests to a host lies a pause anyway.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile, gettempdir
from typing import Final
from urllib.request import getproxies

import httpx

from assess.errors import InputError, WorkspaceError
from assess.scrape.fetch.addresses import MAX_URL, Address
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.inflate import ACCEPTED, Body
from assess.scrape.fetch.records import HEADERS

# An answering host does so in 2 s; 10 s leave room for a slow name and a lost packet.
CONNECT_SECONDS: Final = 10.0
# Between two packets.
READ_SECONDS: Final = 30.0
# The largest statement, 25 MB, at 250 kB/s; a drip of bytes ends here.
TOTAL_SECONDS: Final = 100.0
# Bodies above this wait on the disk, so that memory does not grow with the hosts at once.
_IN_MEMORY: Final = 262_144
# Kept of a header's value; an address that is too long is not cut to one that is not.
_MAX_VALUE: Final = MAX_URL + 1

_LIMITS: Final = httpx.Limits(max_connections=None, max_keepalive_connections=0)


Dial = Callable[[str, int], tuple[str, int]]
"""A checked network address and port to those that are connected to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers that matter, and the whole body (of status 200 only), decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a body is taken."""

    max_bytes: int
    cut: bool = False
    """Whether what is beyond it is left out; else the whole answer fails as ``too_large``."""


class Transport:
    """Sends requests; certificates are always verified."""

    def __init__(
        self,
        trust: ssl.SSLContext | None = None,
        *,
        dial: Dial | None = None,
        environment_proxy: bool = False,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        """Tests give other authorities as ``trust``, and by ``dial`` a server that stands in.

        Raises:
            InputError: the environment names a proxy that cannot be used.
        """
        verify = trust or ssl_context()
        proxies = getproxies() if environment_proxy else {}
        self._by_scheme = {
            scheme: httpx.AsyncHTTPTransport(
                verify=verify, trust_env=False, limits=_LIMITS, proxy=_proxy(proxies.get(scheme))
            )
            for scheme in ("http", "https")
        }
        self._dial = dial or (lambda place, port: (place, port))
        self._total_seconds = total_seconds

    async def close(self) -> None:
        """Close what is open."""
        for transport in self._by_scheme.values():
            await transport.aclose()

    async def send(
        self,
        method: str,
        address: Address,
        endpoints: Sequence[tuple[str, int]],
        headers: Mapping[str, str],
        limit: Limit,
    ) -> Answer:
        """Ask once, at the first of the checked ``endpoints`` that takes the connection.

        Raises:
            FetchFailed: no whole answer came within the limits.
            WorkspaceError: the disk has no room for it.
        """
        try:
            async with asyncio.timeout(self._total_seconds):
                for place, port in endpoints[:-1]:
                    try:
                        return await self._ask(method, address, place, port, headers, limit)
                    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                        if _tls(error):
                            raise
                place, port = endpoints[-1]
                return await self._ask(method, address, place, port, headers, limit)
        except (TimeoutError, httpx.TimeoutException) as error:
            when = "no connection" if isinstance(error, httpx.ConnectTimeout) else "no whole answer"
            raise FetchFailed("timeout", f"{when} within the time allowed") from None
        except httpx.ConnectError as error:
            if why := _tls(error):
                raise FetchFailed("tls_failed", why) from None
            raise FetchFailed("connect_failed", _words(error)) from None
        except httpx.RemoteProtocolError as error:
            broken_off = "without sending complete message body" in str(error)
            raise FetchFailed(
                "incomplete" if broken_off else "connection_lost", _words(error)
            ) from None
        except (httpx.TransportError, httpx.InvalidURL, OSError) as error:
            raise FetchFailed("connection_lost", _words(error)) from None

    async def _ask(
        self,
        method: str,
        address: Address,
        place: str,
        port: int,
        headers: Mapping[str, str],
        limit: Limit,
    ) -> Answer:
        host, port = self._dial(place, port)
        path = address.path.encode("ascii")
        request = httpx.Request(
            method,
            httpx.URL(scheme=address.scheme, host=host, port=port, raw_path=path),
            headers={
                "Host": address.origin.partition("://")[2],
                "Accept-Encoding": ACCEPTED,
                "Connection": "close",
                **headers,
            },
            extensions={
                "timeout": {
                    "connect": CONNECT_SECONDS,
                    "read": READ_SECONDS,
                    "write": READ_SECONDS,
                    "pool": None,
                },
                "sni_hostname": address.host,
            },
        )
        response = await self._by_scheme[address.scheme].handle_async_request(request)
        try:
            kept = _headers(response.headers)
            if response.status_code != 200 or method == "HEAD":
                return Answer(response.status_code, kept)
            assert isinstance(response.stream, httpx.AsyncByteStream)
            body = await _read(response.stream, response.headers, limit)
            return Answer(response.status_code, kept, body)
        finally:
            await response.aclose()


def _proxy(named: str | None) -> httpx.Proxy | None:
    if not named:
        return None
    url = named if "://" in named else f"http://{named}"
    if not url.lower().startswith(("http://", "https://")):
        raise InputError(f"the environment names the proxy {named}: only HTTP proxies can be used")
    try:
        return httpx.Proxy(url)
    except (ValueError, httpx.InvalidURL):
        raise InputError(f"the environment names the proxy {named}: no web address") from None


def ssl_context() -> ssl.SSLContext:
    """The bundled authorities; made once, for it takes some time."""
    return httpx.create_ssl_context(trust_env=False)


async def _read(stream: httpx.AsyncByteStream, headers: httpx.Headers, limit: Limit) -> bytes:
    """The body, decompressed, if it keeps within the limit as sent and as unpacked."""
    most = limit.max_bytes
    declared = headers.get("content-length", "")
    if declared.isdigit() and len(declared) < 20 and int(declared) > most and not limit.cut:
        raise FetchFailed("too_large", f"{int(declared) / 1e6:,.0f} MB", status=200)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        try:
            await _unpack(stream, Body(headers.get("content-encoding", ""), most), most, spool)
        except FetchFailed as error:
            if error.reason != "too_large" or not limit.cut:
                raise FetchFailed(error.reason, error.detail, status=200) from None
        spool.seek(0)
        return spool.read(most)


async def _unpack(
    stream: httpx.AsyncByteStream, body: Body, most: int, spool: SpooledTemporaryFile[bytes]
) -> None:
    sent = 0
    async for chunk in stream:
        sent += len(chunk)
        for piece in body.feed(chunk):
            _hold(spool, piece)
        if sent > most:
            raise FetchFailed("too_large", f"more than {most / 1e6:g} MB")
    body.finish()


def _hold(spool: SpooledTemporaryFile[bytes], piece: bytes) -> None:
    try:
        spool.write(piece)
    except OSError as error:  # no fault of the site
        raise WorkspaceError(
            f"{gettempdir()}: no room for a page on its way ({error.strerror})"
        ) from None


def _headers(headers: httpx.Headers) -> dict[str, str]:
    return {
        name: "".join(letter for letter in headers[name][:_MAX_VALUE] if letter.isprintable())
        for name in HEADERS
        if name in headers
    }


def _tls(error: Exception) -> str:
    """What is wrong with the certificate or its handshake, or ``""``."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        if isinstance(cause, ssl.SSLError):
            return (cause.reason or "handshake failed").replace("_", " ").lower()
        cause = cause.__cause__ or cause.__context__
    return ""


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
