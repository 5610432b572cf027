"""A small rubric and texts for tests of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assess.extract import from_plain_text
from assess.records import Finding
from assess.score.judge import judge
from assess.score.rubric import Rubric, load_rubric
from assess.score.rules import RuleBook

WORDS = {
    "question": "?",
    "authority": "BENCHMARK",
    "source": "a test",
    "why": "-",
    "good_practice": "-",
    "advice": "-",
}


def criterion(name: str, kind: str = "indicator", **keys: Any) -> dict[str, Any]:
    levels = {"levels": {1: name}} if kind == "depth" else {}
    return {"id": name, "kind": kind, "title": name.title(), **WORDS, **levels, **keys}


def rubric_data(*criteria: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "id": "test",
        "version": "1",
        "title": "A test",
        "notice": "-",
        "lists": {"slavery": ["modern slavery"]},
        "signals": [],
        "criteria": list(criteria),
        "tiers": [
            {"name": "Low", "at_least": 0, "meaning": "-"},
            {"name": "High", "at_least": 50, "meaning": "-"},
        ],
        "scores": {
            "depth_share": 0.5,
            "substance_full": 50,
            "minimal_weights": {
                "form_without_substance": 1,
                "few_particulars": 0,
                "vague_language": 1,
                "no_risk_or_case": 1,
                "no_results": 1,
            },
            "minimal_flag_at_least": 0.5,
            "reason_at_least": 0.5,
        },
        **keys,
    }


def write_rubric(folder: Path, data: Any) -> Path:
    path = folder / "rubric.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def rubric_of(folder: Path, *criteria: dict[str, Any], **keys: Any) -> Rubric:
    return load_rubric(write_rubric(folder, rubric_data(*criteria, **keys)))


def findings(rubric: Rubric, content: str) -> dict[str, Finding]:
    book = RuleBook(rubric)
    reading = book.read(from_plain_text(content))
    return {f.criterion: f for f in judge(rubric, reading, book.hits(reading))}
