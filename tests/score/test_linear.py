"""The work for a sentence grows with its length, not with its square, whatever it holds."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import ModuleType

import pytest

from assess.extract import from_plain_text
from assess.score import detectors, phrases, status_cues, status_unreal
from assess.score.assessment import rule_book
from assess.score.detectors import DETECTORS
from assess.score.phrase_language import parse_phrase
from assess.score.phrases import PhraseBook
from assess.score.rubric import load_rubric
from assess.score.rubric_checks import phrases_by_key
from assess.score.status import evidence_status, sentence_status

RUBRIC = load_rubric()
PHRASES = sorted({p for j in RUBRIC.judged() for r in j.rules for _, p in phrases_by_key(r)})
MODULES = [
    status_cues,
    status_unreal,
    *(
        importlib.import_module(f"{detectors.__name__}.{found.name}")
        for found in pkgutil.iter_modules(detectors.__path__)
    ),
]
METHODS = ("search", "match", "fullmatch", "finditer", "sub", "split")
SIZES = (2_000, 4_000, 8_000)
# Twice the text may take this much more; twice would be exact, four times a square.
RATIO = 2.6
# Nothing of a text is worth waiting for longer; what is this quick need not be linear.
TINY = 0.05
TOO_LONG = 2.0
# Other work on the machine disturbs a measure, but not each time.
TRIES = 3

FILLS = {
    "words": "we will not have been ",
    "one word": "a",
    "capitals": "Xy Zq ",
    "digits": "1",
    "numbers": "20 % ",
    "spaces": " ",
    "lines": " \n",
    "dots": ".",
    "commas": ", ",
    "quotes": "'",
    "hyphens": "-",
    "board": "The Board of Directors, approved by ",
    "companies": "Alder Limited, and ",
}


def seconds(call: Callable[[], object]) -> float:
    """The best of three, stopped where it takes too long."""

    def stop(*_: object) -> None:
        raise TimeoutError

    best = TOO_LONG
    before = signal.signal(signal.SIGALRM, stop)
    try:
        for _ in range(3):
            signal.setitimer(signal.ITIMER_REAL, TOO_LONG)
            begun = time.perf_counter()
            call()
            best = min(best, time.perf_counter() - begun)
            if best < TINY:
                break
    except TimeoutError:
        return TOO_LONG
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return best


def grows_too_fast(call: Callable[[str], object], fill: str) -> str:
    """The times, where the longest text takes neither a tiny nor a fitting time."""
    texts = [(fill * size)[:size] for size in SIZES]
    if seconds(partial(call, texts[-1])) < TINY:
        return ""
    for _ in range(TRIES):
        times = [seconds(partial(call, text)) for text in texts]
        if all(more <= RATIO * less for less, more in itertools.pairwise(times)):
            return ""
    return ", ".join(f"{t * 1000:.0f} ms" for t in times)


def patterns(value: object, name: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from patterns(one, f"{name}[{key}]")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for at, one in enumerate(value):
            yield from patterns(one, f"{name}[{at}]")


def methods_of(modules: Sequence[ModuleType]) -> dict[str, set[str]]:
    """By the name of a pattern or a group of them the methods that the modules call of it."""
    found: dict[str, set[str]] = {}
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                value = node.value
                while isinstance(value, ast.Subscript):
                    value = value.value
                if isinstance(value, ast.Name):
                    found.setdefault(value.id, set()).add(node.attr)
    return found


USED = methods_of(MODULES)
FOUND = {
    (pattern, method): f"{module.__name__.removeprefix('assess.score.')}.{name} {method}"
    for module in MODULES
    for group, value in vars(module).items()
    for name, pattern in patterns(value, group)
    for method in sorted(USED.get(group, ())) or ["search"]
}
# Their callers hand them no more than so many characters, or a stretch of text that is one line.
WINDOWS = {
    "detectors.signature._REST match": 100,
    "detectors.signature._PROSE match": 120,
    "detectors.signature._SENTENCE search": 240,
}


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
def test_every_pattern(fill: str) -> None:
    assert len(FOUND) > 100
    slow = {}
    for (pattern, method), name in FOUND.items():
        window = WINDOWS.get(name)

        def call(
            text: str, p: re.Pattern[str] = pattern, m: str = method, w: int | None = window
        ) -> None:
            text = text[:w]
            done = p.sub("", text) if m == "sub" else getattr(p, m)(text)
            if m == "finditer":
                list(done)

        if times := grows_too_fast(call, fill):
            slow[name] = times
    assert slow == {}


LEADS = (
    "",
    "Signed: Amara Whitfield, Director",
    "This statement was approved by ",
    "on behalf of ",
)


@pytest.mark.parametrize("detector", DETECTORS)
def test_every_detector(detector: str) -> None:
    book = rule_book(RUBRIC)
    slow = {}
    for lead in LEADS:
        for name, fill in FILLS.items():
            texts = {size: from_plain_text(f"{lead}{(fill * size)[:size]} end") for size in SIZES}
            read = {size: book.read(text) for size, text in texts.items()}

            def call(text: str, read: Mapping[int, object] = read) -> object:
                return DETECTORS[detector](read[len(text)])  # type: ignore[arg-type]

            if times := grows_too_fast(call, fill):
                slow[lead, name] = times
    assert slow == {}


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS)
def test_evidence_status(fill: str) -> None:
    assert not grows_too_fast(sentence_status, fill)
    assert not grows_too_fast(lambda text: evidence_status(text, 5, 9, "", ""), fill)


def work(book: PhraseBook, sentence: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many tokens are looked at to match every phrase of the book that may be there."""
    looked_at = 0
    found = phrases._found

    def counting(reached: object, here: Sequence[int], gap: int) -> dict[int, int]:
        nonlocal looked_at
        looked_at += len(here) + len(reached) * (1 + gap)  # type: ignore[arg-type]
        return found(reached, here, gap)  # type: ignore[arg-type]

    monkeypatch.setattr(phrases, "_found", counting)
    passage = book.passage(sentence)
    for phrase in passage.candidates():
        passage.span(phrase)
    monkeypatch.undo()
    return looked_at


