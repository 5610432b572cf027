"""When clients left, also those whose leaving the server's loop has not come round to see.

A loop that is busy with another site learns late that a connection was closed, and may read the
client's next request first. Counted as it is read, that would be two requests in flight, and the
fault of a client that has none. So the kernel is asked at each request's start.
"""

from __future__ import annotations

import asyncio
import fcntl
import socket
import struct
import termios
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, SupportsIndex

from tests.web.log import registrable_of

_ESTABLISHED: Final = 1  # linux/tcp_states.h; the state is the first byte of TCP_INFO


class StampedReader(asyncio.StreamReader):
    """Knows when bytes came and when the client left, to the moment and not to the task's turn."""

    first_byte: float | None = None
    gone_at: float | None = None
    answering: asyncio.Task[None] | None = None
    """Has no purpose any more once the client is gone."""

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        """Bytes came."""
        if self.first_byte is None:
            self.first_byte = time.monotonic()
        super().feed_data(data)

    def feed_eof(self) -> None:
        """The client closed."""
        self.gone(time.monotonic())
        super().feed_eof()

    def set_exception(self, exc: Exception) -> None:
        """The connection broke."""
        self.gone(time.monotonic())
        super().set_exception(exc)

    def gone(self, at: float) -> None:
        """The client left at a time, or earlier if that is known."""
        if self.gone_at is None:
            self.gone_at = at
        if self.answering is not None:
            self.answering.cancel()


class InFlight:
    """The connections whose requests are being answered, by registrable domain."""

    def __init__(self) -> None:
        self._readers: dict[str, dict[StampedReader, asyncio.StreamWriter]] = defaultdict(dict)

    def enter(
        self, host: str, started: float, reader: StampedReader, writer: asyncio.StreamWriter
    ) -> None:
        """A request starts; who has left without being seen left before."""
        readers = self._readers[registrable_of(host)]
        for other, its_writer in readers.items():
            if other.gone_at is None and _has_left(its_writer):
                other.gone(started)
        readers[reader] = writer

    def leave(self, host: str, reader: StampedReader) -> None:
        """Its request is over."""
        del self._readers[registrable_of(host)][reader]


def _has_left(writer: asyncio.StreamWriter) -> bool:
    """Whether the client's side is closed, or has sent TLS's goodbye."""
    sock = writer.get_extra_info("socket")
    if sock.fileno() < 0:
        return True
    if sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != _ESTABLISHED:
        return True
    if writer.get_extra_info("sslcontext") is None:
        return False
    unread = fcntl.ioctl(sock.fileno(), termios.FIONREAD, bytes(4))
    return bool(struct.unpack("i", unread)[0])
