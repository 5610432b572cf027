"""A collecting run: many domains at once, each target on its own, what is decided written at once.

One target's trouble is its own: whatever happens, it ends as a row with a reason.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assess.errors import AssessError
from assess.scrape.archive import availability_url, capture_url
from assess.scrape.attempts import Collection, Door, Mode, begin, finish
from assess.scrape.forgotten import without_forgotten_finds, without_forgotten_targets
from assess.scrape.keep import keep_document
from assess.scrape.seek import (
    GONE,
    Failure,
    Find,
    Get,
    How,
    Sought,
    home_of,
    look,
    seek,
    seek_from_home,
    without_body,
)
from assess.scrape.targets import Target, lost, pending, write
from assess.scrape.urls import url_key
from assess.scrape.visits import Visit, Visits

if TYPE_CHECKING:
    from assess.store import Workspace

# Domains visited at once. Most of a visit is waiting: more would only use more sockets.
DOMAINS_AT_ONCE: Final = 256

Progress = Callable[[int, int], None]
"""Told how many targets of how many are decided."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run does beside visiting."""

    mode: Mode = "missing"
    archive_fallback: bool = False
    home_pages: bool = False
    """Whether the home pages of registry statements are judged as well."""
    domains_at_once: int = DOMAINS_AT_ONCE


@dataclass(frozen=True, slots=True)
class CollectReport:
    """What a run did; ``kept + failed + postponed + known == targets``."""

    targets: int
    kept: int
    failed: int
    postponed: int
    """Not asked to the end: hosts that wanted a pause or gave no answers."""
    known: int
    """Decided before."""
    documents: int
    """Documents that were new to the workspace."""
    reasons: dict[str, int]
    """Failed and postponed targets by reason."""
    home_pages: dict[str, int]
    """Targets whose home page was judged, in this run or before, by value."""


async def collect(
    workspace: Workspace,
    visits: Visits,
    door: Door,
    targets: Sequence[Target],
    options: Options,
    progress: Progress = lambda _done, _of: None,
) -> CollectReport:
    """Visit what is to be visited; the workspace has a row for each target at the end.

    Raises:
        WorkspaceError: nothing can be kept; what was kept before stays.
    """
    workspace.clear_partial()
    targets = without_forgotten_targets(workspace, targets)
    run = begin(workspace.db, door, options.mode)
    before = workspace.db.table("documents").count
    todo = pending(workspace.db, targets, run, home_pages=options.home_pages)
    collector = _Collector(workspace, visits, run, options)
    todo = list(dict.fromkeys((*todo, *lost(workspace, targets))))
    done = 0
    progress(done, len(todo))

    async def one_domain(of_domain: Sequence[Target]) -> None:
        nonlocal done
        for target in of_domain:
            await collector.collect(target)
            done += 1
            progress(done, len(todo))

    await _at_once(by_domain(todo), one_domain, options.domains_at_once)
    finish(workspace.db, run)
    return _report(workspace, targets, todo, before)


def by_domain(targets: Iterable[Target]) -> list[list[Target]]:
    """Targets by registrable domain; the longest first, since a domain's wait for one another."""
    found: dict[str, list[Target]] = {}
    for target in targets:
        found.setdefault(target.domain, []).append(target)
    return sorted(found.values(), key=len, reverse=True)


async def _at_once(
    groups: Iterable[list[Target]],
    work: Callable[[Sequence[Target]], Awaitable[None]],
    number: int,
) -> None:
    queue = iter(groups)

    async def worker() -> None:
        for group in queue:
            await work(group)

    try:
        async with asyncio.TaskGroup() as workers:
            for _ in range(number):
                workers.create_task(worker())
    except ExceptionGroup as group:  # one that ends the run, and others that it brought with it
        raise group.exceptions[0] from None


