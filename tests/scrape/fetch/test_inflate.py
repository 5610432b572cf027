"""Bodies decompressed in small steps."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.inflate import STEP, Body

LARGE = 10_000_000


def _raw(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "X-GZip": gzip.compress,
    "deflate": zlib.compress,
    " deflate ": _raw,
}


def _unpacked(encoding: str, sent: bytes, step: int = STEP, limit: int = LARGE) -> bytes:
    body = Body(encoding, limit)
    chunks = (sent[at : at + step] for at in range(0, len(sent), step))
    unpacked = b"".join(piece for chunk in chunks for piece in body.feed(chunk))
    body.finish()
    return unpacked


@given(st.sampled_from(list(PACKED)), st.binary(max_size=500), st.integers(1, 60))
def test_any_body_in_any_chunks_is_itself_again(encoding: str, data: bytes, step: int) -> None:
    assert _unpacked(encoding, PACKED[encoding](data), step) == data


@settings(deadline=None)  # a byte at a time takes as long as others let it
@given(st.sampled_from(list(PACKED)), st.integers(-5, 600), st.sampled_from([1, 7, STEP]))
def test_bodies_longer_than_a_step_are_whole(encoding: str, more: int, step: int) -> None:
    data = b"a" * (2 * STEP + more)
    assert _unpacked(encoding, PACKED[encoding](data), step) == data


def test_what_the_inflater_holds_back_is_not_lost() -> None:
    data = b"a" * 66_050  # its raw stream has been read to the end when the first step is full
    assert _unpacked("deflate", _raw(data)) == data


@pytest.mark.parametrize("encoding", PACKED)
def test_the_limit_is_met_to_the_byte(encoding: str) -> None:
    sent = PACKED[encoding](b"a" * 100_000)
    assert len(_unpacked(encoding, sent, limit=100_000)) == 100_000
    with pytest.raises(FetchFailed, match=r"too_large: more than 0\.099999 MB"):
        _unpacked(encoding, sent, limit=99_999)


@pytest.mark.parametrize("encoding", PACKED)
def test_what_fits_is_given_before_the_limit_is_told(encoding: str) -> None:
    got = []
    with pytest.raises(FetchFailed):
        for piece in Body(encoding, 99_999).feed(PACKED[encoding](b"a" * 200_000)):
            got.append(piece)
    assert sum(map(len, got)) == 99_999


def test_a_bomb_is_stopped_at_the_limit_in_little_memory() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    total = 0
    with pytest.raises(FetchFailed, match="too_large"):
        for piece in Body("gzip", 1_000_000).feed(bomb):
            total += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == 1_000_000
    assert peak < 1_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", " deflate "])
def test_a_stream_that_breaks_off_is_incomplete(encoding: str) -> None:
    sent = PACKED[encoding](bytes(range(256)) * 40)
    with pytest.raises(FetchFailed, match="incomplete"):
        _unpacked(encoding, sent[: len(sent) // 2])


def test_members_one_after_the_other_are_one_body() -> None:
    sent = b"".join(gzip.compress(part, mtime=0) for part in (b"one", b"", b"two"))
    assert _unpacked("gzip", sent, 7) == b"onetwo"


@pytest.mark.parametrize("step", [1, STEP])
def test_padding_after_the_end_is_no_member(step: int) -> None:
    assert _unpacked("gzip", gzip.compress(b"text", mtime=0) + bytes(50), step) == b"text"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_no_bytes_are_an_empty_body(encoding: str) -> None:
    assert _unpacked(encoding, b"") == b""


@pytest.mark.parametrize(
    "sent", [b"<html>no gzip</html>", gzip.compress(b"x" * 99, mtime=0)[:-8] + bytes(8)]
)
def test_broken_compression_is_told(sent: bytes) -> None:
    with pytest.raises(FetchFailed, match="bad_encoding"):
        _unpacked("gzip", sent)


@given(st.sampled_from(["gzip", "deflate"]), st.binary())
def test_garbage_ends_within_the_limit_or_fails(encoding: str, sent: bytes) -> None:
    try:
        assert len(_unpacked(encoding, sent, limit=1_000)) <= 1_000
    except FetchFailed as error:
        assert error.reason in {"bad_encoding", "incomplete", "too_large"}


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 1_000])
def test_compression_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(FetchFailed, match="bad_encoding") as failed:
        Body(encoding, LARGE)
    assert len(failed.value.detail) < 100
