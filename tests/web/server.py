"""The server: HTTP/1.1 by hand, because what misbehaves must be free to write any bytes."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import ssl
import time
from collections import Counter
from collections.abc import Mapping
from typing import Final

from tests.web.certificates import Certificates
from tests.web.client import LOOPBACK
from tests.web.exchange import Exchange, reset
from tests.web.leaving import InFlight, StampedReader
from tests.web.log import LogWriter
from tests.web.sites import Page, Site, Web, html, path_key, plain, redirect, site_key

# Far more than any client of ours sends at once.
_MAX_HEAD: Final = 64 * 1024
# All clients of a run may connect at once.
_BACKLOG: Final = 1024

# The last two: what came was no HTTP, or too long for it.
_CLIENT_LEFT: Final = (
    asyncio.IncompleteReadError,
    OSError,
    asyncio.LimitOverrunError,
    ValueError,
)

_NOT_FOUND: Final = html("<h1>Not found</h1><p>There is no such page.</p>", status=404)
_NO_ROBOTS: Final = plain("not found", status=404)
_NO_SITE: Final = html("<h1>No such site</h1>", status=421)
_GARBAGE: Final = bytes(range(128, 256)) * 8


class Server:
    """Serves a `Web` on loopback within a running loop."""

    def __init__(self, web: Web, log: LogWriter, certificates: Certificates) -> None:
        self._sites = {site_key(host): site for host, site in web.sites.items()}
        self._pages = {
            host: {path_key(path): page for path, page in site.pages.items()}
            for host, site in self._sites.items()
        }
        self._log = log
        self._certificates = certificates
        self._turns: Counter[tuple[str, str]] = Counter()
        self._in_flight = InFlight()
        self._held: list[object] = []

    async def start(self) -> Mapping[str, tuple[int, int]]:
        """Listens; gives for each host where its ports 80 and 443 really are."""
        http = await self._listen(tls=False)
        tls = await self._listen(tls=True)
        special = {
            host: await self._special(site, http)
            for host, site in self._sites.items()
            if site.listening != "shared"
        }
        gc.freeze()  # the pages stay; no collector needs to walk them
        return {host: special.get(host, (http, tls)) for host in self._sites}

    def forget(self) -> None:
        """Every site has been asked nothing."""
        self._turns.clear()

    async def _listen(self, *, tls: bool) -> int:
        loop = asyncio.get_running_loop()

        def protocol() -> asyncio.StreamReaderProtocol:
            reader = StampedReader(limit=_MAX_HEAD, loop=loop)
            return asyncio.StreamReaderProtocol(reader, self._connection, loop=loop)

        context = self._tls_context() if tls else None
        server = await loop.create_server(protocol, LOOPBACK, 0, ssl=context, backlog=_BACKLOG)
        self._held.append(server)
        return _port(server.sockets[0])

    def _tls_context(self) -> ssl.SSLContext:
        """Each host's certificate, by the name that the client sends (SNI)."""

        def choose(tls: ssl.SSLObject | ssl.SSLSocket, name: str, _: ssl.SSLContext) -> None:
            if (site := self._sites.get(site_key(name or ""))) is not None:
                tls.context = self._certificates.context(site_key(site.host), site.certificate)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sni_callback = choose
        return context

    async def _special(self, site: Site, http: int) -> tuple[int, int]:
        """Ports of a site that does not listen as others do."""
        if site.listening == "drops":
            port = await self._raw(site.host, b"")
            return port, port
        if site.listening == "no_tls":
            return http, await self._raw(site.host, _GARBAGE)
        port = _dead_port(self._held, full=site.listening == "never_connects")
        return port, port

    async def _raw(self, host: str, answer: bytes) -> int:
        """A port where each connection gets these bytes and is reset."""

        def answered(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            number = self._log.begin(
                time.monotonic(),
                {"host": host, "path": "", "method": "", "headers": {}, "tls": False},
            )
            writer.write(answer)
            if answer:
                writer.close()
            else:
                reset(writer)
            self._log.end(number, time.monotonic(), len(answer))

        server = await asyncio.start_server(answered, LOOPBACK, 0, backlog=_BACKLOG)
        self._held.append(server)
        return _port(server.sockets[0])

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert isinstance(reader, StampedReader)
        # `drain` then waits for the last byte, and the log's end is the true one.
        writer.transport.set_write_buffer_limits(high=0)
        with contextlib.suppress(*_CLIENT_LEFT):
            while await self._request(reader, writer):
                pass
        writer.close()

    async def _request(self, reader: StampedReader, writer: asyncio.StreamWriter) -> bool:
        """One request, from its head to the answer's last byte; True if another may follow."""
        raw = await reader.readuntil(b"\r\n\r\n")
        exchange = self._exchange(raw, writer)
        started = self._in_flight.enter(exchange.host, reader, writer)
        number = self._log.begin(started, exchange.request)
        answering = asyncio.ensure_future(self._answer(exchange))
        reader.answering = answering
        if reader.gone_at is not None:
            answering.cancel()
        try:
            await answering
        except (asyncio.CancelledError, OSError):
            exchange.keep_open = False
        finally:
            reader.answering = None
            self._in_flight.leave(exchange.host, reader)
            ended = time.monotonic() if reader.gone_at is None else reader.gone_at
            self._log.end(number, max(started, ended), exchange.sent)
        return exchange.keep_open

    def _exchange(self, raw: bytes, writer: asyncio.StreamWriter) -> Exchange:
        method, path, headers = _parsed(raw)
        host = site_key(headers.get("host", "").partition(":")[0])
        turn = self._turns[host, path]
        self._turns[host, path] += 1
        return Exchange(
            host=host,
            path=path,
            method=method,
            headers=headers,
            tls=writer.get_extra_info("sslcontext") is not None,
            page=self._page(host, path),
            turn=turn,
            writer=writer,
            keep_open=headers.get("connection", "").lower() != "close",
        )

    def _page(self, host: str, path: str) -> Page:
        site = self._sites.get(host)
        if site is None:
            return _NO_SITE
        if path == "/robots.txt":
            return site.robots or _NO_ROBOTS
        pages = self._pages[host]
        key = path_key(path)
        return pages.get(key) or pages.get(key.partition("?")[0]) or site.any_page or _NOT_FOUND

    async def _answer(self, exchange: Exchange) -> None:
        site = self._sites.get(exchange.host)
        if site is not None and site.delay:
            await asyncio.sleep(site.delay)
        if site is not None and (elsewhere := _elsewhere(site, exchange)):
            await exchange.reply(redirect(elsewhere, 301))
        elif exchange.page.behaviour is not None:
            await exchange.page.behaviour(exchange)
        else:
            await exchange.reply(exchange.page)


def _elsewhere(site: Site, exchange: Exchange) -> str:
    """Where a site that has moved, or wants https, sends the client; ``""`` if it is here."""
    scheme = "https" if site.https_only else exchange.scheme
    host = site.moved_to or site.host
    if (scheme, host) == (exchange.scheme, site.host):
        return ""
    return f"{scheme}://{host}{exchange.path}"


def _parsed(raw: bytes) -> tuple[str, str, dict[str, str]]:
    """Method, target and headers of a request's head."""
    first, *lines = raw.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return method, target, {name.strip().lower(): value.strip() for name, _, value in pairs}


def _port(sock: socket.socket) -> int:
    port = sock.getsockname()[1]
    assert isinstance(port, int)
    return port


def _dead_port(held: list[object], *, full: bool) -> int:
    """A port where nobody listens, or (full) whose queue has no room, so that no one gets in."""
    sock = socket.socket()
    sock.bind((LOOPBACK, 0))
    held.append(sock)
    if full:
        sock.listen(0)
        for _ in range(2):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(sock.getsockname())
            held.append(filler)
    return _port(sock)
