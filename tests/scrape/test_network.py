"""What a collecting run needs of the network."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace

import pytest

from assess import __version__
from assess.errors import InputError
from assess.scrape.fetch.records import Reply, Request
from assess.scrape.network import Network, open_fetcher, user_agent
from assess.store import Workspace

NOBODY = Network(trust=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@pytest.mark.parametrize("contact", ["a@b.example", "https://b.example/bot?x=1", "a.b+c@d.co.uk"])
def test_sites_are_told_whom_to_ask(contact: str) -> None:
    agent = user_agent(contact)
    assert agent.startswith(f"assess/{__version__} (")
    assert agent.endswith(f"; contact {contact})")


def test_without_a_contact_the_purpose_is_told() -> None:
    assert user_agent("") == f"assess/{__version__} (collects modern slavery statements)"


@pytest.mark.parametrize(
    "contact",
    [
        "me",
        "a@b",
        "ftp://b.example",
        "a@b.example\r\nX: y",
        "a@b.example, c@d.example",
        "a@b.example)",
        "jörg@b.example",
        "https://b.example/é",
    ],
)
def test_a_contact_that_no_header_can_carry_is_refused(contact: str) -> None:
    with pytest.raises(InputError, match="--contact"):
        user_agent(contact)


def _open(workspace: Workspace, network: Network, url: str = "http://10.0.0.1/") -> Reply:
    async def run() -> Reply:
        async with open_fetcher(workspace, network) as fetcher:
            return await fetcher.fetch(Request(url))

    return asyncio.run(run())


def test_less_than_the_usual_pause_is_for_private_networks(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="--delay 1: less than 2 s"):
        _open(workspace, replace(NOBODY, delay=1.0))


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://localhost/", "https://[::1]/"])
def test_private_addresses_are_refused(workspace: Workspace, url: str) -> None:
    assert _open(workspace, NOBODY, url).reason == "forbidden_address"


def test_private_addresses_and_ports_are_visited_if_asked(workspace: Workspace) -> None:
    network = replace(NOBODY, allow_private=True, delay=0.0)
    reply = _open(workspace, network, "http://127.0.0.1:1/")
    assert (reply.reason, reply.detail != "") == ("connect_failed", True)


def test_other_ports_are_refused(workspace: Workspace) -> None:
    assert _open(workspace, NOBODY, "http://localhost:8080/").reason == "forbidden_port"
