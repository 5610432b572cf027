"""Real words of leading peers for a gap: verified, their own, attributed, of different owners."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlite_utils import Database

from assess.compare.peers.gaps import reaches
from assess.compare.peers.records import KeptDocument, Peer, PeerQuote
from assess.compare.peers.wording import bullet_of, cut_at_sentence, is_clean, likeness, stems_of
from assess.extract import split_sentences
from assess.records import Page

if TYPE_CHECKING:
    from assess.score.rubric import Criterion

# Two or three show that there are several ways; more nobody reads.
QUOTES: Final = 3
# Fewer words ("Modern Slavery Act 2015") show no practice.
_FEWEST_WORDS: Final = 8
# A quote with a word of the question and no other of what is asked is a chance find.
_LEAST_LIKE: Final = 3
# A text most of which stands in those of others is a template, whoever wrote it.
_LEAST_OWN: Final = 0.5
# Documents whose texts are held at once; each gap asks the same leading ones first.
_TEXTS_HELD: Final = 64

# What is done; and plans, where plans are what is asked for.
_SHOWN: Final = frozenset({"implemented", "planned"})

_OWN_TEXTS: Final = """
    SELECT reuse.document_sha256 FROM text_reuse AS reuse
    WHERE own_share >= ? AND reuse.document_sha256 NOT IN (
        SELECT document_sha256 FROM text_clusters)"""

_EVIDENCE: Final = """
    SELECT evidence.quote, evidence.page, evidence.start, evidence."end", evidence.status,
        evidence.review_id IS NOT NULL
    FROM findings JOIN evidence ON evidence.finding_id = findings.id
    WHERE findings.assessment_id = ? AND findings.criterion = ?
        AND evidence.status IN ('implemented', 'planned')
    ORDER BY evidence.start, evidence.id"""

_TEXT: Final = """
    SELECT texts.id, texts.content FROM texts JOIN assessments USING (document_sha256, extractor)
    WHERE assessments.id = ?"""

_PAGES: Final = """
    SELECT number, start, "end", method FROM pages WHERE text_id = ? ORDER BY number"""

_SHARED: Final = 'SELECT start, "end" FROM sentence_uses WHERE document_sha256 = ?'

_KEPT: Final = """
    SELECT min(name), kept_as, media_type FROM documents
    JOIN document_sources ON document_sha256 = sha256 WHERE sha256 = ?"""


def reuse_known(db: Database) -> bool:
    """Whether reused text was computed, so that a template can be told from own words."""
    return bool(db.execute("SELECT 1 FROM comparisons WHERE name = 'reuse'").fetchone())


class _Source(NamedTuple):
    """A peer's stored text, with its sentences and the places that others have too."""

    content: str
    sentences: Sequence[tuple[int, int, int]]
    """(start, end, page)."""
    shared: Sequence[tuple[int, int]]


class _Candidate(NamedTuple):
    start: int
    end: int
    page: int
    told: str
    """What is shown of it."""
    status: str
    confirmed: bool


@dataclass
class Quoter:
    """Finds quotes gap by gap; no words are quoted twice."""

    db: Database
    peers: Sequence[Peer]
    """Best substance first: in this order they are asked."""
    families: Collection[int] = ()
    """Owners that are not quoted: the subject's own."""
    _own_texts: frozenset[str] = field(init=False)
    _used: set[tuple[str, int]] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        known = reuse_known(self.db)
        rows = self.db.execute(_OWN_TEXTS, [_LEAST_OWN]) if known else ()
        self._own_texts = frozenset(str(row[0]) for row in rows)
        self._source = lru_cache(_TEXTS_HELD)(self._read)

    def quotes(self, criterion: Criterion, wanted: frozenset[str]) -> tuple[PeerQuote, ...]:
        """At most ``QUOTES`` of peers that reach what is wanted, each of another owner."""
        found: list[PeerQuote] = []
        quoted = set(self.families)
        for peer in self.peers:
            if len(found) == QUOTES:
                break
            if (
                peer.document in self._own_texts
                and reaches(peer.values, criterion.id, wanted)
                and not peer.families & quoted
                and (best := self._best(peer, criterion))
            ):
                found.append(self._quote(peer, best))
                quoted |= peer.families
        return tuple(found)

    def _best(self, peer: Peer, criterion: Criterion) -> _Candidate | None:
        """Of the peer's quotes that can be shown, the one that says most of what is asked."""
        asked = stems_of(criterion)
        like = {one: likeness(one.told, asked) for one in self._candidates(peer, criterion)}
        fitting = [one for one, found in like.items() if found >= _LEAST_LIKE]
        return min(fitting, key=lambda one: (-like[one], len(one.told), one.start), default=None)

    def _candidates(self, peer: Peer, criterion: Criterion) -> Iterator[_Candidate]:
        """Quotes in whole sentences, at their place in the text, that nobody else has too."""
        counted = criterion.counting & _SHOWN
        source = self._source(peer.document, peer.assessment_id)
        for quote, page, start, end, status, confirmed in self.db.execute(
            _EVIDENCE, [peer.assessment_id, criterion.id]
        ).fetchall():
            if status not in counted or source.content[start:end] != quote:
                continue
            first, last, number = _whole(source, start, end, page)
            first += len(bullet_of(source.content[first:last]))
            told = cut_at_sentence(source.content[first:last])
            if (
                len(told.split()) >= _FEWEST_WORDS
                and is_clean(told)
                and (peer.document, first) not in self._used
                and not any(a < last and b > first for a, b in source.shared)
            ):
                yield _Candidate(first, last, number, told, status, bool(confirmed))

    def _quote(self, peer: Peer, best: _Candidate) -> PeerQuote:
        self._used.add((peer.document, best.start))
        return PeerQuote(
            organisation=peer.label,
            year=peer.year,
            quote=best.told,
            is_cut=len(best.told) < len(self._text(peer)[best.start : best.end].rstrip()),
            page=best.page,
            status=best.status,
            statement_url=peer.statement_url,
            kept=KeptDocument(*self.db.execute(_KEPT, [peer.document]).fetchone()),
            confirmed=best.confirmed,
        )

    def _text(self, peer: Peer) -> str:
        return self._source(peer.document, peer.assessment_id).content

    def _read(self, document: str, assessment: int) -> _Source:
        text_id, content = self.db.execute(_TEXT, [assessment]).fetchone()
        pages = [Page(*row) for row in self.db.execute(_PAGES, [text_id])]
        return _Source(
            content,
            [(one.start, one.end, one.page) for one in split_sentences(content, pages)],
            self.db.execute(_SHARED, [document]).fetchall(),
        )


def _whole(source: _Source, start: int, end: int, page: int) -> tuple[int, int, int]:
    """The sentence that words stand in; where they are more than one, as they are."""
    for first, last, number in source.sentences:
        if first <= start and end <= last:
            return first, last, number
    return start, end, page
