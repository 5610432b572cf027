"""One thread for matrices: while anybody asks for it, and as before afterwards."""

from __future__ import annotations

import pytest

from assess.score import one_thread as module
from assess.score.one_thread import one_thread


class Library:
    def __init__(self, threads: int) -> None:
        self.threads = threads

    def get_num_threads(self) -> int:
        return self.threads

    def set_num_threads(self, threads: int) -> None:
        self.threads = threads


def test_one_thread_while_within(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = [Library(4), Library(2)]
    monkeypatch.setattr(module, "_libraries", lambda: libraries)
    outer, inner = one_thread(), one_thread()
    with outer:
        with inner:
            assert [library.threads for library in libraries] == [1, 1]
        assert [library.threads for library in libraries] == [1, 1]
    assert [library.threads for library in libraries] == [4, 2]


def test_back_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(4)
    monkeypatch.setattr(module, "_libraries", lambda: [library])
    with pytest.raises(ZeroDivisionError), one_thread():
        _ = 1 / 0
    assert library.threads == 4
