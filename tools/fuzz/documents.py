"""Mutated documents of the corpus against the extractor, in its own process, and the judge."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract import Extractor
from assess.extract.limits import WORKER_SECONDS, ocr_seconds
from assess.records import Text
from assess.resources import corpus_folder
from assess.scrape.files import iter_documents
from tools.fuzz.invariants import broken, misquoted
from tools.fuzz.mutate import mutate

KEPT: Final = Path("build") / "fuzz"
# A new worker, a busy machine, and the recognition of a few pages, which has time of its own.
_MARGIN: Final = 10.0 + ocr_seconds(pages=10)
_JUDGED_EVERY: Final = 20
# Judging takes some 40 microseconds a character; longer texts would fill the run.
_MAX_JUDGED: Final = 100_000
_JUDGE_SECONDS: Final = 30


@dataclass(slots=True)
class Tally:
    """What a run did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    failures: list[str] = field(default_factory=list)
    limited: list[str] = field(default_factory=list)
    """Documents that met a limit: no failure, but worth a look."""
    slowest: float = 0.0
    """Seconds."""

    @property
    def executions(self) -> int:
        """Documents read or refused."""
        return self.outcomes.total()


def run(
    seconds: float, seed: int, most: int | None = None, kept: Path = KEPT, suffix: str = ""
) -> Tally:
    """Fuzz for so long, or ``most`` documents; with ``suffix`` only of that kind."""
    tally = Tally()
    end = time.monotonic() + seconds
    with Extractor() as extractor:
        for number, (data, name) in islice(enumerate(documents(seed, suffix)), most):
            if time.monotonic() > end:
                return tally
            label, outcome = f"{seed}-{number}-{name}", tally.outcomes.copy()
            failure = _try(extractor, data, name, tally)
            met = next(iter(tally.outcomes - outcome))
            if failure:
                tally.failures.append(f"{label}: {failure}")
            elif met.startswith("pdf_limit"):
                tally.limited.append(f"{label}: {met}")
            else:
                continue
            kept.mkdir(parents=True, exist_ok=True)
            (kept / label).write_bytes(data)
    return tally


def documents(seed: int, suffix: str = "") -> Iterator[tuple[bytes, str]]:
    """Mutated documents of the corpus without end, each with its name."""
    seeds = [
        (data, document.name)
        for document, data in iter_documents([corpus_folder() / "documents"])
        if document.name.endswith(suffix)
    ]
    number = 0
    while True:
        random = Random(f"{seed}:{number}")  # noqa: S311 - repeatable, not secret
        data, name = random.choice(seeds)
        name = name if "." in name else f"{name}.txt"
        yield mutate(data, name, random), name
        number += 1


def _try(extractor: Extractor, data: bytes, name: str, tally: Tally) -> str | None:
    """Read one document; return which promise was broken."""
    begin = time.monotonic()
    text: Text | None = None
    failure = None
    try:
        text = extractor.extract(data, name)
        outcome = "text"
    except UnreadableDocument as error:
        known = error.reason in ("pdf_limit", "damaged") and error.detail
        outcome = f"{error.reason}: {error.detail}" if known else error.reason
        if "parser" in error.detail:
            failure = str(error)
    except Exception as error:  # noqa: BLE001 - any other exception is what the run looks for
        outcome = "exception"
        failure = f"{type(error).__name__}: {error}"
    tally.outcomes[outcome] += 1
    spent = time.monotonic() - begin
    tally.slowest = max(tally.slowest, spent)
    if spent > WORKER_SECONDS + _MARGIN:
        failure = f"took {spent:.0f} s"
    if text is None or failure:
        return failure
    return broken(text) or _judge(text, tally)


def _judge(text: Text, tally: Tally) -> str | None:
    if tally.executions % _JUDGED_EVERY or len(text.content) > _MAX_JUDGED:
        return None
    from assess.score.assessment import assess_text
    from assess.score.model import load_model
    from assess.score.rubric import load_rubric

    tally.judged += 1
    signal.signal(signal.SIGALRM, _late)
    # It rings again each second: compiled code may swallow what the first ring raises.
    signal.setitimer(signal.ITIMER_REAL, _JUDGE_SECONDS, 1)
    try:
        return misquoted(assess_text(text, load_rubric(), load_model()), text)
    except Exception as error:  # noqa: BLE001 - as above
        return f"judging: {type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _late(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"more than {_JUDGE_SECONDS} s")
