"""Bad manners of servers, one answer each."""

from __future__ import annotations

import asyncio
import datetime
import zlib
from email.utils import format_datetime
from functools import cache
from typing import Final

from tests.web import texts
from tests.web.exchange import Exchange, head
from tests.web.sites import Page, html

# A client that waits for 5 quiet seconds never gives up on this by its read timeout alone.
DRIP_SECONDS: Final = 0.2
# The figure.
BIG: Final = 300_000_000
_CHUNK: Final = b"0123456789abcdef" * 4096
_HTML: Final = {"Content-Type": "text/html; charset=utf-8"}
_BOMB_MEGABYTES: Final = 4096

STATEMENT: Final = html(texts.statement_html("Umbermere Foods Limited", 2022, "hostile"))
BODY: Final = STATEMENT.body


async def drip_head(exchange: Exchange) -> None:
    """Another header every moment, and never the empty line."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    number = 0
    while True:
        await asyncio.sleep(DRIP_SECONDS)
        number += 1
        await exchange.send(f"X-{number}: a\r\n".encode())


async def drip_body(exchange: Exchange) -> None:
    """A byte every moment of a body that is said to be long."""
    await exchange.start({**_HTML, "Content-Length": "1000000"})
    while True:
        await asyncio.sleep(DRIP_SECONDS)
        await exchange.send(b"a")


async def endless_body(exchange: Exchange) -> None:
    """As fast as the client reads, without end."""
    await exchange.start(_HTML)
    while True:
        await exchange.send(_CHUNK)


async def big_file(exchange: Exchange) -> None:
    """300 MB, and it says so."""
    await exchange.send(head(200, {"Content-Type": "application/pdf", "Content-Length": str(BIG)}))
    await _stream_big(exchange)


async def big_file_without_length(exchange: Exchange) -> None:
    """300 MB, without a word."""
    await exchange.start({"Content-Type": "application/pdf"})
    await _stream_big(exchange)


async def _stream_big(exchange: Exchange) -> None:
    if exchange.method == "HEAD":
        return
    left = BIG
    while left:
        chunk = _CHUNK[: min(left, len(_CHUNK))]
        await exchange.send(chunk)
        left -= len(chunk)


async def endless_interim(exchange: Exchange) -> None:
    """Asks for patience (103) for ever."""
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
        await asyncio.sleep(0.01)


async def never_answers(exchange: Exchange) -> None:
    """Not a byte."""
    await asyncio.Event().wait()


async def many_headers(exchange: Exchange) -> None:
    """A hundred thousand headers."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    for start in range(0, 100_000, 1000):
        await exchange.send(b"".join(b"X-%d: a\r\n" % i for i in range(start, start + 1000)))
    await exchange.send(b"Content-Length: 2\r\n\r\nok")


