"""`assess compare reuse`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from assess.cli.compare.waiting import read_first
from assess.cli.options import DEFAULT_DB, DEFAULT_JOBS, AsJson, Database, Jobs, plural
from assess.cli.tables import AsCsv, one_form, print_csv, print_json_lists

if TYPE_CHECKING:
    from sqlite_utils import Database as Db

    from assess.compare.reuse.read import ClusterRow, PairRow

_RELATIONS = {
    "same_organisation": "the same organisation",
    "same_group": "one group or website",
    "different": "no link between the organisations is known",
    "unknown": "an owner is not known; both may be of one",
    None: "the same file",
}


def reuse(
    db: Database = DEFAULT_DB,
    jobs: Jobs = DEFAULT_JOBS,
    top: Annotated[
        int,
        typer.Option(
            "--top", min=0, help="Rows of each list to print for people, and sentences of --json."
        ),
    ] = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Find text that several organisations share: sentences, near-copies, clusters.

    Documents that were not read yet are read first. Says whose texts are alike, never who took
    from whom.
    """
    from assess.compare.reuse.read import PairRow, document_names, read_pairs
    from assess.compare.reuse.refresh import refresh_reuse
    from assess.progress import counting
    from assess.store import open_workspace

    one_form(as_json=as_json, as_csv=as_csv)
    with open_workspace(db, create=False) as workspace:
        read_first(workspace)
        with counting("reuse") as progress:
            report = refresh_reuse(workspace, jobs, progress)
        names = document_names(workspace.db)
        pairs = read_pairs(workspace.db, names)
        if as_csv:
            print_csv([field.name for field in fields(PairRow)], map(asdict, pairs))
        elif as_json:
            _print_json(workspace.db, names, pairs, top)
        else:
            _print(workspace.db, names, pairs, report.texts, top)


def _print_json(db: Db, names: Mapping[str, str], pairs: Iterable[PairRow], top: int) -> None:
    """Pair by pair: there may be millions."""
    from assess.compare.reuse.read import read_clusters, read_own_shares, read_sentences

    print_json_lists(
        {
            "pairs": pairs,
            "clusters": read_clusters(db, names),
            "sentences": read_sentences(db, top),
            "documents": read_own_shares(db, names),
        }
    )


def _print(
    db: Db, names: Mapping[str, str], pairs: Iterable[PairRow], texts: int, top: int
) -> None:
    from assess.compare.reuse.read import read_clusters, read_own_shares, read_sentences
    from assess.report.words import shown

    clusters = read_clusters(db, names)
    number = strangers = 0
    across: list[PairRow] = []
    for pair in pairs:  # there may be millions
        number += 1
        if pair.relation in ("different", "unknown"):
            strangers += 1
            across += [pair] if len(across) < top else []
    typer.echo(
        f"{plural(texts, 'text')} compared: {plural(number, 'pair')} share at least half of "
        f"the shorter text, {strangers:,} of them not known to be of one organisation or group; "
        f"{plural(len(clusters), 'cluster')} of near-copies"
    )
    for cluster in clusters[:top]:
        typer.echo(shown(_cluster_line(cluster)))
    for pair in across:
        own = "" if pair.own_overlap is None else f"; {pair.own_overlap:.0%} without standard text"
        typer.echo(
            shown(f"{pair.overlap:.0%}{own}  {pair.a} ~ {pair.b} ({_RELATIONS[pair.relation]})")
        )
    for sentence in read_sentences(db, top):
        typer.echo(shown(f"{plural(sentence.organisations, 'owner')}: {sentence.text}"))
    for one in islice(read_own_shares(db, names), top):
        if one.own_share is not None:
            typer.echo(shown(f"{one.own_share:.0%} of the words are its own: {one.name}"))
    typer.echo(
        "Shared: at least eight words in the same order; law, definitions and the formula that "
        "refers to the Act are not counted as own or shared. An owner is an organisation, a group "
        "or a text without a registry row. Nothing here tells who wrote first."
    )


def _cluster_line(cluster: ClusterRow) -> str:
    names = ", ".join(
        f"{one.name} ({'nearest to the template' if one.is_template else f'{one.overlap:.0%}'})"
        for one in cluster.documents
    )
    return f"cluster {cluster.cluster}, {plural(cluster.owners, 'owner')}: {names}"
