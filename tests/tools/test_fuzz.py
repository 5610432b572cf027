"""A short run of the fuzzer, and that it would notice."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.extract import from_plain_text
from assess.records import Sentence, Text
from tools.fuzz.documents import documents, run
from tools.fuzz.hostile import check_page, check_table
from tools.fuzz.invariants import broken
from tools.fuzz.runner import cases, run_target
from tools.fuzz.target import BrokenPromiseError, Target
from tools.fuzz.targets import TARGETS

TEXT = from_plain_text("We act against slavery.\fWe train our staff.")


def moved(sentence: Sentence, by: int) -> Sentence:
    return sentence._replace(start=sentence.start + by)


def test_a_short_run_breaks_no_promise(tmp_path: Path) -> None:
    tally = run(seconds=30, seed=3, most=120, kept=tmp_path)
    assert tally.failures == [] and list(tmp_path.iterdir()) == []
    assert tally.outcomes["text"] > 40 and tally.judged > 0


def test_documents_follow_from_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(islice(documents(5), 60))
    assert any(name.endswith(".docx") for _, name in first)
    # Archives are dated: what is made next year must be the same.
    next_year = time.localtime(time.time() + 400 * 86_400)
    monkeypatch.setattr("zipfile.time.localtime", lambda _seconds=None: next_year)
    assert list(islice(documents(5), 60)) == first
    assert list(islice(documents(6), 5)) != first[:5]


@pytest.mark.parametrize(
    "text",
    [
        replace(TEXT, pages=()),
        replace(TEXT, pages=TEXT.pages[:1]),
        replace(TEXT, sentences=TEXT.sentences[::-1]),
        replace(TEXT, sentences=(moved(TEXT.sentences[0], 1),)),
        replace(TEXT, sentences=tuple(s._replace(page=1) for s in TEXT.sentences)),
        replace(TEXT, content=TEXT.content.replace("staff", "st\ud800ff")),
    ],
)
def test_broken_promises_are_noticed(text: Text) -> None:
    assert broken(TEXT) is None and broken(text)


def _fragile(data: bytes, folder: Path) -> str:
    """Refuses what is long, and breaks where a byte is zero."""
    if b"\0" in data:
        raise KeyError("a defect")
    if len(data) > 30:
        raise InputError("too long")
    (folder / "case").write_bytes(data)
    return "read"


def test_a_defect_is_found_and_its_case_kept(tmp_path: Path) -> None:
    target = Target("fragile", lambda: [b"a sound input"], _fragile, (b"\0",))
    found = run_target(target, seconds=20, seed=1, kept=tmp_path, most=60)
    assert found.outcomes.total() == 60 and min(found.outcomes.values()) > 0
    assert list(found.outcomes) and set(found.outcomes) == {"read", "refused", "failed"}
    (place,) = found.failures
    assert place.startswith("KeyError at")
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 2 and b"\0" in kept[0].read_bytes() and "a defect" in kept[1].read_text()


def test_cases_follow_from_the_seed() -> None:
    target = TARGETS["config"]
    first = list(islice(cases(target, 4), 20))
    assert list(islice(cases(target, 4), 20)) == first != list(islice(cases(target, 5), 20))


@pytest.mark.parametrize("name", ["lists", "sentences", "config", "jsonl", "arrays"])
def test_quick_targets_find_nothing(name: str, tmp_path: Path) -> None:
    found = run_target(TARGETS[name], seconds=10, seed=8, kept=tmp_path, most=25)
    assert found.failures == {} and found.outcomes["read"] + found.outcomes["refused"] == 25


@pytest.mark.parametrize(
    "page",
    [
        "<zz-fuzz>x</zz-fuzz>",
        "<p zzfuzz='1'>x</p>",
        "<p onclick='x'>x</p>",
        "<a href=' JavaScript:x'>x</a>",
        "<iframe src='x'></iframe>",
        "<script>var x = '<zz-fuzz>';</script>",
    ],
)
def test_a_page_that_took_a_name_for_markup_is_noticed(page: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><p>&lt;zz-fuzz&gt; <a href='https://a.example/'>x</a>")
    check_page(path)
    path.write_text(f"<!doctype html><body>{page}")
    with pytest.raises(BrokenPromiseError):
        check_page(path)


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "+x", "-1+1", " =1"])
def test_a_formula_is_noticed(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name,number\n'=1+1,-1.5\n")
    check_table(path)
    path.write_text(f"name\n{cell}\n")
    with pytest.raises(BrokenPromiseError):
        check_table(path)
