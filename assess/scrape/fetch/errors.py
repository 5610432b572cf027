"""The one way in which a request fails."""

from __future__ import annotations


class FetchFailed(Exception):  # noqa: N818 - a state of the visit, not of the program
    """No document came; ``reason`` is a code of `assess.scrape.fetch.reasons`."""

    def __init__(self, reason: str, detail: str = "", status: int | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.status = status
