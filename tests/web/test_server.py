"""The local web serves, resolves and logs as it says."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.web.asking import ask, get
from tests.web.build import build_web
from tests.web.client import load
from tests.web.local import LocalWeb
from tests.web.sites import Site, Web, html, path_key, plain

_SITES = {
    "slow.example": Site("slow.example", {"/": html("x")}, delay=0.3),
    "www.slow.example": Site("www.slow.example", {"/": html("y")}, delay=0.3),
    "big.example": Site("big.example", {"/": html("z" * 30_000_000)}),
    "robots.example": Site("robots.example", robots=plain("User-agent: *\nDisallow: /\n")),
}


@pytest.fixture(scope="module")
def running() -> Iterator[LocalWeb]:
    web = build_web(sites=44, documents=88)
    addresses = {"mixed.example": ("93.184.216.34", "10.0.0.1")}
    with LocalWeb(Web({**web.sites, **_SITES}, web.truth, web.documents, addresses)) as local:
        yield local


@pytest.fixture
def local(running: LocalWeb) -> LocalWeb:
    """With an empty log."""
    running.reset()
    return running


def test_every_document_is_there_and_no_two_are_the_same(local: LocalWeb) -> None:
    bodies = {get(local, url).raise_for_status().content for url in local.web.documents}
    assert len(bodies) == 88
    assert sum(body.startswith(b"%PDF-") for body in bodies) == 22
    assert local.log.count() == 88


def test_the_truth_is_the_truth(local: LocalWeb) -> None:
    """Each home page answers, at last, and each statement is at its final address."""
    for truth in local.web.truth.values():
        home = get(local, truth.home_url)
        for _ in range(2):
            if home.is_redirect:
                home = get(local, home.headers["location"])
        assert home.status_code == 200
        assert ("modern slavery" in home.text.lower()) <= (truth.homepage_value != "partial")
        for url in truth.statement_urls:
            assert get(local, url).status_code == 200


def test_one_path_however_it_is_spelt() -> None:
    assert path_key("/a%20b/./c/../d/.?x=%31#f") == path_key("/a b/d?x=1") == "/a b/d?x=1"
    assert path_key("") == path_key("/.") == path_key("/?") == "/"


def test_same_seed_same_web() -> None:
    assert build_web(sites=22, documents=22, seed=3) == build_web(sites=22, documents=22, seed=3)
    assert build_web(sites=22, seed=3) != build_web(sites=22, seed=4)


def test_redirects_to_https_and_www(local: LocalWeb) -> None:
    assert get(local, "http://company-0011.example/").headers["location"] == (
        "https://company-0011.example/"
    )
    assert get(local, "https://company-0022.example/a?b").headers["location"] == (
        "https://www.company-0022.example/a?b"
    )


def test_conditional_requests(local: LocalWeb) -> None:
    first = get(local, "http://company-0000.example/")
    again = get(local, "http://company-0000.example/", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get(local, "http://company-0000.example/", **{"If-None-Match": '"x"'}).status_code == 200


def test_robots_and_not_found(local: LocalWeb) -> None:
    assert "Disallow: /" in get(local, "http://robots.example/robots.txt").text
    assert get(local, "http://company-0000.example/robots.txt").status_code == 404
    assert get(local, "http://company-0000.example/nothing").status_code == 404


def test_another_authority_is_not_trusted(local: LocalWeb) -> None:
    host, port = local.client.resolve("company-0000.example", 443)[0]
    with (
        socket.create_connection((host, port)) as sock,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        ssl.create_default_context().wrap_socket(sock, server_hostname="company-0000.example")


def test_resolver(local: LocalWeb) -> None:
    resolve = local.resolver()
    http = asyncio.run(resolve("company-0000.example", 80))
    assert http[0][0] == "127.0.0.1"
    assert http != asyncio.run(resolve("Company-0000.example.", 443))
    assert asyncio.run(resolve("mixed.example", 80)) == [("93.184.216.34", 80), ("10.0.0.1", 80)]
    assert asyncio.run(resolve("[::1]", 80)) == [("::1", 80)]
    with pytest.raises(socket.gaierror):
        asyncio.run(resolve("unknown.example", 80))


def test_the_log_tells_requests_in_flight(local: LocalWeb) -> None:
    socks = [ask(local, f"http://{host}/") for host in ("slow.example", "www.slow.example")]
    time.sleep(0.1)
    assert [record.ended for record in local.log.records()] == [None, None]
    for sock in socks:
        sock.recv(1)
        sock.close()
    assert local.log.settled()
    assert local.log.max_in_flight_by("slow.example") == 2
    assert [record.in_flight_on_host for record in local.log.records()] == [1, 1]


def test_one_after_the_other_is_never_two_in_flight(local: LocalWeb) -> None:
    """Also on a new connection at once, by TLS, and for a body that fills the socket's buffer."""
    for _ in range(10):
        get(local, "http://big.example/")
        get(local, "https://big.example/")
    assert local.log.settled()
    assert local.log.max_in_flight_by("big.example") == 1
    assert len(local.log.gaps("big.example")) == 19
    assert all(gap >= 0 for gap in local.log.gaps("big.example"))
    assert all(record.bytes_sent > 30_000_000 for record in local.log.records())


