"""One way to share work between processes, whatever runs them.

Work goes through joblib: to processes of this machine by default, to a Dask cluster, or to any
engine that brings a joblib backend of its own (Ray, Spark). Results come in the order of the work,
so that neither engine nor number of workers shows in what is written.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any, Final, Generic, Literal, TypeVar

from assess.errors import AssessError, EngineError
from assess.orphans import ending_with_this
from assess.temporary import scratch_folder

T = TypeVar("T")
R = TypeVar("R")

# Few at a time, so that the workers end together.
TASK: Final = 4
# Tasks handed out for each worker before the next are: what is in memory does not grow.
TASKS_AHEAD: Final = 32
# Times that work is handed out again after its worker was killed; then each item goes alone.
TRIES: Final = 2
WORKER_LOST: Final = "worker_lost"
"""Code of the issue that tells of what was `Lost`."""
KILLED: Final = "its worker was killed each time; the system may be short of memory: run again"
"""Its message."""
# A scheduler that does not answer within seconds is not there; its workers may take longer.
_SCHEDULER_SECONDS: Final = 10
_WORKERS_SECONDS: Final = 60

# Of loky's thread that hands out work.
_MANAGER: Final = "ExecutorManagerThread"

Backend = Literal["ray", "spark"]
BACKENDS: Final[dict[str, tuple[str, str]]] = {
    "ray": ("ray.util.joblib", "register_ray"),
    "spark": ("joblibspark", "register_spark"),
}
"""Backends by the module and function that register them with joblib, as their makers document."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs the work: processes of this machine, a Dask cluster, or another backend."""

    jobs: int = 1
    """Processes of this machine, or tasks of another backend at once; Dask has its own workers."""
    dask: str | None = None
    """A scheduler's address, e.g. ``tcp://10.0.0.1:8786``."""
    backend: Backend | None = None
    originals: str | None = None
    """Where workers find the originals, a folder or an fsspec address; else beside the database."""

    @property
    def remote(self) -> bool:
        """Whether workers may be on other machines."""
        return self.dask is not None or self.backend is not None

    def worth(self, number: int, least: int) -> Engine:
        """This engine; of fewer items than ``least``, with which starting others takes longer than
        the work, this very process."""
        return self if self.remote or number >= least else LOCAL


LOCAL: Final = Engine()


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """An item whose worker was killed each time; it stays to be done."""

    item: T


def in_order(
    engine: Engine,
    work: Callable[[Sequence[T]], Sequence[R]],
    items: Iterable[T],
    *,
    waits: bool = False,
) -> Iterator[R | Lost[T]]:
    """One result for each item, in their order.

    ``items`` are taken a few at a time and in this thread. ``work`` makes a list of as many results
    from a few items; it has to be picklable. With ``waits`` it spends its time waiting for a
    process of its own, and threads do on this machine.

    Raises:
        EngineError: the cluster cannot be reached, has no workers, or was lost.
    """
    if engine.jobs == 1 and not engine.remote:
        for item in items:
            yield from work([item])
        return
    with _started(engine, waits=waits) as (backend, workers):
        for chunk in batches(items, TASK * TASKS_AHEAD * workers()):
            yield from _shared_out(backend, work, chunk)


def same_version(wanted: str, have: str) -> None:
    """Refuse a worker that would work otherwise.

    Raises:
        EngineError: it has another version than the process that sends the work.
    """
    if wanted != have:
        raise EngineError(f"a worker has assess {have}; this is {wanted}: install the same")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of ``size``; the last may be shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _shared_out(
    backend: dict[str, Any], work: Callable[[Sequence[T]], Sequence[R]], chunk: Sequence[T]
) -> Iterator[R | Lost[T]]:
    """Results of a chunk. What a killed worker had in hand is done again by others."""
    done, size, killed = 0, TASK, 0
    while done < len(chunk):
        try:
            for results in _results(backend, work, chunk[done:], size):
                yield from results
                done += len(results)
                killed = 0
        except _killed_errors():
            killed += 1
            if killed > TRIES and size == 1:
                yield Lost(chunk[done])
                done, killed = done + 1, 0
            elif killed > TRIES:
                size, killed = 1, 0


