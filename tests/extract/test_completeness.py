"""What pdfium reads in a PDF is in our text: nothing is lost by columns, tables or repairs."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from assess.errors import UnreadableDocument
from assess.extract import extract

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "corpus" / "documents", ROOT.parent / "shared" / "data" / "documents" / "pdf"]
PDFS = [path for folder in FOLDERS for path in sorted(folder.rglob("*.pdf"))]
# A letter-spaced heading is many words to pdfium, and one word to a reader and to us.
LETTER_SPACED = re.compile(r"[A-Z]{1,2}(?: [A-Z]{1,3}){3,}\b")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem[:40])
def test_words_of_the_text_layer_are_in_the_text(path: Path, without_tesseract: None) -> None:
    document = pypdfium2.PdfDocument(path)
    raw = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    lines = [line for line in raw.replace("\ufffe", "").splitlines() if line.strip()]
    try:
        content = extract(path.read_bytes(), path.name).content
    except UnreadableDocument as error:
        assert error.reason == "needs_ocr"
        assert not lines
        return
    known, glued = set(words(content)), "".join(words(content))
    for spaced in filter(LETTER_SPACED.match, lines):
        assert "".join(words(spaced)) in glued
    plain = [word for line in lines if not LETTER_SPACED.match(line) for word in words(line)]
    assert sum(word in known for word in plain) >= 0.99 * len(plain)
