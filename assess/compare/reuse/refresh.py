"""Computes what texts share and writes it, where texts or owners have changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.reuse.corpus import read_corpus
from assess.compare.reuse.kept import read_kept, set_kept
from assess.compare.reuse.partly import compare_moved
from assess.compare.reuse.whole import compare_all
from assess.running import staged
from assess.store.workspace import Workspace

NAME: Final = "reuse"
VERSION: Final = 4
"""Raised when the same texts give other results."""

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
    """Bring pairs, clusters, shared sentences and own words up to date, in one transaction.

    Where few texts are new, were read anew, have other owners or are gone, these alone are compared
    with the others; what comes out is the same.
    """
    db = workspace.db
    corpus = read_corpus(workspace)
    texts = len(corpus.hashes)
    inputs = fingerprint([VERSION, corpus.inputs])
    if is_current(db, NAME, inputs):
        return ReuseReport(texts, changed=False)

    def done() -> None:
        set_kept(db, VERSION)
        set_current(db, NAME, inputs)

    if not compare_moved(workspace, corpus, read_kept(db, VERSION), done):
        compare_all(workspace, corpus, jobs, progress, done)
    return ReuseReport(texts, changed=True)