async def long_header(exchange: Exchange) -> None:
    """One header of a megabyte."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n")
    await exchange.send(b"Content-Length: 2\r\n\r\nok")


async def drops_mid_head(exchange: Exchange) -> None:
    """Closes within the headers."""
    exchange.keep_open = False
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


async def drops_mid_body(exchange: Exchange) -> None:
    """Resets the connection within the body."""
    await exchange.start({**_HTML, "Content-Length": str(len(BODY))})
    await exchange.send(BODY[: len(BODY) // 2])
    await asyncio.sleep(0.05)  # the half arrives before the reset overtakes it
    exchange.hang_up()


async def drops_at_once(exchange: Exchange) -> None:
    """Resets the connection instead of an answer."""
    exchange.hang_up()


async def garbage(exchange: Exchange) -> None:
    """Bytes that are no HTTP."""
    exchange.keep_open = False
    await exchange.send(bytes(range(256)) * 16)


async def http09(exchange: Exchange) -> None:
    """The body alone, as in 1991."""
    exchange.keep_open = False
    await exchange.send(BODY)


async def length_too_long(exchange: Exchange) -> None:
    """Says more than it sends, and closes."""
    await exchange.start({**_HTML, "Content-Length": str(len(BODY) + 1000)})
    await exchange.send(BODY)


async def length_too_short(exchange: Exchange) -> None:
    """Says less than it sends."""
    await exchange.start({**_HTML, "Content-Length": str(len(BODY) // 2)})
    await exchange.send(BODY)


async def length_negative(exchange: Exchange) -> None:
    """A length that cannot be."""
    await exchange.start({**_HTML, "Content-Length": "-1"})
    await exchange.send(BODY)


async def two_lengths(exchange: Exchange) -> None:
    """Two lengths that disagree."""
    exchange.keep_open = False
    length = len(BODY)
    await exchange.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n"
        b"Content-Length: %d\r\n\r\n" % (length, length + 7)
    )
    await exchange.send(BODY)


async def no_length_close(exchange: Exchange) -> None:
    """The body ends with the connection, which is allowed."""
    await exchange.start(_HTML)
    await exchange.send(BODY)


async def closes_unannounced(exchange: Exchange) -> None:
    """A whole answer, after which the connection that might be kept is gone."""
    await exchange.reply(STATEMENT)
    exchange.keep_open = False


async def chunked_bad_size(exchange: Exchange) -> None:
    """A chunk whose size is no number."""
    await _chunked(exchange, b"5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n")


async def chunked_without_end(exchange: Exchange) -> None:
    """The last chunk is missing."""
    await _chunked(exchange, b"%x\r\n%b\r\n" % (len(BODY), BODY))


async def _chunked(exchange: Exchange, chunks: bytes) -> None:
    await exchange.start({**_HTML, "Transfer-Encoding": "chunked"})
    await exchange.send(chunks)


async def gzip_bomb(exchange: Exchange) -> None:
    """4 MB that unpack to 4 GB of zeros (the checksum at their end is false)."""
    start, megabyte = _bomb_parts()
    length = len(start) + len(megabyte) * _BOMB_MEGABYTES
    headers = {**_HTML, "Content-Encoding": "gzip", "Content-Length": str(length + 10)}
    await exchange.start(headers)
    await exchange.send(start)
    for _ in range(_BOMB_MEGABYTES // 64):
        await exchange.send(megabyte * 64)
    await exchange.send(b"\x03\x00" + bytes(8))


@cache
def _bomb_parts() -> tuple[bytes, bytes]:
    """The head of a gzip stream, and a megabyte of zeros that may follow any number of times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start, packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)


async def once_429(exchange: Exchange) -> None:
    """Asks for a second's pause, once."""
    await exchange.reply(STATEMENT if exchange.turn else _wait("1"))


async def once_429_date(exchange: Exchange) -> None:
    """The same by a date two seconds ahead."""
    then = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=2)
    date = format_datetime(then, usegmt=True)
    await exchange.reply(STATEMENT if exchange.turn else _wait(date))


async def twice_503(exchange: Exchange) -> None:
    """Fails twice, then answers."""
    await exchange.reply(STATEMENT if exchange.turn >= 2 else Page(b"busy", 503))


def _wait(value: str) -> Page:
    return Page(b"slow down", 429, {"Retry-After": value})


async def head_refused(exchange: Exchange) -> None:
    """405 to HEAD, though GET is answered."""
    await exchange.reply(Page(b"", 405) if exchange.method == "HEAD" else STATEMENT)


async def new_redirect(exchange: Exchange) -> None:
    """Each answer leads to an address that was never seen."""
    depth = exchange.path.rstrip("/").rpartition("/")[2]
    following = int(depth) + 1 if depth.isdigit() else 1
    await exchange.reply(Page(b"", 302, {"Location": f"/{following}"}))


async def calendar(exchange: Exchange) -> None:
    """Each page has new links that promise a statement."""
    here = exchange.path.partition("?")[0].rstrip("/")
    links = "".join(
        texts.link(f"{here}/modern-slavery-statement-{month}", f"Modern slavery statement {month}")
        for month in range(1, 13)
    )
    inner = f"<main><h1>Archive</h1><p>Choose a month.</p><ul>{links}</ul></main>"
    await exchange.reply(html(texts.page("Archive", inner)))


async def endless_robots(exchange: Exchange) -> None:
    """Rules without end, none of which concerns a statement."""
    await exchange.start({"Content-Type": "text/plain"})
    await exchange.send(b"User-agent: *\nDisallow: /private\n")
    while True:
        await exchange.send(b"Disallow: /nothing/of/interest\n" * 1000)
