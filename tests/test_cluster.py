"""A Dask cluster of two processes gives the same database as this one."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assess.batch import extract_pending, score_pending
from assess.engine import LOCAL, Engine
from assess.errors import EngineError
from assess.resources import corpus_folder
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.store import Workspace, open_workspace

# What a test leaves to the workers when it ends on purpose.
pytestmark = pytest.mark.filterwarnings("ignore:.*still being processed by the workers")
distributed = pytest.importorskip("distributed")
DOCUMENTS = sorted((corpus_folder() / "documents").iterdir())[:12]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of documents that nobody has read."""
    path = tmp_path_factory.mktemp("imported") / "a.db"
    with open_workspace(path) as workspace:
        import_files(workspace, DOCUMENTS)
    return path


@pytest.fixture(scope="module")
def here(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What this process writes."""
    return _done(imported, tmp_path_factory.mktemp("here"), LOCAL)


def _done(imported: Path, folder: Path, engine: Engine) -> list[str]:
    """Read and judge in a copy; all that is in it then, times left out."""
    path = folder / "a.db"
    shutil.copyfile(imported, path)
    shutil.copytree(imported.with_name("a.documents"), path.with_name("a.documents"))
    with open_workspace(path) as workspace:
        _work(workspace, engine)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE document_sources SET read_at = ''")
        db.execute("UPDATE issues SET noted_at = ''")
        return list(db.iterdump())


def _work(workspace: Workspace, engine: Engine) -> None:
    extract_pending(workspace, engine)
    score_pending(workspace, load_rubric(), model_key(), None, engine)


def test_the_database_is_the_same(
    cluster: Any, imported: Path, here: list[str], tmp_path: Path
) -> None:
    engine = Engine(dask=cluster.scheduler_address)
    assert _done(imported, tmp_path, engine) == here


def test_originals_at_an_address(
    cluster: Any, imported: Path, here: list[str], tmp_path: Path
) -> None:
    place = imported.with_name("a.documents").as_uri()
    engine = Engine(dask=cluster.scheduler_address, originals=place)
    assert _done(imported, tmp_path, engine) == here


def test_a_killed_worker_costs_time_only(
    cluster: Any, imported: Path, here: list[str], tmp_path: Path
) -> None:
    [victim, _] = _workers(cluster)
    killed = threading.Timer(1.0, os.kill, [victim, signal.SIGKILL])
    killed.start()
    assert _done(imported, tmp_path, Engine(dask=cluster.scheduler_address)) == here
    killed.join()
    until = time.monotonic() + 30  # a busy machine notices late
    while victim in _workers(cluster) and time.monotonic() < until:
        time.sleep(0.1)
    assert victim not in _workers(cluster)


def _workers(cluster: Any) -> list[int]:
    """The processes that work now: one that is being started is none yet."""
    started = (nanny.process and nanny.process.process for nanny in cluster.workers.values())
    return [process.pid for process in started if process]


def test_workers_that_do_not_find_the_originals_call_nothing_lost(
    cluster: Any, imported: Path, tmp_path: Path
) -> None:
    engine = Engine(dask=cluster.scheduler_address, originals=str(tmp_path / "nowhere"))
    with pytest.raises(EngineError, match=f"cannot read what is here.*{tmp_path}/nowhere"):
        _done(imported, tmp_path, engine)
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        assert db.execute("SELECT count(*) FROM issues").fetchone() == (0,)
