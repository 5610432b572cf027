"""What was asked of a site and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# Headers that say what was sent, whether it changes and how long to wait; the rest is not kept.
HEADERS: Final = (
    "content-type",
    "content-length",
    "content-encoding",
    "content-disposition",
    "content-md5",
    "date",
    "etag",
    "last-modified",
    "location",
    "retry-after",
    "server",
)


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect on the way."""

    url: str
    """The address that answered."""
    status: int


@dataclass(frozen=True, slots=True)
class Request:
    """One page or document to ask for."""

    url: str
    method: str = "GET"
    """``GET`` or ``HEAD``."""
    etag: str = ""
    """Of what was kept before; the server may answer 304."""
    last_modified: str = ""
    max_bytes: int | None = None
    """Instead of what one document may have."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One attempt: the last answer after redirects, or why there is none.

    ``reason`` is None for a whole answer with status 200, or 304 to a conditional request; else a
    code of `assess.scrape.fetch.reasons`.
    """

    url: str
    """The address that was asked for."""
    final_url: str
    """Where redirects led."""
    started_at: str
    """UTC, ISO 8601 to the second."""
    seconds: float
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Those of `HEADERS`, names in lower case."""
    hops: tuple[Hop, ...] = ()
    body: bytes = b""
    """Decompressed."""
    reason: str | None = None
    detail: str = ""
    """More on the reason, for a person."""

    @property
    def unchanged(self) -> bool:
        """Whether the server says that what was kept before is current."""
        return self.reason is None and self.status == 304

    @property
    def media_type(self) -> str:
        """What the server calls it, without parameters; ``""`` if it does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset that the server names, or ``""``."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower()
        return ""
