"""The client's side: how a process finds the local web instead of the real one.

Imports little, because a measured client loads it.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Resolve = Callable[[str, int], Coroutine[None, None, list[tuple[str, int]]]]

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ClientSide:
    """What a client must know of a running web."""

    ports: Mapping[str, tuple[int, int]]
    """By host: where its ports 80 and 443 really are."""
    addresses: Mapping[str, Sequence[str]]
    """Names that lead elsewhere."""
    authority_pem: str
    log_path: Path

    def resolver(self) -> Resolve:
        """``await resolve(host, port)`` gives addresses with ports; unknown: `socket.gaierror`."""

        async def resolve(host: str, port: int) -> list[tuple[str, int]]:
            return self.resolve(host, port)

        return resolve

    def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        """As `resolver`, at once. An address stands for itself, as with the system's resolver."""
        name = host.strip("[]").rstrip(".").lower()
        if name in self.addresses:
            return [(address, port) for address in self.addresses[name]]
        if name in self.ports:
            http, tls = self.ports[name]
            return [(LOOPBACK, {80: http, 443: tls}.get(port, port))]
        try:
            return [(str(ipaddress.ip_address(name)), port)]
        except ValueError:
            raise socket.gaierror(socket.EAI_NONAME, f"no such host: {host}") from None

    def trust(self) -> ssl.SSLContext:
        """Trusts the test authority and no other."""
        return ssl.create_default_context(cadata=self.authority_pem)


def load(path: Path) -> ClientSide:
    """Reads the description that a running `LocalWeb` has written."""
    data = json.loads(path.read_text())
    return ClientSide(
        ports={host: (http, tls) for host, (http, tls) in data["ports"].items()},
        addresses=data["addresses"],
        authority_pem=data["authority_pem"],
        log_path=Path(data["log_path"]),
    )