def _results(
    backend: dict[str, Any],
    work: Callable[[Sequence[T]], Sequence[R]],
    items: Sequence[T],
    size: int,
) -> Iterator[Sequence[R]]:
    from joblib import Parallel, delayed, parallel_config

    # With one item a task, one task at a time: it is known then which one kills its worker.
    ahead = "all" if size > 1 else 1
    as_they_come = "list" if backend["backend"] in BACKENDS else "generator"
    with parallel_config(**backend):
        parallel = Parallel(batch_size=1, pre_dispatch=ahead, return_as=as_they_come)
    try:
        yield from parallel(delayed(work)(task) for task in batches(items, size))
    except AssessError:
        raise
    except Exception as error:
        if backend["backend"] not in BACKENDS:
            raise
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise EngineError(
            f"--backend {backend['backend']} failed ({why}); what was done is kept: see its own "
            "log, and run the same command again"
        ) from error


def _killed_errors() -> tuple[type[Exception], ...]:
    """What tells that a worker was killed, by the engines that are loaded."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    distributed = sys.modules.get("distributed")
    return (BrokenProcessPool, *((distributed.KilledWorker,) if distributed else ()))


@contextmanager
def _started(engine: Engine, *, waits: bool) -> Generator[tuple[dict[str, Any], Callable[[], int]]]:
    """What to tell joblib, and how many workers there are now."""
    if engine.dask is not None:
        with _cluster(engine.dask) as workers:
            yield {"n_jobs": -1, "backend": "dask"}, workers
        return
    if engine.backend is not None:
        _register(engine.backend)
        yield {"n_jobs": engine.jobs, "backend": engine.backend}, lambda: engine.jobs
        return
    if waits:
        yield {"n_jobs": engine.jobs, "backend": "threading"}, lambda: engine.jobs
        return
    with ExitStack() as own:
        pool = _pool.get() or _Pool(own)
        yield {"n_jobs": engine.jobs, "backend": "loky", **pool.started()}, lambda: engine.jobs


class _Pool:
    """Processes of this machine, started when there is work for them."""

    def __init__(self, until: ExitStack) -> None:
        self._until = until
        self._how: dict[str, Any] = {}

    def started(self) -> Mapping[str, Any]:
        """What to tell joblib of them; they end with the stack."""
        if not self._how:
            # A folder of our own: joblib's is left for ever by a killed run.
            folder = self._until.enter_context(scratch_folder())
            self._until.enter_context(_quiet_manager())
            # Of a worker that is replaced, as it has grown: nothing is lost.
            warnings.filterwarnings("ignore", "A worker stopped while some jobs", UserWarning)
            self._until.callback(_end_processes)
            self._how = {"initializer": ending_with_this(), "temp_folder": str(folder)}
        return self._how


_pool: ContextVar[_Pool | None] = ContextVar("pool", default=None)


@contextmanager
def one_pool() -> Generator[None]:
    """Processes of this machine that are started within serve all that follows, and end here."""
    with ExitStack() as until:
        before = _pool.set(_Pool(until))
        try:
            yield
        finally:
            _pool.reset(before)


@contextmanager
def _quiet_manager() -> Generator[None]:
    """Do not show how joblib's thread fails from which a command that is interrupted takes work."""
    shown = threading.excepthook

    def show(failed: threading.ExceptHookArgs) -> None:
        name = failed.thread.name if failed.thread else ""
        if not (name == _MANAGER and issubclass(failed.exc_type, KeyError)):
            shown(failed)

    threading.excepthook = show
    try:
        yield
    finally:
        threading.excepthook = shown


def _end_processes() -> None:
    """End the processes now: joblib would keep them, with their memory, for minutes."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True, kill_workers=True)


@contextmanager
def _cluster(address: str) -> Generator[Callable[[], int]]:
    try:
        from distributed import Client
    except ImportError:
        raise EngineError(
            "--dask needs a package more: pip install 'assess-modern-slavery[cluster]'"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    try:
        client: Any = Client(address, timeout=_SCHEDULER_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        why = str(error) or type(error).__name__
        raise EngineError(f"no Dask scheduler answers at {address} ({why})") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
            yield lambda: max(1, sum(client.ncores().values()))
        except _lost_errors() as error:
            raise EngineError(
                f"the Dask cluster at {address} has no workers or was lost "
                f"({type(error).__name__}); what was done is kept: run the same command again"
            ) from None


def _lost_errors() -> tuple[type[Exception], ...]:
    from concurrent.futures import CancelledError

    from distributed.comm.core import CommClosedError

    return (CommClosedError, CancelledError, TimeoutError)


def _register(backend: Backend) -> None:
    module, function = BACKENDS[backend]
    try:
        getattr(import_module(module), function)()
    except ImportError:
        package = module.partition(".")[0]
        raise EngineError(
            f"--backend {backend} needs a package more: pip install {package}"
        ) from None
