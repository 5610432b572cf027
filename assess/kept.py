"""What a process loads once and keeps until it ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Load what stays: no search for garbage walks over it, neither now nor later.

    A tenth of the time of judging, a fifth of that of starting. Whatever is garbage already is
    kept too: in a process that has run for a while, ``gc.collect()`` first.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
