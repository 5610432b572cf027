"""OCR in the worker: more time is given once, and no tesseract outlives its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assess.errors import UnreadableDocument
from assess.extract import Extractor, isolation
from tests.extract.makers import PARAGRAPH, pdf, wrapped
from tests.extract.scans import needs_tesseract, pose, scan
from tests.extract.test_ocr import tsv

SCAN = scan(pdf([wrapped(PARAGRAPH, 60, 60, 80)]))
ROOT = Path(__file__).parents[2]
WORD = tsv((1, 0, 96, "read")).replace("\t", "\\t").replace("\n", "\\n")
PARENT = """
import sys
from pathlib import Path
from assess.extract import Extractor, isolation
isolation.WORKER = "tests.extract.scan_worker"
Extractor().extract(Path(sys.argv[1]).read_bytes(), "scan.pdf")
"""


@pytest.fixture(autouse=True)
def _scan_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "WORKER", "tests.extract.scan_worker")


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tesseract that never ends, and the file with its process id."""
    pose(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/new; mv {tmp_path}/new {tmp_path}/pid; "
         "exec sleep 60")  # fmt: skip
    return tmp_path / "pid"


def warm(seconds: float) -> Extractor:
    """A worker with its modules loaded, and so much time for each document."""
    extractor = Extractor()
    extractor.extract(b"We act.", "a.txt")
    extractor._seconds = seconds
    return extractor


def wait_for(condition: object, seconds: float = 10) -> bool:
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return bool(condition())


def gone(pid_file: Path) -> bool:
    try:
        os.kill(int(pid_file.read_text()), 0)
    except ProcessLookupError:
        return True
    return False


@needs_tesseract
def test_the_worker_reads_scans() -> None:
    with Extractor(memory=700_000_000) as extractor:
        assert extractor.extract(SCAN, "a.pdf").content == PARAGRAPH
        first = extractor._process
        assert extractor.extract(SCAN, "a.pdf").content == PARAGRAPH
        assert extractor._process is first


def test_scans_have_more_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pose(tmp_path, monkeypatch, f"sleep 2; printf '{WORD}'")
    with warm(1) as extractor:
        assert extractor.extract(SCAN, "a.pdf").content == "read"


def test_a_worker_out_of_time_ends_with_its_tesseract(
    started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "ocr_seconds", lambda pages: 1)
    with warm(1) as extractor:
        with pytest.raises(UnreadableDocument, match="time"):
            extractor.extract(SCAN, "a.pdf")
        assert wait_for(lambda: gone(started))


def test_more_time_is_given_once() -> None:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    clock = isolation._Clock(process, 0.2)
    clock.extend(0.5)
    clock.extend(60)
    assert wait_for(lambda: process.poll() is not None, 3) and clock.late
    clock.stop()


def test_closing_ends_tesseract(started: Path) -> None:
    extractor = Extractor()

    def read() -> None:
        with pytest.raises(UnreadableDocument):
            extractor.extract(SCAN, "a.pdf")

    thread = threading.Thread(target=read)
    thread.start()
    assert wait_for(started.exists)
    extractor.close()
    thread.join(5)
    assert not thread.is_alive()
    assert wait_for(lambda: gone(started))


def test_tesseract_ends_with_a_killed_parent(started: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(SCAN)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "scan.pdf")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert wait_for(started.exists)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert wait_for(lambda: gone(started), 5)
