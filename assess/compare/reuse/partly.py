"""The few texts that are otherwise than last time, compared with all the others.

What comes out is what comparing all anew would give. A text touches others in four ways: it makes
pairs with them; it makes runs shared that only they had, or leaves them alone with some; it makes a
run of their sketches a stock phrase, so that they are found by other runs (`sketch.Index`); and
so it is with sentences. All that is asked of the other texts is found in one pass over their kept
runs, and one over their sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assess.compare.reuse import kept
from assess.compare.reuse.clusters import find_clusters
from assess.compare.reuse.corpus import Corpus, judged
from assess.compare.reuse.holders import Alone, Holders, Needles
from assess.compare.reuse.kept import Compared, KeptRuns, KeptText, Sentences, names_key
from assess.compare.reuse.known import changed_pairs, known_overlaps
from assess.compare.reuse.pairs import Pairs, Texts, find_pairs, is_shorter, rounded, verified
from assess.compare.reuse.runs import Hashes, distinct_runs
from assess.compare.reuse.sentences import OwnWords, own_words
from assess.compare.reuse.shared import Shared
from assess.compare.reuse.sketch import (
    Entries,
    Index,
    Numbers,
    entries_of,
    found_otherwise,
    index_of,
    sketch_of,
)
from assess.compare.reuse.spool import Sizes, among
from assess.compare.reuse.standard import standard_runs
from assess.compare.reuse.uses import Uses, id_of
from assess.compare.reuse.whole import read_sentences
from assess.compare.reuse.write import (
    Renewed,
    renew_pairs,
    renew_sentences,
    write_clusters,
    write_groups,
    write_own_words,
    write_pairs,
)
from assess.store.results import StoredText, read_text
from assess.store.workspace import Workspace

# Of more texts that moved, or are touched, comparing all anew is as quick.
_FEW: Final = 64
_FEW_OF: Final = 10
# Before owners are told apart by their texts' numbers: below any of those.
_NOBODY: Final = -(1 << 40)


@dataclass(frozen=True, slots=True)
class Moves:
    """What is otherwise than when texts were compared last; numbers are those of the corpus."""

    fresh: tuple[int, ...]
    """Texts that are new or were read anew."""
    passed: tuple[int, ...]
    """Texts of another owner."""
    renamed: tuple[int, ...]
    """Texts whose owner has other names only."""
    stale: tuple[str, ...]
    """Texts as they were before they were read anew or taken away, by hash."""

    def __len__(self) -> int:
        return sum(map(len, (self.fresh, self.passed, self.renamed, self.stale)))

    @property
    def moved(self) -> tuple[int, ...]:
        """Texts that are new to their owner."""
        return self.fresh + self.passed


def moves_since(corpus: Corpus, before: Mapping[str, KeptText]) -> Moves:
    """Compare the corpus with what was compared last."""
    fresh, passed, renamed = [], [], []
    for number, sha256 in enumerate(corpus.hashes):
        was = before.get(sha256)
        if was is None or was.made_from != corpus.made_from[number]:
            fresh.append(number)
        elif was.owner != corpus.owner(number):
            passed.append(number)
        elif was.names != names_key(corpus.names[number]):
            renamed.append(number)
    gone = before.keys() - set(corpus.hashes)
    again = {corpus.hashes[number] for number in fresh} & before.keys()
    return Moves(tuple(fresh), tuple(passed), tuple(renamed), tuple(sorted(gone | again)))


def compare_moved(
    workspace: Workspace,
    corpus: Corpus,
    before: Mapping[str, KeptText],
    done: Callable[[], None],
) -> bool:
    """Bring the results up to date, in one transaction that ``done`` belongs to.

    False, and nothing is done, where nothing was kept or too many texts moved.
    """
    most = max(_FEW, len(corpus.hashes) // _FEW_OF)
    moves = moves_since(corpus, before)
    if not before or len(moves) > most:
        return False
    work = _Work(workspace, corpus, before, moves)
    found = work.found()
    if len(found.touched) > most:
        return False
    pairs = changed_pairs(workspace.db, corpus, found.pairs, work.is_gone)
    clusters = find_clusters(pairs.now, len(corpus.hashes), corpus.belong_together)
    cluster_overlaps = list(
        known_overlaps(workspace.db, corpus, work.texts.runs, clusters, moves.stale)
    )
    own = list(work.own_words(found))
    sentences = work.sentences()
    with workspace.db.atomic():
        work.keep()
        renew_sentences(workspace, corpus.hashes, sentences)
        write_own_words(workspace.db, own)
        write_groups(workspace.db, corpus)
        renew_pairs(workspace.db, pairs)
        write_pairs(workspace.db, corpus, found.pairs)
        write_clusters(workspace.db, corpus, clusters, cluster_overlaps)
        done()
    return True


@dataclass(frozen=True, slots=True)
class _Found:
    """What one pass over all runs found."""

    pairs: Pairs
    """Of texts that moved, and of those that are found by other runs now."""
    touched: frozenset[int]
    """Texts of which other runs are shared now."""
    shared: Shared
    """Runs of texts that moved."""


class _Work:
    def __init__(
        self,
        workspace: Workspace,
        corpus: Corpus,
        before: Mapping[str, KeptText],
        moves: Moves,
    ) -> None:
        self._workspace, self._corpus, self._before, self._moves = workspace, corpus, before, moves
        self._db = workspace.db
        self._numbers = {sha256: number for number, sha256 in enumerate(corpus.hashes)}
        self._owners = corpus.owner_numbers()
        self._fresh = {n: distinct_runs(judged(*self._text(n))) for n in moves.fresh}
        self.texts = self._texts()
        self._entries, self._is_found_otherwise = self._found_otherwise()

    def _text(self, number: int) -> tuple[StoredText, str]:
        return read_text(self._workspace, self._corpus.hashes[number])

    def _texts(self) -> Texts:
        sizes, own_sizes = (np.zeros(len(self._corpus.hashes), dtype=np.int64) for _ in range(2))
        standard = standard_runs()
        for number, sha256 in enumerate(self._corpus.hashes):
            if (runs := self._fresh.get(number)) is None:
                was = self._before[sha256]
                sizes[number], own_sizes[number] = was.size, was.own_size
            else:
                sizes[number], own_sizes[number] = len(runs), (~among(runs, standard)).sum()
        runs_of = KeptRuns(self._db, self._corpus.hashes, sizes, self._fresh)
        return Texts(runs_of, standard, own_sizes)

    def _found_otherwise(self) -> tuple[Entries, NDArray[np.bool_]]:
        """The index's entries, and which of the other texts are found by other runs now."""
        stale = set(self._moves.stale)
        was_kept = np.array([sha256 not in stale for sha256 in self._before], dtype=np.bool_)
        is_kept = np.ones(len(self._corpus.hashes), dtype=np.bool_)
        is_kept[list(self._moves.fresh)] = False
        before = entries_of([was.sketch for was in self._before.values()])
        after = entries_of(
            [
                sketch_of(self._fresh[n]) if n in self._fresh else self._before[sha256].sketch
                for n, sha256 in enumerate(self._corpus.hashes)
            ]
        )
        otherwise = np.zeros(len(is_kept), dtype=np.bool_)
        otherwise[is_kept] = found_otherwise(before, after, (was_kept, is_kept))
        return after, otherwise

    def is_gone(self, first: str, second: str) -> bool:
        """Whether a pair of before is to be looked for again, or one of it is gone."""
        if first in self._moves.stale or second in self._moves.stale:
            return True
        one, other = self._numbers[first], self._numbers[second]
        sizes = self.texts.runs.sizes
        shorter = one if (sizes[one], one) < (sizes[other], other) else other
        return bool(self._is_found_otherwise[shorter])

    def found(self) -> _Found:
        """Pass over the kept runs of all texts."""
        was, now = list(self._runs_before()), list(self._runs_now(self._moves.moved))
        needles = Needles(runs for runs, _ in (*was, *now))
        alone = Alone(Holders(len(needles)))
        passed = np.zeros(len(self._owners), dtype=np.bool_)
        passed[list(self._moves.passed)] = True
        longer = _Longer(self._index_of_few(), self.texts.runs.sizes)
        for texts, runs in self._kept_runs():
            places, which = needles.among(runs)
            stays = ~passed[texts[places]]
            places, which = places[stays], which[stays]
            alone.add(which, texts[places], self._owners[texts[places]])
            longer.add(texts, runs)
        before, after = (_with(alone.holders.copy(), needles, runs) for runs in (was, now))
        touched = alone.touched(before, after) - set(self._moves.moved)
        return _Found(self._pairs(longer), frozenset(touched), after.shared(needles))

    def _runs_before(self) -> Iterator[tuple[Hashes, int]]:
        """Runs of texts as they were, and their owners then."""
        passed = (self._corpus.hashes[number] for number in self._moves.passed)
        for at, sha256 in enumerate((*self._moves.stale, *passed)):
            owner = self._before[sha256].owner
            yield kept.read_runs(self._db, sha256), _NOBODY - at if owner is None else owner

    def _runs_now(self, numbers: Iterable[int]) -> Iterator[tuple[Hashes, int]]:
        for number in numbers:
            yield self.texts.runs.read(number), int(self._owners[number])

    def _kept_runs(self) -> Iterator[tuple[NDArray[np.int64], Hashes]]:
        """Runs of all texts but the fresh ones, each with its text; many at a time."""
        for hashes, sizes, runs in kept.all_runs(self._db, frozenset(self._moves.stale)):
            yield np.repeat(self._numbers_of(hashes), sizes), runs

    def _numbers_of(self, hashes: Iterable[str]) -> NDArray[np.int64]:
        return np.array([self._numbers[sha256] for sha256 in hashes], dtype=np.int64)

    def _index_of_few(self) -> Index:
        few = self._is_found_otherwise.copy()
        few[list(self._moves.fresh)] = True
        return index_of(self._entries, few)

    def _pairs(self, longer: _Longer) -> Pairs:
        found = [find_pairs(self.texts, index_of(self._entries), self._moves.fresh)]
        found += [verified(self.texts, number, others) for number, others in longer.candidates()]
        return rounded(np.concatenate(found))

    def own_words(self, found: _Found) -> Iterator[tuple[str, OwnWords]]:
        """What is each text's own of those that moved or are touched, by its hash."""
        numbers = sorted({*self._moves.moved, *found.touched})
        shared = self._shared(numbers) if found.touched else found.shared
        for number in numbers:
            of_owner = shared.for_owner(int(self._owners[number]))
            text = judged(*self._text(number))
            yield self._corpus.hashes[number], own_words(text, of_owner, self.texts.standard)

    def _shared(self, numbers: Iterable[int]) -> Shared:
        """Of the runs of some texts, those that are shared; a second pass over all."""
        needles = Needles(runs for runs, _ in self._runs_now(numbers))
        holders = Holders(len(needles))
        for texts, runs in self._kept_runs():
            places, which = needles.among(runs)
            holders.add(which, self._owners[texts[places]])
        return _with(holders, needles, self._runs_now(self._moves.fresh)).shared(needles)

    @cached_property
    def _said(self) -> dict[int, Sentences]:
        """The sentences of texts whose own may be others now."""
        return {
            number: read_sentences(*self._text(number), self._corpus.names[number])
            for number in (*self._moves.moved, *self._moves.renamed)
        }

    def sentences(self) -> Renewed:
        """All that is to be told anew of sentences."""
        same = {self._corpus.hashes[n] for n in (*self._moves.passed, *self._moves.renamed)}
        anew = frozenset((*self._moves.stale, *same))
        was = [kept.read_sentences(self._db, sha256) for sha256 in anew]
        needles = Needles(one["key"] for one in (*was, *self._said.values()))
        uses = Uses(self._owners)
        for hashes, sizes, sentences in kept.all_sentences(self._db, anew):
            texts = np.repeat(self._numbers_of(hashes), sizes)
            places, _ = needles.among(np.ascontiguousarray(sentences["key"]))
            uses.add(texts[places], sentences[places])
        for number, own in self._said.items():
            uses.add(number, own[needles.among(np.ascontiguousarray(own["key"]))[0]])
        hashes_anew = anew | {self._corpus.hashes[number] for number in self._said}
        return Renewed(uses, frozenset(id_of(int(key)) for key in needles.values), hashes_anew)

    def keep(self) -> None:
        """Keep what was compared now; to be called in the transaction that writes the results."""
        corpus = self._corpus
        kept.forget(self._db, self._moves.stale)
        self._db.conn.executemany(
            "DELETE FROM text_reuse WHERE document_sha256 = ?",
            [(one,) for one in self._moves.stale],
        )
        fresh = (
            Compared(
                corpus.hashes[number],
                corpus.made_from[number],
                corpus.owner(number),
                corpus.names[number],
                int(self.texts.own_sizes[number]),
                runs,
            )
            for number, runs in self._fresh.items()
        )
        kept.keep(self._db, fresh)
        for number in (*self._moves.passed, *self._moves.renamed):
            names = corpus.names[number]
            kept.keep_owner(self._db, corpus.hashes[number], corpus.owner(number), names)
        for number, own in self._said.items():
            kept.keep_sentences(self._db, corpus.hashes[number], own)


def _with(holders: Holders, needles: Needles, texts: Iterable[tuple[Hashes, int]]) -> Holders:
    """Holders, and the owners of these texts as well."""
    for runs, owner in texts:
        _, which = needles.among(runs)
        holders.add(which, np.full(len(which), owner, dtype=np.int64))
    return holders


class _Longer:
    """Texts that may hold enough of some shorter ones."""

    def __init__(self, index: Index, sizes: Sizes) -> None:
        self._index, self._sizes = index, sizes
        self._needles = Needles([index.runs])
        self._found: dict[int, list[int]] = {}

    def add(self, texts: NDArray[np.int64], runs: Hashes) -> None:
        """Look through some texts; ``texts`` gives that of each run."""
        places, which = self._needles.among(runs)
        longer, shorter = self._index.held(which, texts[places])
        fits = is_shorter(self._sizes, shorter, longer)
        for one, other in zip(longer[fits], shorter[fits], strict=True):
            self._found.setdefault(int(one), []).append(int(other))

    def candidates(self) -> Iterator[tuple[int, Numbers]]:
        """Each text with those that it may hold enough of."""
        for number, others in self._found.items():
            yield number, np.array(others, dtype=np.int32)