class _Collector:
    def __init__(
        self, workspace: Workspace, visits: Visits, run: Collection, options: Options
    ) -> None:
        self._workspace = workspace
        self._visits = visits
        self._run = run
        self._options = options

    async def collect(self, target: Target) -> None:
        """Visit one target and write what became of it."""
        try:
            sought = await self._seek(target)
        except (AssessError, sqlite3.Error, OSError):
            raise  # the workspace itself fails: nothing could be kept
        except Exception as error:  # noqa: BLE001 - a defect costs its target, not the run
            detail = f"{type(error).__name__}: {error}"[:300]
            sought = Sought(failure=Failure("internal_error", detail))
        sought = without_forgotten_finds(self._workspace, sought)
        for find in sought.finds:
            self._keep(find)
        write(self._workspace, target, sought, self._run)

    async def _seek(self, target: Target) -> Sought:
        async def get(url: str) -> Visit:
            return await self._visits.get(url, target.since, self._run.first_attempt)

        if target.door == "sites":
            sought = await seek_from_home(target.visited_url, get)
        else:
            sought = await self._seek_statement(target, get)
        if not sought.finds and self._options.archive_fallback:
            sought = replace(sought, finds=await self._from_archive(target, get))
        return sought

    async def _seek_statement(self, target: Target, get: Get) -> Sought:
        how: How = "registry_copy" if target.url in target.copies else "own_url"
        if target.correct_url:
            how = "corrected"
        sought = await seek(target.visited_url, get, how=how)
        for copy in () if sought.finds or how == "registry_copy" else target.copies:
            found = await seek(copy, get, how="registry_copy")
            if found.finds:
                sought = found
                break
        home = home_of(target.visited_url)
        if home and sought.failure and sought.failure.reason in GONE and not sought.finds:
            elsewhere = await seek_from_home(home, get)
            if elsewhere.finds:
                sought = replace(elsewhere, home=None)
        if home and self._options.home_pages and self._has_home(target):
            judged = await seek_from_home(home, get)
            sought = replace(sought, home=judged.home)
        return sought

    def _has_home(self, target: Target) -> bool:
        """Whether the address is on a site of its organisation: not in a store of files."""
        host = (url_key(target.visited_url) or "").partition("/")[0]
        return bool(host) and host == target.domain

    async def _from_archive(self, target: Target, get: Get) -> tuple[Find, ...]:
        """The newest capture, if it is itself a statement; its links lead into the present."""
        asked = await get(availability_url(target.visited_url))
        capture = capture_url(asked.reply.body, target.visited_url)
        if capture is None:
            return ()
        visit = await get(capture)
        return (Find(without_body(visit), "web_archive", capture),) if look(visit).document else ()

    def _keep(self, find: Find) -> None:
        """Make a document of what was visited; its file is there already."""
        for source in dict.fromkeys((find.visit.reply.final_url, find.asked)):
            keep_document(self._workspace, find.visit, source)


def _report(
    workspace: Workspace, targets: Sequence[Target], todo: Sequence[Target], before: int
) -> CollectReport:
    rows = {
        (door, url, organisation): (outcome, reason)
        for door, url, organisation, outcome, reason in workspace.db.execute(
            "SELECT door, url, organisation, outcome, reason FROM targets"
        )
    }
    judged = dict(
        workspace.db.execute(
            "SELECT url || ' ' || organisation, value FROM homepage_links"
            " JOIN targets ON targets.id = target_id WHERE door = ?",
            [targets[0].door if targets else ""],
        ).fetchall()
    )
    values = Counter(judged.get(f"{target.url} {target.organisation}") for target in targets)
    found = [rows[target.door, target.url, target.organisation] for target in todo]
    outcomes = Counter(outcome for outcome, _ in found)
    reasons = Counter(reason for _, reason in found if reason)
    return CollectReport(
        targets=len(targets),
        kept=outcomes["kept"],
        failed=outcomes["failed"],
        postponed=outcomes["postponed"],
        known=len(targets) - len(todo),
        documents=workspace.db.table("documents").count - before,
        reasons=dict(reasons.most_common()),
        home_pages={value: values[value] for value in ("met", "partial", "absent")},
    )
