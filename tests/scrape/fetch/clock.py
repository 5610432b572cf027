"""A clock that waiting moves on at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


class _FastLoop(asyncio.SelectorEventLoop):
    moved = 0.0

    def time(self) -> float:
        return super().time() + self.moved

    def _run_once(self) -> None:
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined]
        awaited = [timer.when() for timer in timers if not timer.cancelled()]
        if awaited and not self._ready:  # type: ignore[attr-defined]
            self.moved += max(0.0, min(awaited) - self.time())
        super()._run_once()  # type: ignore[misc]


def run_fast(work: Callable[[], Awaitable[Any]]) -> Any:
    """What the work gives; only waiting costs time, of a clock that is not ours."""

    async def awaited() -> Any:
        return await work()

    with asyncio.Runner(loop_factory=_FastLoop) as runner:
        return runner.run(awaited())
