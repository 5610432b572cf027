"""What robots.txt allows."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.fetch.addresses import Address, parse
from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.robots import MAX_BYTES, Robots, fetch_robots
from assess.scrape.fetch.transport import Answer

PAGE = parse("https://a.example/statement.pdf?x=1")


def _fetched(answer: Answer | FetchFailed) -> Robots:
    asked: list[str] = []

    async def fetch(address: Address) -> Answer:
        asked.append(address.url)
        if isinstance(answer, FetchFailed):
            raise answer
        return answer

    robots = asyncio.run(fetch_robots(PAGE, fetch))
    assert asked == ["https://a.example/robots.txt"]
    return robots


def _allows(body: str, path: str = "/statement.pdf") -> bool:
    return Robots("rules", 200, body=body).allows(f"https://a.example{path}")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "rules"),
        (400, "allow"),
        (401, "allow"),
        (403, "allow"),
        (404, "allow"),
        (410, "allow"),
        (429, "disallow"),
        (500, "disallow"),
        (503, "disallow"),
        (304, "disallow"),
        (999, "disallow"),
    ],
)
def test_the_status_of_robots_txt_decides(status: int, verdict: str) -> None:
    robots = _fetched(Answer(status, {}))
    assert (robots.verdict, robots.status) == (verdict, status)
    assert robots.allows(PAGE.url) is (verdict != "disallow")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("timeout", "robots_unreachable"),
        ("incomplete", "robots_unreachable"),
        ("bad_encoding", "robots_unreachable"),
        ("bad_redirect", "robots_unreachable"),
        ("no_such_host", "no_such_host"),
        ("connect_failed", "connect_failed"),
        ("tls_failed", "tls_failed"),
        ("forbidden_address", "forbidden_address"),
    ],
)
def test_no_robots_txt_is_a_no_with_its_reason(reason: str, told: str) -> None:
    robots = _fetched(FetchFailed(reason, "why"))
    assert (robots.verdict, robots.reason) == ("disallow", told)
    assert "why" in robots.detail
    assert not robots.allows(PAGE.url)


def test_the_wish_to_wait_is_kept() -> None:
    assert _fetched(Answer(429, {"retry-after": "30"})).retry_after == "30"


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("user-agent: ASSESS\ndisallow: /", "/x", False),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: *\nDisallow: /\nUser-agent: assess\nAllow: /", "/x", True),
        ("User-agent: *\nAllow: /\nUser-agent: assess\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("User-agent: *\nDisallow: /*.pdf", "/a/b.pdf?x=1", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("User-agent: *\nDisallow: /a%20b", "/a%20b", False),
        ("User-agent: *\nDisallow: /policies?id=", "/policies?id=3", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\r\nDisallow: /\r\n", "/x", False),
        ("User-agent: *\rDisallow: /", "/x", False),
        ("# no\n\nUser-agent: * # all\n\nDisallow: / # of it", "/x", False),
        ("<html><body>Page not found</body></html>", "/x", True),
    ],
)
def test_rules(body: str, path: str, allowed: bool) -> None:
    sent = _fetched(Answer(200, {}, body.encode()))
    assert sent.allows(f"https://a.example{path}") is allowed


def test_rules_among_garbage_hold() -> None:
    sent = _fetched(Answer(200, {}, b"\xff\xfe\0\x81 : \0\nUser-agent: *\nDisallow: /\n"))
    assert not sent.allows(PAGE.url)


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("", 0.0),
        ("Crawl-delay: 10", 10.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: -3", 0.0),
        ("Crawl-delay: soon", 0.0),
        ("Crawl-delay: nan", 0.0),
        ("Request-rate: 1/5", 5.0),
        ("Request-rate: 30/1m", 2.0),
        ("Request-rate: 0/5", 0.0),
        ("Request-rate: 1/5\nCrawl-delay: 9", 9.0),
        ("Request-rate: 1/9\nCrawl-delay: 5", 9.0),
    ],
)
def test_the_pause_that_it_asks_for(lines: str, delay: float) -> None:
    assert Robots("rules", 200, body=f"User-agent: *\n{lines}\n").delay == delay


def test_the_pause_is_that_for_us() -> None:
    body = "User-agent: *\nCrawl-delay: 60\n\nUser-agent: assess\nCrawl-delay: 4\n"
    assert Robots("rules", 200, body=body).delay == 4.0


def test_without_rules_there_is_no_pause() -> None:
    assert Robots("allow", 404, body="User-agent: *\nCrawl-delay: 60").delay == 0.0


@given(st.text())
def test_any_text_gives_an_answer(body: str) -> None:
    robots = Robots("rules", 200, body=body)
    assert robots.allows(PAGE.url) in {True, False}
    assert robots.delay >= 0.0


@pytest.mark.parametrize(
    "lines",
    [
        "Disallow: /" + "*a" * 200_000 + "*b",
        "\n".join(f"Disallow: /*a{n}*b$" for n in range(25_000)),
        "\n".join(f"User-agent: x{n}\nDisallow: /{n}" for n in range(15_000)),
    ],
)
def test_a_large_file_made_to_be_slow_is_not(lines: str) -> None:
    body = f"User-agent: *\n{lines}"[:MAX_BYTES]
    begun = time.perf_counter()
    assert _allows(body, "/" + "a" * 1_900)
    assert time.perf_counter() - begun < 5.0  # 0.5 s alone
