"""What one document may cost at most. Larger input is refused or flagged, never cut in silence."""

from __future__ import annotations

from typing import Final

# The largest annual reports in the registry have about 60 MB; beyond this nobody publishes text.
MAX_BYTES: Final = 200_000_000
# A long annual report has 350 pages; what follows the cap is flagged `pages_capped`.
MAX_PAGES: Final = 400
# 400 dense pages have 2 million characters; more comes from data dumps or attacks.
MAX_CHARACTERS: Final = 3_000_000
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
