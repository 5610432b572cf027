"""Shared text, with the documents that have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from assess.compare.reuse.read import (
    Member,
    SentenceRow,
    document_names,
    read_clusters,
    read_sentences,
)
from assess.compare.stats import Share, share
from assess.report.data import DocumentLink
from assess.report.words import cut

# More nobody reads; the database has them all.
CLUSTERS: Final = 20
MEMBERS: Final = 12
SENTENCES: Final = 10
# A text with fewer words of its own than this share is mostly shared.
MOSTLY_SHARED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sharer:
    """A document of a cluster."""

    names: tuple[str, ...]
    """Of the organisations whose statement it is; empty without a registry row."""
    document: DocumentLink
    is_template: bool
    overlap: float
    """With the text that overlaps most with the others, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts of several organisations that share at least half of their runs of eight words."""

    number: int
    owners: int
    """Organisations or groups; a document of unknown owner counts as one."""
    documents: int
    sharers: tuple[Sharer, ...]
    """At most ``MEMBERS``, the likely template first."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """What texts have in common."""

    texts: int
    """Compared with one another."""
    clusters: int
    in_clusters: int
    """Documents."""
    owners: int
    """Organisations or groups that the clusters are of, each counted in each."""
    largest: tuple[Cluster, ...]
    """At most ``CLUSTERS``."""
    mostly_shared: Share
    """Of texts long enough to tell, those with less than half of their words their own."""
    sentences: tuple[SentenceRow, ...]
    """Those that most organisations have, at most ``SENTENCES``."""


_OWN = """
    SELECT count(*), coalesce(sum(own_share < ?), 0) FROM text_reuse WHERE own_share IS NOT NULL"""


def read_shared(db: Database) -> SharedText:
    """What was found of shared text."""
    names = document_names(db)
    clusters = read_clusters(db, names)
    told, mostly = db.execute(_OWN, [MOSTLY_SHARED]).fetchone()
    return SharedText(
        texts=db.table("text_reuse").count,
        clusters=len(clusters),
        in_clusters=sum(len(one.documents) for one in clusters),
        owners=sum(one.owners for one in clusters),
        largest=tuple(
            Cluster(
                one.cluster,
                one.owners,
                len(one.documents),
                tuple(
                    Sharer(
                        tuple(map(cut, member.organisations)),
                        _kept(db, member),
                        member.is_template,
                        member.overlap,
                    )
                    for member in one.documents[:MEMBERS]
                ),
            )
            for one in clusters[:CLUSTERS]
        ),
        mostly_shared=share(mostly, told),
        sentences=tuple(read_sentences(db, SENTENCES)),
    )


def _kept(db: Database, member: Member) -> DocumentLink:
    sql = "SELECT kept_as, media_type FROM documents WHERE sha256 = ?"
    return DocumentLink(cut(member.name), *db.execute(sql, [member.id]).fetchone())
