"""Work shared between processes: the same results in the same order, whatever runs it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from joblib import register_parallel_backend
from joblib._parallel_backends import ThreadingBackend

from assess.engine import LOCAL, Engine, Lost, in_order, one_pool
from assess.errors import EngineError

NUMBERS = range(300)


@dataclass(frozen=True)
class Double:
    """Doubles numbers; is killed at one of them, a number of times that a folder remembers."""

    folder: Path
    poison: int = -1
    times: int = 0

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        if self.poison in numbers and len(list(self.folder.iterdir())) < self.times:
            (self.folder / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return [2 * number for number in numbers]


DOUBLED = [2 * number for number in NUMBERS]


@pytest.mark.parametrize("engine", [Engine(), Engine(jobs=2)])
@pytest.mark.parametrize("waits", [False, True])
def test_results_come_in_order(engine: Engine, waits: bool, tmp_path: Path) -> None:
    found: list[int | Lost[int]] = list(in_order(engine, Double(tmp_path), NUMBERS, waits=waits))
    assert found == DOUBLED


def test_items_are_taken_a_few_at_a_time() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    results = in_order(Engine(jobs=2), list, items(), waits=True)
    assert next(results) == 0
    assert len(taken) < 1_000
    results.close()  # type: ignore[attr-defined]


def test_what_a_killed_worker_had_in_hand_is_done_again(tmp_path: Path) -> None:
    work = Double(tmp_path, poison=100, times=2)
    assert list(in_order(Engine(jobs=2), work, NUMBERS)) == DOUBLED
    assert len(list(tmp_path.iterdir())) == 2


def test_an_item_that_kills_its_worker_costs_itself_only(tmp_path: Path) -> None:
    found = list(in_order(Engine(jobs=2), Double(tmp_path, poison=3, times=99), range(4)))
    assert found == [0, 2, 4, Lost(3)]


def test_processes_started_once_serve_all_work() -> None:
    with one_pool():
        first, second = (set(in_order(Engine(jobs=2), _process, NUMBERS)) for _ in range(2))
    assert len(first | second) <= 2
    for number in first | second:
        assert isinstance(number, int)
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def _process(items: Sequence[int]) -> list[int]:
    return [os.getpid()] * len(items)


def test_few_items_start_no_processes() -> None:
    assert Engine(jobs=2).worth(9, 10) == LOCAL
    assert Engine(jobs=2).worth(10, 10) == Engine(jobs=2)
    assert Engine(dask="tcp://a:1").worth(1, 10) == Engine(dask="tcp://a:1")


def test_errors_of_the_work_are_raised() -> None:
    with pytest.raises(EngineError, match="another version"):
        list(in_order(Engine(jobs=2), _refuse, NUMBERS, waits=True))


def _refuse(_: Sequence[int]) -> list[int]:
    raise EngineError("another version")


def test_a_scheduler_that_is_not_there() -> None:
    with pytest.raises(EngineError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        list(in_order(Engine(dask="tcp://127.0.0.1:1"), _refuse, NUMBERS))


def test_an_engine_that_is_not_installed() -> None:
    with pytest.raises(EngineError, match="--backend spark needs a package more"):
        list(in_order(Engine(backend="spark"), _refuse, NUMBERS))


class Gone(ThreadingBackend):  # type: ignore[misc]
    """A cluster that is lost when work is sent to it."""

    def submit(self, *_: object, **__: object) -> None:
        raise ConnectionError("the raylet died\nat some address")


def test_a_backend_that_fails_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.engine._register", lambda _: register_parallel_backend("ray", Gone))
    with pytest.raises(EngineError, match=r"--backend ray failed \(the raylet died\); what was"):
        list(in_order(Engine(jobs=2, backend="ray"), list, NUMBERS))
