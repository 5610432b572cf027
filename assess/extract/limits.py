"""What one document may cost at most. Larger input is refused or flagged, never cut in silence."""

from __future__ import annotations

from typing import Final

# A statement by itself has up to 12 MB; what is larger is an annual report with its photographs.
MAX_BYTES: Final = 25_000_000
TOO_LARGE: Final = f"more than {MAX_BYTES // 1_000_000} MB"
# A long annual report has 350 pages; what follows the cap is flagged `pages_capped`.
MAX_PAGES: Final = 400
# 400 dense pages have 2 million characters; more comes from data dumps or attacks.
MAX_CHARACTERS: Final = 3_000_000
# Taking words apart costs up to 40 microseconds a character; 4 in 1,000 statements are longer, none
# of them glued. Above this glued words are only flagged.
MAX_GLUED_CHARACTERS: Final = 200_000
# A DOCX part of this size is 20 times the longest statement; zip bombs inflate to gigabytes.
MAX_INFLATED_BYTES: Final = 60_000_000
# An inflation above this never occurs in real word-processor XML (about 15 is usual).
MAX_INFLATION: Final = 300
# Below this many words a language guess is a coin toss.
MIN_LANGUAGE_WORDS: Final = 20
# A page with fewer letters than this holds a page number or a stamp, not text.
MIN_PAGE_LETTERS: Final = 20
# Sentences above this length are cut: matchers and classifier read one sentence at a time.
MAX_SENTENCE_CHARACTERS: Final = 1200

# The worker's own limits: pdfium and pdfminer were driven to 1 GB by a 522 kB file.
WORKER_MEMORY_BYTES: Final = 1_500_000_000
# The slowest real document took 4 s; a hostile form kept pdfminer busy for 94 s.
WORKER_SECONDS: Final = 30
# Parsers leak a little; a fresh worker every so often keeps memory flat.
WORKER_DOCUMENTS: Final = 500

# tesseract reads a dense A4 page in 1.5 s, a turned one in 3 s; 4 s and 8 s were measured on two
# cores that five others used.
OCR_PAGE_SECONDS: Final = 30
# Together a document's pages get this much each, beside one slow page: 60 pages, 10 minutes.
OCR_USUAL_SECONDS: Final = 10
# The longest scanned statement seen has 8 pages; what follows the cap is flagged `ocr_capped`.
MAX_OCR_PAGES: Final = 60
# A1 at 200 dpi would have 31 million; above this the resolution falls instead. tesseract takes
# below 300 MB for it.
MAX_OCR_PIXELS: Final = 20_000_000


NEEDS_OCR: Final = "needs_ocr"
"""A reason: there are only scanned pages, and nothing is installed to read them."""
OCR_FAILED: Final = "ocr_failed"
"""A reason, or a flag where it befell some pages only: character recognition broke or hung."""
MIXED_SCAN: Final = "mixed_scan"
"""A flag: some pages are scanned, and nothing is installed to read them."""


def ocr_seconds(pages: int) -> float:
    """How long ``pages`` scanned pages of one document may take together."""
    return OCR_PAGE_SECONDS + OCR_USUAL_SECONDS * min(pages, MAX_OCR_PAGES)