def sentence_for(phrase: str) -> str:
    """A sentence that gives a phrase much to try: each of its words, and words that fit nothing."""
    words = []
    for step in parse_phrase(phrase, RUBRIC.lists.keys()).steps:
        item = step.item
        entry = [RUBRIC.lists[item.entity][0]] if item.entity else []
        shape = ["Seventy"] if item.shape else []
        words += [*sorted(item.words)[:1], *sorted(item.prefixes)[:1], *entry, *shape]
    return " ".join(words)


def test_every_phrase_of_the_shipped_rubric(monkeypatch: pytest.MonkeyPatch) -> None:
    book = PhraseBook(PHRASES, [], RUBRIC.lists)
    sample = " ".join(sentence_for(phrase) for phrase in PHRASES[::40])
    one, two, four = (work(book, " ".join([sample] * n), monkeypatch) for n in (1, 2, 4))
    assert one < two <= RATIO * one
    assert two < four <= RATIO * two


SLOW_PHRASES = (
    "a ..12 b ..12 a ..12 b ..12 a ..12 b",
    "a " + "a? " * 22 + "a",
    "a ..8 b? ..8 a? ..8 a",
    "a|b ..12 " * 5 + "c",
    "@slavery ..12 @slavery ..12 @slavery",
    "a " * 24,
)


@pytest.mark.parametrize("phrase", SLOW_PHRASES)
@pytest.mark.parametrize("sentence", ["a b ", "a ", "modern slavery a "])
def test_phrases_made_to_be_slow(
    phrase: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = PhraseBook([phrase], [], RUBRIC.lists)
    one, two, four = (work(book, sentence * n, monkeypatch) for n in (250, 500, 1_000))
    assert two <= RATIO * max(one, 1)
    assert four <= RATIO * max(two, 1)
    assert seconds(lambda: book.passage(sentence * 1_000).span(phrase)) < 1
