"""Hostile sites do what their names say."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator

import httpx
import pytest

from assess.scrape.fetch.reasons import REASONS
from tests.web.asking import ask, connect, everything, get
from tests.web.attacks_content import FANCY
from tests.web.behaviours import BIG, BODY
from tests.web.hostile import attacks, hostile_web
from tests.web.local import LocalWeb

_NAMES = sorted(attacks())


@pytest.fixture(scope="module")
def running() -> Iterator[LocalWeb]:
    with LocalWeb(hostile_web()) as local:
        yield local


@pytest.fixture
def local(running: LocalWeb) -> LocalWeb:
    running.reset()
    return running


def url(name: str) -> str:
    return attacks()[name].url


def raw(local: LocalWeb, name: str, limit: int = 2**20) -> bytes:
    return everything(ask(local, url(name)), limit)


@pytest.mark.parametrize("name", _NAMES)
def test_each_reason_is_one_of_ours(name: str) -> None:
    assert attacks()[name].reasons
    assert set(attacks()[name].reasons) <= REASONS.keys() | {""}


@pytest.mark.parametrize("name", ["slow_loris", "slow_body", "robots_drip"])
def test_drips(local: LocalWeb, name: str) -> None:
    path = "robots.txt" if name.startswith("robots") else ""
    with ask(local, url(name) + path) as sock:
        sock.recv(65536)
        started = time.monotonic()
        pieces = [sock.recv(65536) for _ in range(4)]
    assert all(pieces)
    assert time.monotonic() - started > 0.5


@pytest.mark.parametrize("name", ["endless_body", "big_file", "big_file_without_length"])
def test_more_than_a_client_wants(local: LocalWeb, name: str) -> None:
    assert len(raw(local, name, 50_000_000)) >= 50_000_000
    assert local.log.settled()
    assert 50_000_000 <= local.log.records()[0].bytes_sent < 70_000_000


def test_big_file_has_its_length(local: LocalWeb) -> None:
    assert get(local, url("big_file"), "HEAD").headers["content-length"] == str(BIG)
    assert "content-length" not in get(local, url("big_file_without_length"), "HEAD").headers


@pytest.mark.parametrize("name", ["never_answers", "robots_timeout"])
def test_silence(local: LocalWeb, name: str) -> None:
    path = "robots.txt" if name.startswith("robots") else ""
    with ask(local, url(name) + path, timeout=0.3) as sock, pytest.raises(TimeoutError):
        sock.recv(1)


def test_endless_interim(local: LocalWeb) -> None:
    got = raw(local, "endless_interim", 1000)
    assert got.count(b"HTTP/1.1 103") > 5
    assert b"HTTP/1.1 200" not in got


def test_header_floods(local: LocalWeb) -> None:
    assert raw(local, "header_flood", 1_150_000).count(b"\r\nX-") > 95_000
    long = raw(local, "header_of_a_megabyte", 1_000_000)
    assert max(map(len, long.split(b"\r\n"))) > 990_000


def test_no_connection(local: LocalWeb) -> None:
    with pytest.raises(ConnectionRefusedError):
        connect(local, url("refuses_connection"))
    for _ in range(3):
        with pytest.raises(TimeoutError):
            connect(local, url("never_connects"), 0.2)


@pytest.mark.parametrize("name", ["drops_at_accept", "drops_connection"])
def test_resets(local: LocalWeb, name: str) -> None:
    with pytest.raises(ConnectionResetError):
        raw(local, name)
    assert local.log.settled()
    assert local.log.count() == 1
    assert local.log.records()[0].bytes_sent == 0


def test_drops_midway(local: LocalWeb) -> None:
    assert raw(local, "drops_mid_header").endswith(b"Content-Ty")
    sock = ask(local, url("drops_mid_body"))
    with pytest.raises(ConnectionResetError):
        everything(sock)
    with pytest.raises(httpx.ReadError):
        get(local, url("drops_mid_body"))


def test_no_http(local: LocalWeb) -> None:
    assert raw(local, "garbage_bytes").startswith(b"\x00\x01\x02")
    assert raw(local, "http09") == BODY
    for name in ("garbage_bytes", "http09"):
        with pytest.raises(httpx.RemoteProtocolError):
            get(local, url(name))


@pytest.mark.parametrize("name", ["length_too_long", "length_too_short"])
def test_false_lengths(local: LocalWeb, name: str) -> None:
    head, _, body = raw(local, name).partition(b"\r\n\r\n")
    assert body == BODY
    said = int(head.rpartition(b"Content-Length: ")[2])
    assert (said > len(body)) == (name == "length_too_long")


@pytest.mark.parametrize(
    "name",
    ["length_negative", "two_lengths", "chunked_broken", "chunked_without_end", "length_too_long"],
)
def test_broken_framing(local: LocalWeb, name: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        get(local, url(name))


def test_odd_but_whole(local: LocalWeb) -> None:
    for name in ("no_length_close", "closes_unannounced", "head_refused"):
        assert get(local, url(name)).content == BODY
    assert get(local, url("head_refused"), "HEAD").status_code == 405
    assert raw(local, "closes_unannounced").endswith(BODY)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("expired_certificate", "expired"),
        ("self_signed", "self-signed"),
        ("unknown_authority", "unable to get local issuer"),
        ("wrong_host_certificate", "not valid for"),
        ("tls_garbage", ""),
    ],
)
def test_bad_certificates(local: LocalWeb, name: str, why: str) -> None:
    host = httpx.URL(url(name)).host
    with connect(local, url(name)) as sock, pytest.raises(ssl.SSLError) as error:
        local.trust().wrap_socket(sock, server_hostname=host)
    assert why.replace("-", " ") in str(error.value).lower().replace("-", " ")
    assert isinstance(error.value, ssl.SSLCertVerificationError) == bool(why)
    assert get(local, url(name).replace("https", "http")).content == BODY


def follow(local: LocalWeb, start: str, most: int = 12) -> list[str]:
    """The locations that an address leads to, one after another, on the same host."""
    found: list[str] = []
    where = httpx.URL(start)
    while len(found) < most and (response := get(local, str(where))).is_redirect:
        found.append(response.headers["location"])
        where = where.join(found[-1])
    return found


def test_redirects(local: LocalWeb) -> None:
    assert follow(local, url("redirect_loop")) == ["/b", "/"] * 6
    assert len(follow(local, url("redirect_chain_of_5"))) == 5
    assert len(follow(local, url("redirect_chain_of_6"))) == 6
    assert len(set(follow(local, url("endless_redirect_new_urls")))) == 12


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("redirect_to_private", "http://10.0.0.1/"),
        ("redirect_to_ipv6_loopback", "http://[::1]/"),
        ("redirect_to_mapped_loopback", "http://[::ffff:127.0.0.1]/"),
        ("redirect_to_file", "file:///etc/passwd"),
        (
            "redirect_with_credentials",
            "http://user:secret@redirect-with-credentials.example/statement",
        ),
    ],
)
def test_redirects_elsewhere(local: LocalWeb, name: str, location: str) -> None:
    assert f"\r\nLocation: {location}\r\n".encode() in raw_head(local, name)


def raw_head(local: LocalWeb, name: str) -> bytes:
    with ask(local, url(name)) as sock:
        return sock.recv(65536)


def test_names_that_lead_elsewhere(local: LocalWeb) -> None:
    assert local.client.resolve("mixed.example", 80)[1] == ("10.0.0.1", 80)
    assert local.client.resolve("inside.example", 443) == [("10.0.0.1", 443)]
    with pytest.raises(socket.gaierror):
        local.client.resolve("nobody-has-this-name.example", 80)


def test_no_test_leaves_this_machine(local: LocalWeb) -> None:
    with pytest.raises(OSError, match="not on this machine"):
        ask(local, url("mixed_addresses"))


def test_robots(local: LocalWeb) -> None:
    def robots(name: str) -> httpx.Response:
        return get(local, str(httpx.URL(url(name)).join("/robots.txt")))

    assert robots("slow_loris").status_code == 404
    assert robots("robots_500").status_code == 500
    assert robots("robots_403").status_code == 403
    assert robots("robots_huge").text.rindex("Disallow: /\n") > 1_000_000
    assert robots("robots_redirect").headers["location"].startswith("http://rules-of-")
    assert "Disallow: /\n" in robots("robots_disallow").text
    assert "Crawl-delay: 2\n" in robots("crawl_delay").text
    assert len(everything(ask(local, url("robots_endless") + "robots.txt"), 5_000_000)) >= 5_000_000


def test_retries(local: LocalWeb) -> None:
    def statuses(name: str) -> list[int]:
        return [get(local, url(name)).status_code for _ in range(4)]

    assert statuses("retry_after_429") == [429, 200, 200, 200]
    assert statuses("flaky_503") == [503, 503, 200, 200]
    assert statuses("always_429") == [429] * 4
    assert get(local, url("retry_after_a_day")).headers["retry-after"] == "86400"
    assert get(local, url("retry_after_date")).headers["retry-after"].endswith("GMT")
    local.reset()
    assert statuses("flaky_503") == [503, 503, 200, 200]


def test_bomb(local: LocalWeb) -> None:
    """Few bytes, valid as they go; unpacked no further than 100 MB here."""
    head, _, packed = raw(local, "gzip_bomb", 10_000_000).partition(b"\r\n\r\n")
    assert f"Content-Length: {len(packed)}".encode() in head
    assert len(packed) < 8_000_000
    unpacked = zlib.decompressobj(31).decompress(packed, 100_000_000)
    assert unpacked.count(0) == 100_000_000
    twice = raw_body(local, "gzip_bomb_twice_packed")
    assert len(twice) < 1000
    assert len(gzip.decompress(gzip.decompress(twice))) == 1 << 26


def raw_body(local: LocalWeb, name: str) -> bytes:
    """As sent, still compressed."""
    with ask(local, url(name), 0.3) as sock:
        return sock.recv(1 << 20).partition(b"\r\n\r\n")[2]


def test_bad_encodings(local: LocalWeb) -> None:
    with pytest.raises(EOFError):
        gzip.decompress(raw_body(local, "truncated_gzip"))
    with pytest.raises(httpx.DecodingError):
        get(local, url("not_gzip"))
    assert get(local, url("gzip_unasked")).content == BODY
    assert get(local, url("deflate_without_header")).content == BODY
    assert BODY in raw_body(local, "brotli_unasked")


def test_charsets(local: LocalWeb) -> None:
    said = {
        "wrong_charset_cp1252_as_utf8": ("utf-8", "cp1252"),
        "wrong_charset_utf8_as_cp1252": ("windows-1252", "utf-8"),
        "charset_cp1252": ("windows-1252", "cp1252"),
    }
    for name, (header, real) in said.items():
        response = get(local, url(name))
        assert response.headers["content-type"].endswith(header)
        assert FANCY in response.content.decode(real)


def test_false_types(local: LocalWeb) -> None:
    assert get(local, url("pdf_as_html")).content.startswith(b"%PDF-")
    assert get(local, url("pdf_as_html")).headers["content-type"].startswith("text/html")
    assert get(local, url("html_as_pdf")).content == BODY
    assert get(local, url("empty_body")).content == b""
    assert get(local, url("no_content")).status_code == 204
    assert get(local, url("partial_content")).status_code == 206


def test_a_calendar_has_ever_new_links(local: LocalWeb) -> None:
    one, two = (get(local, url("calendar_trap") + path).text for path in ("", "deeper"))
    assert one.count("href") == two.count("href") == 12
    assert one != two


def test_hostile_sites_do_not_harm_each_other(local: LocalWeb) -> None:
    with ask(local, url("endless_body")), ask(local, url("slow_loris")):
        assert get(local, url("image")).content.startswith(b"GIF89a")
