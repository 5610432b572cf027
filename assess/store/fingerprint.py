"""One key for many values: work is done anew only where what it rests on has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def fingerprint(parts: Iterable[object]) -> str:
    """A key of the inputs: the same parts in the same order give the same one."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def stable_id(*key: object) -> int:
    """The same for the same key, whatever was computed before; of 52 bits, exact in JSON."""
    return int(fingerprint(key)[:13], 16)
