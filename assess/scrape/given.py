"""Hashes of folders that were given: of the list of their documents, as `sha256sum` prints it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assess.discretion import written
from assess.records import Document
from assess.running import Input, input_read

Documents = Iterable[tuple[Document, bytes]]


class _Listing:
    """The documents met in one folder: a line each, ``<sha256>  <path in the folder>``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hash = hashlib.sha256()
        self._number = 0

    def holds(self, document: Document) -> bool:
        return Path(document.source).is_relative_to(self._folder)

    def add(self, document: Document) -> None:
        place = Path(document.source).relative_to(self._folder).as_posix()
        self._hash.update(f"{document.sha256}  {place}\n".encode())
        self._number += 1

    def tell(self) -> None:
        if self._folder.is_dir():
            input_read(self.told())

    def told(self) -> Input:
        return Input(written(self._folder), self._hash.hexdigest(), self._number)


def tell_folders(paths: Sequence[Path], documents: Documents) -> Iterator[tuple[Document, bytes]]:
    """Pass documents on, which come in the order of ``paths``; tell the run what folders held."""
    listings = [_Listing(path) for path in paths]
    at = 0
    for document, data in documents:
        while at < len(listings) - 1 and not listings[at].holds(document):
            listings[at].tell()
            at += 1
        if listings[at].holds(document):
            listings[at].add(document)
        yield document, data
    for listing in listings[at:]:
        listing.tell()


def folder_input(folder: Path) -> Input:
    """What `tell_folders` would tell of a folder.

    Raises:
        InputError: there is no such folder, or no document in it.
    """
    from assess.scrape.files import iter_documents

    listing = _Listing(folder)
    for document, _ in iter_documents([folder]):
        listing.add(document)
    return listing.told()
