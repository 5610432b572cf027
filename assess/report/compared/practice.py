"""Good practice in the words of those who report it, for the criteria that few meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from assess.compare.counts import ALL, LETTERS, Counts
from assess.compare.stats import Share, share
from assess.report.data import StatementRow, StatementRows
from assess.report.words import cut

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

CRITERIA: Final = 8
QUOTES: Final = 2
# What a machine finds in fewer statements may well be its slips.
FOUND_AT_LEAST: Final = 5
# A shorter quote says too little without its passage; a longer one is cut.
SHORTEST: Final = 60
LONGEST: Final = 420
_FOUND: Final = "true"


@dataclass(frozen=True, slots=True)
class Example:
    """One quote of a leading statement."""

    statement: StatementRow
    quote: str
    page: int | None


@dataclass(frozen=True, slots=True)
class GoodPractice:
    """A criterion that few meet, and who does."""

    criterion: str
    title: str
    good_practice: str
    """What it looks like, by the rubric."""
    found: Share
    """Of the registered statements."""
    examples: tuple[Example, ...]


_OWNER = """
    SELECT min(coalesce(group_id, organisation_id))
    FROM document_organisations LEFT JOIN organisation_groups USING (organisation_id)
    WHERE document_sha256 = ?"""

_QUOTES = """
    SELECT quote, page FROM findings JOIN evidence ON finding_id = findings.id
    WHERE assessment_id = ? AND criterion = ? AND status = 'implemented' AND length(quote) >= ?
    ORDER BY evidence.id"""
# A sentence from its beginning to its end, in which no words of a layout have run together:
# others do an organisation no justice.
_CLEAN: Final = re.compile(r"[A-Z“‘\"'](?:(?![a-z][A-Z]|[a-z.%]\d|\d[A-Z]).)*[.!?][”’\"')]?")


def read_practice(
    db: Database, counts: Counts, statements: StatementRows, rubric: Rubric | None
) -> tuple[GoodPractice, ...]:
    """Quotes for the indicators found least often, of the statements highest in substance.

    No organisation or group is quoted twice. Only what is stated as done is quoted, and nothing
    that a person rejected. Empty where the rubric that judged is not at hand: it tells which
    indicators are a merit.
    """
    if rubric is None:
        return ()
    places = {criterion.id: place for place, criterion in enumerate(counts.criteria)}
    quoted: set[int] = set()
    found: list[GoodPractice] = []
    for criterion, part in _rarest(counts, rubric):
        able = statements.having(places[criterion], LETTERS[_FOUND])
        examples = tuple(_examples(db, criterion, able, quoted))
        if examples:
            of_rubric = next(one for one in rubric.criteria if one.id == criterion)
            found.append(
                GoodPractice(criterion, of_rubric.title, of_rubric.good_practice, part, examples)
            )
        if len(found) == CRITERIA:
            break
    return tuple(found)


def _rarest(counts: Counts, rubric: Rubric) -> list[tuple[str, Share]]:
    """The indicators that are a merit, with their shares of registered statements, least first;
    those of too few statements left out."""
    group = next(one for one in counts.groups if one.group == ALL)
    merits = {one.id for one in rubric.of_kind("indicator") if one.weight > 0}
    shares = [
        (one.id, share(group.values.get((one.id, _FOUND), 0), _of(group.values, one.id)))
        for one in counts.criteria
        if one.id in merits
    ]
    return sorted(
        (pair for pair in shares if pair[1].count >= FOUND_AT_LEAST),
        key=lambda pair: (pair[1].value or 0, pair[0]),
    )


def _of(values: Mapping[tuple[str, str], int], criterion: str) -> int:
    return sum(n for (one, value), n in values.items() if one == criterion and value != "na")


def _examples(
    db: Database,
    criterion: str,
    able: Iterable[StatementRow],
    quoted: set[int],
) -> Iterator[Example]:
    """At most ``QUOTES``; whoever is quoted is added to ``quoted``."""
    number = 0
    for row in able:
        if number == QUOTES:
            return
        (owner,) = db.execute(_OWNER, [row.sha256]).fetchone()
        if owner is None or owner in quoted:
            continue
        quotes = db.execute(_QUOTES, [row.assessment_id, criterion, SHORTEST])
        folded = ((" ".join(quote.split()), page) for quote, page in quotes)
        best = next(((quote, page) for quote, page in folded if _CLEAN.fullmatch(quote)), None)
        if best is not None:
            quoted.add(owner)
            number += 1
            yield Example(row, cut(best[0], LONGEST), best[1])
