"""One request at a time to each domain, with a pause after each; by a clock that costs no time."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from assess.scrape.fetch.lanes import (
    MAX_ADAPTIVE_DELAY,
    MAX_SILENT,
    MIN_DELAY,
    RETRIES,
    Lane,
    Lanes,
)
from tests.scrape.fetch.clock import run_fast


async def _requests(lane: Lane, number: int, *, seconds: float = 0.0, delay: float = 0.0) -> Any:
    """The pauses between the requests' ends and the next ones' beginnings."""
    loop = asyncio.get_running_loop()
    spans: list[tuple[float, float]] = []

    async def one() -> None:
        async with lane.turn(delay):
            begun = loop.time()
            await asyncio.sleep(seconds)
            spans.append((begun, loop.time()))

    await asyncio.gather(*(one() for _ in range(number)))
    return [later[0] - earlier[1] for earlier, later in pairwise(spans)]


@pytest.mark.parametrize(
    ("seconds", "crawl_delay", "pause"),
    [
        (0.0, 0.0, MIN_DELAY),
        (0.5, 0.0, MIN_DELAY),
        (4.0, 0.0, 8.0),
        (60.0, 0.0, MAX_ADAPTIVE_DELAY),
        (0.1, 10.0, 10.0),
        (60.0, 45.0, 45.0),
    ],
)
def test_a_pause_follows_each_answer(seconds: float, crawl_delay: float, pause: float) -> None:
    pauses = run_fast(lambda: _requests(Lane(MIN_DELAY), 4, seconds=seconds, delay=crawl_delay))
    assert pauses == pytest.approx([pause] * 3, abs=0.05)


def test_a_domain_gets_one_request_at_a_time_and_others_do_not_wait() -> None:
    lanes = Lanes(1.0)
    running: dict[str, int] = {"a": 0, "b": 0}
    most: list[int] = []

    async def one(domain: str) -> None:
        async with lanes.of(domain).turn(0.0):
            running[domain] += 1
            most.append(running[domain])
            await asyncio.sleep(1.0)
            running[domain] -= 1

    async def all_of_them() -> float:
        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*(one(domain) for domain in "aabb"))
        return asyncio.get_running_loop().time() - begun

    assert run_fast(all_of_them) == pytest.approx(1.0 + 2.0 + 1.0, abs=0.05)
    assert max(most) == 1


def test_the_crawl_delay_holds_after_the_request_for_robots_txt_too() -> None:
    async def gap() -> float:
        lane, loop = Lane(1.0), asyncio.get_running_loop()
        async with lane.turn(0.0):
            pass
        ended = loop.time()
        async with lane.turn(20.0):
            return loop.time() - ended

    assert run_fast(gap) == pytest.approx(20.0, abs=0.05)


def test_the_first_request_does_not_wait() -> None:
    async def wait() -> float:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with Lane(MIN_DELAY).turn(100.0):
            return loop.time() - begun

    assert run_fast(wait) < 0.05


def test_a_request_that_fails_gives_the_turn_back_and_still_costs_a_pause() -> None:
    async def gap() -> float:
        lane, loop = Lane(3.0), asyncio.get_running_loop()
        with pytest.raises(OSError, match="broken"):
            async with lane.turn(0.0):
                raise OSError("broken")
        ended = loop.time()
        async with lane.turn(0.0):
            return loop.time() - ended

    assert run_fast(gap) == pytest.approx(3.0, abs=0.05)


def test_a_pause_that_comes_while_others_wait_holds_for_them() -> None:
    async def gap() -> float:
        lane, loop = Lane(1.0), asyncio.get_running_loop()
        async with lane.turn(0.0):
            pass
        begun = loop.time()
        loop.call_later(0.5, lane.pause, 50.0)
        async with lane.turn(0.0):
            return loop.time() - begun

    assert run_fast(gap) == pytest.approx(50.5, abs=0.05)


def test_a_short_pause_does_not_shorten_a_long_one() -> None:
    async def wait() -> float:
        lane, loop = Lane(1.0), asyncio.get_running_loop()
        begun = loop.time()
        lane.pause(30.0)
        lane.pause(1.0)
        async with lane.turn(0.0):
            return loop.time() - begun

    assert run_fast(wait) == pytest.approx(30.0, abs=0.05)


def test_a_domain_that_gives_no_answers_is_left_alone() -> None:
    lane = Lane(1.0)
    for silent in (True,) * (MAX_SILENT - 1) + (False,) + (True,) * (MAX_SILENT - 1):
        lane.answered(silent=silent)
    closed_before = lane.closed
    lane.answered(silent=True)
    assert (closed_before, lane.closed) == (None, "host_given_up")
    assert lane.retries_left == RETRIES


def test_the_first_reason_for_leaving_a_domain_alone_stays() -> None:
    lane = Lane(1.0)
    lane.close("host_asked_to_wait", "it asked for 900 s")
    for _ in range(MAX_SILENT + 1):
        lane.answered(silent=True)
    assert lane.closed == "host_asked_to_wait"


def test_a_domain_has_one_lane() -> None:
    lanes = Lanes(1.0)
    assert lanes.of("a.example") is lanes.of("a.example")
    assert lanes.of("a.example") is not lanes.of("b.example")
