"""kill -9 at random moments; ``python -m benchmarks.kill`` does it fifty times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scrape.killing import Run, differences, killed, moments, undisturbed
from tests.web.build import build_web
from tests.web.local import LocalWeb

DELAY = 0.1


@pytest.fixture(scope="module")
def local() -> Iterator[LocalWeb]:
    with LocalWeb(build_web(sites=30)) as running:
        yield running


@pytest.fixture(scope="module")
def listed(local: LocalWeb, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kill") / "sites.csv"
    rows = [f"{domain},{truth.home_url}" for domain, truth in local.web.truth.items()]
    file.write_text("\n".join(["organisation,website", *rows]))
    return file


@pytest.fixture(scope="module")
def base(local: LocalWeb, listed: Path) -> Run:
    return undisturbed(local, "sites", listed, DELAY)


@pytest.mark.parametrize("moment", [0.3, 0.5, 0.7, 0.9])
def test_a_killed_run_goes_on_where_it_stopped(
    local: LocalWeb, listed: Path, base: Run, moment: float
) -> None:
    run = killed(local, "sites", listed, DELAY, moment * base.seconds)
    assert differences(base, run) == []


def test_moments_are_within_the_run() -> None:
    assert all(0 <= moment <= 2 for moment in moments(50, 2.0))
