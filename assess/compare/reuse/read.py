"""What was found of reused text, read back for people and programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Final

from sqlite_utils import Database

from assess.compare.families import Relation


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two documents by the names they came by; ``a < b`` by their ids."""

    a: str
    b: str
    overlap: float
    """Runs of eight words that both have, as a share of those of the text that has fewer."""
    own_overlap: float | None
    """Without those of law, definitions and formulae; None where too few others are left."""
    relation: Relation | None
    """None: the same file under two names."""
    a_id: str
    b_id: str
    """SHA-256 of the documents."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a cluster."""

    name: str
    id: str
    organisations: tuple[str, ...]
    """Whose statement it is; empty without a registry row."""
    is_template: bool
    overlap: float
    """With the template."""


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """Near-copies across organisations."""

    cluster: int
    owners: int
    """Organisations or groups; a document of unknown owner counts as one."""
    documents: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence that several organisations have; standard passages are none."""

    text: str
    words: int
    documents: int
    organisations: int
    """Or groups; a document of unknown owner counts as one."""


@dataclass(frozen=True, slots=True)
class OwnShare:
    """How much of a document is its own."""

    name: str
    id: str
    words: int
    standard_words: int
    shared_words: int
    own_share: float | None


_NAMES: Final = """
    SELECT document_sha256, name FROM document_sources
    GROUP BY document_sha256, name ORDER BY 1, 2"""

_NAME: Final = "SELECT min(name) FROM document_sources WHERE document_sha256 = ?"
_NAMED: Final = "SELECT DISTINCT document_sha256 FROM document_sources ORDER BY 1"
_OFTEN: Final = """
    SELECT name FROM (SELECT min(name) AS name FROM document_sources GROUP BY document_sha256)
    GROUP BY name HAVING count(*) > 1"""

_PAIRS: Final = """
    SELECT first_sha256, second_sha256, overlap, own_overlap, relation
    FROM text_pairs ORDER BY overlap DESC, 1, 2"""

_MEMBERS: Final = """
    SELECT cluster, document_sha256, is_template, overlap, organisations.name,
        coalesce(group_id, organisations.id)
    FROM text_clusters
    LEFT JOIN document_organisations USING (document_sha256)
    LEFT JOIN organisations ON organisations.id = organisation_id
    LEFT JOIN organisation_groups USING (organisation_id)
    ORDER BY cluster, is_template DESC, document_sha256, organisations.name"""


class DocumentNames(Mapping[str, str]):
    """By hash, one name for each document; where documents have the same name, with their hash.

    Names are read from the database when they are asked for.
    """

    def __init__(self, db: Database) -> None:
        self._db: Final = db
        self._often: Final = frozenset(row[0] for row in db.execute(_OFTEN))

    def __getitem__(self, sha256: str) -> str:
        (name,) = self._db.execute(_NAME, [sha256]).fetchone()
        if name is None:
            raise KeyError(sha256)
        return f"{name} [{sha256[:12]}]" if name in self._often else str(name)

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self._db.execute(_NAMED))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def document_names(db: Database) -> Mapping[str, str]:
    """One name for each document; where documents have the same name, with their hash."""
    return DocumentNames(db)


def read_pairs(db: Database, names: Mapping[str, str]) -> Iterator[PairRow]:
    """Pairs, the most alike first; before them the files that came by several names."""
    for sha256, called in groupby(db.execute(_NAMES), key=lambda row: str(row[0])):
        for a, b in combinations([name for _, name in called], 2):
            yield PairRow(a, b, 1.0, 1.0, None, sha256, sha256)
    for first, second, overlap, own, relation in db.execute(_PAIRS):
        yield PairRow(names[first], names[second], overlap, own, relation, first, second)


def read_clusters(db: Database, names: Mapping[str, str]) -> list[ClusterRow]:
    """Clusters, the largest first; the likely template comes first in each."""
    members: dict[int, dict[str, list[tuple[str | None, int | None, int, float]]]] = {}
    for cluster, sha256, template, overlap, organisation, owner in db.execute(_MEMBERS):
        of_one = members.setdefault(cluster, {}).setdefault(sha256, [])
        of_one.append((organisation, owner, template, overlap))
    return [
        ClusterRow(
            cluster,
            len({row[1] or sha256 for sha256, rows in documents.items() for row in rows}),
            tuple(
                Member(
                    names[sha256],
                    sha256,
                    tuple(row[0] for row in rows if row[0]),
                    bool(rows[0][2]),
                    rows[0][3],
                )
                for sha256, rows in documents.items()
            ),
        )
        for cluster, documents in members.items()
    ]


def read_sentences(db: Database, most: int) -> list[SentenceRow]:
    """The sentences that most organisations have, standard passages left out."""
    rows = db.execute(
        "SELECT text, words, documents, organisations FROM shared_sentences"
        " WHERE NOT standard ORDER BY organisations DESC, documents DESC, key LIMIT ?",
        [most],
    )
    return [SentenceRow(*row) for row in rows]


def read_own_shares(db: Database, names: Mapping[str, str]) -> Iterator[OwnShare]:
    """Every text, that with the smallest share of its own words first."""
    for sha256, *counts in db.execute(
        "SELECT document_sha256, words, standard_words, shared_words, own_share FROM text_reuse"
        " ORDER BY own_share IS NULL, own_share, document_sha256"
    ):
        yield OwnShare(names[sha256], sha256, *counts)
