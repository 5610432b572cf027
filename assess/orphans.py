"""Processes that end with the one that started them, however that ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

# How soon a process ends whose parent was killed.
_SECONDS: Final = 1.0


def end_with_parent(end: Callable[[], object] = lambda: None, parent: int | None = None) -> None:
    """Watch, in a thread, for this process's parent to be gone; then end at once.

    Args:
        end: called before, to end what this process has started.
        parent: its process id; else who is the parent now, which is another one where the parent
            was killed while this process started.
    """
    threading.Thread(target=_watch, args=(parent or os.getppid(), end), daemon=True).start()


@dataclass(frozen=True, slots=True)
class EndingWith:
    """What to give as ``initializer`` to what starts worker processes of a process: they would wait
    for work for minutes, holding their memory. Equal ones let joblib go on with the same workers.
    """

    parent: int

    def __call__(self) -> None:
        """In the worker."""
        end_with_parent(parent=self.parent)


def ending_with_this() -> EndingWith:
    """For workers of this process."""
    return EndingWith(os.getpid())


def _watch(parent: int, end: Callable[[], object]) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    end()
    os._exit(1)
