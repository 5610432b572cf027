"""Kept originals by their hash: in a folder beside the database, or where an address leads.

Workers of a cluster read them themselves: from a folder that all machines share, or from any
address that fsspec understands (``s3://…``, ``sftp://…``) and to which the folder was copied.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from assess.errors import InputError, WorkspaceError
from assess.store.distrust import kept_path


@dataclass(frozen=True, slots=True)
class Originals:
    """Where originals are; small and picklable, so that workers can be told."""

    place: str
    """A folder, or an address with ``://``."""

    def read(self, kept_as: str, sha256: str) -> bytes:
        """An original, checked against its hash.

        Raises:
            WorkspaceError: it is gone, cannot be read, or was changed.
        """
        # Issues and exports tell it: no folder above that of the documents.
        name = f"kept document {PurePosixPath(PurePath(self.place).name, kept_as)}"
        if not _below(kept_as):
            raise WorkspaceError(f"{name} is not below its folder; the database was changed")
        try:
            data = self._bytes(kept_as)
        except OSError as error:
            why = error.strerror or str(error)
            if not why or kept_as in why:  # the whole address
                why = type(error).__name__
            raise WorkspaceError(f"{name} cannot be read: {why}") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise WorkspaceError(f"{name} was changed; restore it or add it again")
        return data

    def _bytes(self, kept_as: str) -> bytes:
        if "://" in self.place:
            return _fetched(f"{self.place.rstrip('/')}/{kept_as}")
        return kept_path(Path(self.place), kept_as).read_bytes()


def _below(kept_as: str) -> bool:
    """Whether a path of the database stays in the folder: a hostile one may not lead elsewhere."""
    path = PurePosixPath(kept_as)
    return not path.is_absolute() and ".." not in path.parts and "://" not in kept_as


def _fetched(address: str) -> bytes:
    """What is at an address that fsspec understands; its errors are those of a file."""
    try:
        import fsspec

        with fsspec.open(address, "rb") as handle:
            data: bytes = handle.read()
    except OSError:
        raise
    except (ImportError, ValueError) as error:  # no fsspec, or not what the protocol needs
        raise InputError(
            f"{address}: cannot be read ({error}); for addresses: "
            "pip install 'assess-modern-slavery[cluster]'"
        ) from None
    except Exception as error:  # noqa: BLE001 - each protocol has errors of its own
        raise OSError(f"{type(error).__name__}: {error}") from None
    return data
