"""Scanned pages are read in order; whatever goes wrong costs its page only."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from assess.errors import UnreadableDocument
from assess.extract import extract
from assess.extract.limits import MAX_OCR_PIXELS
from assess.extract.ocr import scans as ocr
from assess.extract.ocr import tesseract
from assess.extract.ocr.lines import lines_of, words_of
from assess.extract.ocr.scans import Recognised, Scans, announce, available, read_scans
from assess.extract.ocr.skew import skew_of
from tests.extract.makers import HEIGHT, PARAGRAPH, SHARED, needs_shared, pdf, wrapped
from tests.extract.scans import needs_tesseract, opened, pose, scan

SECOND = (
    "Training for every buyer began in March. Eleven visits found four cases of withheld pay, "
    "and all of it was paid back. Our grievance line will open to the workers of suppliers."
)
PAGE = pdf([wrapped(PARAGRAPH + " " + SECOND, 60, 60, 80)])
SCAN = scan(PAGE)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    tesseract.find_tesseract.cache_clear()


def mixed() -> bytes:
    """A page of text, then a scanned one."""
    document = pypdfium2.PdfDocument(pdf([wrapped(SECOND, 60, 60, 80)]))
    with opened(scan(pdf([wrapped(PARAGRAPH, 60, 60, 80)]))) as scanned:
        document.import_pages(scanned)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def read(data: bytes) -> Scans:
    with opened(data) as document:
        return read_scans(document, range(len(document)))


def only(data: bytes) -> Recognised:
    scans = read(data)
    assert not scans.flags
    return scans.pages[0]


def text_of(page: Recognised) -> str:
    return " ".join(word.text for word in page.words)


def lost(page: Recognised, wanted: str) -> Counter[str]:
    found, known = (Counter(re.findall(r"\w+", text)) for text in (text_of(page), wanted))
    return known - found


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_scan_is_read_however_it_lies(turn: int) -> None:
    page = only(scan(PAGE, turn))
    wanted = f"{PARAGRAPH} {SECOND}"
    assert lost(page, wanted).total() <= 0.02 * len(wanted.split())
    assert page.rotation == turn
    assert page.confidence is not None and 0.9 < page.confidence <= 1
    assert page.height == pytest.approx(HEIGHT, abs=1)
    first = page.words[0]
    assert first.text == "We"
    assert (first.x0, first.bottom) == pytest.approx((60, 62), abs=1.5)


@needs_tesseract
@pytest.mark.parametrize("turn", [-8, -3, 3, 7, 87, 185])
def test_lines_of_a_skewed_scan_are_made_level(turn: int) -> None:
    page = only(scan(PAGE, turn))
    wanted = f"{PARAGRAPH} {SECOND}"
    assert lost(page, wanted).total() <= 0.02 * len(wanted.split())
    assert page.rotation + page.skew == pytest.approx(turn, abs=0.5)
    found, known = (re.findall(r"\w+", text) for text in (text_of(page), wanted))
    assert SequenceMatcher(None, found, known, autojunk=False).ratio() > 0.98


def picture(turn: float, ink: int = 0) -> NDArray[np.uint8]:
    """Lines of words, at 50 dpi blown up to 200, turned clockwise."""
    page = np.full((600, 420), 255 - ink, np.uint8)
    noise = np.random.default_rng(1).random(page.shape)
    for top in range(60, 540, 9):
        page[top : top + 4, 50:370][noise[top : top + 4, 50:370] < 0.5] = ink
    turned = Image.fromarray(page).resize((1680, 2400)).rotate(-turn, fillcolor=255 - ink)
    return np.asarray(turned)


@pytest.mark.parametrize("turn", [-19, -8, -2, -0.5, 0, 1, 4, 12])
@pytest.mark.parametrize("lying", [False, True])
def test_skew_is_told_from_the_picture(turn: float, lying: bool) -> None:
    page = picture(turn)
    assert skew_of(np.rot90(page) if lying else page) == pytest.approx(turn, abs=0.5)
    assert skew_of(255 - page) == pytest.approx(turn, abs=0.5)


def test_a_picture_without_lines_has_no_skew() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (2400, 1680), dtype=np.uint8)
    shades = np.linspace(0, 255, 2400 * 1680).reshape(2400, 1680).astype(np.uint8)
    for page in (noise, shades, shades.T, np.zeros((2400, 1680), np.uint8), noise[:5, :5]):
        assert skew_of(page) == 0


def test_a_scan_that_still_slopes_or_lost_much_is_flagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sloping = "\n".join(
        [HEADER, *(f"5\t1\t1\t1\t1\t{n}\t{n * 60}\t{n * 5}\t50\t20\t96\tword" for n in range(9))]
    )
    noise = [(2, at * 60, 12, "Mato") for at in range(12)]
    noisy = tsv((1, 0, 96, "read"), (1, 60, 96, "well"), *noise)
    for body in (sloping, noisy):
        pose(tmp_path, monkeypatch, "cat <<'EOF'\n" + body + "\nEOF\n")
        assert read(scan(pdf([[]]))).flags == {"ocr_uncertain"}


@needs_tesseract
def test_two_columns_are_read_one_after_the_other() -> None:
    columns = wrapped(PARAGRAPH * 3, 50, 90, 45) + wrapped(SECOND * 3, 315, 90, 45)
    heading = (50, 50, "Modern slavery statement for 2025 of a firm that writes in two columns")
    text = text_of(only(scan(pdf([[heading, *columns]]))))
    places = [text.index(part) for part in ("Modern slavery", "We assess", "Training for")]
    assert places == sorted(places)
    assert text.rindex("placed with them.") < places[2]


@needs_tesseract
def test_words_of_a_line_are_level_and_as_high_as_their_font() -> None:
    page = only(scan(pdf([[(60, 60, "no one can see a care"), (60, 73, "The Highly Qualified")]])))
    assert len({(word.top, word.bottom) for word in page.words}) == 2
    assert len({round(word.bottom - word.top, 6) for word in page.words}) == 1
    assert len({word.x0 for word in (page.words[0], page.words[6])}) == 1


@needs_tesseract
def test_hyphens_at_line_ends_stay_for_the_layout() -> None:
    page = only(scan(pdf([[(60, 60, "We publish our respon-"), (60, 73, "sibilities in full")]])))
    assert [word.text for word in page.words][3:5] == ["respon-", "sibilities"]


@needs_tesseract
def test_an_empty_page_has_no_words() -> None:
    page = only(scan(pdf([[]])))
    assert (page.words, page.confidence, page.rotation) == ((), None, 0)


@needs_tesseract
@needs_shared
def test_a_real_scan_is_read_in_words() -> None:
    from assess.extract.prose.unglue import _splitter

    scans = read((SHARED / "documents" / "pdf" / "scanned-8-pages.pdf").read_bytes())
    text = " ".join(map(text_of, scans.pages.values()))
    found = re.findall(r"[a-z]{2,}", text.lower())
    assert len(found) > 2000 and not scans.flags
    assert sum(word in _splitter().words for word in found) >= 0.95 * len(found)


HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def tsv(*rows: tuple[int, int, float, str]) -> str:
    """Words by line number, left end, confidence and text; ten pixels a letter."""
    cells = [
        f"5\t1\t1\t1\t{line}\t1\t{left}\t{line * 40}\t{10 * len(text)}\t20\t{confidence}\t{text}"
        for line, left, confidence, text in rows
    ]
    return "\n".join([HEADER, *cells])


def test_noise_of_pictures_is_dropped_and_no_word_of_a_sentence() -> None:
    lines = lines_of(tsv((1, 0, 12, "Mato"), (1, 80, 55, "~"), (2, 0, 96, "We"), (2, 30, 9, "not")))
    assert [[token.text for token in line] for line in lines] == [["We", "not"]]


def test_bullets_and_rules_of_tables() -> None:
    rows = [(1, 0, 40, "e"), (1, 20, 96, "We"), (1, 50, 96, "act|"), (1, 90, 70, "|")]
    words = words_of(lines_of(tsv(*rows)), 1)
    assert [word.text for word in words] == ["•", "We", "act"]


@pytest.mark.parametrize(
    "body",
    [
        "exit 1",
        "kill -9 $$",
        "exec sleep 60",
        "sleep 9",
        "cat >/dev/null; echo nonsense",
        f"printf '%s\\n5\\t1\\t1\\t1\\t1\\t1\\ta\\tb\\tc\\td\\te\\tf\\n' '{HEADER}'",
        f"printf '%s\\n5\\t1\\t1\\t1\\t1\\t1\\tnan\\tinf\\t5\\t5\\t90\\thi\\n' '{HEADER}'",
        "head -c 1000000000 /dev/zero",
        "cat /dev/zero",
    ],
)
def test_a_failing_tesseract_costs_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    pose(tmp_path, monkeypatch, body)
    monkeypatch.setattr(ocr, "OCR_PAGE_SECONDS", 2)
    start = time.monotonic()
    assert read(SCAN) == Scans({}, frozenset({"ocr_failed"}))
    assert time.monotonic() - start < 5


def test_other_pages_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = tmp_path / "done"
    word = tsv((1, 0, 96, "read")).replace("\t", "\\t").replace("\n", "\\n")
    pose(tmp_path, monkeypatch, f"[ -e {done} ] && printf '{word}' || {{ touch {done}; exit 1; }}")
    scans = read(scan(pdf([[], []])))
    assert {index: text_of(page) for index, page in scans.pages.items()} == {1: "read"}
    assert scans.flags == {"ocr_failed"}


@pytest.mark.parametrize(("confidence", "flags"), [(60, {"ocr_uncertain"}), (90, set())])
def test_a_poor_scan_is_flagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confidence: int, flags: set[str]
) -> None:
    word = tsv((1, 0, confidence, "read")).replace("\t", "\\t").replace("\n", "\\n")
    pose(tmp_path, monkeypatch, f"printf '{word}'")
    assert read(scan(pdf([[]]))).flags == flags


def test_pages_above_the_cap_are_flagged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pose(tmp_path, monkeypatch, f"echo '{HEADER}'")
    monkeypatch.setattr(ocr, "MAX_OCR_PAGES", 2)
    told: list[int] = []
    token = announce.set(told.append)
    scans = read(scan(pdf([[], [], []])))
    announce.reset(token)
    assert (sorted(scans.pages), told) == ([0, 1], [2])
    assert scans.flags == {"ocr_capped"}


def test_a_time_for_all_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pose(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(ocr, "ocr_seconds", lambda pages: 1.5)
    monkeypatch.setattr(ocr, "OCR_PAGE_SECONDS", 1)
    start = time.monotonic()
    assert read(scan(pdf([[]] * 5))).flags == {"ocr_failed"}
    assert time.monotonic() - start < 4


def test_a_huge_page_is_rendered_small() -> None:
    for width, height in ((14_400, 14_400), (100_000, 10), (0.01, 14_400)):
        scale = ocr._scale(width, height)
        assert width * height * scale**2 <= MAX_OCR_PIXELS * 1.01
        assert max(width, height) * scale <= 30_001


@needs_tesseract
def test_a_mixed_document_has_its_scanned_pages_read() -> None:
    text = extract(mixed(), "mixed.pdf")
    assert [page.method for page in text.pages] == ["pdfium", "ocr"]
    first, second = text.pages
    assert first.confidence is None and second.confidence is not None
    assert text.content == f"{SECOND}\f{PARAGRAPH}"
    assert "ocr" in text.flags and "mixed_scan" not in text.flags


def test_without_tesseract_pages_with_text_are_read(without_tesseract: None) -> None:
    text = extract(mixed(), "mixed.pdf")
    assert text.content.strip("\f") == SECOND
    assert "mixed_scan" in text.flags
    with pytest.raises(UnreadableDocument) as error:
        extract(SCAN, "scan.pdf")
    assert error.value.reason == "needs_ocr"


def test_without_tesseract_it_is_said(without_tesseract: None) -> None:
    assert not available()
    assert read(SCAN) == Scans({}, frozenset({"ocr_failed"}))


@pytest.mark.parametrize("place", ["before", "between"])
def test_warnings_are_no_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    pose(tmp_path, monkeypatch, "exit 1")
    program = tmp_path / "tesseract"
    old, new = ("List", "Warning: x\\nList") if place == "before" else ("osd", "no such file\\nosd")
    program.write_text(program.read_text().replace(old, new))
    found = tesseract.find_tesseract()
    assert found is not None and found.languages == {"eng", "osd"}


def test_a_hanging_tesseract_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pose(tmp_path, monkeypatch, "exit 1")
    (tmp_path / "tesseract").write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(tesseract, "_LOOKUP_SECONDS", 0.5)
    start = time.monotonic()
    assert not available()
    assert time.monotonic() - start < 0.9


def test_without_english_it_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pose(tmp_path, monkeypatch, "exit 1")
    program = tmp_path / "tesseract"
    program.write_text(program.read_text().replace("eng\\n", "deu\\n"))
    assert not available()
