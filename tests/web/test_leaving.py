"""A client that gives up and asks again is not seen twice, however busy the server is."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from tests.web import behaviours
from tests.web.local import LocalWeb
from tests.web.sites import Page, Site, Web

_BEHAVIOURS = (behaviours.endless_body, behaviours.never_answers, behaviours.drip_head)
_HOSTS = [f"busy-{number}.example" for number in range(60)]


async def _asks_and_gives_up(
    local: LocalWeb, host: str, number: int, trust: ssl.SSLContext | None
) -> None:
    """One request after the other, each given up after a moment."""
    address, port = local.client.resolve(host, 443 if trust else 80)[0]
    name = host if trust else None
    for turn in range(10):
        reader, writer = await asyncio.open_connection(
            address, port, ssl=trust, server_hostname=name
        )
        writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        try:
            async with asyncio.timeout(0.01 + (number * 7 + turn * 3) % 20 / 200):
                while await reader.read(65536):
                    pass
        except TimeoutError:
            writer.transport.abort()


async def _everybody(local: LocalWeb) -> None:
    trust = local.trust()
    await asyncio.gather(
        *(
            _asks_and_gives_up(local, host, number, trust if number % 4 == 0 else None)
            for number, host in enumerate(_HOSTS)
        )
    )


@pytest.fixture
def local() -> LocalWeb:
    sites = {
        host: Site(host, any_page=Page(behaviour=_BEHAVIOURS[number % len(_BEHAVIOURS)]))
        for number, host in enumerate(_HOSTS)
    }
    return LocalWeb(Web(sites))


def test_never_two_at_once(local: LocalWeb) -> None:
    with local:
        asyncio.run(_everybody(local))
        assert local.log.settled(20)
        assert local.log.max_in_flight() > 20
        assert set(local.log.max_in_flight_each().values()) == {1}
