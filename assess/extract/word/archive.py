"""The zip archives that word processors write, checked before anything in them is read."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract.limits import MAX_INFLATED_BYTES, MAX_INFLATION

# Small parts full of blanks inflate as much, and do no harm.
_SMALL_FILE: Final = 200_000


def check_archive(data: bytes) -> None:
    """Refuse what inflates beyond reason; zipfile never reads past the sizes it declares.

    Raises:
        UnreadableDocument: ``damaged``, ``encrypted`` or ``too_large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableDocument("damaged", "the document's archive is cut or broken") from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument("encrypted", "the document asks for a password")
    inflated = sum(entry.file_size for entry in entries)
    if inflated > MAX_INFLATED_BYTES:
        raise UnreadableDocument("too_large", f"it inflates to {inflated:,} bytes")
    if any(
        entry.file_size > _SMALL_FILE and entry.file_size > MAX_INFLATION * entry.compress_size
        for entry in entries
    ):
        raise UnreadableDocument("too_large", "a part inflates beyond what documents do")
