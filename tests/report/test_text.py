"""A benchmark on a terminal and as JSON."""

from __future__ import annotations

import json

from assess.compare.peers import Benchmark, Gap, Standing
from assess.compare.stats import share
from assess.report.text import WIDTH, benchmark_json, benchmark_text

GAP = Gap(
    criterion="audits",
    title="Audits carried out",
    question="Are audits carried out?",
    kind="indicator",
    authority="BENCHMARK",
    source="the source",
    value=False,
    wanted="true",
    peers=share(9, 12),
    why="Because " + "promises are no checks and " * 8,
    good_practice="Unannounced audits with worker interviews.",
    advice="Say which sites were audited.",
)
FOUND = Benchmark(
    sector="Food",
    peers=12,
    minimum=10,
    too_few=False,
    rubric="test@1+0",
    same_rubric=True,
    standings=(
        Standing("substance", "Substance", "score", 31.0, 62.5, 28.0),
        Standing("risk", "Risk assessment", "area", None, None, None),
    ),
    gaps=(GAP,),
)


def test_lines_fit_and_say_what_matters() -> None:
    told = benchmark_text(FOUND)
    assert max(map(len, told.splitlines())) <= WIDTH
    assert "Compared with 12 assessed statements in: Food" in told
    assert "1. Audits carried out [BENCHMARK]" in told
    assert "not found in the text" in told
    assert "9 of 12 peers (75%, 95% interval 47–91%)" in " ".join(told.split())
    assert "Advice: Say which sites were audited." in told
    assert "Too few" not in told


def test_few_peers_and_another_rubric_are_said() -> None:
    from dataclasses import replace

    told = benchmark_text(replace(FOUND, peers=3, too_few=True, same_rubric=False, gaps=()))
    assert "Too few to compare: fewer than 10" in told
    assert "different rubrics" in told
    assert "No gaps" in told


def test_json_holds_the_same() -> None:
    plain = json.loads(benchmark_json(FOUND))
    assert plain["standings"][0]["percentile"] == 62.5
    assert plain["gaps"][0]["peers"]["count"] == 9
