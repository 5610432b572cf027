"""The Internet Archive's newest capture."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.archive import availability_url, capture_url
from assess.scrape.fetch.addresses import parse

URL = "https://a.example/x?id=1&b={2}"


def _answer(**closest: Any) -> bytes:
    return json.dumps({"archived_snapshots": {"closest": closest}}).encode()


def test_the_question_holds_the_whole_address() -> None:
    asked = availability_url(URL)
    assert asked == (
        "https://archive.org/wayback/available?url=https%3A%2F%2Fa.example%2Fx%3Fid%3D1%26b%3D%7B2%7D"
    )
    assert parse(asked).url == asked


def test_the_capture_is_the_page_as_it_was_sent() -> None:
    answer = _answer(timestamp="20240102030405", status="200", available=True, url="http://else/")
    assert capture_url(answer, URL) == f"https://web.archive.org/web/20240102030405id_/{URL}"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"\xff",
        b"[]",
        b"null",
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": {"closest": "x"}}',
        b'{"archived_snapshots": {"closest": ["timestamp"]}}',
        b"[" * 100_000,
        _answer(status="200"),
        _answer(timestamp="20240102030405", status="404"),
        _answer(timestamp="20240102030405", status=301),
        _answer(timestamp="2024", status="200"),
        _answer(timestamp="20240102/../..", status="200"),
        _answer(timestamp=None, status="200"),
    ],
)
def test_what_is_no_answer_is_no_capture(answer: bytes) -> None:
    assert capture_url(answer, URL) is None


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_any_json_is_a_capture_or_none(inner: Any) -> None:
    assert capture_url(_answer(timestamp=inner, status=inner), URL) is None
