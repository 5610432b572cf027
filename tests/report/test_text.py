"""A benchmark on a terminal and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from assess.report.text import WIDTH, benchmark_json, benchmark_text
from tests.report.benchmarks import FOUND, GAP


def test_lines_fit_and_say_what_matters() -> None:
    told = benchmark_text(FOUND)
    words = " ".join(told.split())
    assert max(map(len, told.splitlines())) <= WIDTH
    assert "compared with 12 statements, the latest assessed of 30 organisations, in: Food" in words
    assert "1. Audits carried out [BENCHMARK]" in told
    assert "not found in the text" in told
    assert "9 of 12 peers (75%, 95% interval 47–91%) have it" in words
    assert "Advice: Say which sites were audited." in told
    assert "Example: “We audited 12 sites.” Peer Limited, 2024, p. 4" in words
    assert "percentile 62, 95% interval 36–84" in words
    assert "Too few" not in told


def test_what_limits_the_comparison_is_said() -> None:
    told = benchmark_text(
        replace(FOUND, peers=3, too_few=True, other_rubrics={"old": 7}, reuse_known=False, gaps=())
    )
    words = " ".join(told.split())
    assert "Too few to compare: 3 peers, fewer than 10" in words
    assert "7 documents of the database were judged by another rubric only (old)" in words
    assert "Run assess compare reuse" in words
    assert "No gaps" in words


def test_marks_that_reorder_text_are_spelled_out() -> None:
    told = benchmark_text(replace(FOUND, name="\u202egpj.exe\x1b[31m"))
    assert "[U+202E]" in told
    assert "\x1b" not in told


def test_json_holds_the_same() -> None:
    plain = json.loads(benchmark_json(FOUND))
    assert plain["standings"][0]["percentile"] == 62.5
    assert plain["gaps"][0]["peers"]["count"] == GAP.peers.count
    assert plain["gaps"][0]["quotes"][0]["quote"] == "We audited 12 sites."
