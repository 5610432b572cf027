"""`make bench-start` measures whole commands; how long they take is not tested."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assess.resources import corpus_folder
from benchmarks.start import DOCUMENT, seconds, told


def test_times_a_command_and_what_it_starts() -> None:
    work = "import time\nwhile time.process_time() < 0.2: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    wall, processor = seconds([sys.executable, "-S", "-c", child])
    assert wall >= 0.2 <= processor + 0.02  # the system counts in hundredths
    with pytest.raises(subprocess.CalledProcessError):
        seconds([sys.executable, "-S", "-c", "raise SystemExit(3)"])


def test_tells_median_and_worst() -> None:
    line = told("some", [(1.0, 4.0), (9.0, 5.0), (2.0, 9.0)])
    assert "2.00 s median, 9.00 s worst, 5.00 s of processor" in line
    assert (corpus_folder() / "documents" / DOCUMENT).exists()
