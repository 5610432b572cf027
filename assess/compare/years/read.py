"""What changed from year to year, read back for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A criterion whose value differs."""

    criterion: str
    earlier: str
    later: str
    change: str
    """``gained``, ``lost``, ``deeper`` or ``shallower``."""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise of the earlier statement, and what the later one says of it."""

    quote: str
    due: str | None
    outcome: str
    later_quote: str | None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence of either statement, or of both in other words."""

    change: str
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class YearPair:
    """Two consecutive statements of an organisation; of a group, its parent or first name."""

    organisation: str
    organisations: int
    """That the two statements cover both."""
    earlier_year: int
    later_year: int
    kept: int
    """Sentences, but for dates and numbers."""
    reworded: int
    added: int
    dropped: int
    unchanged_share: float | None
    """Share of the later statement's words in kept sentences, 0 to 1."""
    same_file: int
    """1 if one document stands for both years."""
    earlier_id: str
    later_id: str
    """SHA-256 of the documents."""
    criteria: tuple[CriterionChange, ...]
    promises: tuple[PromiseRow, ...]
    sentences: tuple[SentenceChange, ...] = ()
    """Other than kept ones, where asked for."""


_PAIRS: Final = """
    SELECT pairs.id,
        coalesce(max(iif(organisations.name = later.parent_name, organisations.name, NULL)),
            min(organisations.name)),
        count(DISTINCT organisation_id), min(earlier.year), min(later.year),
        kept, reworded, added, dropped, unchanged_share, earlier_sha256 = later_sha256,
        earlier_sha256, later_sha256
    FROM year_pairs AS pairs
    JOIN year_pair_organisations AS links ON links.pair_id = pairs.id
    JOIN organisations ON organisations.id = organisation_id
    JOIN statements AS earlier ON earlier.id = earlier_statement_id
    JOIN statements AS later ON later.id = later_statement_id
    WHERE :wanted IS NULL OR EXISTS (
        SELECT 1 FROM year_pair_organisations AS own
        JOIN organisations AS named ON named.id = own.organisation_id
        WHERE own.pair_id = pairs.id AND instr(lower(named.name), lower(:wanted)))
    GROUP BY pairs.id ORDER BY 2, 4, pairs.earlier_sha256"""

_CHANGES: Final = """
    SELECT criterion, earlier_value, later_value, change
    FROM criteria_changes WHERE pair_id = ? ORDER BY change, criterion"""

_PROMISES: Final = """
    SELECT quote, due, outcome, later_quote FROM promises WHERE pair_id = ? ORDER BY start"""

_SENTENCES: Final = """
    SELECT change,
        substr(first.content, earlier_start + 1, earlier_end - earlier_start),
        substr(second.content, later_start + 1, later_end - later_start)
    FROM year_sentences JOIN year_pairs ON year_pairs.id = pair_id
    JOIN texts AS first ON first.document_sha256 = earlier_sha256
    JOIN texts AS second ON second.document_sha256 = later_sha256
    WHERE pair_id = ? AND change <> 'kept' ORDER BY position"""


def read_years(
    db: Database, wanted: str | None = None, *, sentences: bool = False
) -> Iterator[YearPair]:
    """Pairs by organisation and year; ``wanted`` is a part of a name, in any case of letters."""
    for pair, *columns in db.execute(_PAIRS, {"wanted": wanted}):
        criteria = tuple(CriterionChange(*row) for row in db.execute(_CHANGES, [pair]))
        promises = tuple(PromiseRow(*row) for row in db.execute(_PROMISES, [pair]))
        changed = tuple(_sentences(db, pair)) if sentences else ()
        yield YearPair(*(*columns, criteria, promises, changed))


def _sentences(db: Database, pair: int) -> Iterator[SentenceChange]:
    for change, earlier, later in db.execute(_SENTENCES, [pair]):
        yield SentenceChange(change, _folded(earlier), _folded(later))


def _folded(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())
