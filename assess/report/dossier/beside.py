"""What the statement shows beside last year's, other organisations' and the registry's row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlite_utils import Database

from assess.compare.years.read import CriterionChange, PromiseRow, SentenceChange
from assess.report.dossier.read import document_link, rows
from assess.report.dossier.records import (
    Check,
    Difference,
    NearCopy,
    Reuse,
    SharedSentence,
    StatementRow,
    Timing,
)
from assess.report.words import cut

# Of what was added and dropped, of shared sentences and of near-copies: enough to see what it is
# about; the database has them all.
SENTENCES_SHOWN: Final = 40
SHARED_SHOWN: Final = 25
PAIRS_SHOWN: Final = 20
SENTENCE_CHARACTERS: Final = 400
# As `assess compare coverage`: such dates are a slip of the hand.
_MOST_DAYS: Final = 3 * 366

_PAIRS: Final = """
    SELECT DISTINCT pairs.id, earlier.year AS earlier_year, later.year AS later_year, kept,
        reworded, added, dropped, unchanged_share, earlier_sha256, later_sha256
    FROM year_pair_organisations AS links JOIN year_pairs AS pairs ON pairs.id = pair_id
    JOIN statements AS earlier ON earlier.id = earlier_statement_id
    JOIN statements AS later ON later.id = later_statement_id
    JOIN organisations ON organisations.id = links.organisation_id
    WHERE (organisations.id = :id OR same_as = :id) AND later_statement_id = :statement
        AND later_sha256 = :document
    ORDER BY earlier.year DESC, pairs.id"""

_CHANGES: Final = """
    SELECT criterion, earlier_value, later_value, change FROM criteria_changes
    WHERE pair_id = ? ORDER BY change, criterion"""

_PROMISES: Final = """
    SELECT quote, due, outcome, later_quote, later_start FROM promises
    WHERE pair_id = ? ORDER BY start"""

_SENTENCES: Final = """
    SELECT change,
        iif(change = 'dropped',
            substr(first.content, earlier_start + 1, earlier_end - earlier_start), NULL),
        iif(change = 'added',
            substr(second.content, later_start + 1, later_end - later_start), NULL)
    FROM year_sentences JOIN year_pairs ON year_pairs.id = pair_id
    JOIN texts AS first ON first.document_sha256 = earlier_sha256
    JOIN texts AS second ON second.document_sha256 = later_sha256
    WHERE pair_id = ? AND change = ? ORDER BY position LIMIT ?"""


def read_difference(
    db: Database, organisation_id: int, statement: StatementRow
) -> Difference | None:
    """From the statement before; None where `assess compare years` has no such pair."""
    values = {
        "id": organisation_id,
        "statement": statement.id,
        "document": statement.document,
    }
    row = next(iter(rows(db, _PAIRS, values)), None)
    if row is None:
        return None
    pair = row["id"]
    return Difference(
        earlier_year=row["earlier_year"],
        later_year=row["later_year"],
        kept=row["kept"],
        reworded=row["reworded"],
        added=row["added"],
        dropped=row["dropped"],
        unchanged_share=row["unchanged_share"],
        same_file=row["earlier_sha256"] == row["later_sha256"],
        earlier=document_link(db, row["earlier_sha256"]),
        criteria=tuple(CriterionChange(*change) for change in db.execute(_CHANGES, [pair])),
        promises=tuple(
            (PromiseRow(_folded(quote), due, outcome, later and _folded(later)), start)
            for quote, due, outcome, later, start in db.execute(_PROMISES, [pair])
        ),
        sentences=tuple(
            sentence for change in ("added", "dropped") for sentence in _sentences(db, pair, change)
        ),
    )


def _sentences(db: Database, pair: int, change: str) -> Iterator[SentenceChange]:
    for kind, earlier, later in db.execute(_SENTENCES, [pair, change, SENTENCES_SHOWN]):
        yield SentenceChange(kind, earlier and _folded(earlier), later and _folded(later))


def _folded(text: str) -> str:
    return cut(" ".join(text.split()), SENTENCE_CHARACTERS)


_NEAR: Final = """
    SELECT iif(first_sha256 = :document, second_sha256, first_sha256) AS other, overlap,
        own_overlap, relation
    FROM text_pairs WHERE :document IN (first_sha256, second_sha256)
    ORDER BY relation = 'same_organisation', relation = 'same_group', overlap DESC, other
    LIMIT :most"""

# Of a document with several statements, the first by its name.
_OWNER: Final = """
    SELECT label, year FROM statement_documents JOIN statement_names USING (statement_id)
    JOIN statements ON statements.id = statement_id
    WHERE document_sha256 = ? AND state = 'accepted' AND withdrawn_at IS NULL
    ORDER BY label, year LIMIT 1"""

_SHARED: Final = """
    FROM sentence_uses JOIN shared_sentences ON shared_sentences.id = sentence_id
    WHERE document_sha256 = ? AND NOT standard"""


def read_reuse(db: Database, sha256: str) -> Reuse | None:
    """Text shared with others; None where `assess compare reuse` has not looked at it."""
    found = rows(
        db,
        "SELECT words, standard_words, shared_words, own_share FROM text_reuse"
        " WHERE document_sha256 = ?",
        [sha256],
    )
    if not found:
        return None
    sentences = db.execute(
        f"SELECT text, organisations, min(start) {_SHARED}"
        " GROUP BY sentence_id ORDER BY organisations DESC, min(start) LIMIT ?",
        [sha256, SHARED_SHOWN],
    )
    return Reuse(
        **found[0],
        pairs=tuple(_near_copies(db, sha256)),
        sentences=tuple(SharedSentence(_folded(text), *more) for text, *more in sentences),
        sentence_count=_count(db, f"SELECT count(DISTINCT sentence_id) {_SHARED}", sha256),
    )


def _count(db: Database, sql: str, sha256: str) -> int:
    (number,) = db.execute(sql, [sha256]).fetchone()
    return int(number)


def _near_copies(db: Database, sha256: str) -> Iterator[NearCopy]:
    for row in rows(db, _NEAR, {"document": sha256, "most": PAIRS_SHOWN}):
        owner = db.execute(_OWNER, [row["other"]]).fetchone()
        label, year = owner or (document_link(db, row["other"]).name, None)
        yield NearCopy(cut(label), year, row["overlap"], row["own_overlap"], row["relation"])


def read_checks(db: Database, statement: StatementRow) -> tuple[Check, ...]:
    """Declared answers beside the text, in the order of the registry's form."""
    found = db.execute(
        "SELECT field, answer, result, quote, start, search FROM declaration_checks"
        " WHERE statement_id = ? AND document_sha256 = ? ORDER BY rowid",
        [statement.id, statement.document],
    )
    return tuple(
        Check(field, cut(answer), result, quote and _folded(quote), start, cut(search))
        for field, answer, result, quote, start, search in found
    )


def read_timing(db: Database, statement: int) -> Timing | None:
    """Days from year end to approval; None where the registry has not both dates."""
    row: Any = db.execute(
        "SELECT days, late FROM statement_timing WHERE statement_id = ?", [statement]
    ).fetchone()
    if row is None or row[0] is None:
        return None
    return Timing(row[0], row[1] == 1, 0 <= row[0] <= _MOST_DAYS)


def complete_years(db: Database) -> frozenset[int]:
    """Registry years of which a complete file was read."""
    found = db.execute(
        "SELECT DISTINCT year FROM statements"
        " JOIN registry_files ON registry_files.id = registry_file_id WHERE complete"
    )
    return frozenset(int(year) for (year,) in found)


def missing_years(
    statements: Sequence[StatementRow], complete: Collection[int]
) -> tuple[tuple[int, bool], ...]:
    """Registry years for which no statement was found, and whether the year is complete.

    As the view `missing_years`, of one organisation: the view would be made for all of them.
    """
    own = {statement.year for statement in statements}
    between = range(min(own), max(own)) if own else range(0)
    after = {year for year in complete if own and year > min(own)}
    return tuple((year, year in complete) for year in sorted({*between, *after} - own))
