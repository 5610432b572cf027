"""The work that is done in workers, wherever they are: reading documents and judging texts.

What a worker needs travels with the work and is small; the classifier is the worker's own.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assess import __version__
from assess.engine import same_version
from assess.errors import UnreadableDocument, WorkspaceError
from assess.records import Assessment, Issue, KeptReview
from assess.store.originals import Originals
from assess.store.results import PendingDocument, ReadResult, StoredText
from assess.stored import assess_stored

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

ORIGINAL_LOST = "original_lost"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads kept documents, each in a process of its own with the limits of this program."""

    originals: Originals
    seconds: float
    memory: int
    """Bytes."""
    version: str

    @classmethod
    def here(cls, originals: Originals) -> Self:
        """With the limits that are set in this process."""
        from assess.extract.isolation import limits

        seconds, memory = limits()
        return cls(originals, seconds, memory, _reader_version())

    def __call__(self, documents: Sequence[PendingDocument]) -> list[ReadResult | Issue]:
        """A text or the reason why there is none; an issue where the original is lost."""
        from assess.extract.isolation import set_limits

        same_version(self.version, _reader_version())
        set_limits(self.seconds, self.memory)
        return [self._read(document) for document in documents]

    def _read(self, document: PendingDocument) -> ReadResult | Issue:
        from assess.extract import extract_isolated

        sha256, tries = document.sha256, document.tries
        try:
            data = self.originals.read(document.kept_as, sha256)
        except WorkspaceError as error:
            return Issue("extract", sha256, ORIGINAL_LOST, str(error))
        try:
            text = extract_isolated(data, document.name)
        except UnreadableDocument as error:
            return ReadResult(
                sha256, "", (), "und", (), reason=error.reason, detail=error.detail, tries=tries
            )
        return ReadResult(
            sha256, text.content, text.pages, text.language, text.flags, text.parts, tries=tries
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One text to judge, and what persons said of it."""

    stored: StoredText
    extractor: str
    reviews: tuple[KeptReview, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges texts by a rubric that travels with the work, with the worker's own classifier."""

    rubric: bytes
    """Pickled and compressed."""
    models: Path | None
    version: str

    @classmethod
    def by(cls, rubric: Rubric, models: Path | None) -> Self:
        """A judge by this rubric and the model in a folder, or the shipped one."""
        from assess.score.model import model_key

        packed = zlib.compress(pickle.dumps(rubric))
        return cls(packed, models, _judge_version(model_key(models)))

    def __call__(self, cases: Sequence[Case]) -> list[tuple[str, Assessment]]:
        """Hash and assessment of each."""
        from assess.score.model import load_model

        model = load_model(self.models)
        same_version(self.version, _judge_version(model.key))
        rubric = _unpacked(self.rubric)
        return [
            (
                case.stored.sha256,
                assess_stored(case.stored, case.extractor, rubric, model, case.reviews),
            )
            for case in cases
        ]


@lru_cache(maxsize=2)
def _unpacked(rubric: bytes) -> Rubric:
    """Once a process: what is compiled for a rubric is kept with it."""
    found: Rubric = pickle.loads(zlib.decompress(rubric))  # noqa: S301 - of our own process
    return found


def _reader_version() -> str:
    from assess.extract import EXTRACTOR_VERSION

    return f"{__version__}, extractor {EXTRACTOR_VERSION}"


def _judge_version(classifier: str) -> str:
    return f"{__version__}, classifier {classifier}"
