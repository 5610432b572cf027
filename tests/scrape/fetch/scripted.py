"""A network that answers by a script, and a fetcher on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assess.scrape.fetch.addresses import Address, AddressGuard
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.fetcher import Fetcher, Settings
from assess.scrape.fetch.lanes import Lanes
from assess.scrape.fetch.robots import RobotsStore
from assess.scrape.fetch.transport import Answer, Limit, Transport

Said = Answer | FetchFailed | Callable[[], Answer]

PUBLIC = "93.184.216.34"
PRIVATE = "10.0.0.1"


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    url: str
    place: str
    headers: Mapping[str, str]


@dataclass
class Scripted(Transport):
    """Answers by address: the first of those left for it, the last one again and again.

    What is not in the script is answered with 404.
    """

    script: dict[str, list[Said]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    async def send(
        self,
        method: str,
        address: Address,
        endpoints: Sequence[tuple[str, int]],
        headers: Mapping[str, str],
        limit: Limit,
    ) -> Answer:
        self.asked.append(Asked(method, address.url, endpoints[0][0], headers))
        said = self.script.get(address.url, [Answer(404, {})])
        one = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(one, FetchFailed):
            raise one
        return one if isinstance(one, Answer) else one()

    def urls(self, *, robots: bool = False) -> list[str]:
        """What was asked, in order."""
        return [a.url for a in self.asked if robots or not a.url.endswith("/robots.txt")]


def page(body: bytes = b"<html><p>text</p></html>", **headers: str) -> Answer:
    """A page with status 200."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(200, {"content-type": "text/html", **named}, body)


def moved(to: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(status, {"location": to})


def scripted(
    script: Mapping[str, Said | list[Said]],
    *,
    private: Sequence[str] = (),
    store: RobotsStore | None = None,
) -> tuple[Fetcher, Scripted]:
    """A fetcher without pauses; hosts of ``private`` have a private address."""
    said = {url: one if isinstance(one, list) else [one] for url, one in script.items()}
    network = Scripted(said)

    async def resolve(host: str, port: int) -> list[tuple[str, int]]:
        return [(PRIVATE if host in private else PUBLIC, port)]

    fetcher = Fetcher(network, AddressGuard(resolve), Lanes(0.0), Settings("assess/1"), store)
    return fetcher, network
