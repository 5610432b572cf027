"""A plain client for the tests of the local web itself."""

from __future__ import annotations

import socket

import httpx

from tests.web.client import LOOPBACK
from tests.web.local import LocalWeb


def get(local: LocalWeb, url: str, method: str = "GET", **headers: str) -> httpx.Response:
    """Asks once, follows nothing, resolves by the web's own resolver."""
    asked = httpx.URL(url)
    address, port = _place(local, asked)
    with httpx.Client(verify=local.trust(), trust_env=False, timeout=5) as client:
        return client.request(
            method,
            asked.copy_with(host=address, port=port),
            headers={"Host": asked.host, **headers},
            extensions={"sni_hostname": asked.host},
        )


def connect(local: LocalWeb, url: str, timeout: float = 5) -> socket.socket:
    """A plain connection to an address's host."""
    return socket.create_connection(_place(local, httpx.URL(url)), timeout)


def ask(local: LocalWeb, url: str, timeout: float = 5) -> socket.socket:
    """The same after sending a request."""
    sock = connect(local, url, timeout)
    asked = httpx.URL(url)
    sock.sendall(f"GET {asked.raw_path.decode()} HTTP/1.1\r\nHost: {asked.host}\r\n\r\n".encode())
    return sock


def everything(sock: socket.socket, limit: int = 2**20) -> bytes:
    """What comes until the other side closes, or as much as the limit; closes."""
    got = bytearray()
    with sock:
        while len(got) < limit and (data := sock.recv(65536)):
            got += data
    return bytes(got)


def _place(local: LocalWeb, url: httpx.URL) -> tuple[str, int]:
    port = url.port or (443 if url.scheme == "https" else 80)
    place = local.client.resolve(url.host, port)[0]
    if place[0] != LOOPBACK:  # some names lead elsewhere, and no test may go there
        raise OSError(f"{url.host} is not on this machine")
    return place
