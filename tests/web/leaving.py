"""When clients left, also those whose leaving the server's loop has not come round to see.

A loop that is busy with another site learns late that a connection was closed, and may read the
client's next request first. Counted as it is read, that would be two requests in flight, and the
fault of a client that has none. So the kernel is asked whenever a request starts, which is when its
head was read: the first byte may come while the loop is still ending the client's last request.
"""

from __future__ import annotations

import asyncio
import fcntl
import socket
import struct
import termios
import time
from collections import defaultdict
from typing import Final

from tests.web.log import registrable_of

_ESTABLISHED: Final = 1  # linux/tcp_states.h; the state is the first byte of TCP_INFO


class StampedReader(asyncio.StreamReader):
    """Knows when the client left, to the moment and not to the task's turn."""

    idle_since: float
    """The connection was made, or its last request was over."""
    gone_at: float | None = None
    answering: asyncio.Task[None] | None = None
    """Has no purpose any more once the client is gone."""

    def __init__(self, limit: int, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(limit, loop)
        self.idle_since = time.monotonic()

    def feed_eof(self) -> None:
        """The client closed."""
        self.gone()
        super().feed_eof()

    def set_exception(self, exc: Exception) -> None:
        """The connection broke."""
        self.gone()
        super().set_exception(exc)

    def gone(self) -> None:
        """The client has left, now or before."""
        if self.gone_at is None:
            self.gone_at = time.monotonic()
        if self.answering is not None:
            self.answering.cancel()


class InFlight:
    """The connections whose requests are being answered, by registrable domain."""

    def __init__(self) -> None:
        self._readers: dict[str, dict[StampedReader, asyncio.StreamWriter]] = defaultdict(dict)

    def enter(self, host: str, reader: StampedReader, writer: asyncio.StreamWriter) -> float:
        """A request starts; who has left without being seen left before.

        Gives its time. A client that has left by now may have made its next request already, and
        that may have been read first: then the time is the earliest that can be true.
        """
        readers = self._readers[registrable_of(host)]
        for other, its_writer in readers.items():
            if _has_left(its_writer):
                other.gone()
        readers[reader] = writer
        if _has_left(writer):
            reader.gone_at = reader.idle_since
        return time.monotonic() if reader.gone_at is None else reader.idle_since

    def leave(self, host: str, reader: StampedReader) -> None:
        """Its request is over."""
        reader.idle_since = time.monotonic()
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
