"""Processes that end with the one that started them, however that ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Final

# How soon a process ends whose parent was killed.
_SECONDS: Final = 1.0


def end_with_parent(end: Callable[[], object] = lambda: None) -> None:
    """Watch, in a thread, for this process's parent to be gone; then end at once.

    Give it as ``initializer`` to what starts local worker processes: they would wait for work for
    minutes, holding their memory.

    Args:
        end: called before, to end what this process has started.
    """
    threading.Thread(target=_watch, args=(os.getppid(), end), daemon=True).start()


def _watch(parent: int, end: Callable[[], object]) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    end()
    os._exit(1)
