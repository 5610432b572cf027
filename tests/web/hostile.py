"""All hostile sites, and the web of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tests.web import (  # noqa: F401 (their import declares the attacks)
    attacks_connection,
    attacks_content,
    attacks_redirect,
    attacks_robots,
)
from tests.web.attacks import DECLARED
from tests.web.sites import Attack, Web


@cache
def attacks() -> Mapping[str, Attack]:
    """By name."""
    return {name: make() for name, make in DECLARED.items()}


def hostile_web() -> Web:
    """Only hostile sites."""
    made = attacks()
    return Web(
        {site.host: site for attack in made.values() for site in attack.sites},
        addresses={
            name: where for attack in made.values() for name, where in attack.addresses.items()
        },
        attacks=made,
    )
