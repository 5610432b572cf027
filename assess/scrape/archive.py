"""The Internet Archive's newest capture of a page that is gone."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote

# Documented at archive.org/help/wayback_api.php.
AVAILABILITY: Final = "https://archive.org/wayback/available?url="
# ``id_``: the page as it was sent, without the archive's own banner and changed links.
CAPTURE: Final = "https://web.archive.org/web/{timestamp}id_/{url}"
_DIGITS: Final = 14


def availability_url(url: str) -> str:
    """The address that tells the newest capture of ``url``."""
    return AVAILABILITY + quote(url, safe="")


def capture_url(answer: bytes, url: str) -> str | None:
    """The newest capture that an answer of `availability_url` names, or None."""
    try:
        closest = json.loads(answer)["archived_snapshots"]["closest"]
        timestamp, status = str(closest["timestamp"]), str(closest.get("status", "200"))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not (timestamp.isdecimal() and len(timestamp) == _DIGITS) or status != "200":
        return None
    return CAPTURE.format(timestamp=timestamp, url=url)
