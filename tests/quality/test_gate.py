"""The quality gate: no measure falls below its floor, and no floor falls.

`python -m tools.floors` raises the floors to what is reached now.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tools.measures import FLOORS, ROOT, SHARED, hashes, on_corpus, on_held_out

# Library versions round differently in the last places.
TOLERANCE = 1e-6


def floors() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return loaded


def below(measured: dict[str, float]) -> dict[str, tuple[float, float]]:
    held = floors()["floors"]
    return {
        name: (value, held[name])
        for name, value in measured.items()
        if value < held[name] - TOLERANCE
    }


def test_corpus() -> None:
    assert below(on_corpus()) == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="real statements are not at hand (../shared/data)")
def test_held_out_statements() -> None:
    assert hashes() == floors()["data"], "other data than the floors were measured on"
    assert below(on_held_out()) == {}


def test_no_floor_falls() -> None:
    show = ["git", "show", f"HEAD:{FLOORS.relative_to(ROOT).as_posix()}"]
    done = subprocess.run(show, capture_output=True, text=True, cwd=FLOORS.parent, check=False)
    if done.returncode:
        pytest.skip("not a git checkout, or the floors are new")
    before = json.loads(done.stdout)
    now = floors()
    if now["data"] == before["data"]:
        fallen = {k: v for k, v in before["floors"].items() if now["floors"].get(k, -1) < v}
        assert fallen == {}
