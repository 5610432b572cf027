"""One request and the means to answer it, well or badly."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from tests.web.sites import Page


@dataclass(slots=True)
class Exchange:
    """What a behaviour works with. All writing goes through `send`, which waits for the socket."""

    host: str
    path: str
    method: str
    headers: Mapping[str, str]
    tls: bool
    page: Page
    turn: int
    """How often the same host and path were asked before."""
    writer: asyncio.StreamWriter
    sent: int = 0
    keep_open: bool = True
    """Whether the connection serves another request."""

    @property
    def request(self) -> Mapping[str, object]:
        """What the log keeps."""
        return {
            "host": self.host,
            "path": self.path,
            "method": self.method,
            "headers": self.headers,
            "tls": self.tls,
        }

    @property
    def scheme(self) -> str:
        """``http`` or ``https``."""
        return "https" if self.tls else "http"

    async def send(self, data: bytes) -> None:
        """Writes bytes; returns when the socket has taken them all."""
        self.sent += len(data)
        self.writer.write(data)
        await self.writer.drain()

    async def reply(self, page: Page) -> None:
        """An ordinary answer: Content-Length, 304 to what the client has, no body for HEAD."""
        if page.status == HTTPStatus.OK and _has_it(self.headers, page.headers):
            await self.send(head(HTTPStatus.NOT_MODIFIED, page.headers))
        elif self.method == "HEAD" or page.status in (204, 205, 304):
            await self.send(_head_of(page))
        else:
            await self.send(_head_of(page) + page.body)

    async def start(self, headers: Mapping[str, str], status: int = 200) -> None:
        """A head of just these headers; the connection closes afterwards."""
        self.keep_open = False
        await self.send(head(status, headers))

    def hang_up(self) -> None:
        """Closes without a goodbye (TCP reset); what is unsent is lost."""
        self.keep_open = False
        reset(self.writer)


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends a connection by a TCP reset: what lingers for no time is not closed in order."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Status line and headers, with the empty line."""
    phrase = HTTPStatus(status).phrase
    lines = [f"HTTP/1.1 {int(status)} {phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _head_of(page: Page) -> bytes:
    length = {} if page.status in (204, 304) else {"Content-Length": str(len(page.body))}
    return head(page.status, {**page.headers, **length})


def _has_it(asked: Mapping[str, str], has: Mapping[str, str]) -> bool:
    if (match := asked.get("if-none-match")) is not None:
        return match == has.get("ETag")
    since = asked.get("if-modified-since")
    return since is not None and since == has.get("Last-Modified")
