"""All texts compared with one another: the first time, and where much has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assess.compare.reuse import kept
from assess.compare.reuse.clusters import find_clusters, overlap
from assess.compare.reuse.corpus import Corpus, judged, judged_texts, stored_batches
from assess.compare.reuse.kept import Compared, Sentences
from assess.compare.reuse.pairs import Pairs, Texts, find_pairs, rounded
from assess.compare.reuse.runs import Hashes, distinct_runs
from assess.compare.reuse.sentences import OwnWords, kept_sentences, own_words
from assess.compare.reuse.shared import Shared, shared_runs
from assess.compare.reuse.sketch import Index, build_index, sketch_of
from assess.compare.reuse.spool import Spool, among, spooled
from assess.compare.reuse.standard import standard_runs
from assess.compare.reuse.uses import Uses
from assess.compare.reuse.write import (
    clear,
    write_clusters,
    write_groups,
    write_own_words,
    write_pairs,
    write_sentences,
)
from assess.orphans import ending_with_this
from assess.store.workspace import Workspace
from assess.temporary import scratch_folder

if TYPE_CHECKING:
    from assess.store.results import StoredText

# Texts handed to a process at a time: half a second of work.
_TASK: Final = 256
# Tasks given to each process before their results are collected.
_TASKS_AHEAD: Final = 4
# Starting processes takes as long as comparing about this many texts.
_MIN_PARALLEL: Final = 3000

Progress = Callable[[int, int], None]
TextOfOwner = tuple["StoredText", str, tuple[str, ...], int]
"""A text, its extractor, the names of its organisations and the number of its owner."""


def compare_all(
    workspace: Workspace, corpus: Corpus, jobs: int, progress: Progress, done: Callable[[], None]
) -> None:
    """Compute and write everything anew, in one transaction that ``done`` belongs to."""
    with scratch_folder() as folder:
        work = _Work(workspace, corpus, jobs, progress, folder / "runs")
        texts, pairs = work.compared()
        shared = shared_runs(work.spool, corpus.owner_numbers())
        clusters = find_clusters(pairs, len(corpus.hashes), corpus.belong_together)
        with workspace.db.atomic():
            clear(workspace.db)
            work.keep_runs(texts)
            work.write_texts(shared)
            write_groups(workspace.db, corpus)
            write_pairs(workspace.db, corpus, pairs)
            write_clusters(
                workspace.db,
                corpus,
                clusters,
                ([overlap(texts.runs, text, of.template) for text in of.texts] for of in clusters),
            )
            done()


@dataclass
class _Work:
    workspace: Workspace
    corpus: Corpus
    jobs: int
    progress: Progress
    path: Path
    spool: Spool = field(init=False)

    def compared(self) -> tuple[Texts, Pairs]:
        """All texts as runs, and their pairs; the index that finds them is not kept."""
        texts, index = self._spooled()
        return texts, rounded(self._pairs(texts, index))

    def _spooled(self) -> tuple[Texts, Index]:
        """First pass: all runs on disk, the sketches in an index."""
        standard = standard_runs()
        sketches: list[Hashes] = []
        own: list[int] = []

        def runs() -> Iterator[Hashes]:
            for number, text in enumerate(judged_texts(self.workspace, self.corpus)):
                found = distinct_runs(text)
                sketches.append(sketch_of(found))
                own.append(int((~among(found, standard)).sum()))
                self._tell(0, number)
                yield found

        self.spool = spooled(self.path, runs())
        texts = Texts(self.spool, standard, np.array(own, dtype=np.int64))
        return texts, build_index(sketches)

    def _pairs(self, texts: Texts, index: Index) -> Pairs:
        """Second pass: candidates, verified; in the order of the texts."""
        found: list[Pairs] = []
        size = len(self.corpus.hashes)
        tasks = ((texts, index, range(at, min(size, at + _TASK))) for at in range(0, size, _TASK))
        for done, some in enumerate(self._spread(find_pairs, tasks)):
            found.append(some)
            self._tell(1, done * _TASK)
        together: Pairs = np.concatenate(found) if found else find_pairs(texts, index, ())
        return together[np.lexsort((together["second"], together["first"]))]

    def keep_runs(self, texts: Texts) -> None:
        """Keep what texts were compared by."""
        kept.forget_all(self.workspace.db)
        corpus = self.corpus
        kept.keep(
            self.workspace.db,
            (
                Compared(
                    sha256,
                    corpus.made_from[number],
                    corpus.owner(number),
                    corpus.names[number],
                    int(texts.own_sizes[number]),
                    texts.runs.read(number),
                )
                for number, sha256 in enumerate(corpus.hashes)
            ),
        )

    def write_texts(self, shared: Shared) -> None:
        """Third pass: own words of each text, and its sentences that others have as well."""
        owners, hashes = self.corpus.owner_numbers(), self.corpus.hashes
        uses = Uses(owners)
        batches = stored_batches(self.workspace, self.corpus, _TASK)
        tasks = (
            (
                [(text, ex, self.corpus.names[n], int(owners[n])) for n, text, ex in batch],
                shared,
            )
            for batch in batches
        )
        number = 0
        for some in self._spread(read_texts, tasks):
            for counted, sentences in some:
                write_own_words(self.workspace.db, [(hashes[number], counted)])
                kept.keep_sentences(self.workspace.db, hashes[number], sentences)
                uses.add(number, sentences)
                self._tell(2, number)
                number += 1
        write_sentences(self.workspace, hashes, uses)

    def _spread(self, work: Callable[..., Any], tasks: Any) -> Iterator[Any]:
        """Results in the order of the tasks, from as many processes as pay."""
        if self.jobs == 1 or len(self.corpus.hashes) < _MIN_PARALLEL:
            yield from (work(*task) for task in tasks)
            return
        from joblib import Parallel, delayed

        # Tasks are made here, some at a time: SQLite is not shared between threads. Large arrays
        # are mapped by all processes (joblib), not copied to each.
        todo = iter(tasks)
        with Parallel(n_jobs=self.jobs, initializer=ending_with_this()) as parallel:
            while some := list(islice(todo, _TASKS_AHEAD * self.jobs)):
                yield from parallel(delayed(work)(*task) for task in some)

    def _tell(self, of_three: int, number: int) -> None:
        size = len(self.corpus.hashes)
        self.progress(of_three * size + number, 3 * size)


def read_texts(batch: Sequence[TextOfOwner], shared: Shared) -> list[tuple[OwnWords, Sentences]]:
    """What is a text's own, and its sentences as they are compared."""
    return [
        (
            own_words(judged(stored, extractor), shared.for_owner(owner), standard_runs()),
            read_sentences(stored, extractor, names),
        )
        for stored, extractor, names, owner in batch
    ]


def read_sentences(stored: StoredText, extractor: str, names: Sequence[str]) -> Sentences:
    """The sentences of a text as they are compared."""
    from assess.stored import judged_sentences

    found = kept_sentences(judged_sentences(stored, extractor), names)
    rows = [(one.key, one.start, one.end, one.words) for one in found]
    return np.array(rows, kept.SENTENCE)
