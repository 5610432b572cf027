"""Which web addresses may be visited, and at which network address."""

from __future__ import annotations

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.fetch.addresses import (
    MAX_ADDRESSES,
    MAX_URL,
    AddressGuard,
    parse,
    refusal,
    registrable,
    resolve,
)
from assess.scrape.fetch.errors import FetchFailed

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://A.Example", "http://a.example/"),
        ("  https://a.example/x#part ", "https://a.example/x"),
        ("HTTPS://a.example:443/", "https://a.example/"),
        ("https://a.example:80/", "https://a.example:80/"),
        ("http://a.example./x", "http://a.example/x"),
        ("http://a。example。/", "http://a.example/"),
        ("http://a.example?id=1", "http://a.example/?id=1"),
        ("http://a.example/our policy.pdf", "http://a.example/our%20policy.pdf"),
        ("http://a.example/%C3%A9/é?q=é x", "http://a.example/%C3%A9/%C3%A9?q=%C3%A9%20x"),
        ("http://a.example//b", "http://a.example//b"),
        ("http://Bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://[2606:4700::1111]/x", "http://[2606:4700::1111]/x"),
        ("http://[::FFFF:127.0.0.1]/x", "http://[::ffff:127.0.0.1]/x"),
        ("http://8.8.8.8/x", "http://8.8.8.8/x"),
    ],
)
def test_addresses_take_one_form(written: str, url: str) -> None:
    assert parse(written).url == url


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "bad_url"),
        ("a.example/x", "bad_url"),
        ("//a.example/x", "bad_url"),
        ("ftp://a.example/", "bad_url"),
        ("file:///etc/passwd", "bad_url"),
        ("javascript:alert(1)", "bad_url"),
        ("http:///x", "bad_url"),
        ("http://./", "bad_url"),
        ("http://.example/", "bad_url"),
        ("http://a..example/", "bad_url"),
        ("http://a example/", "bad_url"),
        ("http://a%2eexample/", "bad_url"),
        ("http://a\\b.example/", "bad_url"),
        ("http://a.example/x\r\nHost: b", "bad_url"),
        ("http://a.example/\0", "bad_url"),
        ("http://a.example/\ud800", "bad_url"),
        ("http://a.example/\u202efdp", "bad_url"),
        (f"http://{'ä' * 70}.example/", "bad_url"),
        (f"http://a.example/{'x' * MAX_URL}", "bad_url"),
        ("http://[::1", "bad_url"),
        ("http://[fe80::1%25eth0]/", "bad_url"),
        ("http://a.example:99999/", "bad_url"),
        ("http://a.example:x/", "bad_url"),
        # Numbers that a system would take for a network address.
        ("http://2130706433/", "bad_url"),
        ("http://0x7f.1/", "bad_url"),
        ("http://0177.0.0.1/", "bad_url"),
        ("http://127.1/", "bad_url"),
        ("http://31.12.2023/", "bad_url"),
        ("http://a.example.0x/", "bad_url"),
        ("http://user@a.example/", "credentials_in_url"),
        ("http://user:word@a.example/", "credentials_in_url"),
        ("http://@a.example/", "credentials_in_url"),
        ("http://a.example:8080/", "forbidden_port"),
        ("http://a.example:0/", "forbidden_port"),
        ("https://a.example:22/", "forbidden_port"),
    ],
)
def test_what_cannot_be_visited_says_why(written: str, reason: str) -> None:
    with pytest.raises(FetchFailed) as failed:
        parse(written)
    assert failed.value.reason == reason


def test_other_ports_are_for_private_networks() -> None:
    assert parse("http://a.example:8080/x", any_port=True).url == "http://a.example:8080/x"


_HOSTS = st.text(alphabet="aZé.-。[]:@%1ß0x\\ /?#\u200d", max_size=20)


@given(st.one_of(st.text(), _HOSTS.map("http://{}/".format), st.text().map("http://a.b/".__add__)))
def test_any_text_is_an_address_in_its_one_form_or_fails(written: str) -> None:
    try:
        address = parse(written)
    except FetchFailed:
        return
    assert parse(address.url) == address
    assert address.url.isascii()


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.shop.a.co.uk", "a.co.uk"),
        ("a.example", "a.example"),
        ("co.uk", "co.uk"),
        ("one.github.io", "one.github.io"),
        ("10.0.0.1", "10.0.0.1"),
        ("2606:4700::1", "2606:4700::1"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_hosts_belong_to_registrable_domains(host: str, domain: str) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "0177.0.0.1",
        "2130706433",
        "a.example",
        "",
    ],
)
def test_special_addresses_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_public_addresses_are_visited(address: str) -> None:
    assert refusal(address) is None


def _endpoints(*found: str, allow_private: bool = False) -> list[tuple[str, int]]:
    async def resolver(_host: str, port: int) -> list[tuple[str, int]]:
        return [(place, port) for place in found]

    guard = AddressGuard(resolver, allow_private=allow_private)
    return asyncio.run(guard.endpoints(parse("http://a.example/")))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FetchFailed, match=r"leads to 10\.0\.0\.1") as failed:
        _endpoints(PUBLIC, "10.0.0.1")
    assert failed.value.reason == "forbidden_address"


def test_private_addresses_are_visited_if_asked() -> None:
    assert _endpoints("10.0.0.1", allow_private=True) == [("10.0.0.1", 80)]


def test_an_address_is_tried_once_and_not_too_many() -> None:
    many = [f"93.184.216.{n}" for n in range(20)]
    assert _endpoints(PUBLIC, PUBLIC) == [(PUBLIC, 80)]
    assert len(_endpoints(*many)) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "no_such_host"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "connect_failed"),
        (UnicodeError("label too long"), "no_such_host"),
        (TimeoutError(), "connect_failed"),
    ],
)
def test_an_unknown_name_is_told_from_a_name_server_that_does_not_answer(
    error: Exception, reason: str
) -> None:
    async def resolver(_host: str, _port: int) -> list[tuple[str, int]]:
        raise error

    with pytest.raises(FetchFailed) as failed:
        asyncio.run(AddressGuard(resolver).endpoints(parse("http://a.example/")))
    assert failed.value.reason == reason


def test_a_name_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.scrape.fetch.addresses.RESOLVE_SECONDS", 0.02)

    async def resolver(_host: str, _port: int) -> list[tuple[str, int]]:
        await asyncio.sleep(60)
        return []

    with pytest.raises(FetchFailed) as failed:
        asyncio.run(AddressGuard(resolver).endpoints(parse("http://a.example/")))
    assert failed.value.reason == "connect_failed"


def test_no_address_is_no_host() -> None:
    with pytest.raises(FetchFailed, match="no_such_host"):
        _endpoints()


@pytest.mark.parametrize("host", ["localhost", "a.localhost"])
def test_names_below_localhost_are_loopback(host: str) -> None:
    assert asyncio.run(resolve(host, 80)) == [("127.0.0.1", 80)]
