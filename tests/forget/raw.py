"""What the bytes of a workspace still hold, whatever its tables say."""

from __future__ import annotations

from pathlib import Path


def holding(database: Path, *words: str) -> list[str]:
    """Files of a workspace (database, log, documents) with one of the words, in any case."""
    folder = database.with_name(f"{database.stem}.documents")
    files = [*database.parent.glob(f"{database.name}*"), *folder.rglob("*")]
    wanted = [word.lower().encode() for word in words]
    return [
        path.name
        for path in files
        if path.is_file() and any(word in path.read_bytes().lower() for word in wanted)
    ]
