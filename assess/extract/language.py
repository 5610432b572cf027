"""The language of a document, by py3langid (its model is inside the package)."""

from __future__ import annotations

from typing import Final

from assess.extract.limits import MIN_LANGUAGE_WORDS

UNDETERMINED: Final = "und"
# The guess no longer changes after two pages; more only costs time.
_SAMPLE: Final = 5_000


def guess_language(content: str) -> str:
    """Return the ISO 639-1 code, or ``"und"`` below twenty words."""
    if len(content[:_SAMPLE].split()) < MIN_LANGUAGE_WORDS:
        return UNDETERMINED
    import py3langid

    code, _ = py3langid.classify(content[:_SAMPLE])
    return str(code)
