"""Computes what texts share and writes it, where texts or owners have changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.reuse.clusters import Cluster, find_clusters
from assess.compare.reuse.corpus import (
    Corpus,
    judged,
    judged_texts,
    read_corpus,
    stored_batches,
)
from assess.compare.reuse.pairs import Pairs, Texts, find_pairs
from assess.compare.reuse.runs import Hashes, distinct_runs
from assess.compare.reuse.sentences import OwnWords, kept_sentences, own_words
from assess.compare.reuse.shared import Shared, shared_runs
from assess.compare.reuse.sketch import Index, build_index, sketch_of
from assess.compare.reuse.spool import among, spooled
from assess.compare.reuse.standard import standard_runs
from assess.compare.reuse.uses import Uses
from assess.orphans import end_with_parent
from assess.running import staged
from assess.store.workspace import Workspace
from assess.temporary import scratch_folder

if TYPE_CHECKING:
    from assess.store.results import StoredText

NAME: Final = "reuse"
VERSION: Final = 3
"""Raised when the same texts give other results."""
# Texts handed to a process at a time: half a second of work.
_TASK: Final = 256
# Tasks given to each process before their results are collected.
_TASKS_AHEAD: Final = 4
# Starting processes takes as long as comparing about this many texts.
_MIN_PARALLEL: Final = 3000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReuseReport:
    """What a refresh did."""

    texts: int
    changed: bool
    """Whether anything was computed anew."""


@staged("compare reuse")
def refresh_reuse(
    workspace: Workspace, jobs: int = 1, progress: Progress = lambda _done, _of: None
) -> ReuseReport:
    """Bring pairs, clusters, shared sentences and own words up to date, in one transaction."""
    corpus = read_corpus(workspace)
    inputs = fingerprint([VERSION, corpus.inputs])
    if is_current(workspace.db, NAME, inputs):
        return ReuseReport(len(corpus.hashes), changed=False)
    with scratch_folder() as folder:
        work = _Work(workspace, corpus, jobs, progress)
        texts, pairs = work.compared(folder)
        shared = shared_runs(texts.spool, corpus.owner_numbers())
        clusters = find_clusters(
            pairs,
            len(corpus.hashes),
            lambda a, b: corpus.relation(a, b) in ("same_organisation", "same_group"),
        )
        overlaps = [_overlaps(texts, cluster) for cluster in clusters]
        with workspace.db.atomic():
            _clear(workspace)
            work.write_sentences(shared)
            _write_groups(workspace, corpus)
            _write_pairs(workspace, corpus, pairs)
            _write_clusters(workspace, corpus, clusters, overlaps)
            set_current(workspace.db, NAME, inputs)
    return ReuseReport(len(corpus.hashes), changed=True)


@dataclass(frozen=True, slots=True)
class _Work:
    workspace: Workspace
    corpus: Corpus
    jobs: int
    progress: Progress

    def compared(self, folder: Path) -> tuple[Texts, Pairs]:
        """All texts as runs, and their pairs; the index that finds them is not kept."""
        texts, index = self._spooled(folder)
        return texts, self._pairs(texts, index)

    def _spooled(self, folder: Path) -> tuple[Texts, Index]:
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

        spool = spooled(folder / "runs", runs())
        texts = Texts(spool, standard, np.array(own, dtype=np.int64))
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

    def write_sentences(self, shared: Shared) -> None:
        """Third pass: own words of each text, and its sentences that others have as well."""
        owners = self.corpus.owner_numbers()
        uses = Uses(owners)
        batches = stored_batches(self.workspace, self.corpus, _TASK)
        tasks = (
            (
                [(n, text, ex, self.corpus.names[n]) for n, text, ex in batch],
                [int(owners[n]) for n, _, _ in batch],
                shared,
            )
            for batch in batches
        )
        table = self.workspace.db.table("text_reuse")
        for some in self._spread(_read, tasks):
            table.insert_all(
                {
                    "document_sha256": self.corpus.hashes[number],
                    "words": counted.words,
                    "standard_words": counted.standard,
                    "shared_words": counted.shared,
                    "own_share": counted.own_share,
                }
                for number, counted, _ in some
            )
            for number, _, sentences in some:
                uses.add(number, sentences)
                self._tell(2, number)
        uses.write(self.workspace, self.corpus.hashes)

    def _spread(self, work: Callable[..., Any], tasks: Any) -> Iterator[Any]:
        """Results in the order of the tasks, from as many processes as pay."""
        if self.jobs == 1 or len(self.corpus.hashes) < _MIN_PARALLEL:
            yield from (work(*task) for task in tasks)
            return
        from joblib import Parallel, delayed

        # Tasks are made here, some at a time: SQLite is not shared between threads. Large arrays
        # are mapped by all processes (joblib), not copied to each.
        todo = iter(tasks)
        with Parallel(n_jobs=self.jobs, initializer=end_with_parent) as parallel:
            while some := list(islice(todo, _TASKS_AHEAD * self.jobs)):
                yield from parallel(delayed(work)(*task) for task in some)

    def _tell(self, of_three: int, number: int) -> None:
        size = len(self.corpus.hashes)
        self.progress(of_three * size + number, 3 * size)


def _read(
    batch: Sequence[tuple[int, StoredText, str, tuple[str, ...]]],
    owners: Sequence[int],
    shared: Shared,
) -> list[tuple[int, OwnWords, list[Any]]]:
    from assess.stored import judged_sentences

    return [
        (
            number,
            own_words(judged(stored, extractor), shared.for_owner(owner), standard_runs()),
            kept_sentences(judged_sentences(stored, extractor), names),
        )
        for (number, stored, extractor, names), owner in zip(batch, owners, strict=True)
    ]


def _overlaps(texts: Texts, cluster: Cluster) -> list[float]:
    """Of each text of a cluster, its overlap with the template, 0 to 1."""
    template = texts.spool.read(cluster.template)
    found = []
    for number in cluster.texts:
        runs = texts.spool.read(number)
        found.append(float(among(runs, template).sum() / min(len(runs), len(template))))
    return found


def _clear(workspace: Workspace) -> None:
    for table in (
        "organisation_groups",
        "text_pairs",
        "text_clusters",
        "sentence_uses",
        "shared_sentences",
        "text_reuse",
    ):
        workspace.db.table(table).delete_where()


def _write_groups(workspace: Workspace, corpus: Corpus) -> None:
    workspace.db.table("organisation_groups").insert_all(
        {"organisation_id": number, "group_id": family.id, "because": family.because}
        for number, family in sorted(corpus.families.items())
    )


def _write_pairs(workspace: Workspace, corpus: Corpus, pairs: Pairs) -> None:
    workspace.db.conn.executemany(
        "INSERT INTO text_pairs VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                corpus.hashes[first],
                corpus.hashes[second],
                round(float(overlap), 4),
                None if np.isnan(own) else round(float(own), 4),
                int(shared),
                corpus.relation(first, second),
            )
            for first, second, shared, overlap, own in pairs
        ),
    )


def _write_clusters(
    workspace: Workspace,
    corpus: Corpus,
    clusters: Sequence[Cluster],
    overlaps: Sequence[Sequence[float]],
) -> None:
    workspace.db.table("text_clusters").insert_all(
        {
            "document_sha256": corpus.hashes[text],
            "cluster": number,
            "is_template": int(text == cluster.template),
            "overlap": round(overlap, 4),
        }
        for number, (cluster, of_texts) in enumerate(zip(clusters, overlaps, strict=True), 1)
        for text, overlap in zip(cluster.texts, of_texts, strict=True)
    )
