"""Progress: silent in a pipe, with rate and remaining time on a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from assess.progress import counting, rate_words, track


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_to_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track([1, 2], 2, "read")) == [1, 2]
    with counting("read") as tell:
        tell(1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_is_told_how_many_and_how_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(track(range(200), 200, "read")) == list(range(200))
    assert "read" in terminal.getvalue()
    assert "200/200" in terminal.getvalue()


@pytest.mark.parametrize(
    ("rate", "words"), [(None, ""), (0.0, ""), (18.2, "18/s"), (1200.0, "1,200/s"), (0.05, "3/min")]
)
def test_rate(rate: float | None, words: str) -> None:
    assert rate_words(rate) == words
