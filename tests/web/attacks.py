"""How hostile sites are declared: one function each, whose name says the attack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from tests.web.sites import Attack, Behaviour, Page, Site

DECLARED: Final[dict[str, Callable[[], Attack]]] = {}
"""By name; complete once `tests.web.hostile` is imported."""

_Made = Site | tuple[Site, ...]


def attack(
    *reasons: str,
    path: str = "/",
    scheme: str = "http",
    addresses: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[Callable[[str], _Made]], Callable[[str], _Made]]:
    """Declares a function from a host's name to its site, or to that and the sites it leads to.

    ``reasons``: see `Attack`; ``path`` and ``scheme`` of the address that misbehaves.
    """

    def declare(make: Callable[[str], _Made]) -> Callable[[str], _Made]:
        name = make.__name__
        url = f"{scheme}://{host_of(name)}{path}"
        DECLARED[name] = partial(_attack, name, make, url, reasons, addresses or {})
        return make

    return declare


def _attack(
    name: str,
    make: Callable[[str], _Made],
    url: str,
    reasons: tuple[str, ...],
    addresses: Mapping[str, tuple[str, ...]],
) -> Attack:
    made = make(host_of(name))
    return Attack(name, made if isinstance(made, tuple) else (made,), url, reasons, addresses)


def host_of(name: str) -> str:
    """The host of an attack."""
    return f"{name.replace('_', '-')}.example"


def everywhere(host: str, behaviour: Behaviour) -> Site:
    """All paths but robots.txt behave so."""
    return Site(host, any_page=Page(behaviour=behaviour))


def answers(host: str, page: Page) -> Site:
    """All paths but robots.txt give this page."""
    return Site(host, any_page=page)
