"""placeholder"""

from tests.web.sites import Web


def hostile_web() -> Web:
    return Web({})
