"""Bodies decompressed in small steps: a bomb is stopped at the limit, not at the memory's end."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from assess.scrape.fetch.errors import FetchFailed

# Bytes that one step may unpack; the limit is overshot by no more than this.
STEP: Final = 65_536
ACCEPTED: Final = "gzip, deflate"

_GZIP: Final = 16 + zlib.MAX_WBITS
_ZLIB: Final = zlib.MAX_WBITS
_RAW: Final = -zlib.MAX_WBITS


class Body:
    """The decompressed body, chunk by chunk, up to ``max_bytes`` of it."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        """Raise FetchFailed(``bad_encoding``) for a compression that was not asked for."""
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchFailed("bad_encoding", f"sent as {encoding[:40]!r}, which was not asked for")
        self._plain = self._encoding in ("", "identity")
        self._left = max_bytes
        self._max = max_bytes
        self._inflater: zlib._Decompress | None = None
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take a chunk as it was sent; yield what it holds, up to the limit.

        Raises:
            FetchFailed: ``too_large`` or ``bad_encoding``.
        """
        if self._plain:
            yield from self._within(chunk)
            return
        full = False
        while chunk or full:
            if self._inflater is None:
                if self._begun and not chunk.strip(b"\0"):
                    return  # padding after the last member
                self._inflater = zlib.decompressobj(self._window(chunk))
                self._begun = True
            try:
                data = self._inflater.decompress(chunk, STEP)
            except zlib.error as error:
                raise FetchFailed("bad_encoding", str(error)) from None
            yield from self._within(data)
            chunk = self._inflater.unconsumed_tail
            full = len(data) == STEP  # the inflater may hold back more, with all input taken
            if self._inflater.eof:
                chunk, full = self._inflater.unused_data, False
                self._inflater = None

    def finish(self) -> None:
        """Say that no chunk follows.

        Raises:
            FetchFailed: ``incomplete``, the compressed stream has not ended.
        """
        if not self._plain and self._begun and self._inflater is not None:
            raise FetchFailed("incomplete", "its compressed stream breaks off")

    def _window(self, chunk: bytes) -> int:
        if self._encoding != "deflate":
            return _GZIP
        # Some servers send "deflate" without the zlib header that the standard asks for.
        return _ZLIB if chunk[0] & 0x0F == 8 and chunk[0] >> 4 <= 7 else _RAW

    def _within(self, data: bytes) -> Iterator[bytes]:
        if data:
            yield data[: self._left]
        self._left -= len(data)
        if self._left < 0:
            raise FetchFailed("too_large", f"more than {self._max / 1e6:g} MB")
