"""What was asked of a site and what came back."""

from __future__ import annotations

import pytest

from assess.scrape.fetch.records import Reply

URL = "https://a.example/"


def _reply(content_type: str) -> Reply:
    return Reply(URL, URL, "2026-01-01T00:00:00Z", 0.0, 200, {"content-type": content_type})


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ("text/html", "text/html", ""),
        (' Text/HTML ; Charset = "UTF-8"', "text/html", "utf-8"),
        ("text/html;boundary=x;charset='cp1252';charset=utf-8", "text/html", "cp1252"),
        ("text/html; charset", "text/html", ""),
        (";charset=utf-8", "", "utf-8"),
        ("", "", ""),
    ],
)
def test_type_and_charset_are_read(content_type: str, media_type: str, charset: str) -> None:
    reply = _reply(content_type)
    assert (reply.media_type, reply.charset) == (media_type, charset)


def test_without_a_header_nothing_is_said() -> None:
    reply = Reply(URL, URL, "2026-01-01T00:00:00Z", 0.0)
    assert (reply.media_type, reply.charset, reply.unchanged) == ("", "", False)


@pytest.mark.parametrize(
    ("status", "reason", "unchanged"),
    [(304, None, True), (304, "http_other", False), (200, None, False)],
)
def test_unchanged_is_304_that_was_asked_for(
    status: int, reason: str | None, unchanged: bool
) -> None:
    reply = Reply(URL, URL, "2026-01-01T00:00:00Z", 0.0, status, reason=reason)
    assert reply.unchanged is unchanged
