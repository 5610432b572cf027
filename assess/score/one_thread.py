"""Products of matrices on one thread.

How a BLAS shares a product among threads changes the last bits of it, and how many threads there
are depends on the machine and on how many processes `assess` was told to use. Ours are also too
small to gain from a second one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any, Final


class _Held:
    """How many calls hold the libraries to one thread, and how many threads each had before."""

    def __init__(self) -> None:
        self.lock: Final = Lock()
        self.calls = 0
        self.before: list[int] = []


_HELD: Final = _Held()


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, numpy multiplies matrices on one thread; takes about 10 us.

    The number of threads is the process's: while any caller is within, it is one for all.
    """
    libraries = _libraries()
    with _HELD.lock:
        if not _HELD.calls:
            _HELD.before = [library.get_num_threads() for library in libraries]
            for library in libraries:
                library.set_num_threads(1)
        _HELD.calls += 1
    try:
        yield
    finally:
        with _HELD.lock:
            _HELD.calls -= 1
            if not _HELD.calls:
                for library, number in zip(libraries, _HELD.before, strict=True):
                    library.set_num_threads(number)


@cache
def _libraries() -> list[Any]:
    """The BLAS libraries that are loaded, numpy's among them."""
    import numpy  # noqa: F401  (loads its library)
    from threadpoolctl import ThreadpoolController

    controller: Any = ThreadpoolController()
    return list(controller.select(user_api="blas").lib_controllers)
