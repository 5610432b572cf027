"""What the reviews in a workspace teach: reads the database and leaves it as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assess.errors import InputError
from assess.records import Review, Text
from assess.score.reviews import Reviews, learn_from
from assess.score.rubric import Rubric
from assess.store import Workspace, open_to_read
from assess.store.results import read_text
from assess.store.reviews import reviews
from assess.stored import text_of


def load_reviews(path: Path, rubric: Rubric) -> Reviews:
    """Material to learn from by the reviews in a database.

    Reviews that cannot be used, as their document was not read, are counted in ``left_out``.

    Raises:
        InputError: it holds no reviews.
        WorkspaceError: there is no database, it is not of assess, damaged, or of a newer version.
    """
    with open_to_read(path) as workspace:
        found = list(reviews(workspace))
        if not found:
            raise InputError(
                f"{path}: holds no reviews; give a database in which findings were reviewed"
            )
        texts = _texts(workspace, found)
    return learn_from(found, texts, rubric)


def _texts(workspace: Workspace, found: Iterable[Review]) -> dict[str, Text]:
    """The texts of the documents reviewed, by hash; of those that could be read."""
    read = workspace.db.execute("SELECT document_sha256 FROM texts WHERE status = 'read'")
    there = {str(row[0]) for row in read} & {review.document for review in found}
    return {sha256: text_of(*read_text(workspace, sha256)) for sha256 in sorted(there)}
