"""One attempt at a page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from assess.scrape.fetch.errors import FetchFailed
from assess.scrape.fetch.fetcher import MAX_REDIRECTS, Fetcher
from assess.scrape.fetch.lanes import MAX_SILENT
from assess.scrape.fetch.records import Reply, Request
from assess.scrape.fetch.robots import Robots
from assess.scrape.fetch.transport import Answer
from tests.scrape.fetch.scripted import PUBLIC, Said, moved, page, scripted

A = "https://a.example"
PAGE = f"{A}/page"
NO_ROBOTS = Answer(200, {}, b"User-agent: *\nDisallow: /")


def _fetch(fetcher: Fetcher, *requests: Request | str, again: bool = False) -> list[Reply]:
    async def all_of_them() -> list[Reply]:
        made = [Request(one) if isinstance(one, str) else one for one in requests]
        return [await fetcher.fetch(one, again=again) for one in made]

    return asyncio.run(all_of_them())


def _reply(script: dict[str, Said | list[Said]], request: Request | str = PAGE) -> Reply:
    [reply] = _fetch(scripted(script)[0], request)
    return reply


def test_a_page_comes_with_all_that_is_known_of_it() -> None:
    fetcher, network = scripted({PAGE: page(b"<p>x", server="s")})
    [reply] = _fetch(fetcher, f"{PAGE}#top")
    assert (reply.url, reply.final_url, reply.status) == (f"{PAGE}#top", PAGE, 200)
    assert (reply.body, reply.reason, reply.hops) == (b"<p>x", None, ())
    assert reply.headers["server"] == "s"
    assert network.urls(robots=True) == [f"{A}/robots.txt", PAGE]
    assert {asked.place for asked in network.asked} == {PUBLIC}
    assert {asked.headers["User-Agent"] for asked in network.asked} == {"assess/1"}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (201, "http_other"),
        (204, "http_other"),
        (206, "http_other"),
        (304, "http_other"),
        (399, "http_other"),
        (400, "http_4xx"),
        (401, "http_401"),
        (403, "http_403"),
        (404, "http_404"),
        (408, "http_408"),
        (410, "http_410"),
        (429, "http_429"),
        (451, "http_4xx"),
        (500, "http_5xx"),
        (503, "http_5xx"),
        (599, "http_5xx"),
        (999, "http_5xx"),
    ],
)
def test_each_status_has_its_reason(status: int, reason: str) -> None:
    reply = _reply({PAGE: Answer(status, {"retry-after": "3"})})
    assert (reply.reason, reply.status, reply.body) == (reason, status, b"")
    assert reply.headers == {"retry-after": "3"}


@pytest.mark.parametrize("url", ["", "n/a", "mailto:a@a.example", "http://u:p@a.example/"])
def test_what_is_no_address_is_asked_nobody(url: str) -> None:
    fetcher, network = scripted({})
    [reply] = _fetch(fetcher, url)
    assert reply.reason in {"bad_url", "credentials_in_url"}
    assert (reply.final_url, network.asked, fetcher.lane(url)) == (url, [], None)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/new", f"{A}/new"),
        ("new", f"{A}/new"),
        ("?x=1", f"{A}/page?x=1"),
        ("//b.example/", "https://b.example/"),
        ("http://b.example", "http://b.example/"),
        ("/our policy.pdf", f"{A}/our%20policy.pdf"),
        ("/polîtique", f"{A}/pol%C3%AEtique"),
        ("/100%", f"{A}/100%25"),
        ("/new#part", f"{A}/new"),
        ("../../../new", f"{A}/new"),
    ],
)
def test_redirects_are_followed_from_where_they_stand(location: str, url: str) -> None:
    reply = _reply({PAGE: moved(location), url: page()})
    assert (reply.reason, reply.final_url) == (None, url)
    assert [(hop.url, hop.status) for hop in reply.hops] == [(PAGE, 302)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(status: int) -> None:
    assert _reply({PAGE: moved("/new", status), f"{A}/new": page()}).reason is None


@pytest.mark.parametrize(
    "location",
    [
        "",
        "javascript:void(0)",
        "ftp://a.example/",
        "http://[::1",
        "http://a.example:8080/",
        "http://me:word@a.example/",
        "http://",
        f"/{'x' * 3_000}",
    ],
)
def test_a_redirect_to_what_is_no_address_says_so(location: str) -> None:
    reply = _reply({PAGE: moved(location)})
    assert (reply.reason, reply.status, reply.final_url) == ("bad_redirect", 302, PAGE)
    assert (reply.hops, reply.headers) == ((), {"location": location})


def _chain(length: int) -> dict[str, Said | list[Said]]:
    return {**{f"{A}/{n}": moved(f"/{n + 1}") for n in range(length)}, f"{A}/{length}": page()}


def test_as_many_redirects_as_allowed_are_followed_and_no_more() -> None:
    assert _reply(_chain(MAX_REDIRECTS), f"{A}/0").reason is None
    fetcher, network = scripted(_chain(MAX_REDIRECTS + 1))
    [reply] = _fetch(fetcher, f"{A}/0")
    assert reply.reason == "too_many_redirects"
    assert len(network.urls()) == MAX_REDIRECTS + 1
    assert [*(hop.url for hop in reply.hops), reply.final_url] == network.urls()
    assert (reply.status, reply.headers) == (302, {"location": f"/{MAX_REDIRECTS + 1}"})


@pytest.mark.parametrize("other", ["/page", "/page#x", "https://A.example/page"])
def test_a_loop_is_left_at_once(other: str) -> None:
    fetcher, network = scripted({PAGE: moved(other)})
    [reply] = _fetch(fetcher, PAGE)
    assert (reply.reason, network.urls()) == ("too_many_redirects", [PAGE])


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    script: dict[str, Said] = {PAGE: moved("https://inside.example/x")}
    fetcher, network = scripted(script, private=["inside.example"])
    [reply] = _fetch(fetcher, PAGE)
    assert (reply.reason, network.urls()) == ("forbidden_address", [PAGE])
    assert (reply.final_url, reply.status) == ("https://inside.example/x", None)


def test_a_redirect_of_robots_txt_to_a_private_address_is_not_followed() -> None:
    script: dict[str, Said] = {f"{A}/robots.txt": moved("https://inside.example/x")}
    fetcher, network = scripted(script, private=["inside.example"])
    [reply] = _fetch(fetcher, PAGE)
    assert (reply.reason, network.urls(robots=True)) == ("robots_unreachable", [f"{A}/robots.txt"])
    assert "inside.example leads to" in reply.detail


def test_names_are_resolved_anew_for_each_request_but_once_for_each() -> None:
    """A second answer of the name server never leads to an address that was not checked."""
    answers: Iterator[str] = iter([PUBLIC, PUBLIC, "127.0.0.1"])
    fetcher, network = scripted({PAGE: page()})

    async def resolve(_host: str, port: int) -> list[tuple[str, int]]:
        return [(next(answers), port)]

    fetcher._guard._resolve = resolve
    replies = _fetch(fetcher, PAGE, PAGE)
    assert [reply.reason for reply in replies] == [None, "forbidden_address"]
    assert {asked.place for asked in network.asked} == {PUBLIC}


def test_robots_txt_is_obeyed() -> None:
    fetcher, network = scripted({f"{A}/robots.txt": NO_ROBOTS, PAGE: page()})
    [reply] = _fetch(fetcher, PAGE)
    assert (reply.reason, network.urls(), reply.status) == ("robots_disallow", [], None)


def test_robots_txt_of_each_host_on_the_way_is_obeyed() -> None:
    script: dict[str, Said] = {
        PAGE: moved("https://b.example/x"),
        "https://b.example/robots.txt": NO_ROBOTS,
        "https://b.example/x": page(),
    }
    fetcher, network = scripted(script)
    [reply] = _fetch(fetcher, PAGE)
    assert (reply.reason, network.urls()) == ("robots_disallow", [PAGE])
    # The status is that of the address, which was not asked.
    assert (reply.final_url, reply.status, reply.headers) == ("https://b.example/x", None, {})
    assert [hop.url for hop in reply.hops] == [PAGE]


def test_robots_txt_is_asked_for_once_for_many() -> None:
    fetcher, network = scripted({PAGE: page()})

    async def many() -> None:
        await asyncio.gather(*(fetcher.fetch(Request(PAGE)) for _ in range(5)))

    asyncio.run(many())
    assert network.urls(robots=True) == [f"{A}/robots.txt", *[PAGE] * 5]


def test_robots_txt_is_not_used_for_the_whole_of_a_long_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assess.scrape.fetch.fetcher.ROBOTS_SECONDS", 0.0)
    fetcher, network = scripted({f"{A}/robots.txt": [Answer(404, {}), NO_ROBOTS], PAGE: page()})
    replies = _fetch(fetcher, PAGE, PAGE)
    assert [reply.reason for reply in replies] == [None, "robots_disallow"]
    assert len(network.asked) == 3


def test_robots_txt_that_failed_is_asked_for_again_only_by_a_second_try() -> None:
    robots: list[Said] = [Answer(503, {}), Answer(404, {})]
    fetcher, network = scripted({f"{A}/robots.txt": robots, PAGE: page()})
    assert [r.reason for r in _fetch(fetcher, PAGE, PAGE)] == ["robots_unreachable"] * 2
    assert len(network.asked) == 1
    assert [r.reason for r in _fetch(fetcher, PAGE, again=True)] == [None]


def test_the_wait_that_robots_txt_is_answered_with_is_told() -> None:
    reply = _reply({f"{A}/robots.txt": Answer(503, {"retry-after": "77"})})
    assert (reply.reason, reply.headers) == ("robots_unreachable", {"retry-after": "77"})


def test_robots_txt_may_be_elsewhere_and_rules_still_be_those_of_the_host() -> None:
    script: dict[str, Said] = {
        f"{A}/robots.txt": moved("https://www.a.example/robots.txt"),
        "https://www.a.example/robots.txt": NO_ROBOTS,
    }
    assert _reply({**script, PAGE: page()}).reason == "robots_disallow"


def test_redirects_of_robots_txt_without_end_count_as_no_file() -> None:
    script: dict[str, Said | list[Said]] = {f"{A}/robots.txt": moved("/robots.txt"), PAGE: page()}
    assert _reply(script).reason is None


@pytest.mark.parametrize(("delay", "reason"), [(120, None), (121, "robots_disallow")])
def test_too_long_a_pause_is_not_waited_for(delay: int, reason: str | None) -> None:
    class Kept:
        def read_robots(self, origin: str) -> Robots | None:
            return Robots("rules", 200, body=f"User-agent: *\nCrawl-delay: {delay}")

        def write_robots(self, origin: str, robots: Robots) -> None:
            raise AssertionError((origin, robots))

    fetcher, _ = scripted({PAGE: page()}, store=Kept())
    assert [reply.reason for reply in _fetch(fetcher, PAGE)] == [reason]


def test_only_a_conditional_request_is_answered_with_unchanged() -> None:
    request = Request(PAGE, etag='"v1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    fetcher, network = scripted({PAGE: Answer(304, {})})
    conditional, plain = _fetch(fetcher, request, PAGE)
    assert (conditional.unchanged, conditional.reason) == (True, None)
    assert (plain.unchanged, plain.reason) == (False, "http_other")
    assert network.asked[1].headers["If-None-Match"] == '"v1"'
    assert network.asked[1].headers["If-Modified-Since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert "If-None-Match" not in {**network.asked[0].headers, **network.asked[2].headers}


def test_what_no_header_can_carry_is_not_sent_back() -> None:
    fetcher, network = scripted({PAGE: page()})
    _fetch(fetcher, Request(PAGE, etag='"é"', last_modified="début"))
    assert not {"If-None-Match", "If-Modified-Since"} & set(network.asked[-1].headers)


def test_head_asks_with_head_but_robots_txt_with_get() -> None:
    fetcher, network = scripted({PAGE: Answer(200, {"content-md5": "x"})})
    [reply] = _fetch(fetcher, Request(PAGE, method="HEAD"))
    assert [asked.method for asked in network.asked] == ["GET", "HEAD"]
    assert (reply.reason, reply.headers["content-md5"]) == (None, "x")


def test_a_domain_that_is_silent_is_asked_no_more() -> None:
    silent = FetchFailed("timeout", "no connection")
    pages = [f"https://{n}.a.example/" for n in range(MAX_SILENT + 2)]
    script: dict[str, Said] = {f"{url}robots.txt": silent for url in pages}
    fetcher, network = scripted(script)
    replies = _fetch(fetcher, *pages)
    assert [reply.reason for reply in replies[:3]] == ["robots_unreachable"] * 3
    assert {reply.reason for reply in replies[MAX_SILENT:]} == {"host_given_up"}
    assert len(network.asked) == MAX_SILENT


def test_a_domain_that_asked_to_wait_is_asked_no_more() -> None:
    fetcher, network = scripted({PAGE: page()})
    lane = fetcher.lane(PAGE)
    assert lane
    lane.close("host_asked_to_wait", "900 s")
    [reply] = _fetch(fetcher, PAGE)
    assert (reply.reason, reply.detail, network.asked) == ("host_asked_to_wait", "900 s", [])


def test_a_failure_of_the_connection_keeps_the_status_that_came() -> None:
    reply = _reply({PAGE: FetchFailed("too_large", "30 MB", status=200)})
    assert (reply.reason, reply.detail, reply.status) == ("too_large", "30 MB", 200)
