"""Reads the statement sources and the organisations that made them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tools.corpus import blocks, criteria

HERE = Path(__file__).parent
SUFFIX = {"pdf": ".pdf", "pdf2": ".pdf", "scan": ".pdf", "docx": ".docx", "md": ".md"} | {
    "txt": ".txt",
    "jsonl": ".jsonl",
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """A fictional organisation as the registry names it."""

    name: str
    number: str
    address: tuple[str, ...]
    sectors: tuple[str, ...]
    turnover: str
    years: str
    sector_type: str
    other_sector: str
    parent: str
    group: bool
    covers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be written, with its registry facts and its truth."""

    id: str
    org: str | None
    meta: Mapping[str, Any]
    body: str
    evidence: Mapping[str, list[str]]
    file: str
    """Name in ``corpus/documents``; ``more.jsonl#id`` for a line of the JSON Lines file."""

    @property
    def format(self) -> str:
        """One of the formats that ``build`` writes."""
        return str(self.meta["format"])

    @property
    def planted(self) -> tuple[str, ...]:
        """The cases that were planted in this document."""
        return tuple(self.meta.get("planted", ()))

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the financial year."""
        start, end = str(self.meta["period"]).split()
        return date.fromisoformat(start), date.fromisoformat(end)

    @property
    def blocks(self) -> tuple[blocks.Block, ...]:
        """The text as blocks, without marks."""
        return blocks.parse(blocks.unmarked(self.body))

    @property
    def words(self) -> int:
        """Number of words in the text."""
        return len(blocks.unmarked(self.body).split())


def load_organisations() -> dict[str, Organisation]:
    """Return the organisations by their key."""
    raw = yaml.safe_load((HERE / "organisations.yaml").read_text("utf-8"))
    return {key: _organisation(value) for key, value in raw.items()}


def _organisation(raw: Mapping[str, Any]) -> Organisation:
    return Organisation(
        name=raw["name"],
        number=raw["number"],
        address=tuple(raw["address"]),
        sectors=tuple(raw["sectors"]),
        turnover=raw["turnover"],
        years=raw["years"],
        sector_type=raw.get("type", "Private"),
        other_sector=raw.get("other_sector", ""),
        parent=raw.get("parent", ""),
        group=raw.get("group", False),
        covers=tuple((name, number) for name, number in raw.get("covers", ())),
    )


def load_sources(organisations: Mapping[str, Organisation]) -> tuple[Source, ...]:
    """Return every document source, ordered by id; templates are resolved and left out."""
    parts = {path.stem: _split(path) for path in sorted((HERE / "sources").glob("*.md"))}
    resolved = {key: _resolve(key, parts) for key in parts if not parts[key][0].get("template")}
    counts = Counter(meta.get("org") for meta, _ in resolved.values())
    return tuple(
        _source(key, meta, body, organisations, counts[meta.get("org")] > 1)
        for key, (meta, body) in resolved.items()
    )


def _split(path: Path) -> tuple[dict[str, Any], str]:
    match = re.fullmatch(r"---\n(.*?)\n---\n?(.*)", path.read_text("utf-8"), re.DOTALL)
    if match is None:
        raise ValueError(f"{path.name}: no front matter between two lines of ---")
    return yaml.safe_load(match[1]), match[2]


def _resolve(
    key: str, parts: Mapping[str, tuple[dict[str, Any], str]]
) -> tuple[dict[str, Any], str]:
    """Follow ``extends``: the other source's text with ``replace`` applied, and its truth."""
    meta, body = parts[key]
    if "extends" not in meta:
        return meta, body
    base, text = parts[meta["extends"]]
    for old, new in meta["replace"].items():
        if old not in text:
            raise ValueError(f"{key}: {old!r} is not in {meta['extends']}")
        text = text.replace(old, new)
    truth = {name: base[name] for name in ("legal", "depth", "substance", "minimal")}
    return truth | meta, text


def _source(
    key: str,
    meta: Mapping[str, Any],
    body: str,
    organisations: Mapping[str, Organisation],
    several: bool,
) -> Source:
    org = meta.get("org")
    evidence = blocks.evidence(body)
    if unknown := set(evidence) - set(criteria.ALL):
        raise ValueError(f"{key}: no such criterion: {', '.join(sorted(unknown))}")
    stem = meta.get("file") or _stem(organisations[meta["org"]].name, meta["year"], several)
    suffix = SUFFIX.get(meta["format"], ".html")
    file = f"more.jsonl#{key}" if suffix == ".jsonl" else stem + suffix
    return Source(key, org, meta, body, evidence, file)


def _stem(name: str, year: int, several: bool) -> str:
    return f"{name} {year}" if several else name
