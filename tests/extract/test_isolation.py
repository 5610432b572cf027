"""The worker: same result, limits kept, and on with the next document."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from assess.errors import UnreadableDocument
from assess.extract import Extractor, extract, extract_isolated, isolation
from tests.extract.makers import PARAGRAPH, form_bomb, pdf, wrapped

GOOD = pdf([wrapped(PARAGRAPH, 60, 60, 80)])


def test_worker_gives_what_the_function_gives_and_stays() -> None:
    with Extractor() as extractor:
        assert extractor.extract(GOOD, "a.pdf") == extract(GOOD, "a.pdf")
        first = extractor._process
        with pytest.raises(UnreadableDocument, match="empty"):
            extractor.extract(b"", "b.pdf")
        assert extractor.extract(b"We act.", "c.txt").content == "We act."
        assert extractor._process is first
    assert extractor._process is None


def test_a_worker_started_before_reads_the_document_and_is_ended() -> None:
    with Extractor() as extractor:
        extractor.start()
        extractor.start()
        process = extractor._process
        assert process is not None and process.poll() is None
        assert extractor.extract(b"We act.", "c.txt").content == "We act."
        assert extractor._process is process
        extractor.close()
        extractor.start()  # and ended where it never had a document
        process = extractor._process
    assert process is not None and process.returncode is not None


def test_worker_is_recycled() -> None:
    with Extractor(documents=1) as extractor:
        extractor.extract(GOOD, "a.pdf")
        first = extractor._process
        extractor.extract(GOOD, "a.pdf")
        assert extractor._process is not first


def test_time_limit_costs_one_document() -> None:
    slow = "• a".encode() * 900_000  # 11 s of honest work
    with Extractor(seconds=1.5) as extractor:
        extractor.extract(b"We act.", "warm.txt")
        start = time.monotonic()
        with pytest.raises(UnreadableDocument) as error:
            extractor.extract(slow, "slow.txt")
        assert (error.value.reason, error.value.detail) == ("pdf_limit", "time")
        assert time.monotonic() - start < 5
    with Extractor() as extractor:
        assert extractor.extract(GOOD, "a.pdf").words > 20


def test_memory_limit_costs_one_document() -> None:
    pytest.importorskip("resource")
    with Extractor(memory=700_000_000) as extractor:
        with pytest.raises(UnreadableDocument) as error:
            extractor.extract(form_bomb(), "bomb.pdf")
        assert (error.value.reason, error.value.detail) == ("pdf_limit", "memory")
        assert extractor.extract(GOOD, "a.pdf").words > 20


def test_dead_worker_is_replaced() -> None:
    with Extractor() as extractor:
        extractor.extract(GOOD, "a.pdf")
        assert extractor._process is not None
        extractor._process.kill()
        extractor._process.wait()
        assert extractor.extract(GOOD, "a.pdf").words > 20


def test_a_document_whose_workers_are_killed_is_tried_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exchange, started = isolation._exchange, []

    def killed(process: subprocess.Popen[bytes], *rest: Any) -> bytes | None:
        started.append(process)
        process.kill()
        return exchange(process, *rest)

    monkeypatch.setattr(isolation, "_exchange", killed)
    with Extractor() as extractor:
        with pytest.raises(UnreadableDocument, match="killed from outside") as error:
            extractor.extract(GOOD, "a.pdf")
        assert (error.value.reason, len(started)) == ("pdf_limit", 2)


def test_two_workers_run_side_by_side() -> None:
    with Extractor() as one, Extractor() as two, ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda e: e.extract(GOOD, "a.pdf"), [one, two, one, two]))
    assert len({result.content for result in results}) == 1


def test_shared_worker() -> None:
    assert extract_isolated(GOOD, "a.pdf").content == PARAGRAPH


@pytest.mark.parametrize(
    "answer",
    [
        b"{", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"error": 1}', b'{"error": ["a"]}',
        b'{"text": ["a", "en"], "pages": [], "sentences": [], "flags": [], "parts": []}',
        b'{"text": [1, 2, 3], "pages": [], "sentences": [], "flags": [], "parts": []}',
        b'{"text": ["a", "en", "1"], "pages": [[1]], "sentences": [], "flags": [], "parts": []}',
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_costs_its_document(
    monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    with Extractor() as extractor:
        with monkeypatch.context() as taken_over:
            taken_over.setattr(isolation, "_exchange", lambda *_: answer)
            with pytest.raises(UnreadableDocument, match="damaged"):
                extractor.extract(b"We act.", "a.txt")
        assert extractor.extract(b"We act.", "a.txt").content == "We act."