def test_a_client_that_leaves_ends_its_request(local: LocalWeb) -> None:
    for _ in range(20):
        sock = ask(local, "http://slow.example/")
        time.sleep(0.02)  # the server reads it
        sock.close()
    assert local.log.settled()
    assert local.log.max_in_flight_by("slow.example") == 1
    assert local.log.count() == 20


_CLIENT = """
import socket, sys, time
from pathlib import Path
from tests.web.client import load
side = load(Path(sys.argv[1]))
sock = socket.create_connection(side.resolve("slow.example", 80)[0])
sock.sendall(b"GET / HTTP/1.1\\r\\nHost: slow.example\\r\\n\\r\\n")
print("asked", flush=True)
time.sleep(60)
"""


def test_the_web_outlives_a_client_that_is_killed(local: LocalWeb) -> None:
    client = subprocess.Popen(
        [sys.executable, "-c", _CLIENT, str(local.description)], stdout=subprocess.PIPE
    )
    assert client.stdout is not None
    assert client.stdout.readline() == b"asked\n"
    client.kill()
    client.communicate()
    assert local.log.settled()
    assert local.log.count("slow.example") == 1
    assert get(local, "http://slow.example/").text == "x"


_OWNER = """
import time
from tests.web.local import LocalWeb
from tests.web.sites import Site, Web, html
with LocalWeb(Web({"a.example": Site("a.example", {"/": html("a")})})) as local:
    print(local.client.resolve("a.example", 80)[0][1], flush=True)
    time.sleep(60)
"""


def test_the_web_does_not_outlive_its_owner_that_is_killed() -> None:
    owner = subprocess.Popen([sys.executable, "-c", _OWNER], stdout=subprocess.PIPE)
    assert owner.stdout is not None
    port = int(owner.stdout.readline())
    socket.create_connection(("127.0.0.1", port)).close()
    owner.kill()
    owner.communicate()
    assert _is_free_within(port, seconds=5)


def _is_free_within(port: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return True
        time.sleep(0.05)
    return False


def test_a_description_says_all_a_client_needs(local: LocalWeb) -> None:
    assert load(local.description) == local.client


def test_the_server_is_gone_afterwards() -> None:
    with LocalWeb(Web({"a.example": Site("a.example", {"/": html("a")})})) as local:
        place = local.client.resolve("a.example", 80)[0]
        assert get(local, "http://a.example/").text == "a"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(place)


def test_httpx_keeps_its_connection(local: LocalWeb) -> None:
    host, port = local.client.resolve("company-0000.example", 80)[0]
    with httpx.Client(trust_env=False) as client:
        for _ in range(3):
            response = client.get(
                f"http://{host}:{port}/", headers={"Host": "company-0000.example"}
            )
            assert response.status_code == 200
            assert "connection" not in response.headers
