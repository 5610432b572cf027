"""One request over one connection, to a server of sockets on loopback."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.scrape.fetch.addresses import MAX_URL, parse
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.transport import Answer, Limit, Transport

LOOPBACK = "127.0.0.1"
SECONDS = 0.4
LIMIT = Limit(100_000)

Serve = Callable[[socket.socket], None]


@dataclass
class Server:
    """Answers each connection by one function, in threads."""

    serve: Serve = lambda _: None
    asked: list[bytes] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)
    port: int = 0

    def run(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with closing(connection):
            connection.settimeout(5)
            try:
                self.asked.append(connection.recv(65_536))
                self.serve(connection)
                connection.shutdown(socket.SHUT_WR)
                self.closed.append(connection.recv(1) == b"")
            except OSError:
                self.closed.append(True)


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.create_server((LOOPBACK, 0)) as listening:
        made = Server(port=listening.getsockname()[1])
        threading.Thread(target=made.run, args=(listening,), daemon=True).start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)


def _send(
    server: Server,
    url: str = "http://a.example/x?y=1",
    *,
    limit: Limit = LIMIT,
    method: str = "GET",
    endpoints: tuple[str, ...] = ("93.184.216.34",),
    dial: Callable[[str, int], tuple[str, int]] | None = None,
) -> Answer:
    async def send() -> Answer:
        transport = Transport(
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # trusts nobody
            dial=dial or (lambda _place, _port: (LOOPBACK, server.port)),
            total_seconds=SECONDS,
        )
        address = parse(url)
        try:
            places = [(place, address.port) for place in endpoints]
            return await transport.send(method, address, places, {"User-Agent": "a/1"}, limit)
        finally:
            await transport.close()

    return asyncio.run(send())


def _says(*parts: bytes) -> Serve:
    return lambda connection: connection.sendall(b"".join(parts))


def _ok(body: bytes, *headers: str) -> Serve:
    lines = "".join(f"{line}\r\n" for line in (f"Content-Length: {len(body)}", *headers))
    return _says(f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode("latin-1"), body)


def test_the_request_names_the_host_and_asks_for_no_second_one(server: Server) -> None:
    server.serve = _ok(b"text", "Content-Type: text/html", "X-Other: 1", "Server: s")
    answer = _send(server)
    assert answer == Answer(
        200, {"content-length": "4", "content-type": "text/html", "server": "s"}, b"text"
    )
    [asked] = server.asked
    head = asked.decode().split("\r\n")
    assert head[0] == "GET /x?y=1 HTTP/1.1"
    assert {"Host: a.example", "User-Agent: a/1", "Connection: close"} <= set(head)
    assert "Accept-Encoding: gzip, deflate" in head


def test_connections_go_to_the_checked_address_and_end(server: Server) -> None:
    dialled: list[tuple[str, int]] = []

    def dial(place: str, port: int) -> tuple[str, int]:
        dialled.append((place, port))
        return LOOPBACK, server.port

    server.serve = _ok(b"text")
    _send(server, dial=dial)
    _send(server, dial=dial)
    assert dialled == [("93.184.216.34", 80)] * 2
    assert len(server.asked) == 2


def test_the_next_checked_address_is_tried_when_one_refuses(server: Server) -> None:
    with socket.create_server((LOOPBACK, 0)) as free:
        refused = free.getsockname()[1]
    places = {"8.8.8.8": refused, "9.9.9.9": server.port}
    server.serve = _ok(b"text")
    answer = _send(server, endpoints=tuple(places), dial=lambda place, _: (LOOPBACK, places[place]))
    assert answer.body == b"text"
    with pytest.raises(FetchFailed) as failed:
        _send(server, endpoints=("8.8.8.8",), dial=lambda place, _: (LOOPBACK, places[place]))
    assert failed.value.reason == "connect_failed"


def test_the_next_checked_address_is_tried_when_one_is_silent(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.scrape.fetch.transport.CONNECT_SECONDS", 0.05)
    server.serve = _ok(b"text")
    with socket.create_server((LOOPBACK, 0), backlog=0) as full:
        port = full.getsockname()[1]
        with socket.create_connection((LOOPBACK, port)):  # no place is left for another
            places = {"8.8.8.8": port, "9.9.9.9": server.port}
            answer = _send(
                server, endpoints=tuple(places), dial=lambda place, _: (LOOPBACK, places[place])
            )
    assert answer.body == b"text"


def _drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.02)


def _endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65_536)


def _endless_nothing(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        connection.sendall(gzip.compress(b"") * 1_000)


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (_endless_nothing, "too_large"),
        (_drip, "timeout"),
        (lambda _connection: time.sleep(2 * SECONDS), "timeout"),
        (_endless, "too_large"),
        (_ok(b"x" * 100_001), "too_large"),
        (_ok(gzip.compress(bytes(100_001)), "Content-Encoding: gzip"), "too_large"),
        (_ok(gzip.compress(bytes(range(256)))[:100], "Content-Encoding: gzip"), "incomplete"),
        (_says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ntext"), "incomplete"),
        (
            _says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n"),
            "incomplete",
        ),
        (_ok(b"text", "Content-Encoding: gzip"), "bad_encoding"),
        (_ok(b"text", "Content-Encoding: br"), "bad_encoding"),
        (_says(), "connection_lost"),
        (_says(b"\x16\x03\x01 garbage \0\r\n\r\n"), "connection_lost"),
        (_says(b"HTTP/1.1 200"), "connection_lost"),
        (_says(b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\ntext"), "connection_lost"),
        (_says(b"HTTP/1.1 200 OK\r\nA: ", b"b" * 500_000, b"\r\n\r\n"), "connection_lost"),
    ],
)
def test_an_answer_that_is_none_has_its_reason_in_time(
    server: Server, serve: Serve, reason: str
) -> None:
    server.serve = serve
    begun = time.monotonic()
    with pytest.raises(FetchFailed) as failed:
        _send(server)
    assert failed.value.reason == reason
    assert time.monotonic() - begun < SECONDS + 1.0


def test_bodies_are_unpacked_up_to_the_limit(server: Server) -> None:
    server.serve = _ok(gzip.compress(bytes(100_000)), "Content-Encoding: gzip")
    assert _send(server).body == bytes(100_000)


@pytest.mark.parametrize("headers", [(), ("Content-Encoding: gzip",)])
def test_of_what_may_be_cut_all_that_fits_is_taken(
    server: Server, headers: tuple[str, ...]
) -> None:
    body = b"x" * 200_000
    server.serve = _ok(gzip.compress(body) if headers else body, *headers)
    assert _send(server, limit=Limit(100_001, cut=True)).body == b"x" * 100_001


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 404), ("GET", 302)])
def test_of_other_answers_no_body_is_read(server: Server, method: str, status: int) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 {status} X\r\nETag: e\r\n\r\n".encode())
        if method == "GET":
            _endless(connection)

    server.serve = serve
    assert _send(server, method=method) == Answer(status, {"etag": "e"})


def test_addresses_in_headers_are_not_cut_to_others(server: Server) -> None:
    location = "/" + "x" * (MAX_URL - 1)
    server.serve = _says(f"HTTP/1.1 302 X\r\nLocation: {location}\r\n\r\n".encode())
    assert _send(server).headers["location"] == location
    server.serve = _says(f"HTTP/1.1 302 X\r\nLocation: {location}yz\r\n\r\n".encode())
    assert len(_send(server).headers["location"]) > MAX_URL


def test_headers_are_text_without_control_characters(server: Server) -> None:
    server.serve = _ok(b"text", "ETag: \xe9\x1b[31m", "Server: a\tb")
    assert _send(server).headers["etag"] == "é[31m"
    assert _send(server).headers["server"] == "ab"


def test_no_connection_stays_open(server: Server) -> None:
    server.serve = _endless
    with pytest.raises(FetchFailed):
        _send(server)
    for _ in range(100):
        if server.closed:
            break
        time.sleep(0.02)
    assert server.closed == [True]


def test_a_server_that_speaks_no_tls_has_its_reason(server: Server) -> None:
    server.serve = _says(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(FetchFailed) as failed:
        _send(server, "https://a.example/")
    assert failed.value.reason == "tls_failed"


def test_the_environment_s_proxy_is_used_only_if_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.serve = _ok(b"text")
    assert _send(server).body == b"text"


@pytest.mark.parametrize("named", ["socks4://p.example", "http://p.example:port", "ftp://p"])
def test_a_proxy_that_cannot_be_used_is_the_user_s_error(
    named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", named)
    with pytest.raises(InputError, match="the environment names the proxy"):
        Transport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), environment_proxy=True)


def test_a_proxy_may_be_named_without_scheme(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"{LOOPBACK}:{server.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    server.serve = _ok(b"by proxy")

    async def send() -> Answer:
        transport = Transport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), environment_proxy=True)
        address = parse("http://a.example/")
        return await transport.send("GET", address, [("93.184.216.34", 80)], {}, Limit(99))

    assert asyncio.run(send()).body == b"by proxy"
    assert server.asked[0].startswith(b"GET http://93.184.216.34/ ")


def test_one_module_imports_httpx() -> None:
    package = Path(__file__).parents[3] / "assess"
    found = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^\s*(?:import|from) httpx\b", path.read_text("utf-8"), re.M)
    ]
    assert found == ["scrape/fetch/transport.py"]
