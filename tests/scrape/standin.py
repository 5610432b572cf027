"""The local web in place of the internet: names lead to made-up public addresses, which are
checked as any other, and connections to these end at the local server."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Final

from assess.scrape.network import Network
from tests.web.client import LOOPBACK, ClientSide

# Public, and never connected to.
_FIRST: Final = int(ipaddress.ip_address("8.20.0.0"))


@dataclass
class StandIn:
    """Resolver and dialler for one running local web."""

    client: ClientSide
    _hosts: dict[str, str] = field(default_factory=dict)
    """By made-up address."""

    async def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        """As the system would: made-up public addresses for the web's own hosts."""
        if host in self.client.addresses or host not in self.client.ports:
            return self.client.resolve(host, port)
        number = sorted(self.client.ports).index(host)
        address = str(ipaddress.ip_address(_FIRST + number))
        self._hosts[address] = host
        return [(address, port)]

    def dial(self, place: str, port: int) -> tuple[str, int]:
        """Where a connection to a checked address really goes."""
        host = self._hosts.get(place)
        if host is None:
            raise AssertionError(f"a connection to {place} would leave the local web")
        http, tls = self.client.ports[host]
        return LOOPBACK, {80: http, 443: tls}[port]

    def network(self, *, delay: float, seconds: float = 5.0) -> Network:
        """For `assess.scrape.run`; private addresses are refused as ever."""
        return Network(
            contact="tests@example.org",
            delay=delay,
            total_seconds=seconds,
            resolve=self.resolve,
            dial=self.dial,
            trust=self.client.trust(),
        )
