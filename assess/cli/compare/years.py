"""`assess compare years`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.compare.waiting import tell_waiting
from assess.cli.options import DEFAULT_DB, DEFAULT_JOBS, AsJson, Database, Jobs, plural
from assess.cli.tables import AsCsv, one_form, print_csv, print_json_rows

if TYPE_CHECKING:
    from assess.compare.years.read import PromiseRow, SentenceChange, YearPair

_OUTCOMES = {
    "reported": "told of as done",
    "not_done": "said not to be done",
    "repeated": "announced again",
    "unclear": "to be read by a person",
    "not_found": "not found again in the text",
    "not_due": "not due yet",
}
_COLUMNS = (
    "organisation",
    "organisations",
    "earlier_year",
    "later_year",
    "kept",
    "reworded",
    "added",
    "dropped",
    "unchanged_share",
    "same_file",
    "gained",
    "lost",
    *(f"promises_{outcome}" for outcome in _OUTCOMES),
    "earlier_id",
    "later_id",
)


def years(
    db: Database = DEFAULT_DB,
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", help="Part of a name; shows what was added and dropped."),
    ] = None,
    jobs: Jobs = DEFAULT_JOBS,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Compare each organisation's statements year on year.

    Each statement is compared with the one before: sentences kept, reworded, added and dropped,
    criteria gained and lost, and what became of its promises.
    """
    from assess.compare.years.read import read_years
    from assess.compare.years.refresh import refresh_years
    from assess.engine import Engine
    from assess.progress import counting
    from assess.store import open_workspace

    one_form(as_json=as_json, as_csv=as_csv)
    with open_workspace(db, create=False) as workspace:
        tell_waiting(workspace)
        with counting("years") as progress:
            refresh_years(workspace, progress, Engine(jobs))
        pairs = read_years(workspace.db, organisation, sentences=organisation is not None)
        if as_json:
            print_json_rows(pairs)
        elif as_csv:
            print_csv(_COLUMNS, map(_row, pairs))
        else:
            _print(pairs)


def _row(pair: YearPair) -> dict[str, object]:
    row = asdict(pair)
    for change in ("gained", "lost"):
        row[change] = [one.criterion for one in pair.criteria if one.change == change]
    for outcome in _OUTCOMES:
        row[f"promises_{outcome}"] = sum(one.outcome == outcome for one in pair.promises)
    return row


def _print(pairs: Iterable[YearPair]) -> None:
    from assess.report.words import shown

    number = 0
    for pair in pairs:
        number += 1
        for line in _lines(pair):
            typer.echo(shown(line))
    typer.echo(
        f"{plural(number, 'pair')} of consecutive statements. Kept and unchanged: but for "
        "dates and numbers. What is not found again may have been done all the same."
    )


def _lines(pair: YearPair) -> Iterator[str]:
    others = f" and {pair.organisations - 1} more" if pair.organisations > 1 else ""
    share = "" if pair.unchanged_share is None else f", {pair.unchanged_share:.0%} unchanged"
    same = " (the same file)" if pair.same_file else ""
    yield (
        f"{pair.organisation}{others}, {pair.earlier_year} to {pair.later_year}{same}: "
        f"{pair.kept} sentences kept, {pair.reworded} reworded, {pair.added} added, "
        f"{pair.dropped} dropped{share}"
    )
    for change, words in (("gained", "found now"), ("lost", "not found any more")):
        names = [one.criterion for one in pair.criteria if one.change == change]
        if names:
            yield f"  {words}: {', '.join(names)}"
    yield from map(_promise, pair.promises)
    yield from map(_sentence, pair.sentences)


def _promise(promise: PromiseRow) -> str:
    due = f" (by {promise.due})" if promise.due else ""
    again = " ".join((promise.later_quote or "").split())
    told = f": “{again}”" if again and promise.outcome != "not_due" else ""
    said = " ".join(promise.quote.split())
    return f"  promised{due}: “{said}” - {_OUTCOMES[promise.outcome]}{told}"


def _sentence(sentence: SentenceChange) -> str:
    if sentence.change == "reworded":
        return f"  reworded: {sentence.earlier} -> {sentence.later}"
    return f"  {sentence.change}: {sentence.later or sentence.earlier}"
